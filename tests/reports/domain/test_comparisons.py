"""What the page says of changes and factors: no stronger than the engine, and on the same days."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from diary.domain.assessment import assess
from diary.domain.entries import Day, RemedyTrial
from diary.domain.rules.registry import ASKED_OF_A_REPORT
from diary.domain.triggers import INPUT_DAYS
from diary.domain.view import DiaryView, with_tests
from reports.domain.looks import days_read, looks_of
from reports.domain.model import build_report
from reports.domain.printable import without_free_text
from tests.reports.recount_parts import figures
from tests.reports.samples import (
    CATALOG,
    END,
    NOW,
    START,
    diary_of,
    edition,
    full_diary,
    gate,
    long_diary,
)

LAST = END - timedelta(days=1)


def report(diary):
    return build_report(diary, edition=edition(), gate=gate(), catalog=CATALOG)


def row(age, episodes, *, strength=4, **exposures):
    """One daily row, `age` days before the last day of the period."""
    return Day(
        local_date=LAST - timedelta(days=age),
        episodes=episodes,
        observed=True,
        checked_in=True,
        twitch_day=episodes > 0,
        strengths=(strength,) * episodes,
        durations_seconds=(30.0,) * episodes,
        exposures=exposures,
    )


def diary_from(rows, **changes):
    """A diary of daily rows alone; those before the period are its earlier days."""
    rows = sorted(rows, key=lambda day: day.local_date)
    return diary_of(
        days=tuple(day for day in rows if day.local_date >= START),
        earlier_days=tuple(day for day in rows if day.local_date < START),
        **changes,
    )


def verdicts(diary):
    return {line.code: line for line in report(diary).changed.rows}


def test_a_clear_rise_is_told_with_estimate_and_interval():
    rows = [row(age, 3 if age < 28 else 1) for age in range(140)]

    line = verdicts(diary_from(rows))["episodes"]

    assert line.mark == "clear"
    assert line.verdict.startswith("more: 3.0 times (")
    assert line.comparison.low > 1


def test_no_clear_change_is_told_by_its_interval_alone():
    rows = [row(age, 1 + age % 2) for age in range(140)]

    line = verdicts(diary_from(rows))["episodes"]

    assert line.mark == "none"
    assert line.verdict.startswith("no clear change (")
    assert len(figures(line.verdict)) == 2


def test_far_fewer_episodes_are_no_rise_and_no_point_estimate():
    rows = [row(age, 1 if age < 28 else 4) for age in range(140)]

    assert verdicts(diary_from(rows))["episodes"].verdict.startswith("no rise (0.")


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ([row(age, 1) for age in range(5)], "too few: 5 of 20 days"),
        ([row(age, 1) for age in range(40)], "too few: 12 of 28 days before"),
        ([row(age, age < 3) for age in range(140)], "too few: 3 of 8 episodes"),
        ([row(age, age < 28) for age in range(140)], "too few: 0 of 3 before"),
    ],
)
def test_too_little_to_compare_says_what_is_missing(rows, verdict):
    line = verdicts(diary_from(rows))["episodes"]

    assert (line.mark, line.verdict) == ("too_few", verdict)


def test_stronger_episodes_are_told_by_their_weekly_middle():
    rows = [row(age, 2, strength=7 if age < 28 else 3) for age in range(140)]

    lines = verdicts(diary_from(rows))

    assert lines["strength"].verdict == "stronger: weekly 3, now 7"
    assert lines["length"].verdict == "no clear change"
    assert lines["twitch_days"].mark == "counted"


def test_days_before_the_period_are_compared_and_later_ones_are_not_there():
    rows = [row(age, 3 if age < 28 else 1) for age in range(140)]

    with_past, without = diary_from(rows), replace(diary_from(rows), earlier_days=())

    assert looks_of(with_past).frequency.reference_days == 112
    assert looks_of(without).frequency.reference_days == 62
    assert looks_of(with_past).frequency.today == LAST


def test_rules_and_verdicts_of_the_same_days_agree():
    rows = tuple(row(age, 3 if age < 28 else 1) for age in reversed(range(140)))
    view = with_tests(DiaryView(now=NOW, today=LAST, person=diary_of().person, days=rows))
    assessment = assess(view, cadences=ASKED_OF_A_REPORT)

    why = report(diary_from(rows, assessment=assessment)).why

    [rise] = [rule for rule in why.rules if rule.rule == "N7"]
    assert rise.evidence.startswith("84 episodes in 28 days, before that 112 in 112: 3.0 times (")
    assert "N7" not in why.not_met_rules


def test_a_rule_without_enough_to_judge_by_is_not_called_unmet():
    why = report(diary_from([row(age, 1) for age in range(10)])).why

    assert why.not_checked_rules == ("N7", "N8")
    assert not {"N7", "N8"} & set(why.not_met_rules)
    assert why.not_checked == "Not checked, too little recorded: N7, N8"


def test_the_spans_of_the_comparisons_reach_back_to_every_trial():
    old = RemedyTrial(id=UUID(int=1), remedy="rest", started_on=date(2025, 1, 10))
    later = RemedyTrial(id=UUID(int=2), remedy="rest", started_on=END)

    spans = days_read(END, (old, later))

    assert spans == (
        (END - timedelta(days=INPUT_DAYS), LAST),
        (date(2024, 12, 13), date(2025, 2, 7)),
    )


def test_only_the_newest_trials_are_compared():
    trials = tuple(
        RemedyTrial(id=UUID(int=n), remedy="rest", started_on=END - timedelta(days=40 - n))
        for n in range(40)
    )

    looks = looks_of(diary_of(remedy_trials=trials))

    assert set(looks.trials) == {trial.id for trial in trials[-20:]}
    assert len(days_read(END, trials)) == 21


def test_a_trial_is_told_by_what_the_engine_says_and_by_the_own_rating():
    started = LAST - timedelta(days=20)
    trial = RemedyTrial(id=UUID(int=1), remedy="rest", started_on=started, rating="helped")
    rows = [row(age, 1 if age <= 20 else 4) for age in range(80)]

    [line] = report(diary_from(rows, remedy_trials=(trial,))).background.tried

    assert line.comparison.verdict == "compared"
    assert "fewer episodes a day, 0.2 times (" in line.text
    assert line.text.endswith("own rating: helped")


# What goes with it ------------------------------------------------------------------------------


def linked(episodes, **exposures):
    """Rows of 160 days on which `episodes` of the age and of the factor were logged."""
    rows = []
    for age in range(160):
        there = {name: pattern(age) for name, pattern in exposures.items()}
        rows.append(row(age, episodes(age, there), **there))
    return rows


def test_a_clear_factor_comes_first_with_its_days_rates_ratio_and_interval():
    rows = linked(
        lambda age, there: 4 if there["sleep_hours"] < 6 else int(age % 3 == 0),
        sleep_hours=lambda age: 5.0 if age % 4 == 0 else 8.0,
        alcohol_units=lambda age: float(age % 5 == 1),
    )

    first, *others = report(diary_from(rows)).goes_with.rows

    assert (first.label, first.mark, first.days) == ("Slept under 6 h", "clear", "40 / 120")
    assert first.rates == "4.0 / 0.3"
    assert len(figures(first.verdict)) == 3
    assert all(len(figures(other.verdict)) == 2 for other in others if other.mark == "none")


def test_factors_that_share_their_days_are_told_so():
    rows = linked(
        lambda age, there: 4 if there["stress"] >= 7 else int(age % 3 == 0),
        stress=lambda age: 8 if age % 4 == 0 else 2,
        alcohol_units=lambda age: float(age % 4 == 0),
    )

    found = {line.code: line for line in report(diary_from(rows)).goes_with.rows}

    assert (found["stress"].mark, found["stress"].note) == ("possible", "several go together")
    assert found["alcohol"].note == "several go together"


def test_a_factor_of_the_day_before_says_so():
    rows = linked(
        lambda age, _: 4 if (age + 1) % 7 in {0, 3} else int(age % 3 == 0),
        stress=lambda age: 8 if age % 7 in {0, 3} else 2,
    )

    labels = {(line.label, line.mark) for line in report(diary_from(rows)).goes_with.rows}

    assert ("Stress 7 or more of 10, day before", "clear") in labels


def test_under_the_floor_no_ratio_is_given_whatever_the_counts():
    rows = [row(age, 4 * (age == 3), stress=9 if age == 3 else 2) for age in range(50)]

    [line, *_] = report(diary_from(rows)).goes_with.rows

    assert (line.mark, line.ratio, line.low, line.high) == ("too_few", None, None, None)
    assert (line.verdict, line.days) == ("too few days to say", "1 / 49")


def test_twitching_every_day_leaves_no_days_to_compare_with():
    rows = linked(lambda age, _: 1 + age % 3, stress=lambda age: 8 if age % 4 == 0 else 2)

    [line, *_] = report(diary_from(rows)).goes_with.rows

    assert line.verdict == "too few quiet days"


def test_a_young_diary_says_how_many_days_a_comparison_needs():
    rows = [row(age, 1, stress=3) for age in range(20)]

    plot = report(diary_from(rows)).goes_with

    assert plot.span == "20 of the 42 check-in days that a comparison needs."
    assert {line.mark for line in plot.rows} == {"too_few"}


def test_at_most_nine_rows_from_clear_to_too_few_each_by_its_ratio():
    plot = report(long_diary()).goes_with

    marks = [("clear", "possible", "none", "too_few").index(line.mark) for line in plot.rows]
    drawn = [(mark, -line.ratio) for mark, line in zip(marks, plot.rows, strict=True) if line.ratio]
    assert len(plot.rows) == 9 < plot.rows_in_all
    assert marks == sorted(marks)
    assert drawn == sorted(drawn)
    assert plot.caveat == "An association in a diary does not show a cause."


def test_at_most_three_rows_say_that_there_are_too_few_days():
    diary = diary_from([row(age, 1, **{f"own:{n}": True for n in range(5)}) for age in range(50)])

    plot = report(diary).goes_with

    assert [line.mark for line in plot.rows] == ["too_few"] * 3
    assert plot.rows_in_all == 10
    assert "7" in plot.more


def test_own_factors_pass_the_gate_and_keep_apart():
    own = {f"own:bath{mark}": True for mark in ("\u202e", "\u2066")}
    diary = diary_from([row(age, 1, **own) for age in range(50)])

    rows = report(diary).goes_with.rows
    withheld = report(without_free_text(diary)).goes_with.rows

    assert [line.label for line in rows] == ["bath", "bath", "bath, day before"]
    assert not any("bath" in line.label + line.code for line in withheld)
    assert len({line.code for line in withheld}) == 2


def test_the_figures_have_texts_of_a_length_that_is_read_out():
    for diary in (diary_of(), full_diary(3), long_diary(5000)):
        texts = report(diary).alternatives

        assert all(40 <= len(text) <= 900 for text in (texts.face, texts.timeline, texts.factors))
