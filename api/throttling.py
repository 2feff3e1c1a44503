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
from rest_framework.throttling import BaseThrottle

from api.authentication import calling_person
from api.limits import MINUTE, QUOTAS, Limit, Quota
from api.problem_types import QuotaReached
from diary.models.people import Device

if TYPE_CHECKING:
    from rest_framework.views import APIView  # which names this module in its defaults

LONGEST_JITTER_SECONDS = 60
MEMORY = caches["memory"]

logger = logging.getLogger("quiver.limits")


class DeviceThrottle(BaseThrottle):
    """At most so many requests a minute of one device: another one of the person is not held up.

    A count, and not the time of each request: who sends many must not cost more with each.
    """

    left_seconds = 0

    def allow_request(self, request: Request, view: "APIView") -> bool:
        device = request.auth
        if not isinstance(device, Device):
            return True
        quota = QUOTAS[Limit.REQUESTS]
        window, gone = _window(quota, device.id)
        self.left_seconds = quota.seconds - gone
        # With the person: a phone chooses the id of its device itself.
        key = f"{Limit.REQUESTS}-{device.person_id}-{device.id}-{window}"
        return _counted(quota, key, 1) <= settings.LIMITS[Limit.REQUESTS]

    def wait(self) -> float:
        return with_jitter(self.left_seconds)


def charge(request: Request, limit: Limit, *, amount: int = 1) -> None:
    """Count `amount` of what the calling person asks for; raise QuotaReached beyond the limit.

    Without Redis it lets pass or raises Redis's error, where QUOTAS counts there.
    """
    quota = QUOTAS[limit]
    person_id = calling_person(request)
    window, gone = _window(quota, person_id)
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


def _window(quota: Quota, id_: UUID) -> tuple[int, int]:
    """Return which of its windows it is, and how many seconds of that are gone.

    They begin at another moment for each person and device, so that not all come back at once.
    """
    return divmod(int(timezone.now().timestamp()) + id_.int, quota.seconds)


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
