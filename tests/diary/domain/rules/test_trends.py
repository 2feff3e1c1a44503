"""N7, W2, N8 and X2 read the weekly tests and add nothing of their own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from diary.domain.entries import Day, Person, Side
from diary.domain.escalation import Verdict, frequency_look
from diary.domain.findings import Level
from diary.domain.rules.registry import RULES, all_findings, weekly_findings
from diary.domain.rules.trends import SETTLED_RATIO, escalation_over
from diary.domain.severity import Measure, severity_look
from diary.domain.words.advice import advice_for
from tests.diary.domain.rules.asking import holds, judged
from tests.diary.domain.strategies import TODAY, ago, episode, view


def rows(recent, before, *, strengths=(2, 8), seconds=(30, 90)):
    """Return 140 days logged daily, with episodes a day (in tenths) now and before."""
    return tuple(
        Day(
            local_date=ago(n),
            observed=True,
            checked_in=True,
            twitch_day=bool(number),
            episodes=number,
            sites={"upper_lip": number} if number else {},
            strengths=(strengths[n < 28],) * number,
            durations_seconds=(float(seconds[n < 28]),) * number,
        )
        for n in range(139, -1, -1)
        for number in [_spread(n, recent if n < 28 else before)]
    )


def _spread(day, tenths):
    """Return whole episodes of one day so that many days average to tenths of an episode."""
    return (day + 1) * tenths // 10 - day * tenths // 10


def weekly(days, *, today=TODAY, **fields):
    """Return the view of a weekly look, as the operation gathers it."""
    return replace(
        view(today=today, **fields),
        days=days,
        frequency=frequency_look(days, today=today),
        previous_frequency=frequency_look(days, today=today - timedelta(days=7)),
        severity=tuple(severity_look(days, today=today, measure=m) for m in Measure),
    )


STEADY = {"strengths": (5, 5), "seconds": (60, 60)}


def test_n7_holds_on_a_clear_rise_and_w2_stands_back():
    diary = weekly(rows(20, 10, **STEADY))

    (found,) = weekly_findings(diary)

    assert diary.frequency.verdict is Verdict.SIGNAL
    assert (found.rule, found.level) == ("N7", Level.SEE_DOCTOR)
    assert (found.first_day, found.last_day) == (ago(139), TODAY)
    assert found.bout_start == ago(139)


def test_w2_holds_on_a_possible_rise_alone():
    diary = weekly(rows(16, 10, **STEADY))

    (found,) = weekly_findings(diary)

    assert diary.frequency.verdict is Verdict.WATCH
    assert (found.rule, found.level) == ("W2", Level.WATCH)


@pytest.mark.parametrize("recent", [10, 12])
def test_nothing_is_said_without_a_clear_change(recent):
    assert weekly_findings(weekly(rows(recent, 10, **STEADY))) == ()


def test_an_alert_keeps_every_number_of_its_look():
    diary = weekly(rows(20, 10, **STEADY))

    numbers = judged("N7", diary).numbers

    assert diary.frequency.as_numbers().items() <= numbers.items()
    assert frequency_look(diary.days, today=diary.today).as_numbers().items() <= numbers.items()
    assert numbers["one_in"] == 500


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_the_rise_is_told_with_its_numbers(language):
    advice = advice_for(judged("N7", weekly(rows(20, 10))), Person(language=language))

    assert "2.0" in advice.text
    assert "56" in advice.text
    assert "500" in advice.text


@pytest.mark.parametrize(("recent", "level"), [(10, Level.WATCH), (20, Level.SEE_DOCTOR)])
def test_n8_is_a_visit_only_when_it_also_comes_more_often(recent, level):
    found = judged("N8", weekly(rows(recent, 10)))

    assert found.level is level
    assert [look["measure"] for look in found.numbers["looks"]] == ["strength", "duration"]


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"seconds": (60, 60)}, "It is clearly stronger than before"),
        ({"strengths": (5, 5)}, "It lasts clearly longer than before"),
    ],
)
def test_n8_says_what_has_changed(fields, title):
    found = judged("N8", weekly(rows(10, 10, **fields)))

    assert advice_for(found, Person()).title == title


def test_the_weekly_rules_are_silent_outside_a_weekly_look():
    diary = replace(view(), days=rows(20, 10))

    assert weekly_findings(diary) == ()
    assert not {"N7", "N8", "W2"} & {f.rule for f in all_findings(weekly(rows(20, 10)))}


def test_a_diary_only_profile_gets_no_weekly_finding():
    assert weekly_findings(weekly(rows(20, 10), person=Person(diary_only=True))) == ()


def test_n4_takes_a_rise_for_growth():
    sided = [episode(days, side=Side.LEFT) for days in range(20, 1, -2)]
    state = view(*sided)

    rising = replace(state, frequency=frequency_look(rows(20, 10), today=TODAY))

    assert not holds("N4", state)
    assert judged("N4", rising).numbers["rising"] is True


def looks(now, before):
    """Return two looks a week apart with these recent rates, and 1.0 a day frozen at opening."""
    last = frequency_look(rows(10, 10), today=TODAY)
    previous = replace(last, today=TODAY - timedelta(days=7), recent_rate=before)
    return (
        {"reference_episodes": 80, "reference_days": 80},
        replace(last, recent_rate=now),
        previous,
    )


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [(1.24, 1.24, True), (SETTLED_RATIO, 1.24, False), (1.24, SETTLED_RATIO, False)],
)
def test_x2_needs_two_looks_below_the_limit(now, before, expected):
    assert (escalation_over(*looks(now, before)) is not None) == expected


@pytest.mark.parametrize(
    "fields", [{"unmet": ("recent_days",)}, {"recent_rate": None}, {"today": ago(7)}]
)
def test_x2_never_rests_on_missing_days_or_on_one_look(fields):
    numbers, now, before = looks(1.0, 1.0)

    assert escalation_over(numbers, replace(now, **fields), before) is None


@pytest.mark.parametrize(
    "numbers",
    [
        {},
        {"reference_episodes": 0, "reference_days": 80},
        {"reference_episodes": 0, "reference_days": 0},
    ],
)
def test_x2_needs_the_rate_frozen_at_opening(numbers):
    _, now, before = looks(1.0, 1.0)

    assert escalation_over(numbers, now, before) is None


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_x2_says_both_rates(language):
    found = escalation_over(*looks(1.2, 1.0))
    assert found is not None

    advice = advice_for(found, Person(language=language))

    assert "1.2" in advice.text
    assert found.level is Level.REASSURE


def test_each_rule_has_the_cadence_it_was_measured_for():
    asked = {rule.id: rule.cadence for rule in RULES}

    assert {rule for rule, cadence in asked.items() if cadence == "weekly"} == {"N7", "N8", "W2"}
    assert {rule for rule, cadence in asked.items() if cadence == "alert"} == {"X2"}
    assert all((cadence == "write") == (rule[0] in "EU") for rule, cadence in asked.items())
