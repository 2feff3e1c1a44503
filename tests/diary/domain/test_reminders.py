"""Reminders: once a local day whatever the clocks do, and not when they would be of no use."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.reminders import (
    DAY_MINUTES,
    LATE_AFTER,
    Logged,
    Reminded,
    ReminderKind,
    ReminderWishes,
    next_reminder_at,
    quiet_until,
    reminder_at,
)

# Changes at midnight, in the evening, of half an hour, over the date line, and none at all.
ZONES = (
    "Europe/Berlin",
    "America/St_Johns",
    "America/Havana",
    "America/Scoresbysund",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Taipei",
    "UTC",
)
MONDAY = date(2026, 3, 9)
DUE = datetime(2026, 3, 9, 20, tzinfo=UTC)
CHECK_IN, SILENCE = ReminderKind.CHECK_IN, ReminderKind.SILENCE

minutes = st.integers(0, DAY_MINUTES - 1)
zones = st.sampled_from(ZONES)
instants = st.datetimes(datetime(2009, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))


def wishes(**fields):
    return ReminderWishes(**({"at_minutes": 20 * 60, "daily": True} | fields))


def at(text):
    return datetime.fromisoformat(text)


def reminders(asked, *, first, days):
    """Return the local times of the reminders of the days that follow."""
    found = [local_reminder(asked, first)]
    while found[-1] < first + timedelta(days=days):
        found.append(local_reminder(asked, found[-1]))
        assert found[-1] > found[-2]
    return found


def local_reminder(asked, now):
    due = next_reminder_at(asked, now=now)
    assert due is not None
    return due.astimezone(ZoneInfo(asked.time_zone))


@given(at_minutes=minutes, zone=zones, first=instants)
def test_each_local_day_has_one_reminder(at_minutes, zone, first):
    found = reminders(wishes(at_minutes=at_minutes, time_zone=zone), first=first, days=400)

    dates = [each.date() for each in found]
    skipped = {day for day, following in pairwise(dates) if following != day + timedelta(days=1)}
    assert len(dates) == len(set(dates)) >= 398
    assert skipped <= {date(2011, 12, 29)}  # Samoa left out the 30th


@pytest.mark.parametrize(
    ("zone", "day", "minutes_of_day", "local"),
    [
        ("Europe/Berlin", "2026-03-29", 2 * 60 + 30, "2026-03-29T03:30:00+02:00"),
        ("Europe/Berlin", "2026-10-25", 2 * 60 + 30, "2026-10-25T02:30:00+02:00"),
        ("America/Havana", "2026-03-08", 30, "2026-03-08T01:30:00-04:00"),
        ("America/Scoresbysund", "2025-03-29", 23 * 60 + 30, "2025-03-29T22:30:00-02:00"),
        ("Australia/Lord_Howe", "2026-10-04", 2 * 60 + 15, "2026-10-04T02:45:00+11:00"),
    ],
)
def test_a_skipped_time_comes_an_hour_later_that_day_and_a_repeated_one_the_first_time(
    zone, day, minutes_of_day, local
):
    midnight = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone))

    asked = wishes(time_zone=zone, at_minutes=minutes_of_day)
    found = local_reminder(asked, midnight - timedelta(seconds=1))

    assert found.isoformat() == local


def test_who_asked_for_nothing_is_never_reminded():
    silent = ReminderWishes()

    assert next_reminder_at(silent, now=DUE) is None
    assert reminder_at(silent, Logged(), Reminded(), due_at=DUE, now=DUE) is None


def days_before(days):
    return MONDAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("asked", "logged", "reminded", "kind"),
    [
        ({}, Logged(), Reminded(), CHECK_IN),
        ({}, Logged(last_entry_on=MONDAY), Reminded(), CHECK_IN),
        ({}, Logged(last_entry_on=MONDAY, checked_in_today=True), Reminded(), None),
        ({}, Logged(), Reminded(on=MONDAY), None),
        ({}, Logged(), Reminded(on=days_before(1)), CHECK_IN),
        ({}, Logged(), Reminded(on=days_before(-1)), None),
        ({"daily": False, "after_days": 3}, Logged(), Reminded(), None),
        ({"daily": False, "after_days": 3}, Logged(last_entry_on=days_before(2)), Reminded(), None),
        (
            {"daily": False, "after_days": 3},
            Logged(last_entry_on=days_before(3)),
            Reminded(),
            SILENCE,
        ),
        ({"after_days": 3}, Logged(last_entry_on=days_before(2)), Reminded(), CHECK_IN),
        ({"after_days": 3}, Logged(last_entry_on=days_before(3)), Reminded(), SILENCE),
        ({}, Logged(last_entry_on=days_before(2)), Reminded(of_silence_on=days_before(1)), None),
        (
            {},
            Logged(last_entry_on=days_before(1)),
            Reminded(of_silence_on=days_before(1)),
            CHECK_IN,
        ),
    ],
)
def test_what_is_asked_for_and_not_there_is_reminded_of(asked, logged, reminded, kind):
    assert reminder_at(wishes(**asked), logged, reminded, due_at=DUE, now=DUE) is kind


@pytest.mark.parametrize("daily", [True, False])
def test_silence_is_told_once_until_something_is_logged(daily):
    asked = wishes(daily=daily, after_days=3)
    reminded, told = Reminded(), []
    for day in range(60):
        due = DUE + timedelta(days=day)
        logged = Logged(last_entry_on=MONDAY + timedelta(days=30 if day > 30 else 0))
        kind = reminder_at(asked, logged, reminded, due_at=due, now=due)
        if kind is not None:
            reminded = Reminded(
                on=due.date(),
                of_silence_on=due.date() if kind is SILENCE else reminded.of_silence_on,
            )
            told.append((day, kind))

    assert [day for day, kind in told if kind is SILENCE] == [3, 33]
    assert [day for day, kind in told if kind is CHECK_IN] == ([0, 1, 2, 31, 32] if daily else [])


@pytest.mark.parametrize(
    ("late", "kind"),
    [(timedelta(0), CHECK_IN), (LATE_AFTER - timedelta(seconds=1), CHECK_IN), (LATE_AFTER, None)],
)
def test_a_late_reminder_is_left_out(late, kind):
    assert reminder_at(wishes(), Logged(), Reminded(), due_at=DUE, now=DUE + late) is kind


def test_no_reminder_passes_into_another_diary_day():
    just_before = wishes(at_minutes=4 * 60 - 10, day_boundary_minutes=4 * 60)
    due = at("2026-03-10T03:50:00+00:00")

    in_time = reminder_at(just_before, Logged(), Reminded(), due_at=due, now=due)
    too_late = reminder_at(
        just_before, Logged(), Reminded(), due_at=due, now=due + timedelta(minutes=11)
    )

    assert (in_time, too_late) == (CHECK_IN, None)


@pytest.mark.parametrize(
    ("first", "end", "now", "until"),
    [
        (22, 7, "2026-03-09T21:59:59+00:00", None),
        (22, 7, "2026-03-09T22:00:00+00:00", "2026-03-10T07:00:00+00:00"),
        (22, 7, "2026-03-10T06:59:59+00:00", "2026-03-10T07:00:00+00:00"),
        (22, 7, "2026-03-10T07:00:00+00:00", None),
        (13, 15, "2026-03-10T14:00:00+00:00", "2026-03-10T15:00:00+00:00"),
        (8, 8, "2026-03-10T08:00:00+00:00", None),
    ],
)
def test_quiet_hours_last_from_their_start_to_their_end(first, end, now, until):
    asked = wishes(quiet_from_minutes=first * 60, quiet_until_minutes=end * 60)

    assert quiet_until(asked, now=at(now)) == (until and at(until))


@pytest.mark.parametrize(
    ("now", "until"),
    [
        # 02:30 does not exist: quiet at 01:10, and until 03:30.
        ("2026-03-29T00:10:00+00:00", "2026-03-29T01:30:00+00:00"),
        # 02:30 comes twice: quiet in the second pass until the second 02:30.
        ("2026-10-25T01:10:00+00:00", "2026-10-25T01:30:00+00:00"),
    ],
)
def test_quiet_hours_that_end_while_the_clocks_change_end_that_night(now, until):
    asked = wishes(
        time_zone="Europe/Berlin", quiet_from_minutes=22 * 60, quiet_until_minutes=2 * 60 + 30
    )

    assert quiet_until(asked, now=at(now)) == at(until)


@given(first=minutes, end=minutes, zone=zones, now=instants)
def test_quiet_hours_always_end_within_a_day_and_a_bit(first, end, zone, now):
    asked = wishes(time_zone=zone, quiet_from_minutes=first, quiet_until_minutes=end)

    until = quiet_until(asked, now=now)

    if until is not None:
        assert now < until <= now + timedelta(hours=27)
        assert quiet_until(asked, now=until) is None


def test_no_reminder_falls_into_quiet_hours():
    asked = wishes(quiet_from_minutes=19 * 60, quiet_until_minutes=21 * 60)

    assert reminder_at(asked, Logged(), Reminded(), due_at=DUE, now=DUE) is None
