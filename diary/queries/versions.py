"""The history of one record, as the person may read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from diary.domain.errors import RecordNotFound
from diary.domain.wire.records import RecordType
from diary.models import EntryVersion
from diary.queries.following import follows_by_follower

SELF = "self"
SOMEBODY = "follower"  # who followed once, and whose account is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One state of a record. `written_by` is `self` or who the follower is to the person.

    `device` is the person's own, None for a follower's. `changed` names the fields that are not as
    they were in the version before; `data` is None where the record was deleted.
    """

    version: int
    at: datetime
    deleted: bool
    written_by: str
    device: UUID | None
    changed: tuple[str, ...]
    data: Mapping[str, Any] | None


def versions_page(
    person_id: UUID, type_: RecordType, record_id: UUID, *, limit: int, before: int | None = None
) -> tuple[tuple[Version, ...], int | None]:
    """Return up to `limit` versions, the newest first, and the one to go on before.

    That is None at the end. Call inside `acting_for(person_id)`. Raises RecordNotFound for a record
    that never was.
    """
    rows = EntryVersion.objects.filter(person_id=person_id, type=type_.value, record_id=record_id)
    if not rows.exists():
        raise RecordNotFound
    if before is not None:
        rows = rows.filter(version__lt=before)
    found = list(rows.order_by("-version")[: limit + 1])
    relations = {
        account: follow.relation
        for account, follow in follows_by_follower(
            person_id, (row.actor_id for row in found)
        ).items()
    }
    pairs = zip(found[:limit], [*found[1:], None], strict=False)
    page = tuple(_version(row, earlier, relations) for row, earlier in pairs)
    return page, page[-1].version if len(found) > limit else None


def _version(
    row: EntryVersion, earlier: EntryVersion | None, relations: Mapping[UUID, str]
) -> Version:
    own = row.actor_id is None
    return Version(
        version=row.version,
        at=row.at,
        deleted=row.deleted,
        written_by=SELF if row.actor_id is None else relations.get(row.actor_id, SOMEBODY),
        device=row.device_id if own else None,
        changed=_changed(row.data, earlier.data if earlier else {}),
        data=None if row.deleted else row.data,
    )


def _changed(now: Mapping[str, Any], before: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that differ; one that is empty and one that is not there are the same."""
    names = sorted(now.keys() | before.keys())
    return tuple(name for name in names if (now.get(name) or None) != (before.get(name) or None))
