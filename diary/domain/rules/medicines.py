"""Rules on medicines: N14 for dopamine blockers, W4 for a medicine that may bring twitching."""

from datetime import date, timedelta

from diary.domain.bouts import Bout, current_bout, site_groups
from diary.domain.entries import DatePrecision, Medication, Problem
from diary.domain.findings import Addressee, EvidenceFrom, Finding, Level
from diary.domain.rules.base import Ground, finding
from diary.domain.rules.calm import BETTER, is_twitching
from diary.domain.rules.history import blocks_dopamine, medicine_classes
from diary.domain.view import DiaryView
from diary.domain.vocabulary.medicines import MEDICINE_CLASSES
from diary.domain.vocabulary.sites import SiteGroup

LONG_EXPOSURE_DAYS = 90  # days on a dopamine blocker; "at least a few months"
MOUTH = frozenset({SiteGroup.LOWER, SiteGroup.OTHER_FACE, SiteGroup.FACE})
LOWERS_CALCIUM = frozenset({"denosumab"})


def dopamine_blocker(view: DiaryView) -> Finding | None:
    """Return N14: movements of mouth, jaw or tongue while on a dopamine blocker for 90 days.

    A medicine of the intake has no date and counts as long enough, and so does a medicine for
    mental health of unsaid kind. Source: What Causes Lip Twitching, "Long-term use of some
    medications".
    """
    if not _mouth_moves(view):
        return None
    stated = view.problem.medicines if view.problem else ()
    told = any(
        blocks_dopamine(m.medicine_class) or m.medicine_class == "psychiatric_medication"
        for m in stated
        if not m.stopped
    )
    kept = any(_long_on_blocker(m, view.today) for m in view.medications)
    if not told and not kept:
        return None
    return finding(
        "N14",
        Level.SEE_DOCTOR,
        Addressee.PRESCRIBER,
        view,
        Ground(bout=current_bout(view), intake=view.problem if told else None),
        {"threshold_days": LONG_EXPOSURE_DAYS},
    )


def suspected_medicine(view: DiaryView) -> Finding | None:
    """Return W4: the bout began within 28 days of a start or rise, or the intake names a medicine.

    Or it began while a course was taken, or within 28 days of its end; a course is begun at most 90
    days before the bout. When the person links it to a change of medicine, or the medicine lowers
    calcium, the level is a visit, not watching. An intake that says it gets better speaks for
    itself, not for a bout that is logged. Never advises to stop. Source: Lip Twitching: When to See
    a Neurologist, "certain medications may exacerbate twitching"; NHS; Lip Tremors: Causes and
    Concerns in Neurology, "on corticosteroids for six weeks".
    """
    problem, bout = _present_problem(view), current_bout(view)
    if bout and bout.evidence_from is EvidenceFrom.INTAKE and problem is None:
        bout = None
    if problem is None and bout is None:
        return None
    linked = problem is not None and any(
        t.factor == "medication_change" and t.present for t in problem.triggers
    )
    told = problem is not None and any(_suspect(m.medicine_class) for m in problem.medicines)
    started = bout is not None and _changed_before(bout, view)
    course = bout is not None and _course_before(bout, view)
    calcium = bool(medicine_classes(view) & LOWERS_CALCIUM)
    if not (linked or told or started or course or calcium):
        return None
    return finding(
        "W4",
        Level.SEE_DOCTOR if linked or calcium else Level.WATCH,
        Addressee.PRESCRIBER,
        view,
        Ground(bout=bout, intake=problem if told or linked else None),
        {
            "within_days": view.thresholds.medicine_days,
            "course": course and not (linked or told or started or calcium),
        },
    )


def _present_problem(view: DiaryView) -> Problem | None:
    problem = view.problem
    if problem is None or problem.course in BETTER or not is_twitching(problem):
        return None
    return problem


def _mouth_moves(view: DiaryView) -> bool:
    sites = [s for e in view.episodes for s in e.sites]
    sites += view.problem.sites if view.problem else ()
    return bool(site_groups(sites) & MOUTH)


def _suspect(medicine_class: str) -> bool:
    known = MEDICINE_CLASSES.get(medicine_class)
    return known is not None and known.may_cause_twitching


def _long_on_blocker(medication: Medication, today: date) -> bool:
    if not blocks_dopamine(medication.medicine_class) or medication.started is None:
        return False
    until = medication.stopped.day if medication.stopped else today
    return (until - medication.started.day).days >= LONG_EXPOSURE_DAYS


def _changed_before(bout: Bout, view: DiaryView) -> bool:
    earliest = bout.first_day - timedelta(days=view.thresholds.medicine_days)
    return any(
        earliest <= day <= bout.first_day
        for medication in view.medications
        if _suspect(medication.medicine_class)
        for day in _changes(medication)
    )


def _course_before(bout: Bout, view: DiaryView) -> bool:
    """Tell whether a course was taken as the bout began, or had ended not long before."""
    begun_since = bout.first_day - timedelta(days=view.thresholds.medicine_course_days)
    taken_until = bout.first_day - timedelta(days=view.thresholds.medicine_days)
    return any(
        begun_since <= medication.started.day <= bout.first_day
        and (medication.stopped is None or medication.stopped.day >= taken_until)
        for medication in view.medications
        if _suspect(medication.medicine_class)
        and medication.started is not None
        and medication.started.precision is DatePrecision.DAY
    )


def _changes(medication: Medication) -> tuple[date, ...]:
    dates = [medication.started]
    dates += [c.changed for c in medication.dose_changes if c.direction == "raised"]
    return tuple(d.day for d in dates if d is not None and d.precision is DatePrecision.DAY)
