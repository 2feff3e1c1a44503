"""Emergency rules: signs for which the emergency number is called at once, even if they passed."""

from collections.abc import Sequence

from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, finding
from diary.domain.rules.history import ATTACK_HISTORY, PALSY_HISTORY, conditions
from diary.domain.rules.jerking import jerking_now
from diary.domain.rules.signs import (
    AIRWAY,
    BULBAR,
    DEFICIT_WITH_HEADACHE,
    FACE_WEAKNESS,
    SEIZURE,
    Test,
    aged,
    each_once,
    found,
    of,
    stroke_sign,
)
from diary.domain.symptom_reports import NOW_DAYS, Recency, SymptomReport, recency
from diary.domain.view import DiaryView

HEADACHE_COMPANIONS = frozenset({"vomiting", "neck_stiffness", "fever", "confusion"})
HEADACHE_COMPANIONS |= DEFICIT_WITH_HEADACHE
WEAK_BREATHING_DAYS = 28  # weakness that progresses within 4 weeks is urgent; NICE NG127
ALLERGIC = frozenset({"hives", "lip_swelling", "swelling", "rash"})


def stroke(view: DiaryView) -> Finding | None:
    """Return E1: a sudden stroke sign that began within a day, also when it has passed.

    Where a palsy of the face is on record, a droop counts only when it is said to be sudden.
    Source: FAST; What Causes Lip Twitching, "Sudden weakness or paralysis on one side".
    """
    return _emergency("E1", view, found(view, aged(view, Recency.NOW), taken_for_stroke(view)))


def taken_for_stroke(view: DiaryView) -> Test:
    """Return a test for reports that E1 takes when they began within a day.

    What it leaves, the urgent rules must take: with a palsy on record, a weak face of unsaid onset.
    """
    has_palsy = bool(conditions(view) & PALSY_HISTORY)

    def is_taken(report: SymptomReport) -> bool:
        explained = has_palsy and report.symptom in FACE_WEAKNESS and not report.sudden
        return stroke_sign(report) and not explained

    return is_taken


def sudden_headache(view: DiaryView) -> Finding | None:
    """Return E2: a severe headache within a day that came suddenly or with a companion sign.

    A headache not called severe counts when it came suddenly and with such a sign. Source: Lip
    Tremors: Causes and Concerns in Neurology, "severe headaches, seek immediate".
    """
    severe = found(view, of({"severe_headache"}), aged(view, Recency.NOW))
    companions = found(view, of(HEADACHE_COMPANIONS), aged(view, Recency.NOW))
    grounds = severe if companions else tuple(r for r in severe if r.sudden)
    if companions:
        sudden = found(view, of({"headache"}), aged(view, Recency.NOW), lambda r: r.sudden_said)
        grounds = (*grounds, *sudden)
    return _emergency("E2", view, grounds)


def seizure(view: DiaryView) -> Finding | None:
    """Return E3: a seizure or loss of consciousness within a day, whatever its onset.

    Or new jerking of the last day without a pause or for 5 minutes, not of the eyelid alone, with
    epilepsy, a stroke, brain tumor, operation or injury of the head on record, or of face and limb
    of one side. Known epilepsy changes the words, not the level. Source: What Causes Lip Twitching,
    "Seizures".
    """
    reports, jerking = found(view, of(SEIZURE), _attack(view)), jerking_now(view)
    if reports or not jerking:
        return _emergency("E3", view, reports)
    numbers = {"jerking": True, "within_days": NOW_DAYS}
    whom = Addressee.EMERGENCY_SERVICE
    return finding("E3", Level.EMERGENCY, whom, view, jerking.ground(), numbers)


def airway(view: DiaryView) -> Finding | None:
    """Return E4: trouble breathing, a throat spasm, or a swollen tongue or throat within a day.

    A tight throat counts with wheals or swelling. Trouble breathing of up to 28 days that is not
    over counts when a weakness of throat or eyes comes with it: trouble swallowing or speaking, a
    drooping lid or double vision. Source: NICE NG127 and patient information on low calcium;
    outside the five documents.
    """
    fresh = found(view, of(AIRWAY), _attack(view))
    tight = found(view, of({"throat_tightness"}), _attack(view))
    allergic = found(view, of(ALLERGIC), _attack(view))
    narrow = (*tight, *allergic) if tight and allergic else ()
    return _emergency("E4", view, (*fresh, *narrow, *_weak_breathing(view)))


def _weak_breathing(view: DiaryView) -> tuple[SymptomReport, ...]:
    """Return trouble breathing told lately, and weak throat or eyes told lately, if both are."""
    breathing, weak = (
        found(view, of(signs), _still(view)) for signs in ({"breathing_difficulty"}, BULBAR)
    )
    return (*breathing, *weak) if breathing and weak else ()


def _still(view: DiaryView) -> Test:
    return lambda report: (
        report.ongoing is not False
        and (view.today - report.reported_on).days <= NOW_DAYS
        and (report.began_on is None or (view.today - report.began_on).days <= WEAK_BREATHING_DAYS)
    )


def _attack(view: DiaryView) -> Test:
    """Attacks need no word on their onset; undated in a fresh intake they are taken as fresh."""
    return lambda report: (
        recency(report, view) is Recency.NOW
        or (report.began_on is None and (view.today - report.reported_on).days <= NOW_DAYS)
    )


def _emergency(rule: str, view: DiaryView, grounds: Sequence[SymptomReport]) -> Finding | None:
    reports = each_once(grounds)
    if not reports:
        return None
    numbers = {
        "reports": len(reports),
        "within_days": NOW_DAYS,
        "known_attacks": bool(conditions(view) & ATTACK_HISTORY),
    }
    addressee = Addressee.EMERGENCY_SERVICE
    return finding(rule, Level.EMERGENCY, addressee, view, Ground(reports=reports), numbers)
