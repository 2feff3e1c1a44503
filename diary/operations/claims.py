"""Claiming due rows in sets, so that any number of workers share them and none gets one twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import connection
from psycopg import sql

_CLAIM = sql.SQL("""
    UPDATE {table} SET leased_until = %(until)s
    WHERE ({key}) IN (
        SELECT {key} FROM {table}
        WHERE due_at <= %(now)s AND (leased_until IS NULL OR leased_until < %(now)s) {only}
        ORDER BY due_at, {key}
        FOR UPDATE SKIP LOCKED
        LIMIT %(limit)s
    )
    RETURNING {columns}
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueTable:
    """A table of due rows: its name, the columns of its key, and those a worker wants to know.

    It has the columns `due_at` and `leased_until`.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]


def claim_due(
    table: DueTable,
    *,
    now: datetime,
    until: datetime,
    limit: int,
    only: Mapping[str, Any] = MappingProxyType({}),
) -> list[tuple[Any, ...]]:
    """Lease up to `limit` due rows until `until`, oldest first; return their columns.

    `only` narrows to rows whose columns have these values. Rows that another worker is claiming are
    skipped, and a lease that has run out is claimed again: whoever held it has died.
    """
    statement = _CLAIM.format(
        table=sql.Identifier(table.name),
        key=_names(table.key),
        columns=_names(table.columns),
        only=sql.SQL("").join(
            sql.SQL("AND {} = {} ").format(sql.Identifier(name), sql.Placeholder(name))
            for name in only
        ),
    )
    values = {**only, "until": until, "now": now, "limit": limit}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _names(columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
