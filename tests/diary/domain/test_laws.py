"""Laws that hold for any diary: order, severity, silence, midnight, and rebuilt rows."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.assessment import assess
from diary.domain.bouts import bouts, logged_bouts
from diary.domain.days import daily_row, daily_rows
from diary.domain.entries import Onset, Twitched
from diary.domain.findings import Level
from diary.domain.reading import local_date_of
from diary.domain.rules.registry import BY_ID
from diary.domain.wire.records import EpisodeData
from tests.diary.domain.strategies import (
    DIARIES,
    INTAKES,
    ago,
    check_in,
    episode,
    problem,
    symptom,
    view,
)

EMERGENCIES = ["face_droop", "slurred_speech", "vision_loss", "seizure", "throat_spasm"]
EMERGENCIES += ["severe_headache", "one_sided_numbness", "balance_loss", "confusion"]
URGENT_SIGNS = ["eyelid_droop", "cannot_close_eye", "awareness_lapse"]

# A short or a long bout, then up to 100 days of quiet check-ins: the ground R1 and X1 stand on.
SILENCES = st.tuples(st.integers(0, 8), st.integers(1, 3), st.integers(1, 100))
# Days on which the clocks change: 23 hours in spring, 25 hours in autumn.
CLOCK_CHANGES = [
    ("Europe/Berlin", date(2026, 3, 29), 23),
    ("Europe/Berlin", date(2026, 10, 25), 25),
    ("America/New_York", date(2026, 3, 8), 23),
    ("America/New_York", date(2026, 11, 1), 25),
]


def silence(twitch_days, step, quiet_days):
    """Return a bout of some days, then a quiet check-in on each day up to today."""
    bout = [episode(quiet_days + back * step) for back in range(twitch_days + 1)]
    return bout, [check_in(days) for days in range(quiet_days)]


def calms(*entries, **fields):
    """Return which of the two rules that calm hold."""
    diary = view(*entries, **fields)
    return {rule for rule in ("R1", "X1") if BY_ID[rule].judge(diary)}


def logged(start, end=None):
    """Return what the service makes of an episode that a phone sends with these local times."""
    sent = {"start": {"at": start.isoformat(), "time_zone": str(start.tzinfo)}}
    if end is not None:
        sent["end"] = {"at": end.isoformat(), "time_zone": str(end.tzinfo)}
    data = EpisodeData.model_validate(sent)
    day = local_date_of(data, day_boundary_minutes=0)
    assert day is not None
    return data.to_entry(id=uuid4(), local_date=day, received_at=None, version=1)


def local(zone, day, offset=timedelta(0)):
    """Return the instant `offset` after the local midnight of a day, as that zone's clocks show."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    return (midnight.astimezone(UTC) + offset).astimezone(ZoneInfo(zone))


@given(DIARIES, INTAKES, st.randoms())
def test_the_order_of_entries_changes_no_finding_and_no_question(diary, intake, random):
    entries = [*diary[0], *diary[1]]
    before = assess(view(*entries, intake=intake))
    random.shuffle(entries)

    assert assess(view(*entries, intake=intake)) == before


@given(DIARIES, INTAKES, st.sampled_from(EMERGENCIES + URGENT_SIGNS), st.booleans())
def test_a_sudden_sign_of_today_never_lowers_the_level(diary, intake, code, in_check_in):
    rest = [c for c in diary[1] if c.local_date != ago(0)]
    told = (symptom(code, onset=Onset.SUDDEN),)
    worse = check_in(0, Twitched.YES, symptoms=told)
    if not in_check_in:
        worse = episode(0, name="worse", symptoms=told)

    before = assess(view(*diary[0], *rest, intake=intake)).level
    after = assess(view(*diary[0], *rest, worse, intake=intake)).level

    assert after >= max(before, Level.EMERGENCY if code in EMERGENCIES else Level.URGENT)


@given(DIARIES, st.integers(0, 400), st.sampled_from(EMERGENCIES + URGENT_SIGNS))
def test_a_sudden_sign_of_today_in_the_intake_never_lowers_the_level(diary, since, code):
    told = (symptom(code, onset=Onset.SUDDEN, began_on=ago(0)),)

    before = assess(view(*diary[0], *diary[1], intake=problem(since=since))).level
    after = assess(view(*diary[0], *diary[1], intake=problem(since=since, symptoms=told))).level

    assert after >= max(before, Level.URGENT)


@given(SILENCES, st.data())
def test_a_day_without_a_record_is_never_a_quiet_day(shape, data):
    bout, quiet = silence(*shape)
    kept = data.draw(st.lists(st.sampled_from(quiet), unique_by=lambda answer: answer.id))

    assert calms(*bout, *kept) <= calms(*bout, *quiet)


@given(SILENCES, st.data())
def test_a_day_not_remembered_counts_as_a_day_without_a_record(shape, data):
    bout, quiet = silence(*shape)
    forgotten = data.draw(st.sets(st.integers(0, len(quiet) - 1)))
    kept = [c for index, c in enumerate(quiet) if index not in forgotten]
    unsure = [check_in(days, Twitched.UNSURE) for days in forgotten]

    with_unsure, without = view(*bout, *kept, *unsure), view(*bout, *kept)

    assert calms(*bout, *kept, *unsure) == calms(*bout, *kept)
    assert bouts(with_unsure.days, None) == bouts(without.days, None)


@given(SILENCES, st.integers(1, 60))
def test_time_that_passes_without_records_calms_nobody(shape, silent_days):
    bout, quiet = silence(*shape)
    later = ago(-silent_days)

    assert calms(*bout, *quiet, today=later) <= calms(*bout, *quiet)


@given(DIARIES)
def test_rows_built_day_by_day_are_the_rows_built_at_once(diary):
    episodes, check_ins = diary
    dates = sorted({entry.local_date for entry in (*episodes, *check_ins)})
    answered = {c.local_date: c for c in check_ins}

    one_by_one = [
        daily_row(day, [e for e in episodes if e.local_date == day], answered.get(day))
        for day in dates
    ]

    assert tuple(one_by_one) == daily_rows(reversed(episodes), reversed(check_ins))


@pytest.mark.parametrize(("zone", "day", "hours"), CLOCK_CHANGES)
def test_the_day_the_clocks_change_is_one_day_of_its_own_length(zone, day, hours):
    first, last = local(zone, day), local(zone, day, timedelta(hours=hours, seconds=-1))
    before, after = (
        local(zone, day, timedelta(seconds=-1)),
        local(zone, day, timedelta(hours=hours)),
    )

    dates = [logged(at).local_date for at in (before, first, last, after)]

    assert dates == [day - timedelta(days=1), day, day, day + timedelta(days=1)]


@pytest.mark.parametrize(("zone", "day", "hours"), CLOCK_CHANGES)
@given(minutes=st.integers(-180, 26 * 60), lasting=st.integers(0, 6 * 60))
def test_an_episode_keeps_its_wall_date_and_its_true_length(zone, day, hours, minutes, lasting):
    start = local(zone, day, timedelta(minutes=minutes))
    end = local(zone, day, timedelta(minutes=minutes + lasting))

    kept = logged(start, end)
    row = daily_rows([kept], [])[0]

    assert kept.local_date == row.local_date == start.date()
    assert row.minutes == lasting
    assert (kept.local_date == day) == (0 <= minutes < hours * 60)


@pytest.mark.parametrize(("zone", "day", "hours"), CLOCK_CHANGES)
@pytest.mark.parametrize("hour", [0, 23])
def test_a_bout_across_a_change_of_the_clocks_counts_calendar_days(zone, day, hours, hour):
    around = [day + timedelta(days=offset) for offset in range(-7, 8)]
    nightly = [
        logged(datetime(d.year, d.month, d.day, hour, 59, tzinfo=ZoneInfo(zone))) for d in around
    ]

    rows = daily_rows(nightly, [])

    assert [row.local_date for row in rows] == around
    assert logged_bouts(rows) == ((around[0], around[-1]),)
    assert bouts(rows, None)[0].span_days == 14


@pytest.mark.parametrize(("zone", "day", "hours"), CLOCK_CHANGES)
@pytest.mark.parametrize(("gap", "runs"), [(8, 1), (9, 2)])
def test_a_gap_across_a_change_of_the_clocks_is_counted_in_dates(zone, day, hours, gap, runs):
    first = local(zone, day - timedelta(days=4), timedelta(hours=23, minutes=59))
    second = local(zone, day + timedelta(days=gap - 4), timedelta(minutes=1))

    rows = daily_rows([logged(first), logged(second)], [])

    assert len(logged_bouts(rows)) == runs
