"""What may be shared, and with which PIN."""

import pytest

from diary.domain.errors import InvalidRecord, RecordNotFound
from reports.domain.sharing import is_too_simple
from reports.models import ReportState
from reports.operations.shares import share_report
from tests.factories import NOW, make_person
from tests.reports.shared import ready_report, shared, terms

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    return make_person("alice")


def test_a_pin_that_is_made_here_is_six_digits_and_not_too_simple(alice):
    report = ready_report(alice)

    made = {share_report(alice.pk, terms(report, pin=None), now=NOW).pin for _ in range(5)}

    assert len(made) > 1
    assert all(len(pin) == 6 and pin.isdigit() and not is_too_simple(pin) for pin in made)


def test_a_pin_that_is_too_simple_is_refused(alice):
    with pytest.raises(InvalidRecord) as refusal:
        shared(alice, pin="123456")

    assert [(error.path, error.code) for error in refusal.value.errors] == [
        (("pin",), "too_simple")
    ]


@pytest.mark.parametrize(
    "columns",
    [
        {"state": ReportState.QUEUED, "pdf": None, "page": None, "fhir": None, "finished_at": None},
        {"state": ReportState.FAILED, "pdf": None},
        {"page": None},
        {"expires_at": NOW},
    ],
    ids=["queued", "failed", "made before there were pages", "expired"],
)
def test_only_a_report_that_is_ready_can_be_shared(alice, columns):
    report = ready_report(alice, **columns)

    with pytest.raises(InvalidRecord) as refusal:
        share_report(alice.pk, terms(report), now=NOW)

    assert [error.code for error in refusal.value.errors] == ["not_ready"]


def test_somebody_elses_report_is_not_there(alice):
    with pytest.raises(RecordNotFound):
        share_report(make_person("bob").pk, terms(ready_report(alice)), now=NOW)
