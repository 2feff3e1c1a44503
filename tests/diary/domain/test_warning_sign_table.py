"""Every symptom of the vocabulary, alone and in pairs, from each kind of record.

The table is written from the text of the rules, not from their sets: what must be an emergency or
urgent, and what must never be. A miss harms, and so does a false alarm.
"""

from functools import cache
from itertools import combinations

import pytest

from diary.domain.assessment import assess
from diary.domain.entries import Onset, Side, Twitched
from diary.domain.findings import Level
from diary.domain.vocabulary.symptoms import SYMPTOMS, WARNING_SIGNS
from tests.diary.domain.strategies import TODAY, check_in, episode, problem, symptom, view

RECORDS = ["intake", "episode", "check_in"]
EVERY_SYMPTOM = tuple(code.code for code in SYMPTOMS)
SUDDEN, UNSAID, GRADUAL = Onset.SUDDEN, None, Onset.GRADUAL
SAFE, URGENT, EMERGENCY = "-", "U", "E"

# One row a symptom that is new today and on the left: its level when it came suddenly, when its
# onset is unsaid, and when it came gradually.
TABLE = {
    # E1, the stroke signs. Unsaid and logged as it happens counts as sudden for the plainest ones.
    "face_droop": "E E U",
    "facial_weakness": "E E U",
    "one_sided_weakness": "E E U",
    "speech_difficulty": "E E U",
    "slurred_speech": "E E U",
    "comprehension_difficulty": "E E U",
    "one_sided_numbness": "E E U",
    "vision_loss": "E E U",
    "confusion": "E E U",
    "double_vision": "E U U",
    "limb_weakness": "E U U",
    "balance_loss": "E U U",
    # E2: severe and sudden; with onset unsaid it is still seen the same day.
    "severe_headache": "E U U",
    # E3 and E4, whatever the onset.
    "seizure": "E E E",
    "loss_of_consciousness": "E E E",
    "foaming_at_mouth": "E E E",
    "breathing_difficulty": "E E E",
    "throat_spasm": "E E E",
    "throat_swelling": "E E E",
    "tongue_swelling": "E E E",
    # U1: a face or lid that grew weak, and what a weak face does.
    "facial_asymmetry": "E U U",
    "eyelid_droop": "U U U",
    "cannot_close_eye": "U U U",
    "drink_leaks": "E U U",
    "drooling": "E U U",
    # U2: a new loss of strength, feeling, coordination or swallowing.
    "weakness": "E U U",
    "limb_numbness": "E U U",
    "face_numbness": "E U U",
    "coordination_change": "E U U",
    "swallowing_difficulty": "E U U",
    "eyes_roll_up": "U U U",
    "loss_of_bladder_control": "U U U",
    "unequal_pupils": "U U U",
    # Everyday words, taken for the sign only when said to be sudden.
    "expression_difficulty": "E - -",
    "movement_difficulties": "E - -",
    # Choices of the project: sudden changes of sight, sudden one-sided loss of feeling or tingling,
    # and a gap in awareness, which may be a small seizure.
    "blurred_vision": "E - -",
    "visual_disturbance": "E - -",
    "numbness_at_site": "E - -",
    "face_tingling": "U - -",
    "lip_tingling": "U - -",
    "hand_tingling": "U - -",
    "tingling": "U - -",
    "awareness_lapse": "U U U",
}
# An intake is told afterward: there, "unsaid" and "today" is a sign to be seen the same day.
IN_AN_INTAKE_URGENT_WHEN_UNSAID = frozenset(code for code, row in TABLE.items() if row == "E E U")
# Pairs of harmless symptoms that together are not: U8, E4's tight throat with wheals or swelling,
# and U3's red eye with pain or light.
URGENT_PAIRS = {frozenset({"fever", "neck_stiffness"})}
URGENT_PAIRS |= {
    frozenset({"throat_tightness", other})
    for other in ("hives", "lip_swelling", "swelling", "rash")
}
URGENT_PAIRS |= {
    frozenset({red, alarm})
    for red in ("eye_redness", "eye_discharge")
    for alarm in ("eye_pain", "light_sensitivity", "blurred_vision", "visual_disturbance")
}


@cache
def level(record, *codes, onset=UNSAID, side=Side.LEFT):
    """Return the level of a diary in which one record of today reports these symptoms."""
    told = tuple(symptom(code, onset=onset, side=side, began_on=TODAY) for code in sorted(codes))
    if record == "intake":
        return assess(view(intake=problem(since=0, symptoms=told))).level
    if record == "episode":
        return assess(view(episode(symptoms=told))).level
    return assess(view(check_in(twitched=Twitched.YES, symptoms=told))).level


def letter(level_found):
    return {Level.EMERGENCY: EMERGENCY, Level.URGENT: URGENT}.get(level_found, SAFE)


def expected(record, code, onset):
    wanted = TABLE.get(code, "- - -").split()[[SUDDEN, UNSAID, GRADUAL].index(onset)]
    told_late = record == "intake" and onset is UNSAID and code in IN_AN_INTAKE_URGENT_WHEN_UNSAID
    return URGENT if told_late else wanted


def pairs(codes):
    return tuple(combinations(codes, 2))


def test_the_table_names_only_symptoms_that_exist():
    assert set(TABLE) <= set(EVERY_SYMPTOM)
    assert set(WARNING_SIGNS) <= set(EVERY_SYMPTOM)


@pytest.mark.parametrize("onset", [SUDDEN, UNSAID, GRADUAL])
@pytest.mark.parametrize("record", RECORDS)
def test_every_symptom_alone_is_answered_as_the_table_says(record, onset):
    wrong = {
        code: (letter(level(record, code, onset=onset)), expected(record, code, onset))
        for code in EVERY_SYMPTOM
        if letter(level(record, code, onset=onset)) != expected(record, code, onset)
    }

    assert wrong == {}


@pytest.mark.parametrize("record", RECORDS)
def test_a_sudden_sign_with_its_side_unsaid_is_never_passed_over(record):
    missed = [
        code
        for code, row in TABLE.items()
        if row.startswith(EMERGENCY) and level(record, code, onset=SUDDEN, side=None) < Level.URGENT
    ]

    assert missed == []


@pytest.mark.parametrize("onset", [SUDDEN, UNSAID])
@pytest.mark.parametrize("record", RECORDS)
def test_a_second_warning_sign_never_lowers_the_level(record, onset):
    lowered = [
        pair
        for pair in pairs(sorted({*WARNING_SIGNS, *TABLE}))
        if level(record, *pair, onset=onset) < max(level(record, c, onset=onset) for c in pair)
    ]

    assert lowered == []


@pytest.mark.parametrize("record", RECORDS)
def test_any_second_symptom_leaves_an_emergency_an_emergency(record):
    lowered = [
        (sign, other)
        for sign, row in TABLE.items()
        if row.startswith(EMERGENCY)
        for other in EVERY_SYMPTOM
        if level(record, *{sign, other}, onset=SUDDEN) is not Level.EMERGENCY
    ]

    assert lowered == []


@pytest.mark.parametrize("record", RECORDS)
def test_two_harmless_symptoms_are_urgent_only_where_the_pair_is_named(record):
    harmless = [code for code in EVERY_SYMPTOM if TABLE.get(code, "- - -").split()[1] == SAFE]

    alarming = {frozenset(pair) for pair in pairs(harmless) if level(record, *pair) >= Level.URGENT}

    assert alarming == URGENT_PAIRS


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("third", ["muscle_cramp", "jaw_cramp", "palpitations"])
def test_tingling_of_mouth_and_hands_with_a_cramp_is_urgent(record, third):
    assert level(record, "lip_tingling", "hand_tingling", third) is Level.URGENT
    assert level(record, "lip_tingling", third) < Level.URGENT
    assert level(record, "hand_tingling", third) < Level.URGENT
