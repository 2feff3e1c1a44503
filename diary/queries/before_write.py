"""What a batch of operations must know before it is decided on, read by one statement."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from diary.domain.entries import Person
from diary.domain.wire.records import RecordType
from diary.models import CheckIn, EntryVersion
from diary.models.data_keys import KEYS_TO_SEAL, remember_keys
from diary.models.sealing import opened_rows
from diary.queries.json_rows import each_of, read, rows_of, values_of
from diary.queries.people import PERSON, person_of_values
from diary.queries.records import TABLE_OF_TYPE

_OTHERS = "NOT deleted AND id <> ALL (%(check_in)s)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An operation that was applied before: its keyed digest, and what its writer was told."""

    fingerprint: bytes
    version: int
    advice: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeWrite:
    """The person, the operations that are repeated, and the columns of each record that exists."""

    person: Person
    earlier: Mapping[UUID, Earlier]
    rows: tuple[tuple[RecordType, Mapping[str, Any]], ...]


def before_write(
    person_id: UUID,
    *,
    op_ids: Collection[UUID],
    ids: Mapping[RecordType, Collection[UUID]],
    dates: Iterable[date],
) -> BeforeWrite:
    """Return what these operations on records of these ids touch, check-ins of `dates` included.

    Sealed columns are opened: call inside `acting_for(person_id)`.
    """
    keys, profiles, versions, *records = read(
        _parts(tuple(ids)),
        {"person": person_id, "op_ids": list(op_ids), "dates": list(dates)}
        | {type_.value: list(of_type) for type_, of_type in ids.items()},
    )
    remember_keys(person_id, keys, to_seal=True)
    return BeforeWrite(
        person=person_of_values(profiles),
        earlier={
            UUID(op_id): Earlier(
                fingerprint=bytes.fromhex(fingerprint), version=version, advice=tuple(advice)
            )
            for op_id, fingerprint, version, advice in versions
        },
        rows=tuple(
            (type_, row)
            for type_, rows in zip(ids, records, strict=True)
            for row in opened_rows(TABLE_OF_TYPE[type_], rows, person_id)
        ),
    )


@cache
def _parts(types: tuple[RecordType, ...]) -> tuple[str, ...]:
    return (
        KEYS_TO_SEAL,
        PERSON,
        values_of(
            EntryVersion,
            "op_id, encode(fingerprint, 'hex'), version, advice",
            among=each_of(EntryVersion, "op_id", "op_ids"),
        ),
        *(rows_of(TABLE_OF_TYPE[type_], among=_named(type_)) for type_ in types),
    )


def _named(type_: RecordType) -> str:
    """Return SQL for the rows of these ids, and for check-ins of the same dates."""
    table = TABLE_OF_TYPE[type_]
    named = each_of(table, "id", type_.value)
    if table is not CheckIn:
        return named
    same_date = each_of(table, "local_date", "dates", where=_OTHERS)
    return f"({named} UNION ALL {same_date})"
