"""How long each class of data is kept: one table, and what the setting may change of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

LATE = timedelta(days=2)  # a round over all persons a day, and a day for a worker that was away


class Kept(StrEnum):
    """The classes that are let go of while the account lives, in the words of the setting."""

    REFUSED_OPERATIONS = "refused_operations"
    DELIVERIES = "deliveries"
    DELETED_RECORDS = "deleted_records"
    REPORTS = "reports"
    SHARES = "shares"
    SESSIONS = "sessions"
    REVOKED_DEVICES = "revoked_devices"
    UNVERIFIED_ACCOUNTS = "unverified_accounts"
    ACCESS_LOG = "access_log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How many days something is kept `since` what, and the fewest that may be set."""

    days: int
    since: str
    least: int = 1


TERMS: Mapping[Kept, Term] = MappingProxyType(
    {
        Kept.REFUSED_OPERATIONS: Term(days=90, since="it was refused"),
        Kept.DELIVERIES: Term(days=90, since="it arrived or was given up"),
        # A phone that lay in a drawer for longer reads its diary from the start.
        Kept.DELETED_RECORDS: Term(days=400, since="it was deleted", least=30),
        Kept.REPORTS: Term(days=30, since="it was made, or the share of it ended"),
        Kept.SHARES: Term(days=90, since="it ended"),
        Kept.SESSIONS: Term(days=1, since="it ended by itself"),
        Kept.REVOKED_DEVICES: Term(days=90, since="it was signed out"),
        Kept.UNVERIFIED_ACCOUNTS: Term(days=30, since="it was opened"),
        # HIPAA 164.316(b)(2): six years. The database refuses to forget the last one.
        Kept.ACCESS_LOG: Term(days=2192, since="the access", least=366),
    }
)


class RetentionRefused(ValueError):
    """The setting names an unknown class, or fewer days than there must be."""


def retention_from(given: Mapping[str, Any]) -> Mapping[Kept, timedelta]:
    """Return how long each class is kept, with these days in place of ours.

    Raises RetentionRefused once, naming all that is wrong.
    """
    faults = [
        f"{name}: {fault}" for name, days in sorted(given.items()) if (fault := _fault(name, days))
    ]
    if faults:
        raise RetentionRefused("; ".join(faults))
    return {kept: timedelta(days=given.get(kept, term.days)) for kept, term in TERMS.items()}


def _fault(name: str, days: object) -> str:
    if name not in list(Kept):
        return "there is no such class"
    least = TERMS[Kept(name)].least
    if not isinstance(days, int) or isinstance(days, bool) or days < least:
        return f"not a whole number of days, {least} or more"
    return ""
