"""Insights over HTTP: nothing before a look, the stored numbers after it, and only one's own."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from diary.domain.escalation import tail_probability
from diary.domain.look_slots import LookKind, next_slot
from diary.domain.wire.records import RecordType
from diary.models import Look, LookDue, User
from diary.models.isolation import acting_for
from diary.operations.statistical_looks import look_at_month, look_at_week
from tests.api.conftest import is_problem
from tests.api.v1.test_records import create, send
from tests.diary.operations.test_statistical_looks import RISE, STEADY, log
from tests.everybody import every
from tests.factories import check_in, episode, moment, operation, write

pytestmark = pytest.mark.django_db

LOOKS = ("trends", "triggers")
KINDS = (LookKind.WEEKLY, LookKind.MONTHLY)
ROUTES = (*LOOKS, "experiments", "days?from=2026-01-01&to=2026-01-31")


def me(email="person@example.org"):
    return User.objects.get(email=email)


def diary_with_looks(per_day=None):
    now = timezone.now()
    log(me(), RISE if per_day is None else per_day, today=now.date(), now=now)
    look_at_week(me().pk, now=now)
    look_at_month(me().pk, now=now)


def insight(phone, name):
    answer = phone.get(f"/v1/insights/{name}")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.mark.parametrize("route", ROUTES)
def test_without_a_session_there_are_no_insights(client, route):
    is_problem(client.get(f"/v1/insights/{route}"), 401, "unauthenticated")


@pytest.mark.parametrize(("name", "days"), [("trends", 56), ("triggers", 42)])
def test_an_empty_diary_is_told_how_many_days_are_needed(phone, name, days):
    answer = insight(phone, name)

    assert (answer["state"], answer["days_needed"]) == ("collecting", days)
    assert str(days) in answer["sentence"]
    assert answer["looked_at"] is None
    assert date.fromisoformat(answer["next_look_on"]) >= timezone.now().date()


def test_with_enough_days_the_date_of_the_first_look_is_told(phone):
    now = timezone.now()
    log(me(), STEADY, today=now.date(), now=now)

    answers = [insight(phone, name) for name in LOOKS]

    slots = [next_slot(kind, me().pk, "UTC", now=now) for kind in KINDS]
    assert [answer["state"] for answer in answers] == ["collecting", "collecting"]
    assert [answer["days_needed"] for answer in answers] == [0, 0]
    assert [answer["next_look_on"] for answer in answers] == [str(slot.date()) for slot in slots]
    assert all(answer["next_look_on"] in answer["sentence"] for answer in answers)


def test_days_logged_long_ago_do_not_count_as_enough(phone):
    now = timezone.now()
    log(me(), {ago: ago % 2 for ago in range(40, 100)}, today=now.date(), now=now)

    assert insight(phone, "trends")["days_needed"] == 20


def test_a_look_that_is_overdue_comes_today(phone):
    create(phone, "episodes", episode(start=moment(timezone.now().isoformat())))
    every(LookDue).filter(person=me()).update(due_at=timezone.now() - timedelta(days=3))

    assert insight(phone, "trends")["next_look_on"] == str(timezone.now().date())


def test_the_trend_is_told_in_numbers_and_in_a_sentence_that_prints_them(phone):
    diary_with_looks()

    frequency = insight(phone, "trends")["frequency"]

    numbers = frequency["numbers"]
    assert frequency["verdict"] == "signal"
    assert numbers["p"] == pytest.approx(
        float(
            tail_probability(
                numbers["recent_episodes"],
                numbers["matched_days"],
                numbers["reference_episodes"],
                numbers["reference_days"],
                numbers["dispersion"],
            )
        )
    )
    for value in (numbers["ratio"], numbers["ratio_low"], numbers["recent_rate"]):
        assert f"{value:.1f}" in frequency["sentence"]
    assert "fewer than 1 of 500 weekly checks" in frequency["sentence"]


def test_too_few_check_ins_are_an_answer_that_names_what_is_missing(phone):
    diary_with_looks(dict.fromkeys(range(10), 1))

    frequency = insight(phone, "trends")["frequency"]

    assert frequency["verdict"] == "not_enough"
    assert frequency["sentence"].startswith("Not enough check-ins to judge.")
    assert "10 of the last 28 days are recorded; 20 are needed." in frequency["unmet"]


def test_asking_often_makes_no_further_look(phone):
    diary_with_looks()

    first, *others = [insight(phone, "trends") for _ in range(5)]

    assert others == [first] * 4
    with acting_for(me().pk):
        assert Look.objects.filter(kind="weekly").count() == 1


def test_factors_are_told_with_day_counts_and_caveats(phone):
    diary_with_looks()

    answer = insight(phone, "triggers")

    [stress] = [
        item for item in answer["items"] if (item["key"], item["family"]) == ("stress", "same_day")
    ]
    assert (stress["exposed_days"], stress["unexposed_days"]) == (42, 98)
    assert stress["exposed_rate"] == pytest.approx(stress["exposed_episodes"] / 42)
    assert "42" in stress["sentence"]
    assert "98" in stress["sentence"]
    assert len(answer["caveats"]) == 8
    assert answer["observed_days"] == 140


def test_the_state_of_a_day_is_twitch_quiet_or_no_record(phone):
    today = timezone.now().date()
    said = ("yes", "no", "unsure")
    for ago, twitched in enumerate(said):
        create(phone, "check-ins", check_in(str(today - timedelta(days=ago)), twitched=twitched))

    span = f"days?from={today - timedelta(days=3)}&to={today}"

    states = [day["state"] for day in insight(phone, span)["items"]]
    assert states == ["no_record", "no_record", "quiet", "twitch"]


@pytest.mark.parametrize(
    "query", ["", "?from=2026-01-01", "?from=2026-01-02&to=2026-01-01", "?from=x&to=2026-01-01"]
)
def test_a_span_that_cannot_be_is_refused(phone, query):
    is_problem(phone.get(f"/v1/insights/days{query}"), 422, "invalid-record")


def test_a_year_is_the_longest_span(phone):
    year = insight(phone, "days?from=2024-01-01&to=2024-12-31")

    assert len(year["items"]) == 366
    longer = phone.get("/v1/insights/days?from=2024-01-01&to=2025-01-01")
    is_problem(longer, 422, "invalid-record")


def test_a_remedy_is_compared_with_the_days_before_it(phone):
    now = timezone.now()
    log(me(), {ago: 1 if ago < 20 else 3 for ago in range(48)}, today=now.date(), now=now)
    create(
        phone,
        "remedy-trials",
        {"remedy": "rest", "started_on": str(now.date() - timedelta(days=19))},
    )

    [item] = insight(phone, "experiments")["items"]

    numbers = item["numbers"]
    assert item["outcome"] == "compared"
    assert (numbers["before_days"], numbers["during_days"]) == (28, 20)
    assert numbers["ratio"] == pytest.approx(1 / 3)
    assert "0.3 times" in item["sentence"]


def test_a_short_trial_says_too_few_days(phone):
    today = timezone.now().date()
    create(phone, "remedy-trials", {"remedy": "rest", "started_on": str(today)})

    [item] = insight(phone, "experiments")["items"]

    assert item["outcome"] == "too_few_days"
    assert item["numbers"]["ratio"] is None


def test_the_words_follow_the_language_of_the_profile(phone):
    diary_with_looks()
    send(phone, "put", "/v1/profile", {"language": "zh-Hant"})

    sentence = insight(phone, "trends")["frequency"]["sentence"]

    assert any("\u4e00" <= character <= "\u9fff" for character in sentence)


def test_a_stranger_sees_nothing_of_another_diary(phone, signed_up):
    diary_with_looks()
    stranger = signed_up("stranger@example.org")
    today = timezone.now().date()

    days = insight(stranger, f"days?from={today}&to={today}")

    assert {insight(stranger, name)["state"] for name in LOOKS} == {"collecting"}
    assert [day["state"] for day in days["items"]] == ["no_record"]
    assert insight(stranger, "experiments")["items"] == []


def test_the_assessment_holds_what_the_weekly_look_found(phone):
    diary_with_looks()

    findings = {item["rule"]: item for item in phone.get("/v1/assessment").json()["findings"]}

    [alert] = [each for each in phone.get("/v1/alerts").json()["items"] if each["rule"] == "N7"]
    assert findings["N7"]["numbers"] == alert["numbers"]
    assert findings["N7"]["level"] == "see_doctor"
    assert json.dumps(alert["numbers"], allow_nan=False)


def test_days_that_are_only_unsure_count_for_no_trend(phone):
    today = timezone.now().date()
    write(
        me(),
        *(
            operation(
                check_in(str(today - timedelta(days=ago)), twitched="unsure"),
                type=RecordType.CHECK_IN,
            )
            for ago in range(30)
        ),
        now=timezone.now(),
    )

    assert insight(phone, "trends")["days_needed"] == 56
