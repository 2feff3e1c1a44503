"""Times as the service keeps them, through the one write path on the real database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from gettext import NullTranslations
from itertools import pairwise

import pytest

from diary.domain.wire.profile import ProfileData
from diary.domain.wire.records import RecordType
from diary.models import DailyRow, Episode
from diary.models.isolation import acting_for
from diary.operations.profile import save_profile
from diary.operations.records import Status
from diary.queries.records import record, records_page
from diary.queries.views import view_of
from reports.domain.inputs import Edition
from reports.domain.model import REPORT_VERSION, build_report
from reports.queries import report_diary
from reports.render.csv import episodes_csv
from reports.render.fonts import text_gate
from tests.factories import NOW, check_in, episode, make_person, moment, operation, write, write_one

pytestmark = pytest.mark.django_db

BERLIN = "Europe/Berlin"
TEN_YEARS = timedelta(days=3652)


@pytest.fixture
def alice():
    return make_person("alice")


def log(person, text, zone="", **fields):
    """Write an episode that starts at `text` and return it as phones pull it."""
    one = operation(episode(start=moment(text, zone), **fields))
    assert send(person, one, now=max(NOW, datetime.fromisoformat(text))).status == "applied"
    return pulled(person, one.id)


def pulled(person, id_):
    with acting_for(person.pk):
        return record(person.pk, RecordType.EPISODE, id_)


def starts_newest_first(person):
    with acting_for(person.pk):
        page, _ = records_page(person.pk, RecordType.EPISODE, limit=50)
    return [start_of(each) for each in page]


def start_of(record):
    return record["data"]["start"]["at"]


def daily_rows(person):
    with acting_for(person.pk):
        return dict(DailyRow.objects.order_by("local_date").values_list("local_date", "episodes"))


def send(person, one, now=NOW, **options):
    return write_one(person, one, now=now, **options)


def live_in(person, zone, now=NOW):
    profile = ProfileData(time_zone=zone)
    save_profile(person.pk, profile, base_version=None, now=now)


def test_t1_a_time_in_the_gap_is_given_back_as_sent_with_its_flag(alice):
    kept = log(alice, "2026-03-29T02:30:00+01:00", BERLIN)

    assert kept["data"]["start"]["at"] == "2026-03-29T02:30:00+01:00"
    assert kept["derived"] == {"local_date": "2026-03-29", "time_flags": ["local_gap"]}


def test_t2_both_halves_of_the_repeated_hour_are_kept_apart_and_in_order(alice):
    second = log(alice, "2025-10-26T02:30:00+01:00", BERLIN)
    first = log(alice, "2025-10-26T02:30:00+02:00", BERLIN)

    assert starts_newest_first(alice) == [
        second["data"]["start"]["at"],
        first["data"]["start"]["at"],
    ]
    assert first["derived"] == second["derived"] == {"local_date": "2025-10-26", "time_flags": []}
    assert daily_rows(alice) == {date(2025, 10, 26): 2}


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2025-10-26T01:30:00+02:00", "2025-10-26T04:30:00+01:00", 240),
        ("2025-03-30T01:30:00+01:00", "2025-03-30T04:30:00+02:00", 120),
    ],
    ids=["25 hours", "23 hours"],
)
def test_t3_the_minutes_of_a_day_of_23_or_25_hours_are_real_minutes(alice, start, end, minutes):
    log(alice, start, BERLIN, end=moment(end, BERLIN))

    with acting_for(alice.pk):
        assert DailyRow.objects.get().minutes == minutes


def test_t4_flying_east_over_the_date_line_a_day_repeats_and_holds_both(alice):
    tokyo = log(alice, "2025-06-10T09:00:00+09:00", "Asia/Tokyo")
    honolulu = log(alice, "2025-06-10T08:00:00-10:00", "Pacific/Honolulu")

    assert daily_rows(alice) == {date(2025, 6, 10): 2}
    assert starts_newest_first(alice) == [
        honolulu["data"]["start"]["at"],
        tokyo["data"]["start"]["at"],
    ]


def test_t4_flying_west_over_the_date_line_a_day_vanishes_and_is_no_quiet_day(alice):
    log(alice, "2025-06-10T23:00:00-10:00", "Pacific/Honolulu")
    log(alice, "2025-06-12T01:00:00+09:00", "Asia/Tokyo")

    assert daily_rows(alice) == {date(2025, 6, 10): 1, date(2025, 6, 12): 1}


@pytest.mark.parametrize("line", ["-12:00", "-09:30", "-03:30", "+05:30", "+05:45", "+14:00"])
def test_t5_every_offset_comes_back_from_the_database_as_sent(alice, line):
    kept = log(alice, f"2025-12-31T23:59:59.123456{line}", end=moment(f"2026-01-01T00:30:00{line}"))

    assert kept["data"]["start"]["at"] == f"2025-12-31T23:59:59.123456{line}"
    assert kept["data"]["end"]["at"] == f"2026-01-01T00:30:00{line}"
    assert kept["derived"]["local_date"] == "2025-12-31"
    with acting_for(alice.pk):
        assert Episode.objects.get().start_at == datetime.fromisoformat(kept["data"]["start"]["at"])


def test_t6_an_unknown_zone_is_kept_as_unknown_whatever_the_profile_says(alice):
    live_in(alice, "Asia/Taipei")
    start = {"at": "2026-03-10T08:00:00+01:00", "time_zone": "", "zone_source": "unknown"}

    one = operation(episode(start=start))
    send(alice, one)

    kept = pulled(alice, one.id)
    assert kept["data"]["start"] == start | {"precision": "minute"}
    assert kept["derived"] == {"local_date": "2026-03-10", "time_flags": []}


def test_t7_an_offset_that_disagrees_with_its_zone_is_kept_and_flagged(alice):
    kept = log(alice, "2026-03-10T01:00:00+05:00", BERLIN)

    assert kept["data"]["start"]["at"] == "2026-03-10T01:00:00+05:00"
    assert kept["derived"] == {"local_date": "2026-03-10", "time_flags": ["offset_disagrees"]}


def test_t8_the_leap_day_has_its_own_daily_row(alice):
    for day in ("2024-02-28", "2024-02-29", "2024-03-01"):
        log(alice, f"{day}T12:00:00+01:00", BERLIN)
        send(alice, operation(check_in(day), type=RecordType.CHECK_IN))

    days = list(daily_rows(alice))

    assert [later - earlier for earlier, later in pairwise(days)] == [timedelta(days=1)] * 2


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_t9_the_ends_of_the_calendar_are_refused_and_the_rest_of_the_batch_is_kept(alice, text):
    bad = [
        operation(episode(start=moment(text, "Asia/Tokyo"))),
        operation(episode(end=moment(text, ""))),
        operation(check_in(text[:10]), type=RecordType.CHECK_IN),
        operation(check_in(recorded=moment(text, "")), type=RecordType.CHECK_IN),
    ]

    batch = write(alice, *bad, operation(episode()))

    assert [each.status for each in batch.outcomes] == [Status.INVALID] * 4 + [Status.APPLIED]
    assert daily_rows(alice) == {date(2026, 3, 10): 1}


@pytest.mark.parametrize("skew", [-TEN_YEARS, TEN_YEARS])
def test_t10_a_clock_ten_years_off_is_noted_and_moves_no_entry(alice, skew):
    one = operation(episode(start=moment("2026-03-10T23:30:00+01:00")))

    outcome = send(alice, one, sent_at=NOW + skew)

    assert outcome.record.derived["local_date"] == "2026-03-10"
    with acting_for(alice.pk):
        assert Episode.objects.get().skew_ms == -round(skew / timedelta(milliseconds=1))


def test_t10_a_jumping_clock_decides_neither_order_nor_winner(alice):
    one = operation(episode(strength=1))
    first = send(alice, one, sent_at=NOW + TEN_YEARS)

    edit = operation(episode(strength=2), id=one.id, base=1)
    stale = operation(episode(strength=3), id=one.id, base=1)
    won = send(alice, edit, sent_at=NOW - TEN_YEARS)
    lost = send(alice, stale, sent_at=NOW + TEN_YEARS)

    assert (won.status, lost.status) == (Status.APPLIED, Status.CONFLICT)
    assert lost.record.data["strength"] == 2
    assert (won.record.version, won.record.seq > first.record.seq) == (2, True)


def test_t10_an_entry_that_carries_such_a_clocks_time_is_refused_and_one_in_the_past_is_kept(alice):
    ahead, behind = (
        operation(episode(start=moment((NOW + skew).isoformat(), "")))
        for skew in (TEN_YEARS, -TEN_YEARS)
    )

    refused, _ = write(alice, ahead, behind, sent_at=NOW).outcomes

    assert [(e.path, e.code) for e in refused.errors] == [(("start", "at"), "in_the_future")]
    assert pulled(alice, behind.id)["derived"]["local_date"] == (NOW - TEN_YEARS).date().isoformat()


@pytest.mark.parametrize(
    ("ahead", "status", "flags"),
    [
        (timedelta(minutes=5), "applied", []),
        (timedelta(minutes=5, seconds=1), "applied", ["in_the_future"]),
        (timedelta(hours=24), "applied", ["in_the_future"]),
        (timedelta(hours=24, seconds=1), "invalid", None),
    ],
)
def test_t11_the_edges_of_the_future_are_five_minutes_and_a_day(alice, ahead, status, flags):
    one = operation(episode(start=moment((NOW + ahead).isoformat(), "")))

    outcome = send(alice, one)

    assert outcome.status == status
    assert (outcome.record.derived["time_flags"] if outcome.record else None) == flags


def test_t11_what_lies_ahead_stays_outside_the_look_until_its_day_has_come(alice):
    send(alice, operation(episode(start=moment((NOW + timedelta(hours=20)).isoformat(), ""))))

    with acting_for(alice.pk):
        now, tomorrow = (view_of(alice.pk, now=NOW + timedelta(days=days)) for days in (0, 1))

    assert (len(now.episodes), len(tomorrow.episodes)) == (0, 1)


def a_diary_on_the_road(person):
    for text, zone in (
        ("2026-02-27T23:50:00+08:00", "Asia/Taipei"),
        ("2026-02-28T00:10:00+08:00", "Asia/Taipei"),
        ("2026-03-01T23:30:00-10:00", "Pacific/Honolulu"),
        ("2026-03-08T03:30:00-07:00", "America/Los_Angeles"),
    ):
        log(person, text, zone)
    return [date(2026, 2, 27), date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 8)]


def printed(person):
    """Return the CSV and the page of a report on February and March, and the dates it rests on."""
    with acting_for(person.pk):
        diary = report_diary(person.pk, now=NOW, start=date(2026, 2, 1), end=date(2026, 3, 10))
    edition = Edition(now=NOW, report_version=REPORT_VERSION, rules_version="1")
    page = build_report(diary, edition=edition, gate=text_gate(), catalog=NullTranslations())
    return episodes_csv(diary.episodes), page, [day.local_date for day in diary.days]


def test_t12_a_report_printed_in_another_zone_moves_no_date(alice):
    live_in(alice, "Asia/Taipei")
    days = a_diary_on_the_road(alice)
    csv, page, dates = printed(alice)

    live_in(alice, "America/Los_Angeles")
    elsewhere_csv, elsewhere_page, elsewhere_dates = printed(alice)

    assert dates == elsewhere_dates == days
    assert csv == elsewhere_csv
    # The furniture holds the hash of what was reported on, the profile's zone included.
    assert replace(elsewhere_page, furniture=page.furniture) == page


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_t12_stored_dates_and_days_stay_when_the_profile_moves(alice, zone):
    live_in(alice, "Asia/Taipei")
    days = a_diary_on_the_road(alice)

    live_in(alice, zone)
    log(alice, "2026-03-08T01:00:00+01:00", BERLIN)

    assert list(daily_rows(alice)) == days
    with acting_for(alice.pk):
        assert sorted(Episode.objects.values_list("local_date", flat=True)) == sorted(
            [*days, date(2026, 3, 8)]
        )


def test_t12_only_what_day_it_is_today_follows_the_profile(alice):
    at = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
    todays = []

    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        live_in(alice, zone)
        with acting_for(alice.pk):
            todays.append(view_of(alice.pk, now=at).today)

    assert todays == [date(2026, 3, 11), date(2026, 3, 9)]
