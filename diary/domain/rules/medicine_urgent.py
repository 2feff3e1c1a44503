"""Urgent rules on medicines: U5 for spasms after a dopamine blocker, U10 for a bad reaction."""

from collections.abc import Iterable, Sequence
from datetime import date

from diary.domain.entries import DatePrecision, Episode, Medication, Problem
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, finding
from diary.domain.rules.history import blocks_dopamine, medicine_classes, taken_lately
from diary.domain.rules.signs import Test, found, of
from diary.domain.rules.spoken import SAME_DAY_HOURS, urgently
from diary.domain.symptom_reports import WEEK_DAYS, Recency, SymptomReport, recency
from diary.domain.view import DiaryView

DYSTONIA_DAYS = 7  # after start or rise of a dopamine blocker; review of drug-induced movements
SIGN_DAYS = 28  # days; a sign that is older than this is no new reaction; choice
REACTION_DAYS = 14  # a reaction to a changed medicine begins within days; choice

DYSTONIC_SYMPTOMS = frozenset(
    {
        "jaw_cramp",
        "throat_spasm",
        "neck_stiffness",
        "eye_closes",
        "neck_twisting",
        "body_twisting",
        "eyes_roll_up",
    }
)
DYSTONIC_SITES = frozenset({"jaw", "tongue", "neck", "eyelid", "upper_eyelid", "lower_eyelid"})
# Here any movement soon after such a medicine counts, but for a fine trembling.
MOVING_SITES = frozenset({"jaw", "tongue", "neck", "throat"})
FINE = frozenset({"tremor", "quiver", "rippling", ""})
SUSTAINED = frozenset({"spasm", "contraction"})

LITHIUM = "lithium"
# Medicines that raise serotonin, alone or with each other.
SEROTONERGIC = frozenset(
    {
        "ssri_snri",
        "tricyclic_antidepressant",
        "psychiatric_medication",
        "opioid",
        "stimulant",
        "migraine_reliever",
        LITHIUM,
    }
)
JERKS = frozenset({"jerk", "spasm", "shaking", "tremor", "contraction"})
SHAKING_SIGNS = frozenset(
    {"hand_tremor", "body_tremor", "chin_or_jaw_tremor", "involuntary_body_movements", "stiffness"}
)
FEVERISH = frozenset({"fever", "confusion", "hallucinations"})
UPSET = frozenset({"sweating", "restlessness", "diarrhea", "vomiting", "chills"})
LITHIUM_SIGNS = frozenset(
    {
        "vomiting",
        "diarrhea",
        "balance_loss",
        "coordination_change",
        "slurred_speech",
        "confusion",
        "sleepiness",
        "movement_difficulties",
    }
)
RIGID = frozenset({"stiffness", "jaw_cramp", "swallowing_difficulty", "body_twisting", "confusion"})


def drug_dystonia(view: DiaryView) -> Finding | None:
    """Return U5: a spasm, or a movement of jaw, tongue or neck, soon after a dopamine blocker.

    Soon is within 7 days of a start or a rise known to the day. A blocker whose start is unsaid may
    be a new one: with it, what is new counts, and so does a sustained spasm that the intake links
    to a change of medicine. A fine trembling, and a lid that only twitches, do not count. Source:
    review of movement disorders caused by medicines; What Causes Lip Twitching, "involuntary muscle
    contractions".
    """
    changes = _dopamine_changes(view.medications)
    may_be_new = _takes_blocker_since_unsaid(view)
    reports = tuple(
        r
        for r in found(view, of(DYSTONIC_SYMPTOMS), _lately(view))
        if _follows(r.began_on, changes) or (may_be_new and _may_have_begun(r, view))
    )
    moving = tuple(
        e
        for e in view.episodes
        if _this_week(e.local_date, view) and _dystonic(e) and _follows(e.local_date, changes)
    )
    told = view.problem if _told_dystonia(view) else None
    if not (reports or moving or told):
        return None
    movements = [str(entry.id) for entry in (*moving, *([told] if told else ()))]
    numbers = {
        "reports": len(reports) + len(movements),
        "movements": movements,
        "within_hours": SAME_DAY_HOURS,
    }
    ground = Ground(reports=reports, logged=moving, intake=told)
    return finding("U5", Level.URGENT, Addressee.PRESCRIBER, view, ground, numbers)


def medicine_reaction(view: DiaryView) -> Finding | None:
    """Return U10: jerking, shaking or stiffness with fever or a body upset, on such a medicine.

    Medicines that raise serotonin: two of them, one changed within 14 days or a change that the
    intake names, with fever, confusion or seeing things; or a change with two of sweating,
    restlessness, diarrhea, vomiting and chills (one where it jerks). Lithium: shaking with
    vomiting, diarrhea, unsteadiness, slurred speech or sleepiness. Dopamine blockers: fever with
    stiffness, locked jaw, trouble swallowing or confusion. All told within 7 days and not begun
    more than 28 days ago. Source: review of movement disorders caused by medicines; choice of the
    project.
    """
    return urgently("U10", view, _serotonin(view) or _lithium(view) or _rigid_fever(view))


def _serotonin(view: DiaryView) -> tuple[SymptomReport, ...]:
    classes = medicine_classes(view) & SEROTONERGIC
    if not classes or not _shakes(view):
        return ()
    changed, feverish = _changed_lately(view), _new_signs(view, FEVERISH)
    if feverish and (changed or _two_of(view)):
        return feverish
    upset = _new_signs(view, UPSET)
    enough = 1 if _moves(view, frozenset({"jerk"})) else 2
    return upset if changed and len({r.symptom for r in upset}) >= enough else ()


def _lithium(view: DiaryView) -> tuple[SymptomReport, ...]:
    return (
        _new_signs(view, LITHIUM_SIGNS)
        if LITHIUM in medicine_classes(view) and _shakes(view)
        else ()
    )


def _rigid_fever(view: DiaryView) -> tuple[SymptomReport, ...]:
    if not any(blocks_dopamine(taken) for taken in medicine_classes(view)):
        return ()
    fever, rigid = _new_signs(view, frozenset({"fever"})), _new_signs(view, RIGID)
    return (*fever, *rigid) if fever and rigid else ()


def _shakes(view: DiaryView) -> bool:
    return _moves(view, JERKS) or bool(_new_signs(view, SHAKING_SIGNS))


def _moves(view: DiaryView, movements: frozenset[str]) -> bool:
    told = view.problem
    if told and told.movement in movements and told.still_present is not False:
        return True
    return any(e.movement in movements and _this_week(e.local_date, view) for e in view.episodes)


def _two_of(view: DiaryView) -> bool:
    """Tell whether two such medicines are on record; two names of one class are two."""
    stated = view.problem.medicines if view.problem else ()
    names = {(m.medicine_class, m.name.casefold()) for m in stated if not m.stopped}
    names |= {(m.medicine_class, m.name.casefold()) for m in view.medications if m.stopped is None}
    return len({pair for pair in names if pair[0] in SEROTONERGIC}) > 1


def _changed_lately(view: DiaryView) -> bool:
    medicines = [m for m in view.medications if m.medicine_class in SEROTONERGIC]
    changes = _changes(medicines)
    if any(0 <= (view.today - day).days <= REACTION_DAYS for day in changes):
        return True
    return view.problem is not None and _names_a_change(view.problem)


def _new_signs(view: DiaryView, names: frozenset[str]) -> tuple[SymptomReport, ...]:
    def is_new(report: SymptomReport) -> bool:
        began = report.began_on or view.today
        return report.ongoing is not False and (view.today - began).days <= SIGN_DAYS

    return found(view, of(names), _lately(view), is_new)


def _names_a_change(problem: Problem) -> bool:
    named = {"medication_change", "medication"}
    return any(t.factor in named and t.present for t in problem.triggers)


def _told_dystonia(view: DiaryView) -> bool:
    """Tell whether the intake is of a new movement of these places, or links a spasm to a change.

    A blocker that was taken and stopped counts for what is new: one dose is enough.
    """
    problem = view.problem
    if problem is None or not _this_week(problem.asked_on, view):
        return False
    dated = {m.medicine_class for m in view.medications if m.started is not None}
    if not any(blocks_dopamine(taken) for taken in taken_lately(view) - dated):
        return False
    sites = {s.site for s in problem.sites}
    onset = problem.first_day_latest
    if onset is None:
        linked = _names_a_change(problem) and problem.movement in SUSTAINED
        return linked and bool(sites & MOVING_SITES)
    new = (view.today - onset).days <= DYSTONIA_DAYS
    moving = problem.movement not in FINE and bool(sites & MOVING_SITES)
    return new and (moving or (problem.movement in SUSTAINED and bool(sites & DYSTONIC_SITES)))


def _dystonic(episode: Episode) -> bool:
    sites = {s.site for s in episode.sites}
    if episode.movement in SUSTAINED:
        return bool(sites & DYSTONIC_SITES)
    return episode.movement not in FINE and bool(sites & MOVING_SITES)


def _may_have_begun(report: SymptomReport, view: DiaryView) -> bool:
    return report.began_on is None or recency(report, view) in {Recency.NOW, Recency.WEEK}


def _lately(view: DiaryView) -> Test:
    return lambda report: _this_week(report.reported_on, view)


def _this_week(day: date, view: DiaryView) -> bool:
    return (view.today - day).days <= WEEK_DAYS


def _takes_blocker_since_unsaid(view: DiaryView) -> bool:
    dated = {m.medicine_class for m in view.medications if m.started is not None}
    return any(blocks_dopamine(taken) for taken in medicine_classes(view) - dated)


def _dopamine_changes(medications: Sequence[Medication]) -> tuple[date, ...]:
    return _changes(m for m in medications if blocks_dopamine(m.medicine_class))


def _changes(medications: Iterable[Medication]) -> tuple[date, ...]:
    chosen = tuple(medications)
    dates = [medication.started for medication in chosen]
    dates += [c.changed for m in chosen for c in m.dose_changes if c.direction == "raised"]
    return tuple(d.day for d in dates if d is not None and d.precision is DatePrecision.DAY)


def _follows(began: date | None, changes: Sequence[date]) -> bool:
    return began is not None and any(0 <= (began - day).days <= DYSTONIA_DAYS for day in changes)
