"""The FHIR document of a report, from the real database."""

import json
from datetime import timedelta

import pytest

from diary.domain.wire.records import RecordType
from diary.models import Alert, Look
from diary.models.isolation import acting_for
from diary.operations.looks import look_at
from diary.operations.statistical_looks import look_at_week
from reports.operations import ReportRequest, make_report, request_report
from reports.queries import report_of
from tests.factories import (
    NOW,
    check_in,
    episode,
    make_person,
    moment,
    operation,
    problem,
    write,
)
from tests.reports.render.fhir.documents import one, resources

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_pdf(monkeypatch):
    monkeypatch.setattr("reports.operations.drawing.render_pdf", lambda model, document: b"%PDF-")


@pytest.fixture
def alice():
    person = make_person("alice")
    today = NOW.date()
    write(
        person,
        operation(problem(question="Is it the nerve?"), type=RecordType.PROBLEM),
        operation(episode(symptoms=[{"symptom": "face_droop", "present": True}])),
        operation(
            check_in((today - timedelta(days=40)).isoformat(), twitched="no"),
            type=RecordType.CHECK_IN,
        ),
    )
    return person


def asked(person):
    return request_report(person.pk, ReportRequest(), now=NOW)


def document(person, report):
    make_report(person.pk, report.id, now=NOW)
    with acting_for(person.pk):
        return json.loads(bytes(report_of(person.pk, report.id, form="fhir").fhir or b""))


def test_the_document_holds_what_the_diary_holds(alice):
    bundle = document(alice, asked(alice))

    assert len(resources(bundle, "Observation", code="episode")) == 1
    assert len(resources(bundle, "QuestionnaireResponse")) == 1
    assert one(bundle, "Observation", code="111551-8")["subject"]
    assert one(bundle, "Observation", code="intake")["effectiveDateTime"]


def test_what_the_person_was_told_stands_in_it_word_for_word(alice):
    bundle = document(alice, asked(alice))

    with acting_for(alice.pk):
        alerts = Alert.objects.filter(person_id=alice.pk).count()
    told = resources(bundle, "Communication")
    assert len(told) == alerts > 0
    assert len(resources(bundle, "Flag")) == alerts
    assert all("Nobody reads" in str(each["payload"]) for each in told)


def test_a_bout_that_began_before_the_period_has_its_true_first_day(alice):
    days = [NOW - timedelta(days=ago) for ago in (96, 90, 84)]
    write(alice, *(operation(episode(start=moment(day.isoformat(), ""))) for day in days))

    bundle = document(alice, asked(alice))

    bouts = resources(bundle, "Observation", code="75325-1")
    assert bouts[0]["effectivePeriod"] == {
        "start": days[0].date().isoformat(),
        "end": days[2].date().isoformat(),
    }
    assert len(bouts[0]["hasMember"]) == 1  # the others lie before the period


def test_a_closed_alert_stays_told_and_is_no_flag(alice):
    report = asked(alice)
    with acting_for(alice.pk):
        Alert.objects.filter(person_id=alice.pk).update(state="closed", closed_reason="X3")

    bundle = document(alice, report)

    assert resources(bundle, "Flag") == []
    assert resources(bundle, "Communication") != []


def test_a_medicine_of_a_class_that_a_rule_looks_at_is_put_in_question():
    person = make_person("carol")
    intake = problem(medicines=[{"medicine_class": "lithium"}])
    write(person, operation(intake, type=RecordType.PROBLEM), operation(episode()))
    look_at(person.pk, now=NOW)

    bundle = document(person, asked(person))

    statement = one(bundle, "MedicationStatement")
    issue = one(bundle, "DetectedIssue", code="W4")
    assert issue["implicated"] == [{"reference": f"urn:uuid:{statement['id']}"}]


def test_a_weekly_look_stands_in_it_and_a_state_look_does_not(alice):
    look_at(alice.pk, now=NOW)
    look_at_week(alice.pk, now=NOW)

    bundle = document(alice, asked(alice))

    with acting_for(alice.pk):
        assert Look.objects.filter(person_id=alice.pk).count() == 2
    found = one(bundle, "Observation", code="weekly_look")
    assert found["valueCodeableConcept"]["coding"][0]["code"] == "not_enough"
