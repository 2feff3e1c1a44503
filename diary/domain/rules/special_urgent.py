"""Urgent rules for two situations in which common signs weigh more: U11 and U12."""

from datetime import timedelta

from diary.domain.entries import HistoryStatus
from diary.domain.findings import Finding
from diary.domain.rules.history import CHILDBEARING, brought_on_by, conditions
from diary.domain.rules.signs import SIGHT_CHANGE, Test, found, of
from diary.domain.rules.spoken import urgently
from diary.domain.symptom_reports import WEEK_DAYS, Origin, SymptomReport
from diary.domain.view import DiaryView

INJURY_DAYS = 28  # days after a blow in which a new sign is put down to it; choice

PRESSURE = SIGHT_CHANGE | {"severe_headache", "high_blood_pressure"}
WITH_HEADACHE = frozenset({"swelling", "fluid_retention", "vomiting", "abdominal_pain"})
AFTER_A_BLOW = SIGHT_CHANGE | {
    "awareness_lapse",
    "balance_loss",
    "confusion",
    "ear_discharge",
    "hearing_change",
    "memory_loss",
    "severe_headache",
    "sleepiness",
    "unequal_pupils",
    "vomiting",
}


def in_pregnancy(view: DiaryView) -> Finding | None:
    """Return U11: in pregnancy or after birth, a severe headache, changed sight or high pressure.

    An ordinary headache counts with swelling, vomiting or belly pain. Told within 7 days and not
    begun more than 28 days ago. Source: choice of the project; it is not about twitching, but must
    not be passed over.
    """
    if not conditions(view) & CHILDBEARING:
        return None
    signs = found(view, of(PRESSURE), _new(view))
    headache, others = found(view, of({"headache"}), _new(view)), found(view, of(WITH_HEADACHE))
    return urgently("U11", view, signs or ((*headache, *others) if headache and others else ()))


def after_a_blow(view: DiaryView) -> Finding | None:
    """Return U12: within 28 days of a blow to the head, a sign that something was hurt inside.

    Vomiting, sleepiness, confusion, a severe headache, changed sight, hearing or pupils, fluid from
    an ear, unsteadiness, gaps in awareness or memory. The blow is a head injury on record with that
    date, or one that the intake names as what brought it on. Source: choice of the project.
    """
    if not _hurt_lately(view):
        return None
    return urgently("U12", view, found(view, of(AFTER_A_BLOW), _new(view)))


def _hurt_lately(view: DiaryView) -> bool:
    since = view.today - timedelta(days=INJURY_DAYS)
    dated = any(
        item.item == "head_trauma"
        and item.status is HistoryStatus.PRESENT
        and item.since is not None
        and item.since.day >= since
        for item in view.history
    )
    problem = view.problem
    if problem is None:
        return dated
    hurt = brought_on_by(view, "trauma")
    hurt = hurt or any(h.item == "head_trauma" and h.present for h in problem.history)
    onset = problem.first_day_latest
    return dated or (hurt and (onset or problem.asked_on) >= since)


def _new(view: DiaryView) -> Test:
    def is_new(report: SymptomReport) -> bool:
        lately = (view.today - report.reported_on).days <= WEEK_DAYS
        began = report.began_on
        if began is None:
            return lately and report.origin is Origin.INTAKE
        return lately and (view.today - began).days <= INJURY_DAYS

    return is_new
