"""The one way to act for a person: row-level security lets through that person's rows only."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction


@dataclass(slots=True)
class Acting:
    """For whom the open transaction of this thread acts, and what it remembers until its end."""

    person_id: UUID
    remembered: Any = None


class _Here(threading.local):
    acting: Acting | None = None


_here = _Here()


def acting_now() -> Acting | None:
    """Return for whom this thread acts, None outside `acting_for`."""
    return _here.acting


@contextmanager
def acting_for(person_id: UUID) -> Iterator[None]:
    """Open a transaction in which this person's rows can be read and written, and no others.

    The setting ends with the transaction, so a pooled connection never carries it to the next
    request. Nested use for the same person is allowed; for another one it raises RuntimeError.
    """
    nested = connection.in_atomic_block
    with transaction.atomic():
        previous = _acting_for() if nested else ""
        if previous not in ("", str(person_id)):
            raise RuntimeError("Already acting for another person.")
        _set_person(str(person_id))
        with _remembering(person_id, is_within=previous != ""):
            yield
        if nested:  # a released savepoint would leave the setting to the outer transaction
            _set_person(previous)


@contextmanager
def snapshot_of(person_id: UUID) -> Iterator[None]:
    """Open a transaction that reads this person's rows as they are at one moment, and writes none.

    However long it is read, what others commit meanwhile is not seen. Inside another transaction it
    is that one's view.
    """
    nested = connection.in_atomic_block
    with transaction.atomic():
        if not nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        with acting_for(person_id):
            yield


@contextmanager
def _remembering(person_id: UUID, *, is_within: bool) -> Iterator[None]:
    """Within an outer block for the same person, go on with what that one remembers."""
    outer = _here.acting
    if not (is_within and outer):
        _here.acting = Acting(person_id)
    try:
        yield
    finally:
        _here.acting = outer


def _acting_for() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.person', true), '')")
        return str(cursor.fetchone()[0])


def _set_person(person_id: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.person', %s, true)", [person_id])
