"""Claiming due rows in sets, so that any number of workers share them and none gets one twice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db import connection
from psycopg import sql

from diary.models.isolation import sweeping

CLOCK_SKEW = timedelta(seconds=5)  # what the clocks of two hosts may differ by

# Materialized: a plan that asks the inner query once more would lease as many rows once more.
_CLAIM = sql.SQL("""
    WITH chosen AS MATERIALIZED (
        SELECT {key} FROM {table}
        WHERE due_at <= %(now)s
          AND (leased_until IS NULL OR leased_until < %(now)s OR leased_until > %(unlikely)s)
          {only}
        ORDER BY {order}
        FOR UPDATE SKIP LOCKED
        LIMIT %(limit)s
    )
    UPDATE {table} SET leased_until = %(until)s
    WHERE ({key}) IN (SELECT {key} FROM chosen)
    RETURNING {columns}
""")

_MOVE = sql.SQL("""
    UPDATE {table} SET due_at = due_at - (set_at - %(now)s), set_at = %(now)s
    WHERE set_at > %(unlikely)s {only}
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueTable:
    """A table of due rows: its name, the columns of its key, and those a worker wants to know.

    It has the columns `due_at` and `leased_until`; with `urgent_first` also `urgent`. Its policy
    for sweeps has the form of the diary's migration 0014, or the planner would sort all its rows.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    urgent_first: bool = False


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
    skipped. A lease that has run out is claimed again: whoever held it has died. So is one longer
    than a lease can be: it was taken before a clock was put back.
    """
    order = sql.SQL("urgent DESC, " if table.urgent_first else "")
    statement = _CLAIM.format(
        table=sql.Identifier(table.name),
        key=_names(table.key),
        columns=_names(table.columns),
        only=_only(only),
        order=order + sql.SQL("due_at, ") + _names(table.key),
    )
    values = {**only, "until": until, "unlikely": until + CLOCK_SKEW, "now": now, "limit": limit}
    with sweeping(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def move_with_the_clock(
    table: DueTable, *, now: datetime, only: Mapping[str, Any] = MappingProxyType({})
) -> None:
    """Move rows that were set in the future: the clock was put back, their pauses stay as long.

    For tables with a column `set_at`. Without it what is due at once would wait for the old time.
    """
    statement = _MOVE.format(table=sql.Identifier(table.name), only=_only(only))
    with sweeping(), connection.cursor() as cursor:
        cursor.execute(statement, {**only, "now": now, "unlikely": now + CLOCK_SKEW})


def _only(columns: Mapping[str, Any]) -> sql.Composed:
    return sql.SQL("").join(
        sql.SQL("AND {} = {} ").format(sql.Identifier(name), sql.Placeholder(name))
        for name in columns
    )


def _names(columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
