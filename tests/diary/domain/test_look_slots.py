"""Slots of looks: fixed per person, in local time, also when the clocks change."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.look_slots import WEEK_MINUTES, LookKind, latest_slot, next_slot

ZONES = ("Europe/Berlin", "Asia/Taipei", "America/St_Johns", "Pacific/Apia", "UTC")
LENGTH = {LookKind.STATE: 1, LookKind.WEEKLY: 7, LookKind.MONTHLY: 31}
SUNDAY_HALF_PAST_TWO = UUID(int=(6 * 24 + 2) * 60 + 30)


def at(text):
    return datetime.fromisoformat(text)


@given(
    kind=st.sampled_from(LookKind),
    person=st.uuids(),
    zone=st.sampled_from(ZONES),
    now=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)
def test_the_next_slot_lies_ahead_within_one_period(kind, person, zone, now):
    slot = next_slot(kind, person, zone, now=now)

    assert now < slot <= now + timedelta(days=LENGTH[kind], hours=2)


@given(
    kind=st.sampled_from(LookKind),
    person=st.uuids(),
    zone=st.sampled_from(ZONES),
    now=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)
def test_a_slot_that_has_come_is_the_latest_until_the_next(kind, person, zone, now):
    slot = next_slot(kind, person, zone, now=now)
    following = next_slot(kind, person, zone, now=slot)

    period = latest_slot(kind, person, zone, now=slot)

    assert latest_slot(kind, person, zone, now=now) < period
    assert latest_slot(kind, person, zone, now=following - timedelta(seconds=1)) == period


@given(person=st.uuids(), zone=st.sampled_from(ZONES))
def test_weekly_slots_keep_weekday_and_local_time(person, zone):
    slot, seen = at("2026-01-01T00:00:00+00:00"), set()
    for _ in range(52):
        slot = next_slot(LookKind.WEEKLY, person, zone, now=slot)
        local = slot.astimezone(ZoneInfo(zone))
        seen.add((local.weekday(), local.hour, local.minute))

    # The skipped hour of spring moves one slot of the year, for those it falls upon.
    assert len(seen) <= 2


def test_a_slot_in_the_skipped_hour_is_an_hour_later_that_day():
    slot = next_slot(
        LookKind.WEEKLY,
        SUNDAY_HALF_PAST_TWO,
        "Europe/Berlin",
        now=at("2026-03-28T12:00:00+00:00"),
    )

    assert slot.astimezone(ZoneInfo("Europe/Berlin")).isoformat() == "2026-03-29T03:30:00+02:00"


def test_a_slot_in_the_repeated_hour_comes_once():
    first = next_slot(
        LookKind.WEEKLY,
        SUNDAY_HALF_PAST_TWO,
        "Europe/Berlin",
        now=at("2026-10-24T12:00:00+00:00"),
    )
    following = next_slot(LookKind.WEEKLY, SUNDAY_HALF_PAST_TWO, "Europe/Berlin", now=first)

    assert first.isoformat() == "2026-10-25T00:30:00+00:00"
    assert following.isoformat() == "2026-11-01T01:30:00+00:00"


def test_the_daily_slot_is_local_time_on_both_sides_of_a_clock_change():
    nobody = UUID(int=0)

    winter, summer = (
        next_slot(LookKind.STATE, nobody, "Europe/Berlin", now=at(now))
        for now in ("2026-03-28T00:00:00+00:00", "2026-03-29T12:00:00+00:00")
    )

    assert winter.isoformat() == "2026-03-28T03:00:00+00:00"
    assert summer.isoformat() == "2026-03-30T02:00:00+00:00"


@pytest.mark.parametrize("kind", [LookKind.WEEKLY, LookKind.MONTHLY])
def test_persons_are_spread_over_the_period(kind):
    now = at("2026-03-01T00:00:00+00:00")
    people = [UUID(int=number * 7_919 * WEEK_MINUTES + number * 101) for number in range(500)]

    dates = {next_slot(kind, person, "UTC", now=now).date() for person in people}

    assert len(dates) >= {LookKind.WEEKLY: 7, LookKind.MONTHLY: 28}[kind]
