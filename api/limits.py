"""How much one person may ask for: the numbers, and what happens when they cannot be counted.

Far above what a person or their phones ever need; the setting LIMITS changes single numbers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ImproperlyConfigured

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


class Limit(StrEnum):
    """What is limited, in the words of the setting."""

    REQUESTS = "requests_per_minute"
    OPERATIONS = "operations_per_hour"
    IMPORTS = "imports_per_day"
    REPORTS = "reports_per_day"
    ENDPOINTS = "endpoints_per_day"
    EXPORTS = "exports_per_day"
    ERASURES = "erasures_per_day"
    SHARES = "shares_per_day"
    INVITATIONS = "invitations_per_day"
    CODES = "codes_tried_per_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many there may be in how many seconds.

    One `in_memory` is counted by each web process for itself. One that `fails_open` is not counted
    while Redis is away: alerts must reach somebody, and a right waits for nobody. The others hand
    out what is in the diary, and wait for Redis (503).
    """

    most: int
    seconds: int = DAY
    in_memory: bool = False
    fails_open: bool = False


QUOTAS: Mapping[Limit, Quota] = MappingProxyType(
    {
        Limit.REQUESTS: Quota(most=600, seconds=MINUTE, in_memory=True),
        Limit.OPERATIONS: Quota(most=40_000, seconds=HOUR, in_memory=True),
        Limit.IMPORTS: Quota(most=100, fails_open=True),
        Limit.REPORTS: Quota(most=50, fails_open=True),
        Limit.ENDPOINTS: Quota(most=50, fails_open=True),
        Limit.ERASURES: Quota(most=20, fails_open=True),
        Limit.EXPORTS: Quota(most=4),
        Limit.SHARES: Quota(most=20),
        Limit.INVITATIONS: Quota(most=20),
        Limit.CODES: Quota(most=30),
    }
)


def limits_from(given: Mapping[str, Any]) -> Mapping[Limit, int]:
    """Return every limit, with the given ones in place of ours; raise for what is none."""
    for name, most in given.items():
        if name not in list(Limit) or type(most) is not int or most < 1:
            raise ImproperlyConfigured(
                f"LIMITS: {name} must be one of {', '.join(Limit)}, and a whole number from 1."
            )
    return {limit: given.get(limit, quota.most) for limit, quota in QUOTAS.items()}
