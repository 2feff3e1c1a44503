"""Writing records: the one path that phones, REST, imports and commands all take.

One batch is one transaction:
 1. act for the person and lock their counter, so that commit order is sequence order;
 2. apply each operation, or say why not; one bad operation never fails the others;
 3. bring the daily rows of every touched day up to date;
 4. run the warning-sign rules and raise or retract their alerts;
 5. remember each operation with the advice it was given;
 6. make the person's state look due.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from diary.domain.entries import Person
from diary.domain.errors import FieldError, InvalidRecord
from diary.domain.reading import fingerprint, local_date_of, read_data, time_flags
from diary.domain.wire.records import AnyData, EpisodeData, RecordType
from diary.models import CheckIn, EntryVersion, Episode
from diary.models.isolation import acting_for
from diary.operations.columns import blank_columns, columns_of
from diary.operations.counter import lock_counter
from diary.operations.days import rebuild_days
from diary.operations.looks import make_look_due
from diary.operations.warnings import answer_warning_signs
from diary.queries.people import person_of, profile_of
from diary.queries.records import TABLE_OF_TYPE, Row, StoredRecord, row_of, stored_record


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One change a phone asks for. `data` None deletes; `base_version` 0 creates."""

    op_id: UUID
    type: RecordType
    id: UUID
    base_version: int
    data: Mapping[str, Any] | None


class Status(StrEnum):
    """What became of an operation."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    INVALID = "invalid"
    OP_REUSED = "op_reused"
    ALREADY_DELETED = "already_deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The answer to one operation.

    `record` is the stored record after it: on a conflict the server's present one, or None when
    the server has none. `created` is True when the operation made the record.
    """

    op_id: UUID
    status: Status
    record: StoredRecord | None = None
    created: bool = False
    errors: tuple[FieldError, ...] = ()
    advice: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The answer to a batch: counter before and after, and one outcome per operation, in order."""

    from_seq: int
    to_seq: int
    outcomes: tuple[Outcome, ...]


@dataclass(slots=True, kw_only=True)
class _Work:
    """What one batch gathers while its operations are applied."""

    person_id: UUID
    person: Person
    device_id: UUID | None
    now: datetime
    sent_at: datetime | None
    known: dict[UUID, EntryVersion]
    days: set[date] = field(default_factory=set)
    dates: set[date] = field(default_factory=set)
    written: dict[UUID, EntryVersion] = field(default_factory=dict)

    @property
    def skew_ms(self) -> int | None:
        """Return how far the phone's clock is behind the server's, None when it did not say."""
        if self.sent_at is None:
            return None
        return round((self.now - self.sent_at).total_seconds() * 1000)


def apply_operations(
    *,
    person_id: UUID,
    operations: Sequence[Operation],
    now: datetime,
    device_id: UUID | None = None,
    sent_at: datetime | None = None,
) -> Batch:
    """Apply a batch in order, in one transaction, and return what became of each operation.

    The same operation again changes nothing and is told the same. `sent_at` is the phone's clock at
    sending. Never raises for a bad operation; database errors leave nothing written.
    """
    with acting_for(person_id):
        before = lock_counter(person_id)
        work = _Work(
            person_id=person_id,
            person=person_of(profile_of(person_id)),
            device_id=device_id,
            now=now,
            sent_at=sent_at,
            known=_known_versions(person_id, operations),
        )
        outcomes = tuple(_apply(work, operation) for operation in operations)
        advice = _finish(work) if work.written else {}
        after = lock_counter(person_id)
    return Batch(
        from_seq=before,
        to_seq=after,
        outcomes=tuple(
            replace(outcome, advice=advice.get(outcome.op_id, outcome.advice))
            for outcome in outcomes
        ),
    )


def _known_versions(person_id: UUID, operations: Sequence[Operation]) -> dict[UUID, EntryVersion]:
    op_ids = [operation.op_id for operation in operations]
    found = EntryVersion.objects.filter(person_id=person_id, op_id__in=op_ids)
    return {version.op_id: version for version in found}


def _apply(work: _Work, operation: Operation) -> Outcome:
    earlier = work.known.get(operation.op_id) or work.written.get(operation.op_id)
    if earlier is not None:
        return _repeat(work, operation, earlier)
    row = row_of(work.person_id, operation.type, operation.id)
    if operation.data is None:
        return _delete(work, operation, row)
    try:
        data = read_data(operation.type, operation.data, now=work.now)
    except InvalidRecord as error:
        return Outcome(op_id=operation.op_id, status=Status.INVALID, errors=error.errors)
    if (row.version if row else 0) != operation.base_version or (row and row.deleted):
        return _conflict(operation, row)
    local_date = local_date_of(data, day_boundary_minutes=work.person.day_boundary_minutes)
    twin = _check_in_of_the_same_date(work, operation, local_date)
    if twin is not None:
        return _conflict(operation, twin)
    return _write(work, operation, row, data, local_date)


def _repeat(work: _Work, operation: Operation, earlier: EntryVersion) -> Outcome:
    """Answer an operation id that was used before: the same again, or `op_reused`."""
    if bytes(earlier.fingerprint) != _fingerprint(operation):
        return Outcome(op_id=operation.op_id, status=Status.OP_REUSED)
    row = row_of(work.person_id, operation.type, operation.id)
    return Outcome(
        op_id=operation.op_id,
        status=Status.DUPLICATE,
        record=None if row is None else stored_record(row),
        created=operation.base_version == 0 and operation.data is not None,
        advice=tuple(earlier.advice),
    )


def _conflict(operation: Operation, row: Row | None) -> Outcome:
    server = None if row is None else stored_record(row)
    return Outcome(op_id=operation.op_id, status=Status.CONFLICT, record=server)


def _check_in_of_the_same_date(
    work: _Work, operation: Operation, local_date: date | None
) -> Row | None:
    """Return the other check-in of the date: a person has one a day, whichever phone wrote it."""
    if operation.type is not RecordType.CHECK_IN or local_date is None:
        return None
    rows = CheckIn.objects.filter(person_id=work.person_id, local_date=local_date, deleted=False)
    return rows.exclude(id=operation.id).first()


def _delete(work: _Work, operation: Operation, row: Row | None) -> Outcome:
    if row is None or (not row.deleted and row.version != operation.base_version):
        return _conflict(operation, row)
    if row.deleted:
        return Outcome(
            op_id=operation.op_id, status=Status.ALREADY_DELETED, record=stored_record(row)
        )
    _touch(work, row)
    _store(row, blank_columns(operation.type), version=row.version + 1, deleted=True)
    return _applied(work, operation, row, {})


def _write(
    work: _Work,
    operation: Operation,
    row: Row | None,
    data: AnyData,
    local_date: date | None,
) -> Outcome:
    columns = columns_of(operation.type, data)
    if isinstance(data, EpisodeData):
        columns |= {
            "local_date": local_date,
            "time_flags": time_flags(data, now=work.now),
            "skew_ms": work.skew_ms,
        }
    if row is None:
        row = TABLE_OF_TYPE[operation.type](
            person_id=work.person_id, id=operation.id, received_at=work.now
        )
        _store(row, columns, version=1, deleted=False, new=True)
    else:
        _touch(work, row)
        _store(row, columns, version=row.version + 1, deleted=False)
    _touch(work, row)
    if local_date is not None:
        work.dates.add(local_date)
    return _applied(work, operation, row, data.model_dump(mode="json"))


def _store(
    row: Row, columns: Mapping[str, Any], *, version: int, deleted: bool, new: bool = False
) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    row.version, row.deleted = version, deleted
    row.save(force_insert=new, force_update=not new)
    row.refresh_from_db()  # the trigger stamped `seq`


def _touch(work: _Work, row: Row) -> None:
    """Remember that the daily row of this record's date must be made anew."""
    if isinstance(row, Episode | CheckIn):
        work.days.add(row.local_date)


def _applied(work: _Work, operation: Operation, row: Row, data: Mapping[str, Any]) -> Outcome:
    work.written[operation.op_id] = EntryVersion(
        person_id=work.person_id,
        op_id=operation.op_id,
        type=operation.type.value,
        record_id=operation.id,
        version=row.version,
        fingerprint=_fingerprint(operation),
        device_id=work.device_id,
        deleted=row.deleted,
        data=data,
        at=work.now,
    )
    return Outcome(
        op_id=operation.op_id,
        status=Status.APPLIED,
        record=stored_record(row),
        created=row.version == 1,
    )


def _fingerprint(operation: Operation) -> bytes:
    return fingerprint(operation.type, operation.id, operation.base_version, operation.data)


def _finish(work: _Work) -> dict[UUID, tuple[Mapping[str, Any], ...]]:
    """Do steps 3 to 6 for a batch that changed something; return the advice per operation."""
    rebuild_days(work.person_id, work.days)
    by_entry = answer_warning_signs(
        work.person_id,
        work.person,
        now=work.now,
        dates=work.dates,
        sent_at=work.sent_at,
    )
    advice = {op_id: by_entry.get(version.record_id, ()) for op_id, version in work.written.items()}
    for op_id, version in work.written.items():
        version.advice = list(advice[op_id])
    EntryVersion.objects.bulk_create(work.written.values())
    make_look_due(work.person_id, now=work.now)
    return advice
