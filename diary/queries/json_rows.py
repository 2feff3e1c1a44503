"""Rows of several tables by one statement, as JSON.

What a write must know lies in a dozen tables. A query for each costs several times more, most of it
in composing and planning them. Sealed columns come as the tables keep them: `opened_rows`.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection, models
from pydantic_core import from_json


def rows_of(
    table: type[models.Model], where: str = "true", *, among: str = "", order: str = ""
) -> str:
    """Return SQL for the JSON list of a person's rows that `where` selects, in this order.

    The person is the parameter `person`; `where` comes from our own code, never from outside.
    `among` is SQL for some of the table's rows: `each_of`.
    """
    return (
        f"(SELECT coalesce(json_agg(body{_ordered(order)}), '[]')::text"  # noqa: S608
        f" FROM {among or table._meta.db_table} AS body WHERE person_id = %(person)s AND {where})"
    )


def each_of(table: type[models.Model], column: str, parameter: str, *, where: str = "true") -> str:
    """Return SQL for a person's rows whose `column` is one of those in a parameter, a list.

    Each is found by itself. Of `= ANY`, planned once for all lists and persons, PostgreSQL expects
    so many that it rather reads all that the person has: ten years for one entry.
    """
    type_ = table._meta.get_field(column).db_type(connection)
    return (
        f"(SELECT found.* FROM unnest(%({parameter})s::{type_}[]) AS wanted(one) CROSS JOIN LATERAL"  # noqa: S608
        f" (SELECT * FROM {table._meta.db_table} WHERE person_id = %(person)s"
        f" AND {column} = wanted.one AND {where} OFFSET 0) AS found)"
    )


def page_of(table: type[models.Model], where: str) -> str:
    """Return SQL as `rows_of` does; `where` goes on with ORDER BY and LIMIT."""
    return (
        f"(SELECT coalesce(json_agg(body), '[]')::text"  # noqa: S608
        f" FROM (SELECT * FROM {table._meta.db_table} WHERE person_id = %(person)s AND {where})"
        " AS body)"
    )


def values_of(
    table: type[models.Model],
    columns: str,
    where: str = "true",
    *,
    among: str = "",
    order: str = "",
) -> str:
    """Return SQL as `rows_of` does, of these columns only: each row is a list of their values."""
    return (
        f"(SELECT coalesce(json_agg(json_build_array({columns}){_ordered(order)}), '[]')::text"  # noqa: S608
        f" FROM {among or table._meta.db_table} AS body WHERE person_id = %(person)s AND {where})"
    )


def read(parts: tuple[str, ...], parameters: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the list of each part, None for a part that is NULL, all from one snapshot."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", parameters)
        return tuple(None if part is None else from_json(part) for part in cursor.fetchone())


def _ordered(order: str) -> str:
    return f" ORDER BY {order}" if order else ""
