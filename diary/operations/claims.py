"""Claiming due rows in sets, so that any number of workers share them and none gets one twice."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from psycopg import sql

_CLAIM = sql.SQL("""
    UPDATE {table} SET leased_until = %(until)s
    WHERE {key} IN (
        SELECT {key} FROM {table}
        WHERE due_at <= %(now)s AND (leased_until IS NULL OR leased_until < %(now)s)
        ORDER BY due_at, {key}
        FOR UPDATE SKIP LOCKED
        LIMIT %(limit)s
    )
    RETURNING {columns}
""")


def claim_due(
    table: str, *, key: str, columns: Sequence[str], now: datetime, until: datetime, limit: int
) -> list[tuple[Any, ...]]:
    """Lease up to `limit` due rows until `until`, oldest first; return their columns.

    The table has `due_at` and `leased_until`. Rows that another worker is claiming are skipped, and
    a lease that has run out is claimed again: whoever held it has died.
    """
    statement = _CLAIM.format(
        table=sql.Identifier(table),
        key=sql.Identifier(key),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"until": until, "now": now, "limit": limit})
        return list(cursor.fetchall())
