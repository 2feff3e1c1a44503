"""When each kind of look is due: slots fixed per person, in the person's own local time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES
MONTH_MINUTES = 28 * DAY_MINUTES  # every month has 28 days
DAILY_AT = time(4, 0)
DAILY_SPREAD_SECONDS = 3_600


class LookKind(StrEnum):
    """State rules after a write and daily, statistics weekly, triggers monthly."""

    STATE = "state"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


def next_slot(kind: LookKind, person_id: UUID, time_zone: str, *, now: datetime) -> datetime:
    """Return the first slot after `now`, in UTC.

    A slot is a local time, so it survives a change of the clocks; one that falls into the skipped
    hour is an hour later that day, one in the repeated hour its first pass.
    """
    zone = ZoneInfo(time_zone)
    slots = (_instant(slot, zone) for slot in _slots(kind, person_id, _local_date(now, zone)))
    return next(slot for slot in slots if slot > now)


def latest_slot(kind: LookKind, person_id: UUID, time_zone: str, *, now: datetime) -> date:
    """Return the local date of the newest slot that is not after `now`.

    It names the week or month that a look belongs to, however late the look is made.
    """
    zone = ZoneInfo(time_zone)
    slots = list(_slots(kind, person_id, _local_date(now, zone)))
    return next(slot.date() for slot in reversed(slots) if _instant(slot, zone) <= now)


def _local_date(now: datetime, zone: ZoneInfo) -> date:
    return now.astimezone(zone).date()


def _instant(slot: datetime, zone: ZoneInfo) -> datetime:
    return slot.replace(tzinfo=zone).astimezone(UTC)


def _slots(kind: LookKind, person_id: UUID, near: date) -> Iterator[datetime]:
    """Yield the local slots around a date, oldest first: at least one before and one after it."""
    if kind is LookKind.STATE:
        spread = timedelta(seconds=person_id.int % DAILY_SPREAD_SECONDS)
        for day in (near - timedelta(days=1), near, near + timedelta(days=1)):
            yield datetime.combine(day, DAILY_AT) + spread
    elif kind is LookKind.WEEKLY:
        minutes = timedelta(minutes=person_id.int % WEEK_MINUTES)
        monday = datetime.combine(near - timedelta(days=near.weekday()), time())
        for week in (-1, 0, 1):
            yield monday + timedelta(weeks=week) + minutes
    else:
        # Other digits of the id than the weekly slot, so that the two do not go together.
        minutes = timedelta(minutes=person_id.int // WEEK_MINUTES % MONTH_MINUTES)
        first = datetime.combine(near.replace(day=1), time())
        before, after = first - timedelta(days=1), first + timedelta(days=32)
        for month in (before.replace(day=1), first, after.replace(day=1)):
            yield month + minutes
