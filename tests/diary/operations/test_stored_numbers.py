"""The numbers of alerts and looks as the database holds them follow from what lies beside them."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from diary.domain.wire.records import RecordType
from diary.models import Look
from diary.models.isolation import acting_for
from diary.operations.looks import look_at
from diary.operations.sample import open_sample_diary
from diary.operations.statistical_looks import look_at_week
from diary.queries.alerts import alerts_of
from diary.queries.records import TABLE_OF_TYPE, entries_of
from tests.diary.operations.test_statistical_looks import RISE, log
from tests.factories import NOW, check_in, episode, make_person, moment, operation, write
from tests.recomputed_alerts import unaccounted

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 10)


def often():
    """Log three episodes on each of 12 days, with much coffee."""
    alice = make_person()
    for ago in range(12):
        day = TODAY - timedelta(days=ago)
        said = check_in(str(day), twitched="yes", caffeine_mg=500, stress=8)
        hours = (9, 12, 15)
        times = [moment(f"{day}T{hour:02}:00:00+00:00", "UTC") for hour in hours]
        told = [operation(episode(start=start)) for start in times]
        write(alice, operation(said, type=RecordType.CHECK_IN), *told, now=NOW)
    return alice.pk


def over():
    """Log five weeks of twitching every other day, and then 60 quiet days."""
    alice = make_person()
    log(alice, {ago: ago % 2 if ago >= 60 else 0 for ago in range(95)})
    return alice.pk


def risen():
    alice = make_person()
    log(alice, RISE)
    look_at_week(alice.pk, now=NOW)
    return alice.pk


def sample():
    return open_sample_diary(now=datetime(2026, 3, 10, 9, tzinfo=UTC)).person_id


def stored(person_id):
    """Return the alerts, and the findings of every look, as they lie in the database."""
    found = [vars(alert) for alert in alerts_of(person_id)]
    found += [finding for look in Look.objects.all() for finding in look.findings]
    return [SimpleNamespace(**known) for known in found]


def named_records(finding):
    rows = [
        row
        for table in TABLE_OF_TYPE.values()
        for row in entries_of(table.objects.filter(id__in=finding.entries))
    ]
    assert len(rows) == len(finding.entries)
    return rows


@pytest.mark.parametrize(
    ("log_diary", "rules"),
    [
        (sample, {"N1", "N3", "N4", "N10"}),
        (often, {"N16", "W5"}),
        (over, {"X1"}),
        (risen, {"N1", "N7"}),
    ],
)
def test_every_stored_number_follows_from_what_lies_beside_it(log_diary, rules):
    person_id = log_diary()
    look_at(person_id, now=NOW)

    with acting_for(person_id):
        found = stored(person_id)
        assert rules <= {finding.rule for finding in found}
        for finding in found:
            finding.first_day, finding.last_day = (
                date.fromisoformat(str(day)) for day in (finding.first_day, finding.last_day)
            )
            assert unaccounted(finding, named_records(finding), set()) == {}, finding.rule
