"""What the report reads of the database: days before the period too, and it raises no alert."""

from datetime import timedelta

import pytest

from diary.domain.triggers import INPUT_DAYS
from diary.domain.wire.records import RecordType
from diary.models import Alert
from diary.models.isolation import acting_for
from reports.domain.model import build_report
from reports.queries import report_diary
from tests.factories import NOW, check_in, episode, make_person, moment, operation, write
from tests.reports.samples import CATALOG, edition, gate

pytestmark = pytest.mark.django_db

END = NOW.date()
DAYS = 150


def logged(day, number):
    start = moment(f"{day}T{8 + number:02}:00:00+01:00")
    return operation(episode(start=start))


@pytest.fixture
def rising():
    """A person whose episodes went from one on every other day to three a day for four weeks."""
    person = make_person("rising")
    operations = []
    for age in range(DAYS, 0, -1):
        day = END - timedelta(days=age)
        count = 3 if age <= 28 else age % 2
        operations += [logged(day, number) for number in range(count)]
        answer = "yes" if count else "no"
        operations.append(operation(check_in(str(day), twitched=answer), type=RecordType.CHECK_IN))
    for start in range(0, len(operations), 100):
        write(person, *operations[start : start + 100])
    return person


def test_a_report_compares_days_before_its_period_and_raises_no_alert(rising):
    with acting_for(rising.pk):
        before = Alert.objects.count()
        diary = report_diary(rising.pk, now=NOW, start=END - timedelta(days=30), end=END)
        after = Alert.objects.count()

    model = build_report(diary, edition=edition(), gate=gate(), catalog=CATALOG)

    [line] = [row for row in model.changed.rows if row.code == "episodes"]
    assert (line.mark, after) == ("clear", before)
    assert "N7" in {rule.rule for rule in model.why.rules}
    assert len(diary.earlier_days) == DAYS - 30
    assert all(day.local_date < diary.start for day in diary.earlier_days)


def test_a_report_of_a_past_period_knows_nothing_of_the_days_after_it(rising):
    end = END - timedelta(days=28)

    with acting_for(rising.pk):
        diary = report_diary(rising.pk, now=NOW, start=end - timedelta(days=30), end=end)

    model = build_report(diary, edition=edition(), gate=gate(), catalog=CATALOG)
    [line] = [row for row in model.changed.rows if row.code == "episodes"]
    days = (*diary.earlier_days, *diary.days)
    assert line.mark != "clear"
    assert "N7" in model.why.not_met_rules
    assert max(day.local_date for day in days) < end
    assert min(day.local_date for day in days) >= end - timedelta(days=INPUT_DAYS)
