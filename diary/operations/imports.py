"""Bringing an older diary: a file of lines becomes records, each once however often it is sent.

1. Read the whole file; one wrong line and nothing is written.
2. Ask the diary which of the lines it has already.
3. Write in batches through the one write path, unless this is a dry run. A crash between two
   batches leaves whole records, and the same file again writes only the rest.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from diary.domain.errors import FieldError, InvalidRecord
from diary.domain.imports.reading import Habits, ImportFile, ImportLine, read_file
from diary.domain.imports.times import DateOrder
from diary.domain.sync import LARGEST_BATCH
from diary.domain.wire.records import RecordType
from diary.models import CheckIn
from diary.models.isolation import acting_for
from diary.operations.records import Operation, Outcome, Status, apply_operations
from diary.queries.people import known_person
from diary.queries.records import TABLE_OF_TYPE


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """A file somebody brings. Without `time_zone` their clock ran in the zone of their profile."""

    type: RecordType
    content: bytes
    time_zone: str | None = None
    date_order: DateOrder = DateOrder.YEAR_FIRST
    dry_run: bool = False


class LineStatus(StrEnum):
    """What becomes of a line: its record is new, or the diary has what it says."""

    CREATED = "created"
    ALREADY_THERE = "already_there"


class Reason(StrEnum):
    """Why a line makes no record; nothing that is in the diary is ever overwritten."""

    SAME_RECORD = "same_record"  # imported before, by this file or another
    DELETED = "deleted"  # imported before, and deleted by the person since
    DATE_TAKEN = "date_taken"  # another check-in stands on this date
    REPEATED = "repeated"  # an earlier line of the file says the same


@dataclass(frozen=True, slots=True, kw_only=True)
class LineResult:
    """What became of one line, or would become of it in a dry run."""

    line: ImportLine
    status: LineStatus
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What became of a file. `errors` are only there in a dry run; `advice` is told once a rule."""

    type: RecordType
    dry_run: bool
    time_zone: str
    lines: tuple[LineResult, ...]
    errors: tuple[FieldError, ...]
    comments: int
    advice: tuple[Mapping[str, Any], ...] = ()


def import_diary(
    person_id: UUID, request: ImportRequest, *, now: datetime, device_id: UUID | None = None
) -> ImportResult:
    """Create a record for each line of a file that the diary does not have, and say which.

    A dry run says the same and writes nothing. Raises InvalidRecord when the file is no table of
    the type, and, unless this is a dry run, when any cell is wrong: then nothing is written.
    """
    zone = request.time_zone or _zone_of(person_id)
    habits = Habits(time_zone=zone, date_order=request.date_order)
    file = read_file(request.content, type_=request.type, habits=habits, now=now)
    if file.errors and not request.dry_run:
        raise InvalidRecord(file.errors)
    results = _compared(person_id, request.type, file)
    advice: tuple[Mapping[str, Any], ...] = ()
    if not request.dry_run:
        outcomes = _written(person_id, request.type, results, now=now, device_id=device_id)
        results = tuple(_after(request.type, result, outcomes) for result in results)
        advice = _advice(outcomes.values())
    return ImportResult(
        type=request.type,
        dry_run=request.dry_run,
        time_zone=zone,
        lines=results,
        errors=file.errors,
        comments=file.comments,
        advice=advice,
    )


def _zone_of(person_id: UUID) -> str:
    with acting_for(person_id):
        return known_person(person_id).time_zone


def _compared(person_id: UUID, type_: RecordType, file: ImportFile) -> tuple[LineResult, ...]:
    """Return each line with what the diary, and the file above it, already say of it."""
    lines = file.lines
    with acting_for(person_id):
        rows = TABLE_OF_TYPE[type_].objects.filter(
            person_id=person_id, id__in=[line.id for line in lines]
        )
        there = dict(rows.values_list("id", "deleted"))
        taken = _taken_dates(person_id, lines) if type_ is RecordType.CHECK_IN else set()
    seen: set[UUID] = set()
    results = []
    for line in lines:
        reason = _reason(line, there, taken=taken, seen=seen)
        status = LineStatus.CREATED if reason is None else LineStatus.ALREADY_THERE
        results.append(LineResult(line=line, status=status, reason=reason))
        seen.add(line.id)
        if type_ is RecordType.CHECK_IN:
            taken.add(line.day)
    return tuple(results)


def _taken_dates(person_id: UUID, lines: Sequence[ImportLine]) -> set[date]:
    dates = [line.day for line in lines]
    rows = CheckIn.objects.filter(person_id=person_id, deleted=False, local_date__in=dates)
    return set(rows.values_list("local_date", flat=True))


def _reason(
    line: ImportLine, there: Mapping[UUID, bool], *, taken: set[date], seen: set[UUID]
) -> Reason | None:
    if line.id in seen:
        return Reason.REPEATED
    if line.id in there:
        return Reason.DELETED if there[line.id] else Reason.SAME_RECORD
    return Reason.DATE_TAKEN if line.day in taken else None


def _written(
    person_id: UUID,
    type_: RecordType,
    results: Sequence[LineResult],
    *,
    now: datetime,
    device_id: UUID | None,
) -> dict[UUID, Outcome]:
    """Write every line once and return the outcomes by record.

    Lines that were imported before go along: they change nothing and bring back the advice that an
    answer lost on the way had told.
    """
    sent = [
        each.line for each in results if each.reason not in (Reason.REPEATED, Reason.DATE_TAKEN)
    ]
    outcomes: dict[UUID, Outcome] = {}
    for batch in _batches([_creation(type_, line) for line in sent]):
        applied = apply_operations(
            person_id=person_id, operations=batch, now=now, device_id=device_id
        )
        for operation, outcome in zip(batch, applied.outcomes, strict=True):
            outcomes[operation.id] = outcome
    return outcomes


def _creation(type_: RecordType, line: ImportLine) -> Operation:
    return Operation(op_id=line.op_id, type=type_, id=line.id, base_version=0, data=line.data)


def _batches(operations: Sequence[Operation]) -> Iterator[Sequence[Operation]]:
    return (operations[at : at + LARGEST_BATCH] for at in range(0, len(operations), LARGEST_BATCH))


def _after(type_: RecordType, result: LineResult, outcomes: Mapping[UUID, Outcome]) -> LineResult:
    """Return the result as the write left it: another phone may have been quicker."""
    outcome = outcomes.get(result.line.id)
    if outcome is None or result.reason is not None or outcome.status is Status.APPLIED:
        return result
    if outcome.status is Status.INVALID:
        raise RuntimeError("A line that was read without errors was refused.")
    other = type_ is RecordType.CHECK_IN and outcome.status is Status.CONFLICT
    return replace(
        result,
        status=LineStatus.ALREADY_THERE,
        reason=Reason.DATE_TAKEN if other else Reason.SAME_RECORD,
    )


def _advice(outcomes: Iterable[Outcome]) -> tuple[Mapping[str, Any], ...]:
    by_rule: dict[str, Mapping[str, Any]] = {}
    for outcome in outcomes:
        for advice in outcome.advice:
            by_rule.setdefault(str(advice["rule"]), advice)
    return tuple(by_rule.values())
