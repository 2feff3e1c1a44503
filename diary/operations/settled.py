"""Deciding on a diary without holding up the people who write to it."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from diary.models.isolation import acting_for
from diary.operations.counter import lock_counter

Known = TypeVar("Known")
Done = TypeVar("Done")


def read_then_write(
    person_id: UUID, read: Callable[[], tuple[int, Known]], write: Callable[[Known], Done]
) -> Done:
    """Return what `write` makes of what was read, where nothing of the person changed between.

    `read` returns the person's counter, not read later than the rest, and what it learned. Reading
    and thinking hold no lock. When somebody wrote meanwhile it is read again, the last time under
    the lock; `write` always runs under it, in the same transaction.
    """
    for is_last in (False, False, True):
        with acting_for(person_id):
            if is_last:
                lock_counter(person_id)
            seen, known = read()
            if lock_counter(person_id).seq == seen or is_last:
                return write(known)
    raise AssertionError("under the lock nobody else writes")
