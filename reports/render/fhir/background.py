"""Medicines, the past, tests done and remedies tried, all as the patient told them."""

from collections.abc import Iterator
from datetime import date

from diary.domain.entries import (
    DoseChange,
    HistoryItem,
    HistoryKind,
    HistoryStatus,
    Medication,
    RemedyTrial,
    StatedMedicine,
)
from diary.domain.vocabulary import (
    HISTORY,
    MEDICINE_CLASSES,
    REMEDIES,
    REMEDY_RATINGS,
    TEST_RESULTS,
    TESTS,
)
from reports.domain.inputs import ReportDiary
from reports.domain.sections.background import taken_on
from reports.render.fhir.base import Json, Scope, observation, partial, text_of
from reports.render.fhir.codes import standard
from reports.render.fhir.components import component

RAISED = "raised"


# Medicines ------------------------------------------------------------------------------------


def medication(scope: Scope, course: Medication) -> Json:
    """Return one course; dates are as exact as the patient knew them."""
    return {
        "resourceType": "MedicationStatement",
        "id": scope.id_of("Medication", course.id),
        "status": _status(course, scope.record.diary.end),
        "medicationCodeableConcept": _medicine(scope, course.medicine_class, course.name),
        "subject": scope.patient,
        "effectivePeriod": {"start": partial(course.started), "end": partial(course.stopped)},
        "informationSource": scope.patient,
        "note": [_dose_change(scope, change) for change in course.dose_changes],
        "dosage": [{"text": text_of(course.dose), "asNeededBoolean": course.as_needed or None}],
    }


def told_medicines(diary: ReportDiary) -> tuple[tuple[int, StatedMedicine], ...]:
    """Return the intake's medicines that have no course of their own, with their place in it."""
    known = {course.name.casefold() for course in diary.medications}
    stated = diary.problem.medicines if diary.problem else ()
    return tuple(
        (place, each)
        for place, each in enumerate(stated)
        if not each.name or each.name.casefold() not in known
    )


def told_medicine(scope: Scope, place: int, stated: StatedMedicine) -> Json:
    """Return a medicine that the intake names."""
    return {
        "resourceType": "MedicationStatement",
        "id": scope.id_of("ToldMedicine", place),
        "status": "stopped" if stated.stopped else "active",
        "medicationCodeableConcept": _medicine(scope, stated.medicine_class, stated.name),
        "subject": scope.patient,
        "informationSource": scope.patient,
    }


def _medicine(scope: Scope, medicine_class: str, name: str) -> Json:
    concept = scope.concept(MEDICINE_CLASSES, medicine_class, name)
    return concept if concept["text"] else {"text": scope.words.fixed("unnamed_medicine")}


def _status(course: Medication, day: date) -> str:
    if taken_on(course, day):
        return "active"
    return "stopped" if course.stopped is not None and course.stopped.day <= day else "intended"


def _dose_change(scope: Scope, change: DoseChange) -> Json:
    words = scope.words
    said = words.dose_raised if change.direction == RAISED else words.dose_lowered
    return {"time": partial(change.changed), "text": text_of(said(change.dose))}


# The past -------------------------------------------------------------------------------------


def history(diary: ReportDiary, kind: HistoryKind) -> Iterator[tuple[str, HistoryItem]]:
    """Yield what is said to be there, by kind, the intake's answers after the items."""
    items = [i for i in diary.history if i.kind is kind and i.status is HistoryStatus.PRESENT]
    yield from ((str(item.id), item) for item in items)
    named = {(item.item, item.own_label) for item in items}
    for place, item in enumerate(_told(diary)):
        if item.kind is kind and (item.item, item.own_label) not in named:
            yield f"told:{place}", item


def none_known(diary: ReportDiary, kind: HistoryKind) -> bool:
    """Return whether the patient was asked for this kind and knows of none."""
    return any(i.kind is kind and i.status is HistoryStatus.NONE_KNOWN for i in diary.history)


def _told(diary: ReportDiary) -> Iterator[HistoryItem]:
    """Yield the intake's history and tests as items."""
    problem = diary.problem
    if problem is None:
        return
    for answer in problem.history:
        known = HISTORY.get(answer.item)
        kind = known.kind if known else HistoryKind.CONDITION
        if answer.present:
            yield HistoryItem(
                id=problem.id, kind=kind, item=answer.item, own_label=answer.own_label
            )
    for test in problem.tests:
        yield HistoryItem(
            id=problem.id,
            kind=HistoryKind.TEST,
            item=test.test,
            since=test.done,
            result=test.result,
        )


def past(scope: Scope, key: str, item: HistoryItem) -> Json:
    """Return one item of the past: condition, procedure, test or family history."""
    builders = {
        HistoryKind.CONDITION: _condition,
        HistoryKind.SURGERY: _procedure,
        HistoryKind.TEST: _test,
        HistoryKind.FAMILY: _family,
    }
    return {**builders[item.kind](scope, item), "id": scope.id_of("Past", key)}


def _condition(scope: Scope, item: HistoryItem) -> Json:
    return {
        "resourceType": "Condition",
        "verificationStatus": standard("condition-ver-status", "unconfirmed"),
        "code": what(scope, item),
        "subject": scope.patient,
        "onsetDateTime": partial(item.since),
        "recorder": scope.patient,
        "asserter": scope.patient,
    }


def _procedure(scope: Scope, item: HistoryItem) -> Json:
    return {
        "resourceType": "Procedure",
        "status": "completed",
        "code": what(scope, item),
        "subject": scope.patient,
        "performedDateTime": partial(item.since),
        "asserter": scope.patient,
    }


def _test(scope: Scope, item: HistoryItem) -> Json:
    result = scope.concept(TEST_RESULTS, item.result) if item.result else None
    return observation(scope, "Past", item.id, what(scope, item)) | {
        "effectiveDateTime": partial(item.since),
        "valueCodeableConcept": result,
    }


def _family(scope: Scope, item: HistoryItem) -> Json:
    relative = {"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "FAMMEMB"}
    return {
        "resourceType": "FamilyMemberHistory",
        "status": "partial",
        "patient": scope.patient,
        "relationship": {"coding": [relative]},
        "condition": [{"code": what(scope, item)}],
    }


def what(scope: Scope, item: HistoryItem) -> Json:
    """Return what an item of the past is about."""
    codes = TESTS if item.item in TESTS and item.kind is HistoryKind.TEST else HISTORY
    concept = scope.concept(codes, item.item, item.own_label)
    return concept if concept["text"] else {"text": scope.words.history_kinds[item.kind]}


# Remedies -------------------------------------------------------------------------------------


def remedy_trial(scope: Scope, trial: RemedyTrial) -> Json:
    """Return a remedy kept up for a while with the patient's own rating."""
    stopped = trial.stopped_on.isoformat() if trial.stopped_on else None
    rating = scope.concept(REMEDY_RATINGS, trial.rating) if trial.rating else None
    remedy = scope.concept(REMEDIES, trial.remedy, trial.own_label)
    return observation(scope, "Trial", trial.id, scope.answer("remedy_trial")) | {
        "effectivePeriod": {"start": trial.started_on.isoformat(), "end": stopped},
        "valueCodeableConcept": rating,
        "component": [component(scope.answer("remedy"), valueCodeableConcept=remedy)],
    }
