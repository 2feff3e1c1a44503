"""The cache of the service, for one of several test runs that share a Redis database."""

from django.core.cache.backends.redis import RedisCache


class CacheOfOneRun(RedisCache):
    """Is cleared of its own keys alone; Django's would empty the database under the others."""

    def clear(self) -> None:
        client = self._cache.get_client(write=True)
        keys = list(client.scan_iter(match=f"{self.key_prefix}:*"))
        if keys:
            client.delete(*keys)
