"""Writing many rows of one table in one statement, whatever their number.

The rows travel as one JSON value that PostgreSQL takes apart: a parameter for every column of every
row costs several times more, in Python and on the wire.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection, models
from pydantic_core import to_json

from diary.models.sealing import AS_HEX, sealed_rows

Columns = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Writing:
    """A statement that writes, and its parameters."""

    statement: str
    parameters: tuple[Any, ...]


def inserting(
    table: type[models.Model], rows: Iterable[Columns], *, or_skip: bool = False
) -> Writing:
    """Return what inserts rows. Each names every column; a JSON column takes plain JSON.

    None is NULL. What is sealed is sealed here, for the person who is acted for. `or_skip` leaves
    out rows whose key exists.
    """
    statement = _statement(table, "ON CONFLICT DO NOTHING" if or_skip else "")
    return Writing(statement, (parameter_of(table, rows),))


def replacing(
    table: type[models.Model],
    rows: Iterable[Columns],
    *,
    key: tuple[str, ...],
    keep: tuple[str, ...] = (),
    returning: tuple[str, ...] = (),
) -> Writing:
    """Return what inserts rows, or replaces those with the same key, and returns these columns.

    Columns of `keep` stay as they were in a row that exists. A key may appear once.
    """
    statement = _replacing(table, key, keep, returning)
    return Writing(statement, (parameter_of(table, rows),))


def run(*writings: Writing) -> Sequence[tuple[Any, ...]]:
    """Run these in one statement, of which none sees what the others write.

    Returns what one alone returns, of several nothing. Database errors are raised as they come.
    """
    if not writings:
        return ()
    writing = writings[0] if len(writings) == 1 else _together(writings)
    with connection.cursor() as cursor:
        cursor.execute(writing.statement, writing.parameters)
        return cursor.fetchall() if cursor.description else ()


def _together(writings: Sequence[Writing]) -> Writing:
    parts = (f"part_{place} AS ({each.statement})" for place, each in enumerate(writings))
    return Writing(
        f"WITH {', '.join(parts)} SELECT",
        tuple(parameter for each in writings for parameter in each.parameters),
    )


def parameter_of(table: type[models.Model], rows: Iterable[Columns]) -> str:
    """Return rows as the one parameter of a statement, sealed where they are to be.

    Bytes are the text that PostgreSQL reads them from: JSON has none.
    """
    kept = sealed_rows(table, rows)
    for row in kept:
        for name in _binary_columns(table):
            row[name] = AS_HEX + row[name].hex()
    return to_json(kept, fallback=dict).decode()


# Texts of forty columns are made once: that takes longer than to store a row.
@cache
def _replacing(
    table: type[models.Model],
    key: tuple[str, ...],
    keep: tuple[str, ...],
    returning: tuple[str, ...],
) -> str:
    replaced = [name for name in _columns(table) if name not in (*key, *keep)]
    updates = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in replaced)
    ending = f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {updates}"
    return _statement(table, ending + f" RETURNING {', '.join(returning)}" * bool(returning))


@cache
def _statement(table: type[models.Model], ending: str) -> str:
    names = ", ".join(f'"{name}"' for name in _columns(table))
    name = table._meta.db_table
    return (  # names come from the models, values are one parameter
        f'INSERT INTO "{name}" ({names}) SELECT {names}'  # noqa: S608
        f' FROM jsonb_populate_recordset(NULL::"{name}", %s) {ending}'
    )


def _columns(table: type[models.Model]) -> list[str]:
    return [field.column for field in table._meta.concrete_fields if field.column]


@cache
def _binary_columns(table: type[models.Model]) -> tuple[str, ...]:
    fields = table._meta.concrete_fields
    return tuple(
        str(field.column) for field in fields if field.get_internal_type() == "BinaryField"
    )
