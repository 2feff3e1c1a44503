"""Counting what one person asks for, and refusing what is beyond the limits with 429.

What every phone does all day is counted by each web process for itself, so that no diary waits for
Redis; the rest in Redis, for all processes together. What is refused was not stored: a phone keeps
it and comes again.
"""

import logging
from secrets import SystemRandom
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.cache import BaseCache, cache, caches
from django.utils import timezone
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from api.authentication import calling_person
from api.limits import MINUTE, QUOTAS, Limit, Quota
from api.problem_types import QuotaReached
from diary.models.people import Device

if TYPE_CHECKING:
    from rest_framework.views import APIView  # which names this module in its defaults

LONGEST_JITTER_SECONDS = 60
MEMORY = caches["memory"]

logger = logging.getLogger("quiver.limits")


class DeviceThrottle(SimpleRateThrottle):
    """At most so many requests a minute of one device: another one of the person is not held up."""

    cache = MEMORY

    def get_rate(self) -> str:
        return f"{settings.LIMITS[Limit.REQUESTS]}/minute"

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        if not isinstance(request.auth, Device):
            return None
        # With the person: a phone chooses the id of its device itself.
        return f"requests-{request.auth.person_id}-{request.auth.id}"

    def wait(self) -> float | None:
        seconds = super().wait()
        return seconds and with_jitter(seconds)


def charge(request: Request, limit: Limit, *, amount: int = 1) -> None:
    """Count `amount` of what the calling person asks for; raise QuotaReached beyond the limit.

    Without Redis it lets pass or raises Redis's error, where QUOTAS counts there.
    """
    quota = QUOTAS[limit]
    person_id = calling_person(request)
    # Windows begin at another moment for each person, so that not all come back at once.
    window, gone = divmod(int(timezone.now().timestamp()) + person_id.int, quota.seconds)
    try:
        used = _counted(quota, f"{limit}-{person_id}-{window}", amount)
    except RedisError as error:
        if not quota.fails_open:
            raise
        logger.warning("not counted limit=%s class=%s", limit, type(error).__name__)
        return
    if used > settings.LIMITS[limit]:
        _refuse(limit, person_id, wait=quota.seconds - gone)


def with_jitter(seconds: float) -> float:
    """Return a tenth more at most, and a minute at most, so that not all come back at once."""
    return seconds + SystemRandom().uniform(0, min(seconds / 10, LONGEST_JITTER_SECONDS))


def _counted(quota: Quota, key: str, amount: int) -> int:
    """Return how many there are with these; one that expires in between begins anew."""
    counts: BaseCache = MEMORY if quota.in_memory else cache
    counts.add(key, 0, timeout=quota.seconds + MINUTE)
    try:
        return counts.incr(key, amount)
    except ValueError:
        return amount


def _refuse(limit: Limit, person_id: UUID, *, wait: int) -> None:
    logger.warning("limit reached limit=%s person=%s", limit, person_id)
    raise QuotaReached(with_jitter(wait), limit=limit)
