"""Times as a phone sends them, read without a database: gaps, folds, offsets, edges, bad clocks."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.days import daily_row, diary_date
from diary.domain.errors import InvalidRecord
from diary.domain.reading import local_date_of, read_data, time_flags
from diary.domain.wire.records import RecordType
from tests.factories import check_in, problem

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LONG_NIGHT = date(2026, 10, 25)
SHORT_NIGHT = date(2026, 3, 29)
BERLIN = "Europe/Berlin"


def read_as(type_, data, now=NOW):
    return read_data(type_, data, now=now)


def read(**data):
    return read_as(RecordType.EPISODE, data)


def episode_at(text, zone="", **fields):
    return read(start={"at": text, "time_zone": zone}, **fields)


def lasting(start, end, zone=BERLIN):
    return entry(read(start={"at": start, "time_zone": zone}, end={"at": end, "time_zone": zone}))


def entry(data, number=1):
    day = local_date_of(data, day_boundary_minutes=0)
    return data.to_entry(id=UUID(int=number), local_date=day, received_at=None, version=1)


def refused(data, type_=RecordType.EPISODE, now=NOW):
    with pytest.raises(InvalidRecord) as refusal:
        read_data(type_, data, now=now)
    return {(error.path, error.code) for error in refusal.value.errors}


def test_t1_a_time_that_the_clocks_skipped_is_accepted_and_flagged():
    skipped = episode_at("2026-03-29T02:30:00+01:00", BERLIN)

    assert time_flags(skipped, now=NOW) == ["local_gap"]
    assert entry(skipped).start.local == datetime(2026, 3, 29, 2, 30)
    assert entry(skipped).start.instant == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("wall", ["01:59:59+01:00", "03:00:00+02:00"])
def test_t1_the_minutes_beside_the_gap_are_not_flagged(wall):
    assert time_flags(episode_at(f"2026-03-29T{wall}", BERLIN), now=NOW) == []


def test_t1_a_midnight_that_the_clocks_skipped_belongs_to_the_day_the_person_saw():
    skipped = episode_at("2023-04-28T00:15:00+02:00", "Africa/Cairo")

    assert time_flags(skipped, now=NOW) == ["local_gap"]
    assert local_date_of(skipped, day_boundary_minutes=0) == date(2023, 4, 28)


@pytest.mark.parametrize(
    ("text", "instant_hour"), [("2026-10-25T02:30:00+02:00", 0), ("2026-10-25T02:30:00+01:00", 1)]
)
def test_t2_a_time_that_happens_twice_is_told_apart_by_its_offset(text, instant_hour):
    twice = episode_at(text, BERLIN)

    assert time_flags(twice, now=NOW) == []
    assert entry(twice).start.instant == datetime(2026, 10, 25, instant_hour, 30, tzinfo=UTC)


def test_t2_a_bout_from_the_first_half_past_two_to_the_second_lasts_an_hour():
    night = lasting("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00")

    assert night.duration_seconds == 3600


def test_t2_the_second_time_as_start_and_the_first_as_end_is_upside_down():
    second, first = "2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+02:00"

    assert refused({"start": {"at": second}, "end": {"at": first}}) == {((), "end_before_start")}


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-10-25T01:30:00+02:00", "2026-10-25T04:30:00+01:00", 4),
        ("2026-03-29T01:30:00+01:00", "2026-03-29T04:30:00+02:00", 2),
    ],
    ids=["25 hours", "23 hours"],
)
def test_t3_a_night_lasts_by_instants_and_not_by_the_wall(start, end, hours):
    assert lasting(start, end).duration_seconds == hours * 3600


@pytest.mark.parametrize(("day", "hours"), [(SHORT_NIGHT, 23), (LONG_NIGHT, 25)])
def test_t3_every_hour_of_a_day_of_23_or_25_hours_counts_to_that_day(day, hours):
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)
    walls = [
        (midnight + timedelta(hours=hour)).astimezone(ZoneInfo(BERLIN)) for hour in range(hours + 1)
    ]

    read_back = [entry(episode_at(wall.isoformat(), BERLIN), n) for n, wall in enumerate(walls)]

    assert [each.local_date for each in read_back] == [day] * hours + [day + timedelta(days=1)]
    row = daily_row(day, read_back[:hours], None)
    assert row is not None
    assert row.episodes == hours


@pytest.mark.parametrize("day", [SHORT_NIGHT, LONG_NIGHT])
def test_t3_the_diary_day_turns_by_the_wall_on_these_days_too(day):
    before = datetime(day.year, day.month, day.day, 3, 59)

    assert diary_date(before, 240) == day - timedelta(days=1)
    assert diary_date(before + timedelta(minutes=1), 240) == day


def test_t4_the_date_line_orders_by_instant_and_dates_by_the_wall():
    tokyo = entry(episode_at("2026-06-10T09:00:00+09:00", "Asia/Tokyo"))
    honolulu = entry(episode_at("2026-06-10T08:00:00-10:00", "Pacific/Honolulu"))

    assert tokyo.local_date == honolulu.local_date == date(2026, 6, 10)
    assert honolulu.start.local < tokyo.start.local
    assert honolulu.start.instant - tokyo.start.instant == timedelta(hours=18)


def test_t4_flying_west_over_the_date_line_a_day_may_have_no_entry():
    honolulu = entry(episode_at("2026-06-10T23:00:00-10:00", "Pacific/Honolulu"))
    tokyo = entry(episode_at("2026-06-12T01:00:00+09:00", "Asia/Tokyo"))

    assert tokyo.start.instant - honolulu.start.instant == timedelta(hours=7)
    assert tokyo.local_date - honolulu.local_date == timedelta(days=2)


@pytest.mark.parametrize(
    "offset",
    ["-12:00", "-09:30", "-03:30", "-02:30", "+00:00", "+05:30", "+05:45", "+08:45", "+12:45",
     "+13:45", "+14:00"],
)  # fmt: skip
def test_t5_every_offset_in_use_is_kept_to_the_minute(offset):
    start = entry(episode_at(f"2026-11-20T08:00:00{offset}")).start
    sign = -1 if offset[0] == "-" else 1

    assert start.utc_offset_minutes == sign * (int(offset[1:3]) * 60 + int(offset[4:]))
    assert start.local == datetime(2026, 11, 20, 8)
    assert start.local - timedelta(minutes=start.utc_offset_minutes) == start.instant.replace(
        tzinfo=None
    )


@pytest.mark.parametrize("offset", ["-12:15", "+14:15", "+23:59", "+24:00", "+05:60", "+5:30", ""])
def test_t5_an_offset_no_place_uses_is_refused(offset):
    [(path, _)] = refused({"start": {"at": f"2026-11-20T08:00:00{offset}"}})

    assert path == ("start", "at")


@given(
    instant=st.datetimes(datetime(1950, 1, 1), datetime(2026, 11, 20), timezones=st.just(UTC)),
    offset=st.integers(-12 * 60, 14 * 60),
    boundary=st.integers(0, 360),
)
def test_t5_the_diary_day_is_the_one_on_the_persons_wall_at_any_offset(instant, offset, boundary):
    wall = instant.astimezone(timezone(timedelta(minutes=offset)))

    data = episode_at(wall.isoformat())

    expected = (wall.replace(tzinfo=None) - timedelta(minutes=boundary)).date()
    assert local_date_of(data, day_boundary_minutes=boundary) == expected
    assert entry(data).start.instant == instant


def test_t6_an_unsaid_zone_stays_unsaid_and_is_not_guessed():
    start = episode_at("2026-11-20T08:00:00+01:00").start
    unknown = read(start={"at": "2026-11-20T08:00:00+01:00", "zone_source": "unknown"})

    assert (start.time_zone, start.offset_minutes) == ("", 60)
    assert unknown.start.zone_source == "unknown"
    assert time_flags(unknown, now=NOW) == []


@pytest.mark.parametrize(
    "zone",
    ["Mars/Base", "Europe", "Europe/../Berlin", "/etc/passwd", "CET7", "\x00", "localtime",
     "posixrules", "posix/Asia/Tokyo", "right/Asia/Tokyo"],
)  # fmt: skip
def test_t6_a_zone_that_does_not_exist_is_refused(zone):
    wrong = refused({"start": {"at": "2026-11-20T08:00:00+01:00", "time_zone": zone}})

    assert wrong == {(("start", "time_zone"), "unknown_time_zone")}


def test_t7_an_offset_that_disagrees_with_the_zone_is_flagged_not_refused():
    data = episode_at("2026-11-20T08:00:00+05:00", BERLIN)

    assert time_flags(data, now=NOW) == ["offset_disagrees"]
    assert entry(data).start.instant == datetime(2026, 11, 20, 3, tzinfo=UTC)
    assert local_date_of(data, day_boundary_minutes=0) == date(2026, 11, 20)


def test_t7_winter_time_in_summer_disagrees():
    data = episode_at("2026-07-01T08:00:00+01:00", BERLIN)

    assert time_flags(data, now=NOW) == ["offset_disagrees"]


def test_t8_a_leap_day_is_a_day():
    data = episode_at("2024-02-29T23:59:59Z")

    assert local_date_of(data, day_boundary_minutes=0) == date(2024, 2, 29)
    assert local_date_of(episode_at("2024-03-01T01:00:00Z"), day_boundary_minutes=120) == date(
        2024, 2, 29
    )


@pytest.mark.parametrize("day", ["2023-02-29", "2100-02-29", "1900-02-29"])
def test_t8_a_leap_day_of_another_year_is_refused(day):
    assert {path for path, _ in refused({"start": {"at": f"{day}T08:00:00Z"}})} == {("start", "at")}
    assert {path for path, _ in refused(check_in(day), RecordType.CHECK_IN)} == {("local_date",)}


@pytest.mark.parametrize(
    "text",
    [
        "0001-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00-12:00",
        "0000-01-01T00:00:00Z",
        "1899-12-31T23:59:59Z",
        "2200-01-02T00:00:00Z",
        "9999-12-31T23:59:59-12:00",
        "9999-12-31T23:59:59+14:00",
        "2016-12-31T23:59:60Z",
    ],
)
def test_t9_a_time_out_of_this_world_is_refused_by_name(text):
    start = {"at": "2026-11-20T08:00:00Z"}
    both = refused({"start": {"at": text}, "end": {"at": text}})

    assert {path for path, _ in both} == {("start", "at"), ("end", "at")}
    assert {path for path, _ in refused(check_in(recorded={"at": text}), RecordType.CHECK_IN)} == {
        ("recorded", "at")
    }
    assert {path for path, _ in refused({"start": start, "end": {"at": text}})} == {("end", "at")}


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-02", "9999-12-31"])
def test_t9_a_date_out_of_this_world_is_refused_by_name(day):
    assert {path for path, _ in refused(check_in(day), RecordType.CHECK_IN)} == {("local_date",)}
    assert {path for path, _ in refused(problem(asked_on=day), RecordType.PROBLEM)} == {
        ("asked_on",)
    }


def test_t9_the_first_and_last_times_we_take_are_read_and_flagged_where_odd():
    earliest = episode_at("1900-01-01T00:00:00+14:00", BERLIN)
    latest = datetime(2199, 12, 31, 23, 0, tzinfo=UTC)

    assert time_flags(earliest, now=NOW) == ["offset_disagrees"]
    last = read_as(RecordType.EPISODE, {"start": {"at": latest.isoformat()}}, now=latest)
    assert last.start.at == latest


@pytest.mark.parametrize("years", [-10, 10])
def test_t10_a_clock_ten_years_off_is_taken_backward_and_refused_forward(years):
    start = {"at": NOW.replace(year=NOW.year + years).isoformat()}

    if years < 0:
        assert time_flags(read(start=start), now=NOW) == []
    else:
        assert refused({"start": start}) == {(("start", "at"), "in_the_future")}


@pytest.mark.parametrize(
    ("ahead", "flags"),
    [
        (timedelta(minutes=5), []),
        (timedelta(minutes=5, microseconds=1), ["in_the_future"]),
        (timedelta(hours=24), ["in_the_future"]),
    ],
)
def test_t11_five_minutes_ahead_is_now_and_more_is_flagged(ahead, flags):
    data = episode_at((NOW + ahead).isoformat())

    assert time_flags(data, now=NOW) == flags


@pytest.mark.parametrize("offset", [-12, 0, 14])
def test_t11_twenty_four_hours_ahead_is_accepted_and_a_moment_more_refused(offset):
    edge = (NOW + timedelta(hours=24)).astimezone(timezone(timedelta(hours=offset)))
    late = (edge + timedelta(microseconds=1)).isoformat()
    start = {"at": NOW.isoformat()}

    assert episode_at(edge.isoformat()).start.at == edge
    assert refused({"start": {"at": late}}) == {(("start", "at"), "in_the_future")}
    assert refused({"start": start, "end": {"at": late}}) == {(("end", "at"), "in_the_future")}


@pytest.mark.parametrize(
    ("now", "last_day"),
    [
        (datetime(2026, 11, 21, 9, 59, tzinfo=UTC), "2026-11-22"),
        (datetime(2026, 11, 21, 23, 59, tzinfo=UTC), "2026-11-22"),
        (datetime(2026, 11, 22, 0, 0, tzinfo=UTC), "2026-11-23"),
    ],
)
def test_t11_a_date_that_has_begun_nowhere_within_a_day_is_refused(now, last_day):
    after = (date.fromisoformat(last_day) + timedelta(days=1)).isoformat()
    wrong = {(("local_date",), "in_the_future")}

    taken = read_as(RecordType.CHECK_IN, check_in(last_day), now=now)

    assert taken.local_date.isoformat() == last_day
    assert refused(check_in(after), RecordType.CHECK_IN, now=now) == wrong
