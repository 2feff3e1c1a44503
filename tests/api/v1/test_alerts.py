"""Assessment and alerts over HTTP, with the background's look done by hand."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from diary.models import User
from diary.operations.looks import look_at_due
from tests.api.conftest import is_problem
from tests.api.v1.test_records import create, just_now, send
from tests.factories import episode, problem, symptom

pytestmark = pytest.mark.django_db


def tell_a_month_of_twitching(phone):
    today = timezone.now().date()
    began = str(today - timedelta(days=30))
    create(
        phone,
        "problems",
        problem(asked_on=str(today), first_day_earliest=began, first_day_latest=began),
    )
    look_at_due(now=timezone.now(), limit=10, lease=timedelta(minutes=1))


def the_alert(phone, rule="N1"):
    return next(item for item in phone.get("/v1/alerts").json()["items"] if item["rule"] == rule)


def act(phone, alert, action, body=None):
    return send(phone, "post", f"/v1/alerts/{alert['id']}/{action}", body)


def test_the_persistence_alert_says_what_was_logged_and_where_the_rule_comes_from(phone):
    tell_a_month_of_twitching(phone)

    alert = the_alert(phone)

    assert (alert["level"], alert["addressee"], alert["state"]) == (
        "see_doctor",
        "neurologist",
        "open",
    )
    assert alert["evidence_from"] == "intake"
    assert alert["numbers"]["days"] == 30
    assert alert["sources"][0]["title"] == "Lip Twitching: When to See a Neurologist"


def test_the_assessment_answers_from_the_intake_alone(phone):
    tell_a_month_of_twitching(phone)

    answer = phone.get("/v1/assessment").json()

    assert (answer["level"], answer["addressee"]) == ("see_doctor", "neurologist")
    assert "N1" in {finding["rule"] for finding in answer["findings"]}


def test_an_empty_diary_is_never_reassuring(phone):
    answer = phone.get("/v1/assessment").json()

    assert answer["level"] == "watch"
    assert answer["questions"]


def test_an_emergency_is_an_alert_at_once_without_any_look(phone):
    create(phone, data=episode(start=just_now(), symptoms=[symptom("seizure")]))

    alert = the_alert(phone, "E3")

    assert (alert["level"], alert["state"]) == ("emergency", "open")


def test_acknowledging_twice_answers_the_same(phone):
    tell_a_month_of_twitching(phone)
    alert = the_alert(phone)

    first = act(phone, alert, "acknowledge")
    again = act(phone, alert, "acknowledge")

    assert first.json()["state"] == again.json()["state"] == "acknowledged"
    assert first.json()["alert_version"] == again.json()["alert_version"] == 2


def test_seen_by_a_clinician_closes_the_alert_for_ninety_days(phone):
    tell_a_month_of_twitching(phone)

    closed = act(phone, the_alert(phone), "seen-by-clinician")
    look_at_due(now=timezone.now() + timedelta(days=2), limit=10, lease=timedelta(minutes=1))

    assert (closed.json()["state"], closed.json()["closed_reason"]) == ("closed", "X3")
    assert the_alert(phone)["state"] == "closed"


def test_an_alert_can_be_snoozed_but_not_an_emergency(phone):
    tell_a_month_of_twitching(phone)
    create(phone, data=episode(start=just_now(), symptoms=[symptom("seizure")]))
    until = {"until": (timezone.now() + timedelta(days=3)).isoformat(timespec="seconds")}

    snoozed = act(phone, the_alert(phone), "snooze", until)
    refused = act(phone, the_alert(phone, "E3"), "snooze", until)

    assert snoozed.json()["snoozed_until"] is not None
    is_problem(refused, 409, "transition-refused")


@pytest.mark.parametrize("days", [-1, 31])
def test_a_snooze_lies_ahead_and_within_thirty_days(phone, days):
    tell_a_month_of_twitching(phone)
    until = {"until": (timezone.now() + timedelta(days=days)).isoformat(timespec="seconds")}

    is_problem(act(phone, the_alert(phone), "snooze", until), 422, "invalid-record")


def test_an_unknown_action_or_another_persons_alert_is_not_found(phone, signed_up):
    tell_a_month_of_twitching(phone)
    alert = the_alert(phone)
    stranger = signed_up("stranger@example.org")

    is_problem(act(phone, alert, "explode"), 404)
    is_problem(act(stranger, alert, "acknowledge"), 404, "record-not-found")
    is_problem(stranger.get(f"/v1/alerts/{alert['id']}"), 404, "record-not-found")
    assert User.objects.count() == 2


def test_the_words_follow_the_language_of_the_profile(phone):
    tell_a_month_of_twitching(phone)
    send(phone, "put", "/v1/profile", {"language": "zh-Hant"})

    alert = the_alert(phone)

    assert any("\u4e00" <= character <= "\u9fff" for character in alert["text"])


def test_an_alert_is_seen_once_and_stays_open(phone):
    tell_a_month_of_twitching(phone)
    alert = the_alert(phone)

    first = act(phone, alert, "seen").json()
    again = act(phone, alert, "seen").json()

    assert alert["seen_at"] is None
    assert first["seen_at"] is not None
    assert first == again
    assert (first["state"], first["alert_version"]) == ("open", 2)
    assert phone.get("/v1/sync").json()["changes"][-1]["data"]["seen_at"] == first["seen_at"]


def test_a_strangers_or_an_unknown_alert_cannot_be_seen(phone, signed_up):
    tell_a_month_of_twitching(phone)
    alert = the_alert(phone)
    stranger = signed_up("stranger@example.org")

    is_problem(act(stranger, alert, "seen"), 404, "record-not-found")
    is_problem(act(phone, {"id": uuid4()}, "seen"), 404, "record-not-found")
    assert the_alert(phone)["seen_at"] is None
