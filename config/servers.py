"""The addresses of PostgreSQL and Redis, and how long one that has fallen silent is waited for."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from config.env import env_bool, env_seconds, env_secret, env_str

CONNECTION_SECONDS = 600  # then anew: what was the primary may have become a standby
# A server that has fallen silent is given up before a phone gives up its request. Each can be set
# otherwise in the address; those in milliseconds and of keepalives do not concern sockets of Unix.
NETWORK_LIMITS = {
    "connect_timeout": "2",
    "tcp_user_timeout": "1500",
    "keepalives_idle": "1",
    "keepalives_interval": "1",
    "keepalives_count": "2",
}
# A web host that was cut off must not hold a person's lock for the two hours that TCP waits: the
# server gives its connection up after six seconds, and one that thinks for a minute, too.
# What is prepared is planned once, whatever its values: all is found by a person and an index, and
# planning what a write reads costs several times more than reading it.
SERVER_SETTINGS = {
    "tcp_keepalives_idle": 2,
    "tcp_keepalives_interval": 2,
    "tcp_keepalives_count": 2,
    "tcp_user_timeout": 6_000,
    "idle_in_transaction_session_timeout": 60_000,
    "plan_cache_mode": "force_generic_plan",
}
# A statement that comes back is prepared once for each connection.
PREPARED = {"server_side_binding": True, "prepare_threshold": 5}
NEVER_DIALED_DATABASE = "postgresql://quiver_app@/quiver?host=/nonexistent"
NEVER_DIALED_REDIS = "unix:///nonexistent/valkey.sock"


def databases() -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES: `default` for the application, `owner` for migrations.

    Without DATABASE_URL the embedded PostgreSQL is started or found. With DATABASE_URL alone the
    application signs in as the owner and at once gives up its rights (`SET ROLE`).
    """
    url = env_secret("DATABASE_URL", default="")
    owner_url = env_secret("DATABASE_OWNER_URL", default="")
    if owner_url and not url:
        raise ImproperlyConfigured("DATABASE_OWNER_URL is set, but DATABASE_URL is not.")
    if not url:
        url, owner_url = _embedded_databases()
    owner = parse_database_url(owner_url or url, name="DATABASE_OWNER_URL")
    application = parse_database_url(url, name="DATABASE_URL")
    application["OPTIONS"] |= _application_options(given=application["OPTIONS"].get("options", ""))
    if env_bool("DATABASE_PREPARED_STATEMENTS", default=True):
        application["OPTIONS"] |= PREPARED
    if not owner_url:
        role = env_str("DATABASE_APP_ROLE", default="quiver_app")
        application["OPTIONS"]["assume_role"] = role
    application["ENGINE"] = "config.postgresql"
    return {
        "default": application | {"CONN_MAX_AGE": CONNECTION_SECONDS, "CONN_HEALTH_CHECKS": True},
        "owner": owner,
    }


def parse_database_url(url: str, *, name: str) -> dict[str, Any]:
    """Return Django's settings for one postgresql:// address, read by libpq's own parser."""
    try:
        if urlsplit(url).scheme not in ("postgres", "postgresql"):
            raise ValueError
        parts = dict(conninfo_to_dict(url))
    except (ProgrammingError, ValueError):
        # The address may hold a password: neither it nor the parser's message is repeated.
        raise ImproperlyConfigured(
            f"{name} must look like postgresql://user:password@host:5432/database."
        ) from None
    settings = {
        key: str(parts.pop(part, ""))
        for key, part in (
            ("NAME", "dbname"),
            ("USER", "user"),
            ("PASSWORD", "password"),
            ("HOST", "host"),
            ("PORT", "port"),
        )
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        **settings,
        "OPTIONS": NETWORK_LIMITS | parts,
    }


def redis_url() -> str:
    """Return the address of Redis in redis-py's spelling (`redis://`, `rediss://`, `unix://`).

    Without REDIS_URL the embedded Valkey is started or found.
    """
    url = env_secret("REDIS_URL", default="")
    if not url:
        return _embedded_redis()
    scheme, _, rest = url.partition("://")
    if scheme == "redis+socket":
        return f"unix://{rest}"
    if scheme not in ("redis", "rediss", "unix"):
        raise ImproperlyConfigured("REDIS_URL must start with redis://, rediss:// or unix://.")
    return url


def broker_url(url: str) -> str:
    """Return redis-py's address in the spelling Celery knows for Unix sockets."""
    if not url.startswith("unix://"):
        return url
    parts = urlsplit(url)
    database = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={database}"


def _application_options(*, given: str) -> dict[str, str]:
    limits = {
        "lock_timeout": env_seconds("DATABASE_LOCK_TIMEOUT", default=timedelta(seconds=3)),
        "statement_timeout": env_seconds(
            "DATABASE_STATEMENT_TIMEOUT", default=timedelta(seconds=15)
        ),
    }
    chosen = {
        name: int(limit / timedelta(milliseconds=1)) for name, limit in limits.items() if limit
    }
    if not chosen:
        return {}
    options = [f"-c {name}={value}" for name, value in (chosen | SERVER_SETTINGS).items()]
    return {"options": " ".join([*options, given]).strip()}


def _embedded_databases() -> tuple[str, str]:
    if not env_bool("EMBEDDED_SERVERS", default=True):
        return NEVER_DIALED_DATABASE, NEVER_DIALED_DATABASE
    try:
        from config import embedded

        return embedded.postgresql()
    except ImportError as error:
        raise ImproperlyConfigured(_missing("PostgreSQL", "DATABASE_URL")) from error


def _embedded_redis() -> str:
    if not env_bool("EMBEDDED_SERVERS", default=True):
        return NEVER_DIALED_REDIS
    try:
        from config import embedded

        return embedded.valkey()
    except ImportError as error:
        raise ImproperlyConfigured(_missing("Valkey", "REDIS_URL")) from error


def _missing(server: str, variable: str) -> str:
    return (
        f"{variable} is not set, and the embedded {server} is not installed or does not exist for"
        f" this platform. Run `make setup`, or set {variable} to a server of your own."
    )
