"""Sentences of the insights: both languages alike, no forbidden word, no figure without days."""

import re
from dataclasses import replace
from datetime import date, timedelta
from string import Formatter
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.entries import Day, RemedyTrial
from diary.domain.escalation import frequency_look, ratio_interval
from diary.domain.experiments import Outcome, experiment
from diary.domain.insights import (
    experiment_sentence,
    factor_label,
    frequency_sentence,
    severity_sentence,
    trend_days_needed,
    trigger_sentence,
    waiting_sentence,
)
from diary.domain.severity import Measure, severity_look
from diary.domain.triggers import Tier, trigger_look
from diary.domain.words import insights_en, insights_zh_hant

TODAY = date(2026, 3, 10)
LANGUAGES = ("en", "zh-Hant")
FORBIDDEN = re.compile(
    r"your trigger|\bcauses?d?\b(?<!proof of a cause)|\bproven\b|\bred\b|\bstop\b"
    r"|觸發因素|導致您|證實|停藥|停用|停止",
    re.IGNORECASE,
)


def days(rule, number=140):
    return [
        Day(
            local_date=TODAY - timedelta(days=ago),
            episodes=(count := rule(ago)),
            observed=True,
            checked_in=True,
            twitch_day=count > 0,
            strengths=(5,) * count,
            exposures={"stress": 8 if ago % 2 else 2},
        )
        for ago in range(number)
    ]


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_sentences_with_the_same_figures():
    english, chinese = insights_en.ENGLISH, insights_zh_hant.TRADITIONAL_CHINESE

    assert english.keys() == chinese.keys()
    for key, text in english.items():
        assert placeholders(text) == placeholders(chinese[key]), key
    assert len(insights_en.CAVEATS) == len(insights_zh_hant.CAVEATS)


NO_NUMBERS = {"factor", "on", "others", "remedy", "unit"}
SET_BY_THE_RULES = {"window_days", "needed", "one_in"}
RECKONED_AGAIN = {
    *("days", "recent_last", "next_look_on", "threshold", "shown", "low", "high", "twitch_days"),
    *("recent_rate", "reference_rate", "ratio", "ratio_low", "ratio_high"),
    *("recent_median", "reference_median", "recent_weeks", "reference_weeks"),
    *("recent_days", "recent_episodes", "reference_days", "reference_episodes"),
    "reference_calendar_days",
    *("exposed_days", "exposed_episodes", "unexposed_days", "unexposed_episodes"),
    *("before_days", "before_episodes", "during_days", "during_episodes"),
}  # by tests/recomputed.py, or the counts that it starts from


def test_no_sentence_prints_a_number_that_is_not_reckoned_again():
    printed = {name for text in insights_en.ENGLISH.values() for name in placeholders(text)}

    assert printed == NO_NUMBERS | SET_BY_THE_RULES | RECKONED_AGAIN


@pytest.mark.parametrize(
    "text",
    [
        *insights_en.ENGLISH.values(),
        *insights_en.CAVEATS,
        *insights_zh_hant.TRADITIONAL_CHINESE.values(),
        *insights_zh_hant.CAVEATS,
    ],
)
def test_no_sentence_uses_a_forbidden_word(text):
    assert not FORBIDDEN.search(text)


@pytest.mark.parametrize("bad", ["Your trigger is tea", "Tea causes it", "proven", "Stop it"])
def test_the_check_for_forbidden_words_finds_them(bad):
    assert FORBIDDEN.search(bad)


@pytest.mark.parametrize("words", [insights_en.ENGLISH, insights_zh_hant.TRADITIONAL_CHINESE])
def test_no_comparison_is_told_without_its_day_counts(words):
    compared = [text for text in words.values() if "{low}" in text or "{shown}" in text]

    assert len(compared) == 3
    for text in compared:
        assert {"exposed_days", "unexposed_days"} <= placeholders(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("tier", Tier)
def test_every_tier_has_its_words(tier, language):
    [result] = [
        r
        for r in trigger_look(days(lambda ago: ago % 3), today=TODAY).as_numbers()["results"]
        if (r["key"], r["family"]) == ("stress", "same_day")
    ]

    sentence = trigger_sentence({**result, "tier": tier.value}, language)

    assert str(result["exposed_days"]) in sentence or tier is Tier.COLLECTING
    assert "{" not in sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "rule",
    [lambda ago: 0, lambda ago: 1, lambda ago: 4 * (ago < 28)],
    ids=["silent", "steady", "new"],
)
def test_every_look_can_be_told(rule, language):
    look = frequency_look(days(rule), today=TODAY).as_numbers()
    severities = [severity_look(days(rule), today=TODAY, measure=each) for each in Measure]

    told = [frequency_sentence(look, language)]
    told += [severity_sentence(each.as_numbers(), language) for each in severities]

    assert all(sentence and "{" not in sentence for sentence in told)


def test_an_own_factor_stays_in_the_persons_words():
    assert factor_label("own:Loud trains", "en") == "Loud trains"
    assert factor_label("sleep_loss", "en") == "too little sleep"


def test_an_experiment_can_be_recomputed_from_its_counts():
    trial = RemedyTrial(id=uuid4(), remedy="rest", started_on=TODAY - timedelta(days=19))

    found = experiment(trial, days(lambda ago: 1 if ago < 20 else 3), today=TODAY)

    low, high = ratio_interval(20, 20, 84, 28, found.dispersion)
    assert (found.during_episodes, found.during_days) == (20, 20)
    assert (found.before_episodes, found.before_days) == (84, 28)
    assert found.ratio == pytest.approx(1 / 3)
    assert (found.ratio_low, found.ratio_high) == pytest.approx((low, high))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("rule", "number", "outcome"),
    [
        (lambda ago: 1, 60, Outcome.COMPARED),
        (lambda ago: 1, 25, Outcome.TOO_FEW_DAYS),
        (lambda ago: int(ago < 20), 60, Outcome.NOTHING_BEFORE),
    ],
    ids=list(Outcome),
)
def test_every_outcome_of_an_experiment_has_its_words(rule, number, outcome, language):
    trial = RemedyTrial(id=uuid4(), remedy="rest", started_on=TODAY - timedelta(days=19))

    found = experiment(trial, days(rule, number), today=TODAY)

    assert found.outcome is outcome
    assert str(found.before_days) in experiment_sentence(found.as_numbers(), language)


DAILY = [
    ("an empty diary", range(0), 56),
    ("ten days up to today", range(10), 46),
    ("ten days up to yesterday", range(1, 11), 46),
    ("two months", range(60), 0),
    ("enough days, none of them recent", range(30, 90), 20),
    ("a recent month alone", range(28), 28),
    ("every other day of 112", range(0, 112, 2), 11),
    ("too long ago", range(140, 200), 56),
]


@pytest.mark.parametrize(("ages", "needed"), [row[1:] for row in DAILY], ids=[r[0] for r in DAILY])
def test_the_days_still_needed_are_those_that_meet_the_gates_when_logged(ages, needed):
    rows = days(lambda _: 1, 200)
    logged = [rows[ago] for ago in ages]

    assert trend_days_needed(logged, today=TODAY) == needed


@given(st.sets(st.integers(0, 139)))
def test_after_the_days_still_needed_and_no_sooner_the_gates_on_days_are_met(ages):
    rows = days(lambda _: 1)
    logged = [rows[ago] for ago in ages]

    needed = trend_days_needed(logged, today=TODAY)

    first = TODAY + timedelta(days=0 in ages)
    later = [replace(rows[0], local_date=first + timedelta(days=n)) for n in range(needed)]
    met = [_days_suffice([*logged, *later[:number]]) for number in range(needed + 1)]
    assert met == [False] * needed + [True]


def _days_suffice(rows):
    newest = max((row.local_date for row in rows), default=TODAY)
    unmet = frequency_look(rows, today=max(newest, TODAY)).unmet
    return not {"recent_days", "reference_days"} & set(unmet)


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_a_look_the_days_are_told_and_then_its_date(language):
    day = date(2026, 3, 12)

    assert "7" in waiting_sentence(7, day, language)
    assert "2026-03-12" in waiting_sentence(0, day, language)
