"""What the rules read off a code: classes of medicines, groups of sites, risks of the past."""

import pytest

from diary.domain.vocabulary import (
    HISTORY,
    MEDICINE_CLASSES,
    SITES,
    SiteGroup,
    class_of,
)

TWITCHING_MEDICINES = """corticosteroid diuretic estrogen lithium tricyclic_antidepressant ssri_snri
    psychiatric_medication flunarizine isoniazid neostigmine succinylcholine stimulant topiramate
    opioid other_listing_twitching antipsychotic dopamine_blocking_antiemetic"""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Prednisone", "corticosteroid"),
        ("steroid", "corticosteroid"),
        ("cortisone", "corticosteroid"),
        ("類固醇", "corticosteroid"),
        ("Prednisolone 5 mg tablets", "corticosteroid"),
        ("corticosteroid_stopped", "corticosteroid"),
        ("blood_pressure_tablet_stopped", "antihypertensive"),
        ("Losartan/hydrochlorothiazide", "diuretic"),
        ("losartan potassium", "antihypertensive"),
        ("vitamin D 1000 IU", "vitamin_d"),
        ("Metoclopramide (10mg)", "dopamine_blocking_antiemetic"),
        ("risperidone", "antipsychotic"),
        ("oestrogen_pill", "estrogen"),
        ("some other pill", None),
        ("non-steroidal", None),
        ("", None),
    ],
)
def test_a_typed_medicine_is_put_in_its_class(typed, expected):
    assert class_of(typed) == expected


def test_every_dopamine_blocker_may_cause_twitching():
    blockers = [entry for entry in MEDICINE_CLASSES if entry.dopamine_blocker]

    assert {entry.code for entry in blockers} == {"antipsychotic", "dopamine_blocking_antiemetic"}
    assert all(entry.may_cause_twitching for entry in blockers)


def test_the_medication_rule_looks_at_exactly_the_named_classes():
    marked = {entry.code for entry in MEDICINE_CLASSES if entry.may_cause_twitching}

    assert marked == set(TWITCHING_MEDICINES.split())


@pytest.mark.parametrize(
    ("group", "members"),
    [
        (SiteGroup.EYELID, "upper_eyelid lower_eyelid eyelid eyebrow glabella around_eye forehead"),
        (
            SiteGroup.LOWER,
            """tear_trough cheek upper_lip lower_lip lips mouth_corner mouth philtrum chin nose""",
        ),
        (SiteGroup.OTHER_FACE, "jaw neck tongue throat palate voice_box ear head scalp"),
        (SiteGroup.FACE, "face"),
        (
            SiteGroup.BODY,
            """arm hand finger leg thigh calf foot limb shoulder back abdomen buttock body_side
            trunk whole_body""",
        ),
    ],
)
def test_every_site_is_in_the_group_the_rules_count_it_in(group, members):
    assert {site.code for site in SITES if site.group is group} == set(members.split())


def test_sites_of_the_midline_have_no_side():
    unsided = {site.code for site in SITES if not site.sided}

    assert unsided == {
        "tongue", "throat", "palate", "voice_box", "back", "abdomen", "trunk", "whole_body"
    }  # fmt: skip


def test_a_nervous_system_disease_counts_as_a_risk_and_a_harmless_past_does_not():
    risks = {entry.code for entry in HISTORY if entry.neurological_risk}

    assert {"multiple_sclerosis", "parkinsons_disease", "bells_palsy", "stroke"} <= risks
    assert {"transient_ischemic_attack", "epilepsy", "brain_tumor", "head_trauma"} <= risks
    assert {"motor_neuron_disease", "hypoparathyroidism", "digeorge_syndrome"} <= risks
    assert {"optic_neuritis", "myasthenia_gravis", "cholesteatoma", "ear_surgery"} <= risks
    assert not risks & {"diabetes", "tooth_extraction", "filler", "anxiety_disorder", "urticaria"}
    assert not risks & {"pregnancy", "thyroid_surgery", "contact_lenses", "allergy", "sinusitis"}
