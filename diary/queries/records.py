"""Stored records as wire data and as domain values."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from operator import itemgetter
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import models

from diary.domain import entries
from diary.domain.errors import RecordNotFound
from diary.domain.wire.records import DATA_OF_TYPE, RecordType
from diary.models import (
    CheckIn,
    Episode,
    HistoryItem,
    Medication,
    Problem,
    RemedyTrial,
)
from diary.models.data_keys import KEYS_TO_OPEN, remember_keys
from diary.models.sealing import opened_rows
from diary.queries.json_rows import page_of, read

Row = Episode | CheckIn | Problem | Medication | HistoryItem | RemedyTrial
Entry = (
    entries.Episode
    | entries.CheckIn
    | entries.Problem
    | entries.Medication
    | entries.HistoryItem
    | entries.RemedyTrial
)

TABLE_OF_TYPE: Mapping[RecordType, type[Row]] = MappingProxyType(
    {
        RecordType.EPISODE: Episode,
        RecordType.CHECK_IN: CheckIn,
        RecordType.PROBLEM: Problem,
        RecordType.MEDICATION: Medication,
        RecordType.HISTORY_ITEM: HistoryItem,
        RecordType.REMEDY_TRIAL: RemedyTrial,
    }
)
TYPE_OF_TABLE = MappingProxyType({table: type_ for type_, table in TABLE_OF_TYPE.items()})
MOMENTS_OF_TYPE: Mapping[RecordType, tuple[str, ...]] = MappingProxyType(
    {RecordType.EPISODE: ("start", "end"), RecordType.CHECK_IN: ("recorded",)}
)
# The column by which a list of the type is ordered, newest first.
ORDER_OF_TYPE: Mapping[RecordType, str] = MappingProxyType(
    {
        RecordType.EPISODE: "start_at",
        RecordType.CHECK_IN: "local_date",
        RecordType.PROBLEM: "asked_on",
        RecordType.REMEDY_TRIAL: "started_on",
        RecordType.MEDICATION: "received_at",
        RecordType.HISTORY_ITEM: "received_at",
    }
)
_STORED = {"stored": True}
_MOMENT = ("at", "offset_minutes", "time_zone", "zone_source", "precision")  # each a column

Wire = dict[str, Any]  # a record as phones and exports get it
_Values = Callable[[Mapping[str, Any]], tuple[Any, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """One record as phones see it. `data` is None for a tombstone."""

    type: RecordType
    id: UUID
    version: int
    seq: int
    deleted: bool
    received_at: datetime
    data: Mapping[str, Any] | None
    derived: Mapping[str, Any]

    def as_json(self) -> Wire:
        """Return the record as phones and exports get it."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        return plain | {
            "type": self.type.value,
            "id": str(self.id),
            "received_at": self.received_at.isoformat(),
        }


def record_of_columns(type_: RecordType, columns: Mapping[str, Any]) -> StoredRecord:
    """Return the record that a row's columns hold; times may be values or ISO text."""
    parsed = {
        "type": type_,
        "id": _uuid(columns["id"]),
        "received_at": _instant(columns["received_at"]),
    }
    return StoredRecord(**wire_of_columns(type_, columns) | parsed)


def wire_of_columns(type_: RecordType, columns: Mapping[str, Any]) -> Wire:
    """Return the record that a row's columns hold as phones get it; times may be ISO text."""
    deleted = columns["deleted"]
    return {
        "type": type_.value,
        "id": str(columns["id"]),
        "version": columns["version"],
        "seq": columns["seq"],
        "deleted": deleted,
        "received_at": _instant(columns["received_at"]).isoformat(),
        "data": None if deleted else _data_of(type_, columns),
        "derived": {} if deleted else _derived(type_, columns),
    }


def _derived(type_: RecordType, columns: Mapping[str, Any]) -> Wire:
    if type_ is not RecordType.EPISODE:
        return {}
    return {"local_date": _json(columns["local_date"]), "time_flags": columns["time_flags"]}


def _data_of(type_: RecordType, columns: Mapping[str, Any]) -> Wire:
    shape = _shape_of(type_)
    data = dict(zip(shape.names, shape.values(columns), strict=True))
    for name in shape.days:
        data[name] = _json(data[name])
    for name, parts in shape.moments:
        data[name] = _moment_of(*parts(columns))
    return data


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """The names in the wire data of a type, and what takes their values from its columns.

    `days` and `moments` need more than that, those with what takes their parts.
    """

    names: tuple[str, ...]
    values: _Values
    days: tuple[str, ...]
    moments: tuple[tuple[str, _Values], ...]


@cache
def _shape_of(type_: RecordType) -> _Shape:
    # Known once: to ask each value of each row what it is takes longer than all the rest.
    names, moments = tuple(DATA_OF_TYPE[type_].model_fields), MOMENTS_OF_TYPE.get(type_, ())
    columns = TABLE_OF_TYPE[type_]._meta.concrete_fields
    dated = {column.attname for column in columns if isinstance(column, models.DateField)}
    return _Shape(
        names=names,
        values=itemgetter(*(f"{name}_at" if name in moments else name for name in names)),
        days=tuple(name for name in names if name in dated),
        moments=tuple((name, itemgetter(*(f"{name}_{p}" for p in _MOMENT))) for name in moments),
    )


def _moment_of(
    at: datetime | str | None, offset_minutes: int, time_zone: str, source: str, precision: str
) -> Wire | None:
    if at is None:
        return None
    return {
        "at": _instant(at).astimezone(_zone(offset_minutes)).isoformat(),
        "time_zone": time_zone,
        "zone_source": source,
        "precision": precision,
    }


@cache
def _zone(offset_minutes: int) -> timezone:
    return timezone(timedelta(minutes=offset_minutes))


def _instant(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def _date(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _uuid(value: UUID | str) -> UUID:
    return UUID(value) if isinstance(value, str) else value


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def entry_of(row: Row) -> Any:
    """Return the row as the domain value of its type."""
    return entry_of_columns(TYPE_OF_TABLE[type(row)], vars(row))


def entry_of_columns(type_: RecordType, columns: Mapping[str, Any]) -> Any:
    """Return the domain value that a row's columns hold; times may be values or ISO text."""
    data = DATA_OF_TYPE[type_].model_validate(_data_of(type_, columns), context=_STORED)
    local_date = columns.get("local_date") or columns.get("asked_on")
    return data.to_entry(
        id=_uuid(columns["id"]),
        local_date=_date(local_date),  # type: ignore[arg-type]  # set for every type that has a day
        received_at=_instant(columns["received_at"]).astimezone(UTC),
        version=columns["version"],
    )


def opened_entries(
    type_: RecordType, rows: Iterable[Mapping[str, Any]], person_id: UUID
) -> tuple[Any, ...]:
    """Return rows as JSON holds them, with what is sealed in them, as domain values."""
    table = TABLE_OF_TYPE[type_]
    return tuple(entry_of_columns(type_, row) for row in opened_rows(table, rows, person_id))


def entries_of(rows: Iterable[Row]) -> tuple[Any, ...]:
    """Return the rows as domain values, in the same order."""
    return tuple(entry_of(row) for row in rows)


def kept_entries(table: type[Row], person_id: UUID) -> tuple[Any, ...]:
    """Return all of a person's entries in a table but tombstones, by the order of their changes."""
    return entries_of(table.objects.filter(person_id=person_id, deleted=False).order_by("seq"))


def record(person_id: UUID, type_: RecordType, id_: UUID) -> Wire:
    """Return one record, tombstones included. Raises RecordNotFound."""
    rows = _columns_where(type_, "id = %(id)s", {"person": person_id, "id": id_})
    if not rows:
        raise RecordNotFound
    return wire_of_columns(type_, rows[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a page of a list ended: the order column's value and the record's id."""

    value: str
    id: UUID


def records_page(
    person_id: UUID,
    type_: RecordType,
    *,
    limit: int,
    after: Position | None = None,
) -> tuple[tuple[Wire, ...], Position | None]:
    """Return up to `limit` records, newest first, and where to go on, or None at the end.

    Keyset paging: records written meanwhile never shift a page. Deleted records are left out.
    """
    column = ORDER_OF_TYPE[type_]
    started = "" if after is None else f" AND ({column}, id) < (%(value)s, %(after)s)"
    found = _columns_where(
        type_,
        f"NOT deleted{started} ORDER BY {column} DESC, id DESC LIMIT %(limit)s",
        {"person": person_id, "limit": limit + 1}
        | ({"value": after.value, "after": after.id} if after else {}),
    )
    page = found[:limit]
    position = (
        Position(value=page[-1][column], id=UUID(page[-1]["id"])) if len(found) > limit else None
    )
    return tuple(wire_of_columns(type_, columns) for columns in page), position


def _columns_where(
    type_: RecordType, where: str, parameters: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the columns of a person's rows that `where`, from our own code, selects.

    The rows come as one JSON value: forty values of fifty rows, and a model for each row, take five
    times as long. So does the key of what is sealed in them, which is opened.
    """
    table, person_id = TABLE_OF_TYPE[type_], parameters["person"]
    keys, rows = read((KEYS_TO_OPEN, page_of(table, where)), parameters)
    remember_keys(person_id, keys, to_seal=False)
    return opened_rows(table, rows, person_id)
