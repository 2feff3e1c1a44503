"""U5 and U10: what soon follows a medicine, at the edges of time, place and signs."""

from dataclasses import replace

import pytest

from diary.domain.entries import Factor, Onset, StatedMedicine
from diary.domain.findings import Level
from tests.diary.domain.rules.asking import holds, judged, medication
from tests.diary.domain.strategies import episode, problem, symptom, view

ANTIEMETIC = (StatedMedicine(medicine_class="dopamine_blocking_antiemetic"),)
CHANGE = (Factor(factor="medication_change"),)
SSRI = StatedMedicine(medicine_class="ssri_snri", name="sertraline")
TRAMADOL = StatedMedicine(medicine_class="opioid", name="tramadol")
LITHIUM = (StatedMedicine(medicine_class="lithium"),)


def moving(**fields):
    known = {"since": 1, "site": "tongue", "movement": "jerk", "medicines": ANTIEMETIC}
    return problem(**(known | fields))


def told(*signs, **fields):
    known = {"since": 1, "site": "jaw", "movement": "jerk"}
    return problem(**(known | fields), symptoms=tuple(symptom(code) for code in signs))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, True),
        ({"since": 7}, True),
        ({"since": 8}, False),
        ({"site": "neck", "movement": "twitch"}, True),
        ({"movement": "tremor"}, False),
        ({"site": "upper_lip"}, False),
        ({"site": "eyelid"}, False),
        ({"site": "eyelid", "movement": "spasm"}, True),
        ({"medicines": ()}, False),
    ],
)
def test_a_new_movement_of_tongue_jaw_or_neck_on_an_antiemetic_is_urgent(fields, expected):
    assert holds("U5", view(intake=moving(**fields))) == expected


def test_one_dose_that_was_stopped_still_counts():
    stopped = (replace(ANTIEMETIC[0], stopped=True),)

    assert holds("U5", view(intake=moving(medicines=stopped)))


@pytest.mark.parametrize(("movement", "expected"), [("contraction", True), ("jerk", False)])
def test_with_its_start_unsaid_a_sustained_spasm_must_be_linked_to_a_change(movement, expected):
    undated = moving(since=None, movement=movement, triggers=CHANGE)

    assert holds("U5", view(intake=undated)) == expected
    assert not holds("U5", view(intake=replace(undated, triggers=())))


@pytest.mark.parametrize(("started", "expected"), [(7, True), (8, False)])
def test_a_logged_movement_follows_a_known_start_within_seven_days(started, expected):
    pills = (medication(started, "antipsychotic"),)

    assert holds("U5", view(episode(site="jaw", movement="jerk"), medications=pills)) == expected
    lid = episode(site="eyelid", movement="twitch")
    assert not holds("U5", view(lid, medications=pills))


@pytest.mark.parametrize("sign", ["neck_twisting", "eyes_roll_up", "body_twisting"])
def test_the_new_words_for_a_spasm_count(sign):
    report = episode(symptoms=(symptom(sign),))

    assert holds("U5", view(report, medications=(medication(2, "antipsychotic"),)))
    assert not holds("U5", view(report))


def test_jerks_and_fever_after_two_medicines_that_raise_serotonin_are_urgent():
    both = told("fever", medicines=(SSRI, TRAMADOL))
    one = told("fever", medicines=(SSRI,))

    assert judged("U10", view(intake=both)).level is Level.URGENT
    assert not holds("U10", view(intake=one))
    assert holds("U10", view(intake=replace(one, triggers=CHANGE)))


@pytest.mark.parametrize(
    ("movement", "signs", "expected"),
    [
        ("jerk", ["sweating"], True),
        ("tremor", ["sweating"], False),
        ("tremor", ["sweating", "restlessness"], True),
        ("tremor", ["palpitations", "worry"], False),
        ("twitch", ["sweating", "restlessness"], False),
    ],
)
def test_after_a_change_a_tremor_needs_two_signs_and_jerks_need_one(movement, signs, expected):
    intake = told(*signs, movement=movement, medicines=(SSRI,), triggers=CHANGE)

    assert holds("U10", view(intake=intake)) == expected
    assert not holds("U10", view(intake=replace(intake, triggers=())))


@pytest.mark.parametrize(("started", "expected"), [(14, True), (15, False)])
def test_a_dated_change_counts_for_fourteen_days(started, expected):
    intake = told("sweating", "diarrhea", movement="tremor")
    pills = (medication(started, "ssri_snri"),)

    assert holds("U10", view(intake=intake, medications=pills)) == expected


@pytest.mark.parametrize(("since", "expected"), [(28, True), (29, False)])
def test_trembling_and_vomiting_on_lithium_are_urgent_while_new(since, expected):
    intake = told("vomiting", since=since, movement="tremor", medicines=LITHIUM)

    assert holds("U10", view(intake=intake)) == expected


def test_trembling_alone_on_lithium_is_not_urgent():
    assert not holds("U10", view(intake=told(movement="tremor", medicines=LITHIUM)))


@pytest.mark.parametrize(
    ("signs", "expected"),
    [(["fever", "stiffness"], True), (["fever"], False), (["stiffness"], False)],
)
def test_fever_with_stiff_muscles_on_an_antipsychotic_is_urgent(signs, expected):
    pills = (StatedMedicine(medicine_class="antipsychotic"),)

    assert holds("U10", view(intake=told(*signs, movement="", medicines=pills))) == expected


def test_sudden_confusion_on_such_a_medicine_stays_an_emergency():
    confused = (symptom("confusion", onset=Onset.SUDDEN),)
    intake = problem(since=0, movement="jerk", medicines=(SSRI,), symptoms=confused)

    assert holds("E1", view(intake=intake))
