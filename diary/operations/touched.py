"""The records a batch touches: read once, changed in memory in order, written once per type."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from diary.domain.wire.records import RecordType
from diary.operations.columns import blank_columns, columns_of
from diary.operations.storing import replacing, run
from diary.queries.records import TABLE_OF_TYPE, StoredRecord, record_of_columns

Key = tuple[RecordType, UUID]


@dataclass(slots=True, kw_only=True)
class TouchedRecord:
    """One record as it stands at this point of the batch.

    `held` is what the database holds of it, None for a new record. `wire` and `derived` are what
    phones see, `columns` what a changed one has in its table.
    """

    type: RecordType
    id: UUID
    received_at: datetime
    held: StoredRecord | None = None
    version: int = 0
    seq: int = 0
    deleted: bool = False
    local_date: date | None = None
    wire: Mapping[str, Any] | None = None
    derived: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, Any] = field(default_factory=dict)

    def stored(self) -> StoredRecord:
        """Return the record as phones see it; `seq` is right once the batch is written."""
        if self.held is not None and self.held.version == self.version:
            return self.held
        return StoredRecord(
            type=self.type,
            id=self.id,
            version=self.version,
            seq=self.seq,
            deleted=self.deleted,
            received_at=self.received_at,
            data=self.wire,
            derived=self.derived,
        )


class TouchedRecords:
    """The records that the operations of one batch name, and check-ins of the same dates."""

    def __init__(
        self,
        person_id: UUID,
        *,
        rows: Iterable[tuple[RecordType, Mapping[str, Any]]],
        now: datetime,
    ) -> None:
        """Take the columns of those that exist."""
        self._person_id = person_id
        self._now = now
        self._records: dict[Key, TouchedRecord] = {}
        self._unwritten: dict[Key, TouchedRecord] = {}  # in the order of first change
        self._check_in_of: dict[date, TouchedRecord] = {}
        for type_, columns in rows:
            self._remember(_touched(type_, columns))

    def _remember(self, record: TouchedRecord) -> None:
        self._records[record.type, record.id] = record
        if record.type is RecordType.CHECK_IN and not record.deleted and record.local_date:
            self._check_in_of[record.local_date] = record

    def get(self, type_: RecordType, id_: UUID) -> TouchedRecord | None:
        """Return the record as it stands now, tombstones included, or None."""
        return self._records.get((type_, id_))

    def check_in_of(self, local_date: date, *, but: UUID) -> TouchedRecord | None:
        """Return the other check-in of the date: a person has one a day, whoever wrote it."""
        found = self._check_in_of.get(local_date)
        return None if found is None or found.id == but else found

    def put(
        self,
        type_: RecordType,
        id_: UUID,
        *,
        wire: Mapping[str, Any],
        local_date: date | None,
        derived: Mapping[str, Any],
        more_columns: Mapping[str, Any],
    ) -> TouchedRecord:
        """Give a record new data, at the next version."""
        record = self._changed(type_, id_)
        record.local_date, record.deleted = local_date, False
        record.wire, record.derived = wire, derived
        record.columns = {**columns_of(type_, wire), **more_columns}
        self._remember(record)
        return record

    def delete(self, type_: RecordType, id_: UUID) -> TouchedRecord:
        """Make a record a tombstone, at the next version."""
        record = self._changed(type_, id_)
        record.deleted, record.local_date = True, None
        record.wire, record.derived = None, {}
        record.columns = blank_columns(type_)
        return record

    def _changed(self, type_: RecordType, id_: UUID) -> TouchedRecord:
        record = self._records.get((type_, id_))
        if record is None:
            record = TouchedRecord(type=type_, id=id_, received_at=self._now)
        if type_ is RecordType.CHECK_IN:
            if (type_, id_) in self._unwritten:
                # Two check-ins may trade their dates on the way: the table must follow each step.
                self.write()
            if record.local_date in self._check_in_of:
                del self._check_in_of[record.local_date]
        record.version += 1
        self._unwritten[type_, id_] = record
        return record

    def write(self) -> None:
        """Write what has changed: one statement for each type."""
        changed: dict[RecordType, list[TouchedRecord]] = defaultdict(list)
        for record in self._unwritten.values():
            changed[record.type].append(record)
        for type_, records in changed.items():
            self._write(type_, records)
        self._unwritten.clear()

    def _write(self, type_: RecordType, records: Sequence[TouchedRecord]) -> None:
        writing = replacing(
            TABLE_OF_TYPE[type_],
            (self._columns(record) for record in records),
            key=("person_id", "id"),
            keep=("received_at",),
            returning=("id", "seq"),
        )
        seq_of = dict(run(writing))
        for record in records:
            record.seq = seq_of[record.id]

    def _columns(self, record: TouchedRecord) -> dict[str, Any]:
        return {
            **record.columns,
            "person_id": self._person_id,
            "id": record.id,
            "version": record.version,
            "seq": 0,  # stamped by the trigger
            "deleted": record.deleted,
            "received_at": record.received_at,
        }


def _touched(type_: RecordType, columns: Mapping[str, Any]) -> TouchedRecord:
    held = record_of_columns(type_, columns)
    local_date = None if held.deleted else columns.get("local_date")
    return TouchedRecord(
        type=type_,
        id=held.id,
        received_at=held.received_at,
        held=held,
        version=held.version,
        seq=held.seq,
        deleted=held.deleted,
        local_date=local_date and date.fromisoformat(local_date),
    )
