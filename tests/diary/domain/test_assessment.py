import pytest
from hypothesis import given

from diary.domain.assessment import assess, with_unchecked
from diary.domain.entries import Course, Factor, Onset, Person, StatedMedicine, Twitched
from diary.domain.findings import Addressee, Level
from tests.diary.domain.strategies import (
    DIARIES,
    INTAKES,
    absent,
    check_in,
    episode,
    problem,
    quiet,
    symptom,
    view,
)


def test_an_empty_diary_is_watched_and_never_reassured():
    given = assess(view())

    assert (given.level, given.addressee) == (Level.WATCH, Addressee.NONE)
    assert [finding.rule for finding in given.findings] == ["W8"]


def test_the_strongest_finding_gives_level_and_addressee():
    told = problem(since=40, symptoms=(symptom("dizziness"),))

    given = assess(view(intake=told))

    assert [finding.rule for finding in given.findings] == ["N1", "N18"]
    assert (given.level, given.addressee) == (Level.SEE_DOCTOR, Addressee.NEUROLOGIST)


def test_a_proven_silence_reassures():
    bout = [episode(40 + back) for back in range(5)]

    given = assess(view(*bout, *quiet(39, 0)))

    assert (given.level, [f.rule for f in given.findings]) == (Level.REASSURE, ["X1"])


@pytest.mark.parametrize("calming", ["R1", "W9", "X1"])
def test_where_a_rule_failed_nothing_calms(calming):
    soothing = {
        "R1": view(episode(10), *quiet(9, 0)),
        "W9": view(intake=problem(since=5, course=Course.IMPROVING)),
        "X1": view(*(episode(40 + back) for back in range(5)), *quiet(39, 0)),
    }
    given = assess(soothing[calming])

    unsure = with_unchecked(given, ["E1"])

    assert [finding.rule for finding in given.findings] == [calming]
    assert (unsure.level, unsure.findings) == (Level.WATCH, ())
    assert (given.unchecked, unsure.unchecked) == ((), ("E1",))
    assert with_unchecked(given, []) == given


def test_where_a_rule_failed_what_the_others_find_stands():
    given = assess(view(intake=problem(since=40)))

    unsure = with_unchecked(given, ["W2"])

    assert (unsure.level, unsure.findings) == (given.level, given.findings)
    assert unsure.addressee is Addressee.NEUROLOGIST


def test_only_questions_that_could_raise_the_level_are_asked():
    calm = assess(view(intake=problem(since=1)))
    worst = assess(view(episode(symptoms=(symptom("face_droop", onset=Onset.SUDDEN),))))

    assert {"one_sided_weakness", "limb_numbness", "medicines"} <= {q.code for q in calm.questions}
    assert worst.questions == ()


def test_an_answered_question_is_not_asked_again():
    told = problem(since=1, symptoms=(absent("limb_numbness"), absent("one_sided_weakness")))

    asked = {question.code for question in assess(view(intake=told)).questions}

    assert not {"limb_numbness", "one_sided_weakness", "first_day"} & asked


def test_a_diary_only_profile_still_hears_of_emergencies():
    quiet_person = Person(diary_only=True)
    persistent = problem(since=40)
    urgent = problem(since=40, symptoms=(symptom("seizure"),))

    assert assess(view(intake=persistent, person=quiet_person)).findings == ()
    assert assess(view(intake=urgent, person=quiet_person)).level >= Level.URGENT


@given(DIARIES, INTAKES)
def test_findings_come_most_pressing_first_and_decide_the_level(diary, intake):
    given = assess(view(*diary[0], *diary[1], intake=intake))
    levels = [finding.level for finding in given.findings]

    assert levels == sorted(levels, reverse=True)
    assert given.level is levels[0]


@given(DIARIES, INTAKES)
def test_a_more_severe_entry_never_lowers_the_level(diary, intake):
    entries = (*diary[0], *diary[1])
    signs = (symptom("slurred_speech", onset=Onset.SUDDEN), symptom("seizure"))
    before = assess(view(*entries, intake=intake)).level

    after = assess(view(*entries, episode(0, name="worse", symptoms=signs), intake=intake)).level

    assert after >= before


@given(DIARIES)
def test_dropping_quiet_days_never_reassures(diary):
    entries = (*diary[0], *(c for c in diary[1] if c.twitched is not Twitched.NO))

    assert assess(view(*entries)).level > Level.REASSURE


def test_one_quiet_check_in_is_too_little():
    assert assess(view(check_in())).level is Level.WATCH


def test_what_the_intake_names_is_not_asked_for():
    told = problem(
        since=1,
        triggers=(Factor(factor="stress"),),
        medicines=(StatedMedicine(medicine_class="statin"),),
    )

    asked = {question.code for question in assess(view(intake=told)).questions}

    assert not {"medicines", "triggers", "other_sites"} & asked


def test_everything_unsaid_is_asked_of_a_calm_diary():
    bout = [episode(40 + back) for back in range(5)]

    asked = {question.code for question in assess(view(*bout, *quiet(39, 0))).questions}

    assert {"first_day", "medicines", "other_sites", "triggers"} <= asked
