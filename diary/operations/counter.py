"""The per-person counter that every writer locks first."""

from uuid import UUID

from django.db import connection


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
