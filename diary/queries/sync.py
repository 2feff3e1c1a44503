"""What a phone has not seen yet: records and alerts in the order they changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db import connection, models
from pydantic_core import from_json

from diary.domain.sync import Counter
from diary.domain.wire.records import RecordType
from diary.models import Alert, PersonSync
from diary.models.sealing import opened_rows
from diary.queries.records import TABLE_OF_TYPE, Wire, wire_of_columns

ALERT = "alert"
TABLES: Mapping[str, type[models.Model]] = MappingProxyType(
    {type_.value: table for type_, table in TABLE_OF_TYPE.items()} | {ALERT: Alert}
)
Change = Wire | Alert


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """One page of what changed after a `seq`, oldest first, tombstones included.

    `counter` is the person's counter in the same snapshot, `seq` how far the page reaches.
    """

    counter: Counter
    records: tuple[Change, ...]
    seq: int
    more: bool


def changes_since(person_id: UUID, seq: int, *, limit: int) -> Changes | None:
    """Return up to `limit` changes after `seq`, or None for a person without a counter.

    Counter and rows come from one statement, hence one snapshot: nothing can commit between the
    two. Call inside `acting_for(person_id)`.
    """
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"person": person_id, "seq": seq, "limit": limit + 1})
        rows = cursor.fetchall()
    if not rows:
        return None
    epoch, top, floor = rows[0][:3]
    found = [(kind, from_json(columns)) for *_, kind, columns in rows if kind is not None]
    page, more = found[:limit], len(found) > limit
    return Changes(
        counter=Counter(epoch=epoch, seq=top, floor=floor),
        records=_opened(person_id, page),
        seq=page[-1][1]["seq"] if more else top,
        more=more,
    )


def alerts_since(person_id: UUID, seq: int) -> tuple[Alert, ...]:
    """Return the alerts that changed after `seq`, oldest change first."""
    return tuple(Alert.objects.filter(person_id=person_id, seq__gt=seq).order_by("seq"))


def epoch_of(person_id: UUID) -> UUID | None:
    """Return the epoch of the person's counter, or None before the first write."""
    rows = PersonSync.objects.filter(person_id=person_id)
    return rows.values_list("epoch", flat=True).first()


@cache
def _statement() -> str:
    """Return the pull: which rows come next by index alone, then these rows and no others."""
    heads = " UNION ALL ".join(
        f"(SELECT '{kind}' AS kind, seq FROM {table._meta.db_table}"  # noqa: S608 - our names
        f" WHERE person_id = %(person)s AND seq > %(seq)s ORDER BY seq LIMIT %(limit)s)"
        for kind, table in TABLES.items()
    )
    bodies = " ".join(
        f"WHEN '{kind}' THEN (SELECT row_to_json(body)::text"  # noqa: S608 - our names
        f" FROM {table._meta.db_table} AS body"
        f" WHERE body.person_id = %(person)s AND body.seq = head.seq)"
        for kind, table in TABLES.items()
    )
    return (  # names come from the models, values are parameters
        f"SELECT counter.epoch, counter.seq, counter.floor, head.kind,"  # noqa: S608
        f" CASE head.kind {bodies} END"
        f" FROM person_sync AS counter LEFT JOIN ("
        f"SELECT kind, seq FROM ({heads}) AS heads ORDER BY seq LIMIT %(limit)s"
        f") AS head ON true WHERE counter.person_id = %(person)s ORDER BY head.seq"
    )


def _opened(person_id: UUID, page: Sequence[tuple[str, Mapping[str, Any]]]) -> tuple[Change, ...]:
    """Return the changes in their order; what is sealed is opened table by table."""
    opened = {
        kind: iter(opened_rows(table, [row for of, row in page if of == kind], person_id))
        for kind, table in TABLES.items()
    }
    return tuple(_change(kind, next(opened[kind])) for kind, _ in page)


def _change(kind: str, columns: Mapping[str, Any]) -> Change:
    return _alert_of(columns) if kind == ALERT else wire_of_columns(RecordType(kind), columns)


def _alert_of(columns: Mapping[str, Any]) -> Alert:
    fields = {field.column: field for field in Alert._meta.concrete_fields}
    return Alert(**{name: fields[name].to_python(value) for name, value in columns.items()})
