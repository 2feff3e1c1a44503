"""Writing records: the one path that phones, REST, imports and commands all take.

One batch is one transaction, and costs a fixed number of statements for each type it touches:
 1. act for the person and lock their counter, so that commit order is sequence order;
 2. read what the operations name, and decide on each in order; one bad operation never fails the
    others;
 3. write the changed records and read the diary around them;
 4. run the warning-sign rules and raise or retract their alerts;
 5. by one statement: bring the daily rows of every touched day up to date, remember each operation
    with the advice it was given, make the person's state look due, and note in the access log how
    many records of which type were written and deleted, and by whom.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from diary.domain.entries import Person
from diary.domain.errors import FieldError, InvalidRecord
from diary.domain.following import Observer, read_by
from diary.domain.reading import fingerprint, local_date_of, read_data, time_flags
from diary.domain.sync import Counter, Status, status_of_delete, status_of_write
from diary.domain.wire.records import AnyData, CheckInData, EpisodeData, ProblemData, RecordType
from diary.measures import count_emergencies
from diary.models.data_keys import keyed_digest
from diary.models.isolation import acting_for
from diary.operations.access_log import TURN
from diary.operations.columns import wire_of
from diary.operations.counter import lock_counter
from diary.operations.days import forget_days
from diary.operations.ending import end_write
from diary.operations.noting_writes import accesses_of
from diary.operations.touched import TouchedRecord, TouchedRecords
from diary.operations.warnings import answer_warning_signs
from diary.queries.before_write import BeforeWrite, Earlier, before_write
from diary.queries.people import today_of
from diary.queries.recent import recent_diary
from diary.queries.records import StoredRecord

Advice = tuple[Mapping[str, Any], ...]

__all__ = ["Batch", "Operation", "Outcome", "Status", "apply_operations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One change a phone asks for. `data` None deletes; `base_version` 0 creates."""

    op_id: UUID
    type: RecordType
    id: UUID
    base_version: int
    data: Mapping[str, Any] | None

    @property
    def fingerprint(self) -> bytes:
        """Return the SHA-256 of the operation's content."""
        return fingerprint(self.type, self.id, self.base_version, self.data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The answer to one operation.

    `version` is the one the operation made, also when it is repeated. `touched` is the record as it
    stands at the end of the batch: on a conflict what the server has instead, or None for nothing.
    `errors` are those of an invalid one. `op_id` is None where it cannot be read.
    """

    op_id: UUID | None
    status: Status
    version: int | None = None
    touched: TouchedRecord | None = None
    errors: tuple[FieldError, ...] = ()
    advice: Advice = ()

    @property
    def record(self) -> StoredRecord | None:
        """Return the record as phones see it, or None when the server has none."""
        return self.touched.stored() if self.touched else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The answer to a batch: counter before and after, and one outcome per operation, in order."""

    person: Person
    before: Counter
    after: Counter
    outcomes: tuple[Outcome, ...]


Read = AnyData | InvalidRecord | None


@dataclass(slots=True, kw_only=True)
class _Work:
    """What one batch knows and gathers while its operations are applied."""

    person_id: UUID
    person: Person
    device_id: UUID | None
    observer: Observer | None
    now: datetime
    sent_at: datetime | None
    earlier: Mapping[UUID, Earlier]
    records: TouchedRecords
    days: set[date] = field(default_factory=set)
    dates: set[date] = field(default_factory=set)
    versions: dict[UUID, dict[str, Any]] = field(default_factory=dict)

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
    observer: Observer | None = None,
) -> Batch:
    """Apply a batch in order, in one transaction, and return what became of each operation.

    The same operation again changes nothing and is told the same. `sent_at` is the phone's clock at
    sending, an `observer` is who writes when it is not the person. Never raises for a bad
    operation; database errors leave nothing written.
    """
    data = [_read(operation, now=now) for operation in operations]
    with acting_for(person_id):
        before = after = lock_counter(person_id)
        known = _known_before(person_id, operations, data)
        work = _Work(
            person_id=person_id,
            person=read_by(observer, known.person),
            device_id=device_id,
            observer=observer,
            now=now,
            sent_at=sent_at,
            earlier=known.earlier,
            records=TouchedRecords(person_id, rows=known.rows, now=now),
        )
        outcomes = [_apply(work, *pair) for pair in zip(operations, data, strict=True)]
        if work.versions:
            advice, counter = _finish(work)
            after = replace(before, seq=counter)
            outcomes = [_advised(outcome, advice) for outcome in outcomes]
            transaction.on_commit(partial(count_emergencies, advice.values()), robust=True)
    return Batch(person=work.person, before=before, after=after, outcomes=tuple(outcomes))


def _advised(outcome: Outcome, advice: Mapping[UUID, Advice]) -> Outcome:
    known = outcome.op_id and advice.get(outcome.op_id)
    return replace(outcome, advice=known) if known else outcome


def _read(operation: Operation, *, now: datetime) -> Read:
    """Return the checked data, the reasons it cannot be accepted, or None for a delete."""
    if operation.data is None:
        return None
    try:
        return read_data(operation.type, operation.data, now=now)
    except InvalidRecord as error:
        return error


def _known_before(
    person_id: UUID, operations: Sequence[Operation], data: Sequence[Read]
) -> BeforeWrite:
    ids: dict[RecordType, set[UUID]] = defaultdict(set)
    for operation in operations:
        ids[operation.type].add(operation.id)
    return before_write(
        person_id,
        op_ids=[operation.op_id for operation in operations],
        ids=ids,
        dates={each.local_date for each in data if isinstance(each, CheckInData)},
    )


def _apply(work: _Work, operation: Operation, data: Read) -> Outcome:
    if operation.op_id in work.earlier or operation.op_id in work.versions:
        return _repeat(work, operation)
    held = work.records.get(operation.type, operation.id)
    if isinstance(data, InvalidRecord):
        return Outcome(op_id=operation.op_id, status=Status.INVALID, errors=data.errors)
    if data is None:
        return _delete(work, operation, held)
    status = status_of_write(held, base_version=operation.base_version)
    if isinstance(data, CheckInData) and status is Status.APPLIED:
        twin = work.records.check_in_of(data.local_date, but=operation.id)
        if twin is not None:
            return Outcome(op_id=operation.op_id, status=Status.CONFLICT, touched=twin)
    if status is Status.CONFLICT:
        return Outcome(op_id=operation.op_id, status=status, touched=held)
    return _write(work, operation, data, held)


def _repeat(work: _Work, operation: Operation) -> Outcome:
    """Answer an operation id that was used before: the same again, or `op_reused`."""
    written = work.versions.get(operation.op_id)
    earlier = work.earlier[operation.op_id] if written is None else _as_earlier(written)
    if earlier.fingerprint != keyed_digest(work.person_id, operation.fingerprint):
        return Outcome(op_id=operation.op_id, status=Status.OP_REUSED)
    return Outcome(
        op_id=operation.op_id,
        status=Status.DUPLICATE,
        version=earlier.version,
        touched=work.records.get(operation.type, operation.id),
        advice=earlier.advice,
    )


def _as_earlier(written: Mapping[str, Any]) -> Earlier:
    """Return an operation of this batch; what its writer is told comes at the end."""
    return Earlier(fingerprint=written["fingerprint"], version=written["version"], advice=())


def _delete(work: _Work, operation: Operation, held: TouchedRecord | None) -> Outcome:
    status = status_of_delete(held, base_version=operation.base_version)
    if held is None or status is not Status.APPLIED:
        version = held.version if held and status is Status.ALREADY_DELETED else None
        return Outcome(op_id=operation.op_id, status=status, version=version, touched=held)
    _touch(work, held)
    return _applied(work, operation, work.records.delete(operation.type, operation.id), {})


def _write(work: _Work, operation: Operation, data: AnyData, held: TouchedRecord | None) -> Outcome:
    if held is not None:
        _touch(work, held)
    wire = wire_of(operation.type, data)
    if work.observer is not None:
        wire["reported_by"] = work.observer.relation
    local_date = local_date_of(data, day_boundary_minutes=work.person.day_boundary_minutes)
    derived: dict[str, Any] = {}
    columns: dict[str, Any] = {}
    if isinstance(data, EpisodeData):
        columns = {"local_date": local_date, "time_flags": time_flags(data, now=work.now)}
        derived = columns | {"local_date": columns["local_date"].isoformat()}
        columns["skew_ms"] = work.skew_ms
    record = work.records.put(
        operation.type,
        operation.id,
        wire=wire,
        local_date=None if isinstance(data, ProblemData) else local_date,
        derived=derived,
        more_columns=columns,
    )
    _touch(work, record)
    if local_date is not None:
        work.dates.add(local_date)
    return _applied(work, operation, record, wire)


def _touch(work: _Work, record: TouchedRecord) -> None:
    """Remember that the daily row of this record's date must be made anew."""
    if record.local_date is not None:
        work.days.add(record.local_date)


def _applied(
    work: _Work, operation: Operation, record: TouchedRecord, wire: Mapping[str, Any]
) -> Outcome:
    work.versions[operation.op_id] = {
        "person_id": work.person_id,
        "op_id": operation.op_id,
        "type": operation.type.value,
        "record_id": operation.id,
        "version": record.version,
        "fingerprint": keyed_digest(work.person_id, operation.fingerprint),
        "actor_id": work.observer and work.observer.person_id,
        "device_id": work.device_id,
        "deleted": record.deleted,
        "data": wire,
        "at": work.now,
    }
    return Outcome(
        op_id=operation.op_id, status=Status.APPLIED, version=record.version, touched=record
    )


def _finish(work: _Work) -> tuple[dict[UUID, Advice], int]:
    """Do steps 3 to 5 for a batch that changed something; return advice by operation, counter."""
    work.records.write()
    # A day that has begun where the person is counts even when it has not by the profile's zone.
    today = max([today_of(work.person, now=work.now), *work.dates])
    recent = recent_diary(work.person_id, today=today, days=work.days, beside=TURN)
    days = recent.days()
    forget_days(work.person_id, work.days - {day.local_date for day in days})
    warnings = answer_warning_signs(
        work.person_id, work.person, recent, now=work.now, sent_at=work.sent_at
    )
    advice = {
        op_id: () if version["deleted"] else warnings.about(version["record_id"])
        for op_id, version in work.versions.items()
    }
    counter = end_write(
        work.person_id,
        days=days,
        versions=(version | {"advice": advice[op_id]} for op_id, version in work.versions.items()),
        accesses=accesses_of(work.versions.values(), observer=work.observer),
        turn=recent.beside,
        now=work.now,
    )
    return advice, counter
