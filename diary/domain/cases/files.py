"""Reading a case file: who asked, what they said, and which levels count as correct."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diary.domain.cases.errors import CaseFileError, MalformedCase
from diary.domain.cases.fields import DIARY_FIELDS
from diary.domain.entries import Reporter
from diary.domain.wire.fields import EARLIEST_DATE, LATEST_DATE

ANSWERS = ("emergency", "urgent", "see_neurologist", "see_doctor_other", "watch", "reassure")
UNTRUSTED_SEX = "header"  # one site prints the same sex for nearly everybody

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?\Z")
_AGE_BAND = re.compile(r"(\d{1,3})(?:-(\d{1,3})|\+)?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One answered question.

    `asked` None is undated. `age` is the middle of the stated band in years. `diary` is the raw
    mapping of the file: `conversion` reads it. `acceptable_levels` is never empty.
    """

    id: str
    asked: date | None
    age: int | None
    sex: str
    reporter: Reporter
    diary: Mapping[str, Any]
    primary_level: str
    acceptable_levels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """The cases of a file in its order, and the rank of each level; a higher rank is sooner."""

    ranks: Mapping[str, int]
    cases: tuple[Case, ...]


def read_case_file(document: object) -> CaseFile:
    """Return the cases of a parsed JSON document; texts about the cases are not read.

    Raises CaseFileError, naming case and field, for anything but the expected shape. Diary tokens
    are looked up later, in `conversion.records_of`.
    """
    if not isinstance(document, Mapping):
        raise CaseFileError("A case file is one JSON object.")
    ranks = _ranks(document.get("levels"))
    raw_cases = document.get("cases")
    if not isinstance(raw_cases, list):
        raise CaseFileError("`cases` must be a list.")
    cases = tuple(_case(raw, ranks) for raw in raw_cases)
    _refuse_repeated_ids([case.id for case in cases])
    return CaseFile(ranks=ranks, cases=cases)


def _ranks(levels: object) -> dict[str, int]:
    try:
        ranks = {item["level"]: item["rank"] for item in levels}  # type: ignore[attr-defined]
    except (TypeError, KeyError):
        raise CaseFileError("`levels` must be a list of objects with `level` and `rank`.") from None
    if not all(type(rank) is int for rank in ranks.values()):
        raise CaseFileError("`rank` of each level must be a whole number.")
    if missing := [level for level in ANSWERS if level not in ranks]:
        raise CaseFileError(f"`levels` lacks {', '.join(missing)}.")
    return ranks


def _case(raw: object, ranks: Mapping[str, int]) -> Case:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("id"), str):
        raise CaseFileError("Each case must be an object with a text `id`.")
    case_id = raw["id"]
    patient = raw.get("patient") or {}
    if not isinstance(patient, Mapping):
        raise MalformedCase(case_id, "patient", "an object")
    return Case(
        id=case_id,
        asked=_asked(case_id, raw.get("asked")),
        age=_age(case_id, patient.get("age_band")),
        sex=_sex(case_id, patient),
        reporter=_reporter(patient.get("reporter")),
        diary=_diary(case_id, raw.get("diary")),
        primary_level=_levels(case_id, "primary_level", [raw.get("primary_level")], ranks)[0],
        acceptable_levels=_levels(
            case_id, "acceptable_levels", raw.get("acceptable_levels"), ranks
        ),
    )


def _diary(case_id: str, raw: object) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping) or not raw.keys() & DIARY_FIELDS:
        raise MalformedCase(case_id, "diary", "an object with diary fields")
    return raw


def _levels(case_id: str, field: str, raw: object, ranks: Mapping[str, int]) -> tuple[str, ...]:
    known = isinstance(raw, list) and all(isinstance(item, str) and item in ranks for item in raw)
    if not known or not raw:
        raise MalformedCase(case_id, field, "made of names from `levels`, and not empty")
    return tuple(raw)  # type: ignore[arg-type]  # a list of str by the check above


def _asked(case_id: str, raw: object) -> date | None:
    """Return the date of the question; a missing day or month is taken as the first."""
    if raw is None:
        return None
    found = _PARTIAL_DATE.match(raw) if isinstance(raw, str) else None
    try:
        asked = date(*(int(part or 1) for part in found.groups())) if found else None
    except ValueError:  # such as the 31st of February
        asked = None
    if asked and EARLIEST_DATE <= asked <= LATEST_DATE:
        return asked
    raise MalformedCase(case_id, "asked", "a date YYYY-MM-DD, YYYY-MM, YYYY or null")


def _age(case_id: str, raw: object) -> int | None:
    """Return the middle of "20-29", which covers 20.0 to just under 30; "90+" gives 90."""
    if raw is None:
        return None
    found = _AGE_BAND.match(raw) if isinstance(raw, str) else None
    if found is None:
        raise MalformedCase(case_id, "patient.age_band", "such as 20-29, 90+ or null")
    low = int(found[1])
    return low if found[2] is None else (low + int(found[2]) + 1) // 2


def _sex(case_id: str, patient: Mapping[str, Any]) -> str:
    sex = patient.get("sex") or ""
    if sex not in ("", "female", "male", "other"):
        raise MalformedCase(case_id, "patient.sex", "female, male, other or null")
    return "" if patient.get("sex_source") == UNTRUSTED_SEX else str(sex)


def _reporter(raw: object) -> Reporter:
    """Return who reports; somebody the file describes in other words is a carer."""
    if raw is None:
        return Reporter.SELF
    return next((reporter for reporter in Reporter if reporter == raw), Reporter.CARER)


def _refuse_repeated_ids(ids: Sequence[str]) -> None:
    repeated = sorted({case_id for case_id in ids if ids.count(case_id) > 1})
    if repeated:
        raise CaseFileError(f"Case id(s) used more than once: {', '.join(repeated)}.")
