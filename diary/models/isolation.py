"""The one way to act for a person: row-level security lets through that person's rows only.

Sweeps over all persons run in a role of their own, which reads and moves what is due and nothing
else: `diary/management/sweep_role.py` says what that is.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

SWEEP_ROLE = "quiver_sweep"


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
    outer = _here.acting if connection.in_atomic_block else None
    if outer is not None and str(outer.person_id) != str(person_id):
        raise RuntimeError("Already acting for another person.")
    if outer is not None:  # the setting is there already: only a savepoint is new
        with transaction.atomic():
            yield
        return
    with _setting("app.person", str(person_id)), _remembering(person_id):
        yield


@contextmanager
def knowing(digest: str) -> Iterator[None]:
    """Open a transaction that also reads the row which keeps this digest of a secret.

    It tells whose link, session or invitation it is, before anybody acts for them.
    """
    with _setting("app.digest", digest):
        yield


@contextmanager
def sweeping() -> Iterator[None]:
    """Open a transaction in the role that sees what is due for everybody, and no diary at all.

    Everything else is refused to it by the database. The role ends with the block.
    """
    with _setting("role", SWEEP_ROLE):
        yield


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
def _remembering(person_id: UUID) -> Iterator[None]:
    outer, _here.acting = _here.acting, Acting(person_id)
    try:
        yield
    finally:
        _here.acting = outer


@contextmanager
def _setting(name: str, value: str) -> Iterator[None]:
    """Open a transaction with this setting; within another one, the setting before comes back."""
    if not connection.in_atomic_block:
        with connection.transaction_with(name, value):  # type: ignore[attr-defined]  # config.postgresql
            yield
        return
    with transaction.atomic():
        previous = _get(name)
        _set(name, value)
        yield
        _set(name, previous)  # a released savepoint would leave it to the outer transaction


def _get(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [name])
        return str(cursor.fetchone()[0])


def _set(name: str, value: str) -> None:
    with connection.cursor() as cursor:  # `true`: until the transaction ends, never longer
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
