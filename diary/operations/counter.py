"""The per-person counter that every writer locks first."""

from uuid import UUID

from django.db import connection

from diary.models import PersonSync


def lock_counter(person_id: UUID) -> int:
    """Lock the person's counter until the transaction ends and return its value.

    Made on first use. While it is held no other writer of this person can commit, so commit order
    is sequence order and a reader that has seen `n` has seen every row up to `n`.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO person_sync (person_id) VALUES (%s)"
            " ON CONFLICT (person_id) DO UPDATE SET seq = person_sync.seq RETURNING seq",
            [person_id],
        )
        row = cursor.fetchone()
    return int(row[0])


def counter_of(person_id: UUID) -> int:
    """Return the value of the person's counter without locking it, 0 before the first write."""
    found = PersonSync.objects.filter(person_id=person_id).values_list("seq", flat=True).first()
    return found or 0
