"""The assessment while a rule fails: the others are heard, and that it is not whole is said."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from api.v1 import answers
from api.v1.answers import FindingAnswer
from diary.domain.rules.registry import ASKED_OF_A_STATE, RULES
from tests.api.conftest import is_problem
from tests.api.v1.test_records import create, just_now
from tests.factories import check_in, episode, moment, symptom
from tests.failing_rules import CANARY, fail

pytestmark = pytest.mark.django_db

ASKED = [rule.id for rule in RULES if rule.cadence in ASKED_OF_A_STATE]


def log_a_seizure(phone):
    create(phone, data=episode(start=just_now(), symptoms=[symptom("seizure", onset="sudden")]))


def log_one_short_bout(phone):
    now = timezone.now()
    create(phone, data=episode(start=moment((now - timedelta(days=10)).isoformat(), "")))
    for back in range(9):
        day = str(now.date() - timedelta(days=back))
        create(phone, "check-ins", check_in(day, twitched="no"))


def rules_of(answer):
    return [finding["rule"] for finding in answer["findings"]]


def test_whichever_rule_fails_the_others_are_heard_and_it_is_said(phone, monkeypatch, caplog):
    log_a_seizure(phone)

    told = {}
    for rule in ASKED:
        fail(monkeypatch, rule)
        told[rule] = phone.get("/v1/assessment").json()

    for rule, answer in told.items():
        last = answer["findings"][-1]
        FindingAnswer.model_validate(last)
        assert ("E3" in rules_of(answer)) == (rule != "E3")
        assert last["rule"] == "unchecked"
        assert "call your emergency number now (112)" in last["text"]
        assert f"{rule} failed class=ValueError at" in caplog.text
    assert CANARY not in caplog.text


def test_where_a_rule_fails_nothing_reassures(phone, monkeypatch):
    log_one_short_bout(phone)

    calm = phone.get("/v1/assessment").json()
    fail(monkeypatch, "E1")
    unsure = phone.get("/v1/assessment").json()

    assert (calm["level"], rules_of(calm)) == ("reassure", ["R1"])
    assert (unsure["level"], rules_of(unsure)) == ("watch", ["unchecked"])


def test_a_finding_that_cannot_be_worded_keeps_its_level(phone, monkeypatch):
    log_a_seizure(phone)
    monkeypatch.setattr(answers, "finding_json", lambda *_: 1 / 0)

    answer = phone.get("/v1/assessment").json()

    assert (answer["level"], answer["addressee"]) == ("emergency", "emergency_service")
    assert rules_of(answer) == ["unchecked"]


def test_a_database_that_is_away_is_no_failing_rule(phone, monkeypatch):
    def away(*_):
        raise OperationalError

    monkeypatch.setattr(answers, "finding_json", away)

    is_problem(phone.get("/v1/assessment"), 503, "temporarily-unavailable")
