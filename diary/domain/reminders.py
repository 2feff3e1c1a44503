"""When a person is reminded of their diary, in their own local time, and when they are left alone.

At most once a local day, whatever the clocks do. A phone's clock plays no part.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from zoneinfo import ZoneInfo

from diary.domain.days import diary_date

LATE_AFTER = timedelta(hours=1)  # a reminder for the evening is of no use at midnight
DAY_MINUTES = 24 * 60


class ReminderKind(StrEnum):
    """Why a person is reminded."""

    CHECK_IN = "check_in"  # today's check-in is not there yet
    SILENCE = "silence"  # nothing was logged for the days the person chose


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderWishes:
    """What a person asked for; minutes count from local midnight.

    `daily` asks for a reminder on every day without a check-in, `after_days` for one after so many
    days without an entry. With `quiet_from_minutes` equal to `quiet_until_minutes`, or either None,
    no hour is quiet.
    """

    time_zone: str = "UTC"
    day_boundary_minutes: int = 0
    at_minutes: int = 0
    daily: bool = False
    after_days: int | None = None
    quiet_from_minutes: int | None = None
    quiet_until_minutes: int | None = None

    @property
    def any(self) -> bool:
        """Return whether they want to be reminded at all."""
        return self.daily or self.after_days is not None

    def diary_day(self, instant: datetime) -> date:
        """Return the person's diary day at an instant."""
        local = instant.astimezone(ZoneInfo(self.time_zone)).replace(tzinfo=None)
        return diary_date(local, self.day_boundary_minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """What the diary holds up to today: its last day with an entry, and today's check-in."""

    last_entry_on: date | None = None
    checked_in_today: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded:
    """The diary days on which the person was last reminded, and last of their silence."""

    on: date | None = None
    of_silence_on: date | None = None


def next_reminder_at(wishes: ReminderWishes, *, now: datetime) -> datetime | None:
    """Return the first time after `now` at which to ask, in UTC; None when nothing is wanted."""
    if not wishes.any:
        return None
    today = now.astimezone(ZoneInfo(wishes.time_zone)).date()
    return next(at for at in _slots(wishes, today - timedelta(days=1)) if at > now)


def reminder_at(
    wishes: ReminderWishes, logged: Logged, reminded: Reminded, *, due_at: datetime, now: datetime
) -> ReminderKind | None:
    """Return the reminder to send at `now` for the time `due_at`, or None.

    None when it comes late or in quiet hours, another day has begun, the person was reminded that
    day, or what it would ask for is there. Days without an entry are told once, and then nothing
    more, daily reminders included, until that day or a later one has an entry.
    """
    today = wishes.diary_day(due_at)
    told_today = reminded.on is not None and reminded.on >= today
    if told_today or _has_been_told(logged, reminded):
        return None
    if not is_timely(wishes, due_at=due_at, now=now) or _is_quiet(wishes, now):
        return None
    if _is_silent(wishes, logged, today):
        return ReminderKind.SILENCE
    return ReminderKind.CHECK_IN if wishes.daily and not logged.checked_in_today else None


def is_timely(wishes: ReminderWishes, *, due_at: datetime, now: datetime) -> bool:
    """Return whether a reminder for `due_at` still makes sense: little later, on the same day."""
    same_day = wishes.diary_day(now) == wishes.diary_day(due_at)
    return due_at <= now < due_at + LATE_AFTER and same_day


def quiet_until(wishes: ReminderWishes, *, now: datetime) -> datetime | None:
    """Return the end of the person's quiet hours when `now` lies in them, in UTC, else None.

    What is not urgent waits until then. Emergency and urgent messages never ask.
    """
    if wishes.quiet_until_minutes is None or not _is_quiet(wishes, now):
        return None
    zone = ZoneInfo(wishes.time_zone)
    today = now.astimezone(zone).date()
    ends = sorted(
        _at(today + timedelta(days=days), wishes.quiet_until_minutes, zone, fold=fold)
        for days in range(3)
        for fold in (0, 1)
    )
    return next(end for end in ends if end > now and not _is_quiet(wishes, end))


def is_within(minutes: int, first: int, end: int) -> bool:
    """Return whether a time of day lies in a span, `end` excluded, that may pass midnight."""
    return (minutes - first) % DAY_MINUTES < (end - first) % DAY_MINUTES


def _is_quiet(wishes: ReminderWishes, instant: datetime) -> bool:
    if wishes.quiet_from_minutes is None or wishes.quiet_until_minutes is None:
        return False
    local = instant.astimezone(ZoneInfo(wishes.time_zone))
    minutes = local.hour * 60 + local.minute
    return is_within(minutes, wishes.quiet_from_minutes, wishes.quiet_until_minutes)


def _slots(wishes: ReminderWishes, first: date) -> Iterator[datetime]:
    """Yield when to ask on each local date from `first` on."""
    zone = ZoneInfo(wishes.time_zone)
    for day in (first + timedelta(days=days) for days in count()):
        instant = _instant(day, wishes.at_minutes, zone)
        if instant is not None:
            yield instant


def _instant(day: date, minutes: int, zone: ZoneInfo) -> datetime | None:
    """Return the one instant of a local time: an hour later, or else earlier, in a skipped hour.

    Of a repeated hour it is the first pass. None for a date that the zone skips as a whole.
    """
    for fold in (0, 1):
        instant = _at(day, minutes, zone, fold=fold)
        if instant.astimezone(zone).date() == day:
            return instant
    return None


def _at(day: date, minutes: int, zone: ZoneInfo, *, fold: int) -> datetime:
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _is_silent(wishes: ReminderWishes, logged: Logged, today: date) -> bool:
    if wishes.after_days is None or logged.last_entry_on is None:
        return False
    return today - logged.last_entry_on >= timedelta(days=wishes.after_days)


def _has_been_told(logged: Logged, reminded: Reminded) -> bool:
    """Return whether the person was told of this very silence."""
    if reminded.of_silence_on is None or logged.last_entry_on is None:
        return False
    return logged.last_entry_on < reminded.of_silence_on
