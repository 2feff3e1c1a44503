"""Which symptoms count as which sign: the sets shared by the emergency, urgent and doctor rules."""

from collections.abc import Callable, Iterable

from diary.domain.symptom_reports import (
    Origin,
    Recency,
    SymptomReport,
    recency,
    symptom_reports,
)
from diary.domain.view import DiaryView

FACE_WEAKNESS = frozenset({"face_droop", "facial_weakness", "facial_asymmetry"})
# Consequences of a weak face that people name instead of it.
FACE_WEAKNESS_CLUSTER = FACE_WEAKNESS | {"cannot_close_eye", "drink_leaks", "drooling"}
LID_DROOP = frozenset({"eyelid_droop"})
SPEECH = frozenset({"speech_difficulty", "slurred_speech", "comprehension_difficulty"})
SIGHT_LOSS = frozenset({"vision_loss", "double_vision"})
SIGHT_CHANGE = SIGHT_LOSS | {"blurred_vision", "visual_disturbance"}
WEAKNESS = frozenset({"limb_weakness", "one_sided_weakness", "weakness"})
BALANCE = frozenset({"balance_loss", "coordination_change"})
NUMBNESS = frozenset({"one_sided_numbness", "limb_numbness", "face_numbness"})
NUMBNESS_AT_SITE = frozenset({"numbness_at_site"})
TINGLING = frozenset({"face_tingling", "lip_tingling", "hand_tingling", "tingling"})
SENSORY = NUMBNESS | NUMBNESS_AT_SITE | TINGLING | {"sensation_change", "scalp_tingling"}
SEIZURE = frozenset({"seizure", "loss_of_consciousness", "foaming_at_mouth"})
AIRWAY = frozenset({"breathing_difficulty", "throat_spasm", "throat_swelling", "tongue_swelling"})
PANIC = frozenset({"panic", "hyperventilation"})
# Weakness of throat and eyes; with trouble breathing it may reach the breathing muscles.
BULBAR = SPEECH | LID_DROOP | {"swallowing_difficulty", "choking", "double_vision"}
# What comes with a severe headache when something presses inside the head.
DEFICIT_WITH_HEADACHE = LID_DROOP | {"double_vision", "unequal_pupils", "sleepiness"}

# Stroke signs when said to be sudden. Sight changes short of loss, and signs of a weak face such
# as drooling, count only when "suddenly" was said of them: they are common and mostly harmless.
STROKE = (
    FACE_WEAKNESS | SPEECH | SIGHT_LOSS | WEAKNESS | BALANCE | {"one_sided_numbness", "confusion"}
)
STROKE_IF_SAID = frozenset(
    {
        "blurred_vision",
        "visual_disturbance",
        "drooling",
        "drink_leaks",
        "swallowing_difficulty",
        "expression_difficulty",  # everyday words for a weak face and for trouble walking
        "movement_difficulties",
    }
)
# Sudden loss of feeling here is a stroke sign when it is on one side.
STROKE_IF_ONE_SIDED = NUMBNESS | NUMBNESS_AT_SITE
# Logged now with the onset unsaid, these are taken as sudden: nobody should be asked first.
STROKE_UNLESS_GRADUAL = SPEECH | {
    "face_droop",
    "facial_weakness",
    "one_sided_weakness",
    "one_sided_numbness",
    "confusion",
    "vision_loss",
}
# Lost long ago as often as lately: new in doubt only where the intake gives no start at all.
NEW_LOSS = frozenset({"loss_of_bladder_control", "unequal_pupils"})
# Losses of function that an undated intake line is not allowed to make look old.
FUNCTION_LOSS = (
    SPEECH
    | SIGHT_LOSS
    | {"one_sided_weakness", "one_sided_numbness", "confusion", "swallowing_difficulty"}
    | {"eyes_roll_up"}
)

RECENT = (Recency.NOW, Recency.WEEK)

Test = Callable[[SymptomReport], bool]


def of(names: Iterable[str]) -> Test:
    """Return a test for reports of any of these symptoms."""
    wanted = frozenset(names)
    return lambda report: report.symptom in wanted


def found(view: DiaryView, *tests: Test) -> tuple[SymptomReport, ...]:
    """Return the reports that pass every test."""
    return tuple(r for r in symptom_reports(view) if all(test(r) for test in tests))


def each_once(reports: Iterable[SymptomReport]) -> tuple[SymptomReport, ...]:
    """Return the reports in the same order, without those that two conditions took."""
    return tuple(dict.fromkeys(reports))


def aged(view: DiaryView, *wanted: Recency) -> Test:
    """Return a test for reports that began as long ago as one of these."""
    return lambda report: recency(report, view) in wanted


def stroke_sign(report: SymptomReport) -> bool:
    """Return whether a report, if it began within a day, is a sudden stroke sign."""
    if report.symptom in STROKE_UNLESS_GRADUAL and report.origin is not Origin.INTAKE:
        return not report.gradual
    return sudden_loss(report)


def sudden_loss(report: SymptomReport) -> bool:
    """Return whether a report is of a loss that came suddenly, whenever that was."""
    if report.symptom in STROKE_IF_SAID:
        return report.sudden_said
    if report.symptom in STROKE_IF_ONE_SIDED and report.one_sided:
        return report.sudden
    return report.symptom in STROKE and report.sudden


def began_within(report: SymptomReport, view: DiaryView, days: int) -> bool:
    """Return whether a report names a start, no more days ago than this."""
    return report.began_on is not None and (view.today - report.began_on).days <= days
