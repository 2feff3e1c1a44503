"""The end of a write: what its records bring with them, by one statement.

Six statements one after the other cost more than the rows they write.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from diary.domain.access_log import Access
from diary.domain.entries import Day
from diary.models import AccessLogRow, EntryVersion
from diary.operations.access_log import NOTED, Turn, is_noted, rows_to_note
from diary.operations.days import replacing_days
from diary.operations.looks import MAKE_LOOK_DUE, give_first_slots
from diary.operations.storing import inserting, parameter_of

_END = f"""
    WITH days AS ({{days}}), versions AS ({{versions}}), due AS ({MAKE_LOOK_DUE} RETURNING 1)
    SELECT (SELECT seq FROM person_sync WHERE person_id = %s), EXISTS (SELECT FROM due), {NOTED}
"""  # noqa: S608 - put together from our own constants


def end_write(
    person_id: UUID,
    *,
    days: Sequence[Day],
    versions: Iterable[Mapping[str, Any]],
    accesses: Iterable[Access],
    turn: Turn,
    now: datetime,
) -> int:
    """Write daily rows and versions, note accesses, make the state look due; return the counter.

    Call it last in the transaction that changed the records, inside `acting_for(person_id)`, with
    the `turn` to note. An access that cannot be noted takes nothing else with it; other database
    errors are raised.
    """
    of_days, of_versions = replacing_days(person_id, days), inserting(EntryVersion, versions)
    noted = parameter_of(AccessLogRow, rows_to_note(person_id, accesses, turn=turn, now=now))
    statement = _END.format(days=of_days.statement, versions=of_versions.statement)
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            [*of_days.parameters, *of_versions.parameters, now, person_id, person_id, noted],
        )
        seq, was_due, failure = cursor.fetchone()
    is_noted(person_id, failure)
    if not was_due:
        give_first_slots(person_id, now=now)
    return int(seq)
