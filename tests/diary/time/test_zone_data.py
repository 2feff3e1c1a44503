"""T14: the time zone database changes between the write and the read, and no entry moves."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from diary.domain.wire.profile import ProfileData
from diary.domain.wire.records import RecordType
from diary.models import DailyRow
from diary.models.isolation import acting_for
from diary.operations.profile import save_profile
from diary.queries.records import record, records_page
from diary.queries.views import view_of
from tests.factories import NOW, episode, make_person, moment, operation, write_one

pytestmark = pytest.mark.django_db

BERLIN = "Europe/Berlin"
START = moment("2026-03-10T00:30:00+01:00", BERLIN)


@pytest.fixture
def alice():
    return make_person("alice")


@pytest.fixture
def new_zone_data(tmp_path):
    """Return a function that puts other rules in force for a zone, as an update of tzdata does."""
    former = zoneinfo.TZPATH

    def in_force(zone, rules_of):
        known = ZoneInfo.no_cache(rules_of)
        source = next(
            Path(folder, known.key) for folder in former if Path(folder, known.key).exists()
        )
        target = tmp_path / zone
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
        zoneinfo.reset_tzpath([tmp_path, *former])
        ZoneInfo.clear_cache()

    yield in_force
    zoneinfo.reset_tzpath(former)
    ZoneInfo.clear_cache()


def send(person, one, now=NOW, **options):
    return write_one(person, one, now=now, **options)


def write_night(person):
    one = operation(episode(start=START, end=moment("2026-03-10T01:30:00+01:00")))
    send(person, one)
    return one


def listed_start(person):
    [listed], _ = records_page(person.pk, RecordType.EPISODE, limit=1)
    return listed["data"]["start"]


def kept(person, one):
    with acting_for(person.pk):
        [entry] = view_of(person.pk, now=NOW).episodes
        return record(person.pk, RecordType.EPISODE, one.id), entry, list(DailyRow.objects.values())


def test_t14_new_rules_for_a_zone_move_no_entry_and_raise_no_flag(alice, new_zone_data):
    one = write_night(alice)
    before = kept(alice, one)

    new_zone_data(BERLIN, rules_of="Pacific/Honolulu")

    assert datetime(2026, 3, 10, tzinfo=ZoneInfo(BERLIN)).utcoffset() == timedelta(hours=-10)
    assert kept(alice, one) == before
    assert before[0]["derived"] == {"local_date": "2026-03-10", "time_flags": []}


def test_t14_what_is_written_after_the_update_is_flagged_by_the_new_rules(alice, new_zone_data):
    new_zone_data(BERLIN, rules_of="Asia/Tokyo")

    outcome = send(alice, operation(episode(start=START)))

    assert outcome.record.derived["time_flags"] == ["offset_disagrees"]
    assert outcome.record.derived["local_date"] == "2026-03-10"


def test_t14_the_same_request_after_the_update_is_still_a_repeat(alice, new_zone_data):
    one = write_night(alice)

    new_zone_data(BERLIN, rules_of="Asia/Tokyo")

    assert send(alice, one).status == "duplicate"


def test_t14_a_zone_that_left_the_database_stays_readable(alice, new_zone_data):
    new_zone_data("Europe/Brigadoon", rules_of=BERLIN)
    one = operation(episode(start=START | {"time_zone": "Europe/Brigadoon"}))
    send(alice, one)

    zoneinfo.reset_tzpath(zoneinfo.TZPATH[1:])
    ZoneInfo.clear_cache()

    with acting_for(alice.pk):
        [entry] = view_of(alice.pk, now=NOW).episodes
        listed = listed_start(alice)
    assert entry.start.time_zone == listed["time_zone"] == "Europe/Brigadoon"
    assert entry.local_date == date(2026, 3, 10)
    again = send(alice, operation(episode(start=listed)))
    assert {error.code for error in again.errors} == {"unknown_time_zone"}


def test_t14_what_day_it_is_follows_the_new_rules(alice, new_zone_data):
    save_profile(alice.pk, ProfileData(time_zone=BERLIN), base_version=None, now=NOW)
    evening = datetime(2026, 3, 10, 22, 30, tzinfo=UTC)

    with acting_for(alice.pk):
        before = view_of(alice.pk, now=evening).today
        new_zone_data(BERLIN, rules_of="Asia/Tokyo")
        after = view_of(alice.pk, now=evening).today

    assert (before, after) == (date(2026, 3, 10), date(2026, 3, 11))
