"""From a case to what a phone would send: a profile, the intake, the medicine list, an episode.

Every field has one general rule, listed in docs/evaluation.md; nothing is decided by case.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from diary.domain import vocabulary as words
from diary.domain.cases.fields import DiaryFields, Range
from diary.domain.cases.files import Case
from diary.domain.cases.impact import impact_data
from diary.domain.entries import HistoryKind
from diary.domain.wire.fields import EARLIEST_DATE
from diary.domain.wire.records import MAX_EPISODE_SECONDS, RecordType

Data = dict[str, Any]

EARLIEST_BIRTH_YEAR = 1900
ASKED_AT = "T12:00:00+00:00"  # noon UTC, where the date is the same for most of the world
STOPPED = "_stopped"
NORMAL_RESULTS = frozenset({"ct_no_tumor"})  # normal results that do not say so in their name
ABNORMAL_RESULTS = frozenset({"scan_vessel_contact"})
_EPISODE_FLAGS = ("asleep", "at_rest", "eyes_closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecord:
    """One record as a phone sends it: its type and its wire data."""

    type: RecordType
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecords:
    """What one case becomes: wire data of the profile, then records in the order of writing."""

    profile: Mapping[str, Any]
    records: tuple[CaseRecord, ...]


def records_of(case: Case, *, asked_on: date) -> CaseRecords:
    """Return the case as profile and records, told on `asked_on`.

    Raises UnknownToken, UnknownField or MalformedCase when the diary says something
    that has no place; nothing is dropped silently. The doctor's answer and the texts about the case
    are not looked at.
    """
    fields = DiaryFields(case.id, case.diary)
    records = [
        CaseRecord(type=RecordType.PROBLEM, data=_intake(fields, case, asked_on)),
        *(CaseRecord(type=RecordType.MEDICATION, data=item) for item in _medicine_list(fields)),
        *(CaseRecord(type=RecordType.EPISODE, data=item) for item in _episodes(fields, asked_on)),
    ]
    return CaseRecords(profile=_profile(case, asked_on), records=tuple(records))


def _profile(case: Case, asked_on: date) -> Data:
    born = None if case.age is None else max(EARLIEST_BIRTH_YEAR, asked_on.year - case.age)
    return {"birth_year": born, "sex": case.sex, "time_zone": "UTC"}


def _intake(fields: DiaryFields, case: Case, asked_on: date) -> Data:
    first_day = _first_day(fields, asked_on)
    return {
        "asked_on": asked_on.isoformat(),
        "first_day_earliest": first_day and first_day[0].isoformat(),
        "first_day_latest": first_day and first_day[1].isoformat(),
        "onset": fields.choice("onset_type", words.ONSETS),
        "still_present": fields.flag("still_present"),
        "course": fields.choice("course", words.COURSES),
        **_movement(fields),
        "seconds_per_bout": _number_range(fields.span("episode_duration_s")),
        "bouts_per_day": _number_range(fields.span("episodes_per_day")),
        "symptoms": _symptoms(fields, asked_on),
        "triggers": _triggers(fields),
        "remedies": [{"remedy": code} for code in fields.codes("remedies_tried", words.REMEDIES)],
        "medicines": _medicines(fields),
        "tests": _tests(fields),
        "history": [{"item": code} for code in fields.codes("history", words.HISTORY)],
        "reported_by": case.reporter.value,
        **impact_data(fields.text("impact")),
    }


def _movement(fields: DiaryFields) -> Data:
    """Return the fields that intake and episode share."""
    return {
        "sites": _each_once(_site(fields, *pair) for pair in fields.sites()),
        "movement": fields.choice("movement", words.MOVEMENTS),
        "visible": fields.flag("visible"),
        "continuous": fields.flag("continuous"),
        "contexts": list(fields.codes("context", words.CONTEXTS)),
    }


def _site(fields: DiaryFields, site: object, side: object) -> Data:
    return {
        "site": fields.code(words.SITES, "site", site),
        "side": None if side is None else fields.code(words.SIDES, "side", side),
    }


def _first_day(fields: DiaryFields, asked_on: date) -> tuple[date, date] | None:
    span = fields.span("onset_days_before_question")
    if span is None:
        return None
    return _days_before(asked_on, span[1], math.ceil), _days_before(asked_on, span[0], math.floor)


def _days_before(day: date, count: float, whole: Callable[[float], int]) -> date:
    reach = (day - EARLIEST_DATE).days
    return day - timedelta(days=min(whole(count), reach))


def _number_range(span: Range | None) -> Data | None:
    return None if span is None else {"low": span[0], "high": span[1]}


def _symptoms(fields: DiaryFields, asked_on: date) -> list[Data]:
    """Return symptoms present, then symptoms stated absent that are not also stated present."""
    ages = fields.ages()
    listed = fields.tokens("associated_symptoms")
    present = [
        _symptom(fields, "associated_symptoms", token, ages.get(token), asked_on)
        for token in listed
    ]
    # An age alone says that the symptom is there.
    present += [
        _symptom(fields, "associated_onset_days", token, age, asked_on)
        for token, age in ages.items()
        if token not in listed
    ]
    there = {symptom["symptom"] for symptom in present}
    denied = [
        {"symptom": code, "present": False}
        for code in fields.codes("denied_symptoms", words.SYMPTOMS)
        if code not in there
    ]
    return _each_once([*present, *denied])


def _symptom(
    fields: DiaryFields, field: str, token: str, age: Range | None, asked_on: date
) -> Data:
    # Of a range, the latest start: how recent a sign is decides how soon it must be seen.
    began_on = None if age is None else _days_before(asked_on, age[0], math.floor)
    return {
        "symptom": fields.code(words.SYMPTOMS, field, token),
        "present": True,
        "began_on": began_on and began_on.isoformat(),
        "onset": _onset_of_symptom(fields, began_on, asked_on),
    }


def _onset_of_symptom(fields: DiaryFields, began_on: date | None, asked_on: date) -> str | None:
    """Return the onset said of the problem when the problem consists of its symptoms.

    With a movement, "suddenly" was said of the movement. Without one it can only have been said of
    the symptoms, save of those with a start of their own.
    """
    if fields.choice("movement", words.MOVEMENTS) is not None:
        return None
    first_day = _first_day(fields, asked_on)
    if began_on and first_day and not first_day[0] <= began_on <= first_day[1]:
        return None
    return fields.choice("onset_type", words.ONSETS)


def _triggers(fields: DiaryFields) -> list[Data]:
    present = fields.codes("triggers", words.TRIGGERS)
    denied = fields.codes("denied_triggers", words.TRIGGERS)
    return [
        *({"factor": code, "present": True} for code in present),
        *({"factor": code, "present": False} for code in denied if code not in present),
    ]


def _medicines(fields: DiaryFields) -> list[Data]:
    return _each_once(
        {
            "medicine_class": fields.code(words.MEDICINE_CLASSES, "medications", token),
            "name": _medicine_name(token),
            "stopped": token.endswith(STOPPED),
        }
        for token in fields.tokens("medications")
    )


def _medicine_list(fields: DiaryFields) -> list[Data]:
    """Return the courses under way; a stopped one would need the day it stopped."""
    return [
        {"name": medicine["name"], "medicine_class": medicine["medicine_class"]}
        for medicine in _medicines(fields)
        if not medicine["stopped"]
    ]


def _medicine_name(token: str) -> str:
    return token.removesuffix(STOPPED).replace("_", " ")


def _tests(fields: DiaryFields) -> list[Data]:
    """Return the tests and visits that history and remedies speak of, with the stated result."""
    told = [
        token
        for token in fields.tokens("history")
        if words.HISTORY[fields.code(words.HISTORY, "history", token)].kind is HistoryKind.TEST
    ]
    named = [
        (token, words.TESTS.find(token)) for token in (*told, *fields.tokens("remedies_tried"))
    ]
    return _each_once(
        {"test": test.code, "result": _result(token)} for token, test in named if test is not None
    )


def _result(token: str) -> str | None:
    code = found.code if (found := words.HISTORY.find(token)) else token
    if "normal" in code.split("_") or code in NORMAL_RESULTS:
        return "normal"
    return "abnormal" if code in ABNORMAL_RESULTS else None


def _episodes(fields: DiaryFields, asked_on: date) -> list[Data]:
    """Return the one episode the diary vouches for, or none.

    Present when asked: on that day. Otherwise on the first day, when that is known to the day. No
    movement, no episode. Symptoms stay in the intake: nothing says they came with this bout.
    """
    shared = _movement(fields)
    day = _episode_day(fields, asked_on)
    if day is None or shared["movement"] is None:
        return []
    flags = {flag: True for flag in _EPISODE_FLAGS if flag in shared["contexts"]}
    return [
        {
            "start": {
                "at": day.isoformat() + ASKED_AT,
                "time_zone": "UTC",
                "zone_source": "unknown",
                "precision": "day",
            },
            "duration_seconds": _exact_seconds(fields),
            **shared,
            **flags,
        }
    ]


def _episode_day(fields: DiaryFields, asked_on: date) -> date | None:
    if fields.flag("still_present"):
        return asked_on
    first_day = _first_day(fields, asked_on)
    return first_day[0] if first_day and first_day[0] == first_day[1] else None


def _exact_seconds(fields: DiaryFields) -> int | None:
    span = fields.span("episode_duration_s")
    if span is None or span[0] != span[1] or span[0] > MAX_EPISODE_SECONDS:
        return None
    return round(span[0])


def _each_once(items: Iterable[Data]) -> list[Data]:
    kept: list[Data] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept
