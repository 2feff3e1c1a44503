"""Signs that a treatment explains: a local anesthetic's (W10), and those near what was treated."""

from collections.abc import Iterable

from diary.domain.entries import CheckIn, Episode
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, finding
from diary.domain.rules.calm import BETTER
from diary.domain.rules.history import brought_on_by, conditions, medicine_classes
from diary.domain.rules.signs import FACE_WEAKNESS, LID_DROOP, found
from diary.domain.symptom_reports import Origin, SymptomReport
from diary.domain.view import DiaryView

# What a numbed jaw does; a weak or drooping face only with limbs or speech stated well.
NUMBED = frozenset({"numbness_at_site", "face_numbness", "lip_tingling", "drink_leaks", "drooling"})
ARM_OR_SPEECH = frozenset(
    {"one_sided_weakness", "limb_weakness", "speech_difficulty", "slurred_speech"}
)
# With any of these a hanging lid is more than a spread of what was injected.
NOT_THE_LID_ALONE = frozenset(
    {
        "double_vision",
        "unequal_pupils",
        "headache",
        "severe_headache",
        "swallowing_difficulty",
        "slurred_speech",
        "speech_difficulty",
        "breathing_difficulty",
        "weakness",
    }
)
# Near any of these a part of the face can be weak or numb for weeks.
FACE_SURGERY = frozenset({"facelift", "facial_cosmetic_surgery", "facial_surgery", "filler"})
INJURIES = ("trauma", "surgery", "dental_work")
FELT = frozenset({"face_numbness", "face_tingling", "lip_tingling", "numbness_at_site"})
NEAR_THE_TREATMENT = FACE_WEAKNESS | FELT
BEYOND_THE_FACE = (
    NOT_THE_LID_ALONE
    | ARM_OR_SPEECH
    | {"cannot_close_eye", "limb_numbness", "one_sided_numbness", "hand_tingling"}
    | {"balance_loss", "confusion", "vision_loss", "rash"}
)


def anesthetic(view: DiaryView) -> Finding | None:
    """Return W10: numb or dribbling lips on the day of dental work.

    The intake names the dental work, and both it and the signs are of the same day; a weak or
    drooping face counts only when it is getting better, or weak limbs or trouble speaking are
    stated absent. From the next day on the other rules speak. Source: choice of the project.
    """
    signs = found(view, lambda report: by_anesthetic(report, view))
    if not signs:
        return None
    numbers = {"reports": len(signs)}
    return finding("W10", Level.WATCH, Addressee.DENTIST, view, Ground(reports=signs), numbers)


def explained_by_treatment(report: SymptomReport, view: DiaryView) -> bool:
    """Return whether a treatment or a stated absence explains a sign that would be urgent."""
    return (
        by_anesthetic(report, view)
        or by_injection(report, view)
        or near_treatment(report, view)
        or _uneven_but_strong(report, view)
    )


def by_anesthetic(report: SymptomReport, view: DiaryView) -> bool:
    """Return whether a sign is of the hours after a local anesthetic at the dentist's."""
    problem = view.problem
    if problem is None or report.origin is not Origin.INTAKE or report.sudden_said:
        return False
    at_dentist = brought_on_by(view, "dental_work") or "local_anesthetic" in medicine_classes(view)
    same_day = report.began_on == problem.asked_on == view.today
    wears_off = problem.course in BETTER or bool(_absent(view) & ARM_OR_SPEECH)
    weak = report.symptom in FACE_WEAKNESS and wears_off
    return at_dentist and same_day and (report.symptom in NUMBED or weak)


def by_injection(report: SymptomReport, view: DiaryView) -> bool:
    """Return whether a hanging lid goes with botulinum toxin, double vision stated absent."""
    if report.symptom not in LID_DROOP or report.sudden_said:
        return False
    injected = "botulinum_toxin" in conditions(view) | medicine_classes(view)
    others = found(view, lambda r: r.symptom in NOT_THE_LID_ALONE)
    return injected and "double_vision" in _absent(view) and not others


def face_was_treated(view: DiaryView) -> bool:
    """Return whether an operation or injection of the face is told with the complaint.

    The intake names surgery as what brought it on and a face operation or filler in the history,
    or botulinum toxin is among the medicines taken now.
    """
    operated = brought_on_by(view, "surgery") and bool(conditions(view) & FACE_SURGERY)
    return operated or "botulinum_toxin" in medicine_classes(view)


def near_treatment(report: SymptomReport, view: DiaryView) -> bool:
    """Return whether a weak or numb face is told with an operation or injection there.

    Never for a sudden sign, one that was logged,
    an eye that does not close, or with any sign beyond the face.
    """
    if report.symptom not in NEAR_THE_TREATMENT or not _calmly_told(report, view):
        return False
    return face_was_treated(view)


def after_injury(report: SymptomReport, view: DiaryView) -> bool:
    """Return whether a changed feeling of the face is told with an injury or operation."""
    if report.symptom not in FELT or not _calmly_told(report, view):
        return False
    return any(brought_on_by(view, cause) for cause in INJURIES)


def _calmly_told(report: SymptomReport, view: DiaryView) -> bool:
    beyond = found(view, lambda r: r.symptom in BEYOND_THE_FACE)
    return report.origin is Origin.INTAKE and not report.sudden and not beyond


def _uneven_but_strong(report: SymptomReport, view: DiaryView) -> bool:
    """Tell whether an uneven face is said to be as strong as before."""
    strong = bool(_absent(view) & {"facial_weakness", "face_droop"})
    return report.symptom == "facial_asymmetry" and strong and not report.sudden


def _absent(view: DiaryView) -> frozenset[str]:
    """Return the symptoms that the newest word on them states absent."""
    entries: Iterable[Episode | CheckIn] = (*view.episodes, *view.check_ins)
    told = [(entry.local_date, s) for entry in entries for s in entry.symptoms]
    if view.problem:
        told += [(view.problem.asked_on, s) for s in view.problem.symptoms]
    newest = {s.symptom: s.present for _, s in sorted(told, key=lambda pair: pair[0])}
    return frozenset(symptom for symptom, present in newest.items() if not present)
