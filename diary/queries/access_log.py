"""Reads of the access log: pages for the person, and whole chains to be verified.

Call all of it inside `acting_for(person_id)`.
"""

from collections.abc import Iterator
from uuid import UUID

from diary.domain.access_log import Access, Link, Noted
from diary.models import AccessLogBeginning, AccessLogRow

CHUNK = 500  # rows held at a time


def beginning_of(person_id: UUID) -> Link:
    """Return where the rows that are kept of a person's chain begin."""
    row = AccessLogBeginning.objects.filter(person_id=person_id).first()
    return Link(number=row.number, hash=bytes(row.hash)) if row else Link()


def chain_of(person_id: UUID) -> Iterator[Noted]:
    """Yield every row of a person's chain, the oldest first."""
    rows = AccessLogRow.objects.filter(person_id=person_id).order_by("number")
    return map(_noted, rows.iterator(chunk_size=CHUNK))


def accesses(
    person_id: UUID, *, limit: int, before: int | None = None
) -> tuple[tuple[Noted, ...], int | None]:
    """Return up to `limit` rows, the newest first, and the number to go on before, None at the end.

    Numbers never change, so rows that are added meanwhile never shift a page.
    """
    rows = AccessLogRow.objects.filter(person_id=person_id).order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    found = [_noted(row) for row in rows[: limit + 1]]
    page = tuple(found[:limit])
    return page, page[-1].link.number if len(found) > limit else None


def _noted(row: AccessLogRow) -> Noted:
    return Noted(
        at=row.at,
        access=Access(
            action=row.action,
            what=row.what,
            actor=row.actor,
            actor_id=row.actor_id,
            device_id=row.device_id,
            request_id=row.request_id,
            network=row.network,
        ),
        previous_hash=bytes(row.previous_hash),
        link=Link(number=row.number, hash=bytes(row.hash)),
    )
