"""The assessment: every finding weighed, and the questions whose answers could change it."""

from collections.abc import Sequence, Set
from dataclasses import replace
from types import MappingProxyType

from diary.domain.findings import Addressee, Assessment, Finding, Level, Question
from diary.domain.rules.base import Ask, Cadence, asked
from diary.domain.rules.history import medicine_classes
from diary.domain.rules.registry import (
    ASKED_OF_A_STATE,
    all_findings,
    remission_of,
    urgent_findings,
)
from diary.domain.rules.signs import found
from diary.domain.view import DiaryView

# The level an answer could lead to; a question is asked only while that is above the present one.
_COULD_REACH = MappingProxyType(
    {
        "one_sided_weakness": Level.EMERGENCY,
        "symptom_start": Level.EMERGENCY,
        "limb_numbness": Level.URGENT,
        "face_droop": Level.URGENT,
        "medicines": Level.SEE_DOCTOR,
        "first_day": Level.SEE_DOCTOR,
        "other_sites": Level.SEE_DOCTOR,
        "triggers": Level.WATCH,
    }
)
_FIELDS = MappingProxyType(
    {
        "one_sided_weakness": "symptoms",
        "symptom_start": "symptoms",
        "limb_numbness": "symptoms",
        "face_droop": "symptoms",
        "medicines": "medicines",
        "first_day": "first_day",
        "other_sites": "sites",
        "triggers": "triggers",
    }
)
# These say that it was nothing, is over or settles.
_CALMING = frozenset({"R1", "W9", "X1"})


def assess(
    view: DiaryView, *, cadences: Set[Cadence] = ASKED_OF_A_STATE, ask: Ask = asked
) -> Assessment:
    """Return the level and addressee of the strongest finding, all findings and open questions.

    With nothing recorded the level is WATCH: reassurance rests on recorded quiet days only. In a
    `diary_only` profile only emergency and urgent findings are told. The weekly rules are asked of
    a report alone, which raises no alert: its view carries the tests, see `with_tests`.
    """
    findings = _told(view, cadences, ask)
    level, addressee = _strongest(findings)
    return Assessment(
        level=level,
        addressee=addressee,
        findings=findings,
        questions=_questions(view, level),
    )


def with_unchecked(assessment: Assessment, unchecked: Sequence[str]) -> Assessment:
    """Return the assessment where these rules failed: they are named, and nothing calms."""
    if not unchecked:
        return assessment
    findings = tuple(each for each in assessment.findings if each.rule not in _CALMING)
    level, addressee = _strongest(findings)
    return replace(
        assessment,
        level=level,
        addressee=addressee,
        findings=findings,
        unchecked=tuple(unchecked),
    )


def _told(view: DiaryView, cadences: Set[Cadence], ask: Ask) -> tuple[Finding, ...]:
    if view.person.diary_only:
        return urgent_findings(view, ask=ask)
    findings = all_findings(view, cadences=cadences, ask=ask)
    over = remission_of(view, ask=ask)
    if over is None:
        return findings
    # A bout that has proved to be over is no longer "settling" or "too little recorded".
    kept = tuple(f for f in findings if f.rule not in {"W8", "W9", "R1"})
    return (*kept, over)


def _strongest(findings: Sequence[Finding]) -> tuple[Level, Addressee]:
    if not findings:
        return Level.WATCH, Addressee.NONE
    return findings[0].level, findings[0].addressee


def _questions(view: DiaryView, level: Level) -> tuple[Question, ...]:
    if view.person.diary_only:
        return ()
    return tuple(
        Question(code=code, field=_FIELDS[code])
        for code in _unanswered(view)
        if _COULD_REACH[code] > level
    )


def _unanswered(view: DiaryView) -> list[str]:
    asked = _answered_symptoms(view)
    problem = view.problem
    open_questions = [
        code for code in ("one_sided_weakness", "limb_numbness", "face_droop") if code not in asked
    ]
    if found(view, lambda report: not report.date_stated and report.began_on is None):
        open_questions.append("symptom_start")
    if problem is None or problem.first_day_latest is None:
        open_questions.append("first_day")
    if not medicine_classes(view) and not (problem and problem.medicines):
        open_questions.append("medicines")
    if problem is None or not problem.sites:
        open_questions.append("other_sites")
    if problem is None or not problem.triggers:
        open_questions.append("triggers")
    return sorted(open_questions, key=list(_COULD_REACH).index)


def _answered_symptoms(view: DiaryView) -> frozenset[str]:
    entries = (*view.episodes, *view.check_ins, *([view.problem] if view.problem else ()))
    return frozenset(s.symptom for entry in entries for s in entry.symptoms)
