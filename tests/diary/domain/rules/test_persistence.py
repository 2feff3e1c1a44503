"""How long twitching must go on: N1, N2 and N12 at their edges, and R1 beside a stated problem."""

from datetime import timedelta

import pytest

from diary.domain import entries as entries_values
from diary.domain.entries import (
    Course,
    HistoryAnswer,
    NumberRange,
)
from diary.domain.findings import EvidenceFrom
from tests.diary.domain.rules.asking import holds, judged, twitching
from tests.diary.domain.strategies import (
    ago,
    check_in,
    episode,
    problem,
    quiet,
    symptom,
    view,
)


@pytest.mark.parametrize(("span", "expected"), [(13, False), (14, True)])
def test_n1_needs_fourteen_days_from_first_to_last(span, expected):
    entries = [episode(days) for days in (span, span - 2, 6, 4, 2, 0)]

    assert holds("N1", view(*entries)) == expected


@pytest.mark.parametrize(("days", "expected"), [((14, 7, 3, 0), False), ((14, 9, 7, 3, 0), True)])
def test_n1_needs_five_logged_twitch_days(days, expected):
    assert holds("N1", view(*(episode(d) for d in days))) == expected


@pytest.mark.parametrize(("quiet_days", "expected"), [(7, True), (8, False)])
def test_n1_needs_twitching_on_forty_percent_of_the_observed_days(quiet_days, expected):
    logged = [episode(days) for days in (14, 11, 8, 4, 0)]
    free = [days for days in range(13, 0, -1) if days not in (11, 8, 4)][:quiet_days]

    assert holds("N1", view(*logged, *(check_in(d) for d in free))) == expected


@pytest.mark.parametrize(("since", "expected"), [(13, False), (14, True)])
def test_n1_holds_on_day_one_when_the_intake_states_fourteen_days(since, expected):
    diary = view(intake=problem(since=since, until=60))

    assert holds("N1", diary) == expected
    if expected:
        assert judged("N1", diary).evidence_from is EvidenceFrom.INTAKE


@pytest.mark.parametrize(
    "calm",
    [
        {"course": Course.IMPROVING},
        {"visible": False},
        {"bouts_per_day": NumberRange(low=0.1, high=0.3)},
        {"contexts": ("being_photographed",)},
        {"course": Course.STABLE, "history": (HistoryAnswer(item="normal_brain_mri"),)},
        {"course": Course.STABLE, "tests": (entries_values.TestDone(test="emg", result="normal"),)},
        {"still_present": False},
        {"movement": "", "symptoms": (symptom("numbness_at_site"),)},
    ],
)
def test_n1_waits_when_the_intake_gives_a_reason_to(calm):
    assert not holds("N1", view(intake=problem(since=40, **calm)))


def test_n1_waits_for_what_has_been_the_same_for_decades():
    assert not holds("N1", view(intake=problem(since=3650)))
    assert holds("N1", view(intake=problem(since=3649)))


def test_a_calm_intake_does_not_silence_the_diary():
    entries = twitching(14)

    assert holds("N1", view(*entries, intake=problem(since=40, course=Course.IMPROVING)))


def test_stated_and_logged_days_count_together():
    diary = view(episode(2), episode(0), intake=problem(since=14, asked=10))

    assert judged("N1", diary).evidence_from is EvidenceFrom.BOTH


@pytest.mark.parametrize(("since", "expected"), [(20, False), (21, True)])
def test_n2_gives_the_eyelid_twenty_one_days(since, expected):
    diary = view(intake=problem(since=since, site="lower_eyelid"))

    assert holds("N2", diary) == expected
    assert not holds("N1", diary)


@pytest.mark.parametrize(("since", "expected"), [(6, False), (7, True), (None, True)])
def test_n12_halves_the_wait_when_a_nervous_condition_is_on_record(since, expected):
    history = (HistoryAnswer(item="multiple_sclerosis"),)

    assert holds("N12", view(intake=problem(since=since, history=history))) == expected
    assert not holds("N12", view(intake=problem(since=since)))


@pytest.mark.parametrize("item", ["recent_stroke", "facial_palsy_recent_other_side"])
def test_n12_does_not_wait_after_a_recent_stroke_or_palsy(item):
    told = problem(since=None, history=(HistoryAnswer(item=item),))

    assert holds("N12", view(episode(0), intake=told))
    assert holds("N12", view(intake=told))


def test_n12_takes_an_undated_intake_as_long_enough_beside_a_first_logged_episode():
    told = problem(since=None, history=(HistoryAnswer(item="multiple_sclerosis"),))

    assert holds("N12", view(episode(0), intake=told))


def test_every_rule_still_holds_as_of_the_last_day_of_its_evidence():
    diary = view(intake=problem(since=40, asked=3))
    found = judged("N1", diary)

    assert found.last_day == ago(3)
    assert holds("N1", view(intake=diary.problem, today=found.last_day))
    assert found.first_day == ago(3) - timedelta(days=37)


def test_n12_waits_for_a_calm_or_ended_intake_without_a_start():
    history = (HistoryAnswer(item="multiple_sclerosis"),)

    assert not holds("N12", view(intake=problem(history=history, visible=False)))
    assert not holds("N12", view(intake=problem(history=history, still_present=False)))


def test_r1_does_not_call_a_stated_older_problem_a_one_off():
    diary = view(
        episode(8), *quiet(7, 0), intake=problem(since=60, course=Course.RESOLVED, asked=8)
    )

    assert not holds("R1", diary)
