"""N20 and U4: tingling of mouth and hands together, without and with cramps or spasm."""

import pytest

from diary.domain.assessment import assess
from diary.domain.entries import HistoryAnswer, Onset, Person, Side
from diary.domain.findings import Addressee, Level
from diary.domain.rules.registry import urgent_findings
from diary.domain.words.advice import advice_for
from tests.diary.domain.rules.asking import holds, judged, rules
from tests.diary.domain.strategies import (
    absent,
    check_in,
    episode,
    problem,
    symptom,
    view,
)

MOUTH, HANDS = symptom("lip_tingling"), symptom("hand_tingling")
BOTH = (MOUTH, HANDS)


@pytest.mark.parametrize(
    "entry", [episode(1, symptoms=BOTH), check_in(1, symptoms=BOTH)], ids=["episode", "check-in"]
)
def test_mouth_and_hands_in_one_log_are_a_visit_to_the_own_doctor(entry):
    assessment = assess(view(entry))

    assert (assessment.level, assessment.addressee) == (Level.SEE_DOCTOR, Addressee.OWN_DOCTOR)
    assert [finding.rule for finding in assessment.findings] == ["N20"]


def test_an_intake_that_tells_of_both_is_enough():
    found = judged("N20", view(intake=problem(since=90, symptoms=BOTH)))

    assert found.addressee is Addressee.OWN_DOCTOR
    assert "blood test" in advice_for(found, Person()).title


def test_two_logs_of_one_day_count_together_and_two_days_do_not():
    same = view(episode(1, symptoms=(MOUTH,)), check_in(1, symptoms=(HANDS,)))
    apart = view(episode(2, symptoms=(MOUTH,)), check_in(1, symptoms=(HANDS,)))

    assert holds("N20", same)
    assert not holds("N20", apart)


@pytest.mark.parametrize("told", [(MOUTH,), (HANDS,), (MOUTH, absent("hand_tingling"))])
def test_one_of_the_two_alone_is_not_enough(told):
    assert not holds("N20", view(episode(symptoms=told)))


def test_tingling_of_one_hand_goes_to_the_neurologist():
    one_hand = symptom("hand_tingling", side=Side.LEFT)

    assert judged("N20", view(episode(symptoms=(MOUTH, one_hand)))).addressee is (
        Addressee.NEUROLOGIST
    )


def test_sudden_tingling_on_one_side_stays_urgent():
    sudden = symptom("hand_tingling", side=Side.LEFT, onset=Onset.SUDDEN)

    assert rules(view(episode(symptoms=(MOUTH, sudden)))) >= {"U6"}
    assert "N20" not in rules(view(episode(symptoms=(MOUTH, sudden))))


def test_a_cramp_makes_it_urgent_and_the_softer_rule_stands_back():
    cramp = symptom("muscle_cramp")
    told = rules(view(episode(symptoms=(*BOTH, cramp))))

    assert "U4" in told
    assert "N20" not in told


@pytest.mark.parametrize(("days", "expected"), [(28, True), (29, False)])
def test_a_log_speaks_for_twenty_eight_days(days, expected):
    assert holds("N20", view(episode(days, symptoms=BOTH))) == expected


@pytest.mark.parametrize(
    ("movement", "days", "expected"),
    [("spasm", 7, True), ("contraction", 0, True), ("twitch", 0, False), ("spasm", 8, False)],
)
def test_u4_takes_a_spasm_that_is_logged_as_the_movement(movement, days, expected):
    spasm = episode(days, site="calf", movement=movement)

    found = urgent_findings(view(spasm, check_in(0, symptoms=BOTH)))

    assert ("U4" in {finding.rule for finding in found}) == expected


def test_a_spasm_alone_is_no_sign_of_low_calcium_even_with_a_risk():
    told = problem(since=3, history=(HistoryAnswer(item="hypoparathyroidism"),))

    assert not holds("U4", view(episode(movement="spasm"), intake=told))
    assert holds("U4", view(check_in(symptoms=(symptom("muscle_cramp"),)), intake=told))
