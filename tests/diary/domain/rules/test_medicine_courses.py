"""W4 over a course of a medicine: taken when the bout began, or until shortly before it."""

from datetime import date

import pytest

from diary.domain.entries import (
    Course,
    DatePrecision,
    DoseChange,
    Factor,
    Medication,
    PartialDate,
    Person,
)
from diary.domain.findings import Addressee, Level
from diary.domain.words.advice import advice_for
from tests.diary.domain.rules.asking import holds, judged, medication
from tests.diary.domain.strategies import SPACE, ago, episode, problem, view


def taken(begun, ended=None, medicine_class="corticosteroid"):
    stopped = None if ended is None else PartialDate(day=ago(ended))
    return medication(begun, medicine_class, stopped=stopped)


@pytest.mark.parametrize(("begun", "expected"), [(90, True), (91, False)])
def test_a_bout_that_begins_during_a_course_of_ninety_days_is_noted(begun, expected):
    assert holds("W4", view(episode(), medications=(taken(begun),))) == expected


@pytest.mark.parametrize(("ended", "expected"), [(28, True), (29, False)])
def test_a_course_speaks_for_twenty_eight_days_after_its_end(ended, expected):
    assert holds("W4", view(episode(), medications=(taken(70, ended),))) == expected


def test_a_course_that_began_after_the_bout_did_not_come_before_it():
    bout = [episode(days) for days in (20, 14, 8, 2)]

    assert not holds("W4", view(*bout, medications=(taken(10),)))


def test_six_weeks_of_steroids_before_the_twitching_are_asked_about_and_not_stopped():
    finding = judged("W4", view(episode(3), episode(), medications=(taken(50, 8),)))

    advice = advice_for(finding, Person())

    assert (finding.level, finding.addressee) == (Level.WATCH, Addressee.PRESCRIBER)
    assert "28 days after you took" in advice.text
    assert "keep prescribed medicines as they are" in advice.text


def test_the_words_on_a_change_stay_when_there_was_one():
    raised = DoseChange(changed=PartialDate(day=ago(5)), direction="raised")
    changed = medication(60, "lithium", dose_changes=(raised,))

    assert judged("W4", view(episode(), medications=(changed,))).numbers["course"] is False
    assert judged("W4", view(episode(), medications=(taken(60),))).numbers["course"] is True


@pytest.mark.parametrize("medicine_class", ["antibiotic", ""])
def test_only_medicines_that_may_go_with_twitching_count(medicine_class):
    diary = view(episode(), medications=(taken(60, medicine_class=medicine_class),))

    assert not holds("W4", diary)


def test_a_course_begun_in_an_unsaid_month_or_at_no_time_is_not_guessed():
    month = PartialDate(day=date(2026, 5, 1), precision=DatePrecision.MONTH)
    unsaid = Medication(id=SPACE, name="", medicine_class="diuretic")
    vague = Medication(id=SPACE, name="", medicine_class="diuretic", started=month)

    assert not holds("W4", view(episode(), medications=(unsaid, vague)))


def test_an_old_intake_that_got_better_does_not_silence_a_logged_bout():
    over = problem(since=200, asked=150, course=Course.RESOLVED, still_present=False)
    better = problem(since=20, course=Course.IMPROVING)

    assert holds("W4", view(episode(), intake=over, medications=(taken(10),)))
    assert not holds("W4", view(intake=better, medications=(taken(30),)))


def test_a_change_told_in_an_intake_that_got_better_does_not_speak_for_a_later_bout():
    linked = (Factor(factor="medication_change"),)
    over = problem(since=200, asked=150, course=Course.RESOLVED, triggers=linked)

    assert not holds("W4", view(episode(), intake=over))


def test_a_medicine_without_any_twitching_is_nothing_to_ask_about():
    denosumab = medication(400, "denosumab")

    assert not holds("W4", view(medications=(denosumab,)))
    assert judged("W4", view(episode(), medications=(denosumab,))).level is Level.SEE_DOCTOR
