"""Noting each access in the log of the person whose diary it is.

Rows of one person are written one after the other, under an advisory lock that ends with the
transaction; rows of different persons never wait for each other. Note last in a transaction: what
comes after it keeps the others of this person waiting.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from diary.domain.access_log import Access, Link, next_link
from diary.models import AccessLogRow
from diary.models.isolation import acting_for
from diary.models.sealing import AS_HEX
from diary.operations.origin import present_origin
from diary.operations.security_log import SecurityEvent, log_security_event
from diary.operations.storing import inserting, parameter_of, run
from diary.queries.json_rows import read

SAME_AGAIN_AFTER = timedelta(hours=1)
SHORT_WAIT_SECONDS = 0.3  # what may not be held up waits no longer for its turn
_ASK_AGAIN_SECONDS = 0.01
_BUSY = "busy"  # what the database says when it is somebody else's turn
_TURN = "(SELECT to_json(turn)::text FROM access_log_turn(%%(person)s, %s) AS turn)"
# SQL for the turn of the parameter `person` and the last row of the chain, or why it is not ours
# yet. Where it is waited for, what fails is raised.
TURN, _TURN_WAITED_FOR = _TURN % "false", _TURN % "true"
# What writes rows: says why not where it cannot, and whatever the statement is about goes on.
NOTED = "note_accesses(%s)"
# Person, action, what, actor and device of what is noted once an hour.
_Same = tuple[UUID, str, str, UUID | None, UUID | None]
MOST_REMEMBERED = 10_000
# When it was noted: only what this process knows to be committed, so that nothing goes unseen.
_noted: dict[_Same, datetime] = {}


Row = dict[str, Any]
Turn = Mapping[str, Any]


def note_access(
    person_id: UUID, access: Access, *, now: datetime, once_an_hour: bool = False
) -> None:
    """Add a row to the person's log; what the access leaves open is taken from the request.

    For what must not happen unseen: a row that cannot be written is an error of the database, and
    nothing of the transaction around it is kept. `once_an_hour` leaves out what the same device and
    actor did within the hour: then it writes nothing, and where this process knows of it, it costs
    no statement.
    """
    _note(person_id, access, now=now, once_an_hour=once_an_hour, append=_append)


def note_access_if_possible(
    person_id: UUID, access: Access, *, now: datetime, once_an_hour: bool = False
) -> None:
    """Add a row as `note_access` does, for what must not be held up by its log.

    A row that cannot be written is a security event, and whatever it is about goes on.
    """
    try:
        _note(person_id, access, now=now, once_an_hour=once_an_hour, append=_append_if_possible)
    except DatabaseError as error:
        _tell_unnoted(person_id, type(error).__name__)


def rows_to_note(
    person_id: UUID, accesses: Iterable[Access], *, turn: Turn, now: datetime
) -> Sequence[Row]:
    """Return the rows for `NOTED`; none, and a security event, if the turn never comes.

    `turn` is what `TURN` gave. Call it inside `acting_for(person_id)`, as late as can be.
    """
    deadline = time.monotonic() + SHORT_WAIT_SECONDS
    while turn["failure"] == _BUSY and time.monotonic() < deadline:
        time.sleep(_ASK_AGAIN_SECONDS)
        [turn] = read((TURN,), {"person": person_id})
    if not is_noted(person_id, turn["failure"]):
        return ()
    return _chained(person_id, turn, accesses, now=now)


def is_noted(person_id: UUID, failure: str | None) -> bool:
    """Return whether nothing failed; what did is a security event, by the database's code."""
    if failure is not None:
        _tell_unnoted(person_id, failure)
    return failure is None


def forget_accesses(person_id: UUID, *, before: datetime) -> int:
    """Delete the person's oldest rows, up to the first that is younger; return how many went.

    The chain goes on from where it was cut. The database refuses to forget the last year.
    """
    with acting_for(person_id):
        read((_TURN_WAITED_FOR,), {"person": person_id})
        with connection.cursor() as cursor:
            cursor.execute("SELECT forget_access_log(%s)", [before])
            return int(cursor.fetchone()[0])


def _note(
    person_id: UUID,
    access: Access,
    *,
    now: datetime,
    once_an_hour: bool,
    append: Callable[[UUID, Access, datetime], bool],
) -> None:
    access = _with_origin(access)
    same = (person_id, str(access.action), access.what, access.actor_id, access.device_id)
    known = _noted.get(same) if once_an_hour else None
    if known is not None and known > now - SAME_AGAIN_AFTER:
        return
    with acting_for(person_id):
        noted_at = _last_noted(same, now=now) if once_an_hour else None
        if noted_at is None and append(person_id, access, now):
            noted_at = now
        if once_an_hour and noted_at is not None:
            transaction.on_commit(partial(_remember, same, noted_at))


def _remember(same: _Same, noted_at: datetime) -> None:
    if len(_noted) >= MOST_REMEMBERED:
        _noted.clear()  # each costs one more look into the table
    _noted[same] = noted_at


def _with_origin(access: Access) -> Access:
    origin = present_origin()
    return replace(
        access,
        device_id=access.device_id or origin.device_id,
        request_id=access.request_id or origin.request_id,
        network=access.network or origin.network,
    )


def _last_noted(same: _Same, *, now: datetime) -> datetime | None:
    """Return when the same was last noted, None when it was not within the hour."""
    person_id, action, what, actor_id, device_id = same
    rows = AccessLogRow.objects.filter(person_id=person_id, at__gt=now - SAME_AGAIN_AFTER)
    rows = rows.filter(action=action, what=what, actor_id=actor_id, device_id=device_id)
    return rows.order_by("-at").values_list("at", flat=True).first()


def _append(person_id: UUID, access: Access, now: datetime) -> bool:
    [turn] = read((_TURN_WAITED_FOR,), {"person": person_id})
    run(inserting(AccessLogRow, _chained(person_id, turn, [access], now=now)))
    return True


def _append_if_possible(person_id: UUID, access: Access, now: datetime) -> bool:
    [turn] = read((TURN,), {"person": person_id})
    rows = rows_to_note(person_id, [access], turn=turn, now=now)
    if not rows:
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {NOTED}", [parameter_of(AccessLogRow, rows)])
        return is_noted(person_id, cursor.fetchone()[0])


def _chained(
    person_id: UUID, turn: Turn, accesses: Iterable[Access], *, now: datetime
) -> Sequence[Row]:
    rows, last = [], _last_link(turn)
    for access in map(_with_origin, accesses):
        link = next_link(person_id, last, access, at=now)
        rows.append(
            {
                "person_id": person_id,
                "number": link.number,
                "at": now,
                "action": str(access.action),
                "what": access.what,
                "actor": str(access.actor),
                "actor_id": access.actor_id,
                "device_id": access.device_id,
                "network": access.network,
                "request_id": access.request_id,
                "previous_hash": last.hash,
                "hash": link.hash,
            }
        )
        last = link
    return rows


def _last_link(turn: Turn) -> Link:
    if turn["number"] is None:
        return Link()
    return Link(number=turn["number"], hash=bytes.fromhex(turn["hash"].removeprefix(AS_HEX)))


def _tell_unnoted(person_id: UUID, failure: str) -> None:
    log_security_event(
        SecurityEvent.CONTROL_FAILED, person_id=person_id, control="access_log", error=failure
    )
