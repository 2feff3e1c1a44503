"""The per-person counter that every writer locks first."""

from uuid import UUID

from django.db import connection

from diary.domain.sync import Counter

_MAKE = """
    INSERT INTO person_sync (person_id) VALUES (%s)
    ON CONFLICT (person_id) DO UPDATE SET seq = person_sync.seq
    RETURNING epoch, seq, floor
"""


def lock_counter(person_id: UUID) -> Counter:
    """Lock the person's counter until the transaction ends and return it.

    Made on first use. While it is held no other writer of this person can commit, so commit order
    is sequence order and a reader that has seen `n` has seen every row up to `n`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT epoch, seq, floor FROM person_sync WHERE person_id = %s FOR NO KEY UPDATE",
            [person_id],
        )
        row = cursor.fetchone()
        if row is None:
            cursor.execute(_MAKE, [person_id])
            row = cursor.fetchone()
    epoch, seq, floor = row
    return Counter(epoch=epoch, seq=seq, floor=floor)


def counter_of(person_id: UUID) -> int:
    """Return the counter's `seq` without locking it, 0 before the first write."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM person_sync WHERE person_id = %s", [person_id])
        row = cursor.fetchone()
    return row[0] if row else 0
