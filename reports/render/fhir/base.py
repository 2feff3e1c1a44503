"""The building blocks of FHIR resources: ids, references, times, texts and concepts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid5
from xml.sax.saxutils import escape

from diary.domain.entries import DatePrecision, Moment, MomentPrecision, PartialDate, Reporter
from diary.domain.vocabulary import Code, CodeList
from diary.domain.vocabulary.codes import is_chinese
from reports.domain.fhir_record import FhirRecord
from reports.domain.words.fhir import FhirWords
from reports.render.fhir.codes import SNOMED_OF, UCUM, local, local_system, snomed

Json = dict[str, Any]

NAMESPACE = UUID("7b1c9f0e-4a0d-5d1c-9f61-1f0f3b7d2a55")
_LATEST_OFFSET = timedelta(hours=14)
# To the validator, written in JavaScript, the byte order mark is a space, too.
_SPACES = re.compile(r"[^\S\r\n\t]|[\u2028\u2029\ufeff]")
# Control characters, noncharacters, and marks that turn the reading direction.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What every builder needs: the record and the words of its language."""

    record: FhirRecord
    words: FhirWords

    def id_of(self, kind: str, key: object = "") -> str:
        """Return the id of one resource: the same in every document of the same diary."""
        return str(uuid5(NAMESPACE, f"{self.record.diary.diary_id}:{kind}:{key}"))

    def reference(self, kind: str, key: object = "") -> Json:
        """Return a reference to a resource of this bundle."""
        return {"reference": f"urn:uuid:{self.id_of(kind, key)}"}

    @property
    def patient(self) -> Json:
        """Return the reference to the patient."""
        return self.reference("Patient")

    def reporter(self, reported_by: Reporter) -> Json:
        """Return the reference to whoever observed what is reported."""
        if reported_by is Reporter.SELF:
            return self.patient
        return self.reference("RelatedPerson", reported_by.value)

    def concept(self, codes: CodeList[Code], code: str, own: str = "") -> Json:
        """Return a code of the vocabulary, with SNOMED CT beside it where that was read.

        A code the vocabulary does not hold, or none at all, leaves the person's own words alone.
        """
        entry = codes.get(code)
        if entry is None:
            return {"text": text_of(own) or text_of(code)}
        own_code = {
            "system": local_system(codes.name),
            "code": code,
            "display": entry.label_en,
        }
        known = SNOMED_OF.get(codes.name, {}).get(code)
        return {
            "coding": [own_code, *([snomed(known)] if known else [])],
            "text": text_of(own) or text_of(entry.label(self.words.language)),
        }

    def answer(self, code: str) -> Json:
        """Return the concept of one answer of the diary."""
        return local("answers", code, self.words.answer(code))

    @property
    def last_day(self) -> date:
        """Return the last local date the document covers."""
        return self.record.diary.end - timedelta(days=1)

    @property
    def language(self) -> str:
        """Return the language of the document as FHIR lists it."""
        return "zh-TW" if is_chinese(self.words.language) else "en"


def observation(
    scope: Scope, kind: str, key: object, code: Json, reported_by: Reporter = Reporter.SELF
) -> Json:
    """Return what all observations of the diary have in common."""
    return {
        "resourceType": "Observation",
        "id": scope.id_of(kind, key),
        "status": "final",
        "code": code,
        "subject": scope.patient,
        "performer": [scope.reporter(reported_by)],
    }


def text_of(text: str) -> str:
    """Return a text as FHIR allows it: no control characters, ordinary spaces, trimmed."""
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return _SPACES.sub(" ", _UNFIT.sub("", paired)).strip()


def instant(moment: datetime) -> str:
    """Return an aware time in UTC, to the second at least."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def date_time(moment: Moment, local_date: date) -> str:
    """Return when something was, as exactly as it is known, with the offset of the device then."""
    if moment.precision is not MomentPrecision.MINUTE:
        return local_date.isoformat()
    offset = timedelta(minutes=moment.utc_offset_minutes)
    if abs(offset) > _LATEST_OFFSET:
        return instant(moment.instant)
    return moment.instant.astimezone(timezone(offset)).isoformat(timespec="seconds")


def partial(known: PartialDate | None) -> str:
    """Return a date as exactly as it is known; empty when it is not."""
    if known is None:
        return ""
    shown = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7, DatePrecision.DAY: 10}
    return known.day.isoformat()[: shown[known.precision]]


def quantity(value: float, unit: str, code: str) -> Json:
    """Return a measured value with its UCUM unit."""
    return {"value": value, "unit": unit, "system": UCUM, "code": code}


def note(text: str) -> list[Json]:
    """Return the annotation of a text, none for an empty one."""
    cleaned = text_of(text)
    return [{"text": cleaned}] if cleaned else []


def narrative(
    paragraphs: Iterable[str], rows: Iterable[Sequence[str]] = (), head: Sequence[str] = ()
) -> Json:
    """Return the words of a section: paragraphs, then rows of cells under their heads."""
    lines = "".join(f"<p>{_xml(line)}</p>" for line in paragraphs if text_of(line))
    drawn = "".join(f"<tr>{_cells('td', row)}</tr>" for row in rows)
    heads = f"<thead><tr>{_cells('th', head)}</tr></thead>" if head else ""
    body = f"{lines}<table>{heads}<tbody>{drawn}</tbody></table>" if drawn else lines
    return {
        "status": "generated",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div>',
    }


def _cells(tag: str, row: Sequence[str]) -> str:
    return "".join(f"<{tag}>{_xml(cell)}</{tag}>" for cell in row)


def _xml(text: str) -> str:
    return escape(text_of(text))


def pruned(value: Any) -> Any:
    """Return a resource without empty values, which FHIR does not allow; 0 and false stay."""
    if isinstance(value, dict):
        kept = ((key, pruned(item)) for key, item in value.items())
        return {key: item for key, item in kept if item or item == 0}
    if isinstance(value, list | tuple):
        return [item for item in map(pruned, value) if item or item == 0]
    return value
