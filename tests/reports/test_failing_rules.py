"""A report while a rule fails: it is made, names the rule, and the next one is made anew."""

import json

import pytest

from diary.models.isolation import acting_for
from reports.models import FORMS, ReportState
from reports.operations import ReportRequest, make_report, request_report
from reports.queries import report_of
from tests.factories import NOW, episode, make_person, operation, symptom, write
from tests.failing_rules import CANARY, fail

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    person = make_person()
    write(person, operation(episode(symptoms=[symptom("seizure", onset="sudden")])))
    return person


def ask(person):
    return request_report(person.pk, ReportRequest(), now=NOW)


def made(person):
    """Return the reasons that a new report gives, with its page."""
    report = ask(person)
    make_report(person.pk, report.id, now=NOW)
    with acting_for(person.pk):
        kept = report_of(person.pk, report.id)
        kept.refresh_from_db(fields=FORMS)
    assert kept.state == ReportState.READY
    page = bytes(kept.page or b"").decode()
    return json.loads(bytes(kept.document or b""))["report"]["why"], page


@pytest.mark.parametrize("rule", ["E1", "N8", "W1", "X1"])
def test_a_report_names_the_rule_that_failed_and_holds_what_the_others_found(
    alice, monkeypatch, caplog, rule
):
    fail(monkeypatch, rule)

    why, page = made(alice)

    said = f"Not checked, by a fault of the program: {rule}"
    assert why["rules"][0]["rule"] == "E3"
    assert rule in why["not_checked_rules"]
    assert rule not in why["not_met_rules"]
    assert why["not_checked"].startswith(said)
    assert said in page
    assert f"{rule} failed class=ValueError at" in caplog.text
    assert CANARY not in caplog.text


def test_once_it_is_mended_the_same_request_makes_another_report(alice, monkeypatch):
    fail(monkeypatch, "E3")
    without, _ = made(alice)
    fail(monkeypatch)

    whole, _ = made(alice)

    assert "E3" not in [rule["rule"] for rule in without["rules"]]
    assert whole["rules"][0]["rule"] == "E3"
    assert ask(alice).id == ask(alice).id
