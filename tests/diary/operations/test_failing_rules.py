"""F15: whatever fails in a rule, the entry is kept, the other rules are heard, and it shows."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import OperationalError

from diary.domain.look_slots import LookKind
from diary.domain.rules import registry
from diary.domain.rules.registry import URGENT_FAMILIES
from diary.domain.wire.profile import ProfileData
from diary.models import Alert, Episode, Look, LookDue
from diary.models.isolation import acting_for
from diary.operations import alerts as alert_operations
from diary.operations import warnings
from diary.operations.looks import look_at_due
from diary.operations.profile import save_profile
from diary.queries.recent import RecentDiary
from tests.diary.operations.test_looks import persistent
from tests.diary.operations.test_statistical_looks import RISE, log
from tests.everybody import every
from tests.factories import NOW, episode, make_person, operation, symptom, write, write_one
from tests.failing_rules import CANARY, fail

pytestmark = pytest.mark.django_db

LEASE = timedelta(minutes=5)
PRESSING = [rule.id for rule in registry.RULES if rule.family in URGENT_FAMILIES]


@pytest.fixture
def failing(monkeypatch):
    return partial(fail, monkeypatch)


def seizure():
    return operation(episode(symptoms=[symptom("seizure", onset="sudden")]))


def alerts(person):
    with acting_for(person.pk):
        return {alert.rule: alert for alert in Alert.objects.all()}


def episodes(person):
    with acting_for(person.pk):
        return Episode.objects.count()


def told(outcome):
    return [each["rule"] for each in outcome.advice]


@pytest.mark.parametrize("rule", PRESSING)
def test_an_entry_is_kept_and_answered_whichever_rule_fails(failing, caplog, rule):
    alice = make_person()
    failing(rule)

    outcome = write_one(alice, seizure())

    assert (outcome.status, episodes(alice)) == ("applied", 1)
    assert told(outcome)[-1] == "unchecked"
    assert ("E3" in told(outcome)) == ("E3" in alerts(alice)) == (rule != "E3")
    assert f"{rule} failed class=ValueError at" in caplog.text
    assert CANARY not in caplog.text


def test_with_all_rules_failing_the_safe_text_names_the_number_of_the_country(failing):
    alice = make_person()
    save_profile(alice.pk, ProfileData(country="TW", language="zh-Hant"), base_version=0, now=NOW)
    failing(*PRESSING)

    [advice] = write_one(alice, seizure()).advice

    assert advice["emergency_number"] == "119"
    assert "請立即撥打緊急電話（119）" in advice["text"]
    assert "沒有人即時閱讀這份日記。" in advice["text"]


def test_a_phone_is_told_the_safe_text_again_when_it_asks_again(failing):
    alice, harmless = make_person(), operation(episode())
    failing("E1")

    first, again = write_one(alice, harmless), write_one(alice, harmless)

    [advice] = first.advice
    assert (first.status, again.status) == ("applied", "duplicate")
    assert again.advice == (advice,)
    assert "not all of it could be checked for warning signs" in advice["text"]
    assert "call your emergency number now (112)" in advice["text"]


def test_other_entries_of_the_batch_and_other_persons_are_kept(failing):
    alice, bob = make_person("alice"), make_person("bob")
    failing("E1")

    batch = write(alice, seizure(), operation(episode()))
    failing()
    healthy = write_one(bob, seizure())

    assert [told(each)[-1] for each in batch.outcomes] == ["unchecked", "unchecked"]
    assert told(healthy) == ["E3"]


@pytest.mark.parametrize(
    ("where", "part"),
    [(RecentDiary, "view"), (warnings, "urgent_findings"), (warnings, "advice_for")],
)
def test_what_rules_need_may_fail_too(monkeypatch, where, part):
    alice = make_person()
    monkeypatch.setattr(where, part, lambda *_, **__: 1 / 0)

    outcome = write_one(alice, seizure())

    assert (outcome.status, told(outcome), episodes(alice)) == ("applied", ["unchecked"], 1)
    assert ("E3" in alerts(alice)) == (part == "advice_for")


def test_an_alert_that_could_not_be_written_is_raised_by_the_look_and_the_advice_is_told(
    monkeypatch,
):
    alice = make_person()

    def fail(*_, **__):
        raise ValueError(CANARY)

    with monkeypatch.context() as broken:
        broken.setattr(alert_operations, "make_push_due", fail)
        outcome = write_one(alice, seizure())
    half_written = alerts(alice)
    look_at_due(now=NOW, limit=10, lease=LEASE)

    assert (told(outcome), half_written) == (["E3", "unchecked"], {})
    assert alerts(alice)["E3"].state == "open"


def test_a_database_that_is_away_is_no_failing_rule(monkeypatch):
    def away(*_, **__):
        raise OperationalError

    monkeypatch.setattr(warnings, "update_alerts", away)

    with pytest.raises(OperationalError):
        write_one(make_person(), seizure())


def test_a_look_hears_the_other_rules_and_is_tried_again(failing, client):
    alice = make_person()
    persistent(alice)
    failing("N2", "X1")

    look_at_due(now=NOW, limit=10, lease=LEASE)
    red = client.get("/readyz").json()["failed_looks"]
    row = every(LookDue).failed().get()
    failing()
    look_at_due(now=row.due_at, limit=10, lease=LEASE)

    assert alerts(alice)["N1"].state == "open"
    assert (row.attempts, row.due_at, red) == (1, NOW + timedelta(hours=1), 1)
    assert client.get("/readyz").json()["failed_looks"] == 0


def test_while_a_rule_fails_no_alert_is_taken_back(failing):
    alice = make_person()
    batch = persistent(alice)
    look_at_due(now=NOW, limit=10, lease=LEASE)
    write(alice, *(operation(None, id=each.record.id, base=1) for each in batch.outcomes))
    failing("N1")

    look_at_due(now=NOW, limit=10, lease=LEASE)
    meanwhile = alerts(alice)["N1"].state
    failing()
    look_at_due(now=NOW + timedelta(hours=1), limit=10, lease=LEASE)

    assert (meanwhile, alerts(alice)["N1"].state) == ("open", "retracted")


def test_a_week_with_a_failing_rule_is_looked_at_again_and_stored_once(failing):
    alice = make_person()
    log(alice, RISE)
    every(LookDue).filter(kind=LookKind.WEEKLY).update(due_at=NOW)
    failing("W2")

    look_at_due(now=NOW, limit=10, lease=LEASE, kind=LookKind.WEEKLY)
    [row], raised = every(LookDue).failed(), set(alerts(alice))
    failing()
    look_at_due(now=row.due_at, limit=10, lease=LEASE, kind=LookKind.WEEKLY)

    assert "N7" in raised
    assert row.due_at == NOW + timedelta(hours=1)
    with acting_for(alice.pk):
        assert Look.objects.filter(kind=LookKind.WEEKLY).count() == 1
    assert not every(LookDue).failed().exists()
