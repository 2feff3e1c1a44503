"""The daily check-in as a form and its answers; the link ids are the fields of the record."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from diary.domain.entries import CheckIn
from diary.domain.vocabulary import (
    IMPACT_LEVELS,
    INTERFERES,
    ONSETS,
    REMEDIES,
    SIDES,
    SYMPTOMS,
    TRIGGERS,
    TWITCHED,
    Code,
    CodeList,
)
from reports.render.fhir.base import Json, Scope, date_time, instant, text_of
from reports.render.fhir.codes import BASE, local_system

FORM_VERSION = "1"
FORM_URL = f"{BASE}/Questionnaire/check-in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question: its link id, its type in FHIR, and the list its answers are chosen from."""

    name: str
    type: str
    codes: CodeList[Code] | None = None
    repeats: bool = False
    fields: "tuple[Field, ...]" = ()


SYMPTOM_FIELDS = (
    Field(name="symptom", type="choice", codes=SYMPTOMS),
    Field(name="present", type="boolean"),
    Field(name="onset", type="choice", codes=ONSETS),
    Field(name="began_on", type="date"),
    Field(name="ongoing", type="boolean"),
    Field(name="side", type="choice", codes=SIDES),
    Field(name="recurs", type="boolean"),
)
FACTOR_FIELDS = (
    Field(name="factor", type="choice", codes=TRIGGERS),
    Field(name="present", type="boolean"),
    Field(name="own_label", type="string"),
    Field(name="amount", type="decimal"),
    Field(name="unit", type="string"),
)
REMEDY_FIELDS = (
    Field(name="remedy", type="choice", codes=REMEDIES),
    Field(name="own_label", type="string"),
    Field(name="helped", type="boolean"),
)
FORM = (
    Field(name="date", type="date"),
    Field(name="twitched", type="choice", codes=TWITCHED),
    Field(name="warning_signs_asked", type="boolean"),
    Field(name="symptoms", type="group", repeats=True, fields=SYMPTOM_FIELDS),
    Field(name="caffeine_mg", type="integer"),
    Field(name="sleep_hours", type="decimal"),
    Field(name="stress", type="integer"),
    Field(name="ill", type="boolean"),
    Field(name="alcohol_units", type="decimal"),
    Field(name="screen_hours", type="decimal"),
    Field(name="exercise_minutes", type="integer"),
    Field(name="low_fluid", type="boolean"),
    Field(name="medicines_changed", type="boolean"),
    Field(name="factors", type="group", repeats=True, fields=FACTOR_FIELDS),
    Field(name="impact", type="choice", codes=IMPACT_LEVELS),
    Field(name="interferes", type="choice", codes=INTERFERES, repeats=True),
    Field(name="distress", type="integer"),
    Field(name="remedies", type="group", repeats=True, fields=REMEDY_FIELDS),
    Field(name="note", type="text"),
)
VALUE = {
    "boolean": "valueBoolean",
    "choice": "valueCoding",
    "date": "valueDate",
    "decimal": "valueDecimal",
    "integer": "valueInteger",
    "string": "valueString",
    "text": "valueString",
}


def form(scope: Scope) -> Json:
    """Return the questionnaire; its link ids are stable, its texts follow the language."""
    return {
        "resourceType": "Questionnaire",
        "id": scope.id_of("Questionnaire", FORM_VERSION),
        "url": FORM_URL,
        "version": FORM_VERSION,
        "title": scope.words.fixed("form"),
        "status": "active",
        "subjectType": ["Patient"],
        "item": [_question(scope, field) for field in FORM],
    }


def response(scope: Scope, check_in: CheckIn) -> Json:
    """Return one check-in. What was not answered has no item; a note only when it was ticked."""
    recorded, received = check_in.recorded, check_in.received_at
    authored = date_time(recorded, check_in.local_date) if recorded else None
    return {
        "resourceType": "QuestionnaireResponse",
        "id": scope.id_of("CheckIn", check_in.id),
        "questionnaire": f"{FORM_URL}|{FORM_VERSION}",
        "status": "completed",
        "subject": scope.patient,
        "authored": authored or (instant(received) if received else None),
        "author": scope.reporter(check_in.reported_by),
        "source": scope.reporter(check_in.reported_by),
        "item": [
            item for field in FORM for item in _items(scope, field, _said(check_in, field.name))
        ],
    }


def _question(scope: Scope, field: Field, group: str = "") -> Json:
    link = f"{group}{field.name}"
    return {
        "linkId": link,
        "text": scope.words.answer(field.name),
        "type": field.type,
        "repeats": field.repeats or None,
        "answerOption": [{"valueCoding": each} for each in _choices(scope, field)],
        "item": [_question(scope, inner, f"{link}.") for inner in field.fields],
    }


def _said(check_in: CheckIn, name: str) -> Any:
    if name == "date":
        return check_in.local_date.isoformat()
    if name == "impact":
        return None if check_in.impact is None else IMPACT_LEVELS.codes[check_in.impact]
    return getattr(check_in, name)


def _items(scope: Scope, field: Field, said: Any, group: str = "") -> list[Json]:
    """Return the items of one question: none without an answer, one per row of a group."""
    link = f"{group}{field.name}"
    if field.type == "group":
        return [{"linkId": link, "item": _row(scope, field, row, link)} for row in said]
    answers = said if isinstance(said, tuple) else (said,)
    given = [_answer(scope, field, answer) for answer in answers if answer not in (None, "")]
    return [{"linkId": link, "answer": given}] if given else []


def _row(scope: Scope, group: Field, row: object, link: str) -> list[Json]:
    return [
        item
        for field in group.fields
        for item in _items(scope, field, getattr(row, field.name), f"{link}.")
    ]


def _answer(scope: Scope, field: Field, said: Any) -> Json:
    if field.codes is not None:
        said = _coding(scope, field.codes, said)
    elif field.type in {"string", "text"}:
        said = text_of(said)
    elif isinstance(said, date):
        said = said.isoformat()
    return {VALUE[field.type]: said}


def _choices(scope: Scope, field: Field) -> list[Json]:
    codes = field.codes
    return [] if codes is None else [_coding(scope, codes, code) for code in codes.codes]


def _coding(scope: Scope, codes: CodeList[Code], code: str) -> Json:
    entry = codes.get(code)
    display = entry.label(scope.words.language) if entry else ""
    return {"system": local_system(codes.name), "code": code, "display": display}
