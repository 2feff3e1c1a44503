"""What the past and the medicine list say, from the intake and from their own records alike."""

from diary.domain.entries import HistoryStatus
from diary.domain.view import DiaryView
from diary.domain.vocabulary.history import HISTORY
from diary.domain.vocabulary.medicines import MEDICINE_CLASSES

ADULT_AGE = 17  # NICE NG127 on adults: over 16 years
PALSY_NOW = frozenset({"facial_palsy_current", "under_treatment_for_facial_palsy"})
PALSY_TREATED = frozenset({"under_treatment_for_facial_palsy"})
PALSY_HISTORY = PALSY_NOW | {"facial_palsy", "bells_palsy"}
ATTACK_HISTORY = frozenset({"epilepsy"})
# Where jerking without a pause is taken for a seizure; choice of the project.
SEIZURE_RISK = ATTACK_HISTORY | {
    "brain_tumor",
    "brain_infection",
    "brain_vessel_abnormality",
    "head_trauma",
    "recent_stroke",
    "skull_surgery",
    "stroke",
}
# Operations after which calcium can fall.
CALCIUM_SURGERY = frozenset({"thyroid_surgery", "parathyroid_surgery", "neck_surgery"})
CHILDBEARING = frozenset({"pregnancy", "recent_childbirth"})
LOW_CALCIUM_HISTORY = frozenset({"hypoparathyroidism", "digeorge_syndrome"})
RECENT_HISTORY = frozenset({"recent_stroke", "facial_palsy_recent_other_side"})
HEADACHE_HISTORY = frozenset({"severe_headaches"})
KNOWN_SPASM = frozenset(
    {"hemifacial_spasm", "blepharospasm", "facial_nerve_compression", "scan_vessel_contact"}
)
EXAMINED_NORMAL = frozenset(
    {
        "normal_brain_mri",
        "normal_facial_emg",
        "normal_neurology_exam",
        "normal_neurology_tests",
        "recent_facial_twitching_assessed",
    }
)
NEUROLOGY_TESTS = frozenset({"neurological_exam", "brain_mri", "emg", "neurologist_visit"})


def conditions(view: DiaryView) -> frozenset[str]:
    """Return the codes of every history item stated as present."""
    intake = view.problem.history if view.problem else ()
    stated = {answer.item for answer in intake if answer.present}
    kept = {item.item for item in view.history if item.status is HistoryStatus.PRESENT}
    return frozenset((stated | kept) - {""})


def brought_on_by(view: DiaryView, factor: str) -> bool:
    """Return whether the intake names this as what brought it on."""
    told = view.problem.triggers if view.problem else ()
    return any(t.factor == factor and t.present for t in told)


def is_child(view: DiaryView) -> bool:
    """Return whether the person is known to be below 17 years; the rules are for adults."""
    age = view.person.age_on(view.today)
    return age is not None and age < ADULT_AGE


def at_neurological_risk(view: DiaryView) -> bool:
    """Return whether a condition or operation is on record that shortens the wait to a referral."""
    known = (HISTORY.get(code) for code in conditions(view))
    risky = any(item is not None and item.neurological_risk for item in known)
    return risky or bool(conditions(view) & KNOWN_SPASM)


def medicine_classes(view: DiaryView) -> frozenset[str]:
    """Return the classes of medicines taken at present."""
    stated = view.problem.medicines if view.problem else ()
    taken = {medicine.medicine_class for medicine in stated if not medicine.stopped}
    taken |= {
        medication.medicine_class
        for medication in view.medications
        if medication.stopped is None or medication.stopped.day > view.today
    }
    return frozenset(taken - {""})


def taken_lately(view: DiaryView) -> frozenset[str]:
    """Return the classes taken at present, and those that the intake names as stopped."""
    stated = view.problem.medicines if view.problem else ()
    return medicine_classes(view) | frozenset(m.medicine_class for m in stated if m.medicine_class)


def blocks_dopamine(medicine_class: str) -> bool:
    """Return whether a class of medicines blocks dopamine; False for an unknown class."""
    known = MEDICINE_CLASSES.get(medicine_class)
    return known is not None and known.dopamine_blocker


def examined_and_normal(view: DiaryView) -> bool:
    """Return whether a neurological examination or scan is on record with a normal result."""
    if conditions(view) & EXAMINED_NORMAL:
        return True
    tests = view.problem.tests if view.problem else ()
    done = {test.test for test in tests if test.result == "normal"}
    done |= {item.item for item in view.history if item.result == "normal"}
    return bool(done & NEUROLOGY_TESTS)
