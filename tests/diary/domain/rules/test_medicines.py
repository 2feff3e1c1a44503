"""What medicines have to do with it: N14, W4 and U5 at the edges of their days."""

from datetime import date

import pytest

from diary.domain.entries import (
    Course,
    DatePrecision,
    DoseChange,
    Factor,
    Medication,
    PartialDate,
    StatedMedicine,
)
from diary.domain.findings import Level
from diary.domain.rules.registry import urgent_findings
from tests.diary.domain.rules.asking import holds, judged, medication
from tests.diary.domain.strategies import (
    SPACE,
    ago,
    episode,
    problem,
    symptom,
    view,
)


@pytest.mark.parametrize(("days", "expected"), [(89, False), (90, True)])
def test_n14_needs_ninety_days_on_a_dopamine_blocker(days, expected):
    diary = view(episode(), medications=(medication(days, "antipsychotic"),))

    assert holds("N14", diary) == expected


@pytest.mark.parametrize(("days", "expected"), [(28, True), (29, False)])
def test_w4_looks_twenty_eight_days_back_from_the_bout(days, expected):
    raised = DoseChange(changed=PartialDate(day=ago(days)), direction="raised")
    taken = medication(300, "corticosteroid", dose_changes=(raised,))

    assert holds("W4", view(episode(), medications=(taken,))) == expected


def test_w4_becomes_a_visit_when_the_person_links_it_to_a_change():
    linked = problem(triggers=(Factor(factor="medication_change"),))
    named = problem(medicines=(StatedMedicine(medicine_class="corticosteroid"),))

    assert judged("W4", view(intake=linked)).level is Level.SEE_DOCTOR
    assert judged("W4", view(intake=named)).level is Level.WATCH


@pytest.mark.parametrize(("days", "expected"), [(7, True), (8, False)])
def test_u5_looks_seven_days_back_to_a_start_or_rise(days, expected):
    raised = DoseChange(changed=PartialDate(day=ago(days)), direction="raised")
    spasm = episode(site="jaw", movement="contraction")
    old = medication(300, "dopamine_blocking_antiemetic", dose_changes=(raised,))

    diary = view(spasm, medications=(old,))

    assert ("U5" in {f.rule for f in urgent_findings(diary)}) == expected


@pytest.mark.parametrize(("since", "expected"), [(3, True), (None, True), (60, False)])
def test_u5_takes_a_blocker_of_unsaid_start_for_a_possibly_new_one(since, expected):
    stated = (StatedMedicine(medicine_class="antipsychotic"),)
    told = problem(since=since, symptoms=(symptom("jaw_cramp"),), medicines=stated)

    assert holds("U5", view(intake=told)) == expected


def test_u5_does_not_guess_a_day_from_a_month():
    month = PartialDate(day=date(2026, 6, 1), precision=DatePrecision.MONTH)
    taken = Medication(id=SPACE, name="", medicine_class="antipsychotic", started=month)

    assert not holds("U5", view(episode(site="jaw", movement="spasm"), medications=(taken,)))


def test_w4_is_silent_when_it_gets_better_and_without_a_bout():
    medicine = (StatedMedicine(medicine_class="lithium"),)

    assert not holds("W4", view(intake=problem(course=Course.IMPROVING, medicines=medicine)))
    assert not holds("W4", view(medications=(medication(5, "lithium"),)))


def test_a_blocker_without_a_start_is_not_counted_as_long():
    taken = Medication(id=SPACE, name="", medicine_class="antipsychotic")

    assert not holds("N14", view(episode(), medications=(taken,)))
