"""What was changed in a diary after it was saved, for the file that a clinician may keep."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from types import MappingProxyType
from typing import Any
from uuid import UUID

# A note belongs to the person in each of its versions; `ext` holds what an app keeps for itself.
NEVER_TOLD = frozenset({"note", "ext"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedVersion:
    """One version of one record as it was saved; `data` is None where it was taken back."""

    type: str
    record_id: UUID
    version: int
    at: datetime
    data: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change of an episode or a check-in: which version it made, and when it arrived.

    `before` holds what the changed fields said until then, None where they said nothing; notes are
    never among them. What a record said that was taken back stays with the person.
    """

    type: str
    record_id: UUID
    version: int
    at: datetime
    deleted: bool
    before: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


def edits(versions: Iterable[SavedVersion]) -> tuple[Edit, ...]:
    """Return what each version after the first of its record changed, in the order of arrival."""
    ordered = sorted(versions, key=lambda each: (each.type, each.record_id, each.version))
    found = (_edit(old, new) for old, new in pairwise(ordered) if _same_record(old, new))
    return tuple(sorted(found, key=lambda each: (each.at, each.type, each.record_id)))


def _same_record(one: SavedVersion, other: SavedVersion) -> bool:
    return (one.type, one.record_id) == (other.type, other.record_id)


def _edit(old: SavedVersion, new: SavedVersion) -> Edit:
    return Edit(
        type=new.type,
        record_id=new.record_id,
        version=new.version,
        at=new.at,
        deleted=new.data is None,
        before=MappingProxyType(_before(old.data, new.data)),
    )


def _before(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> dict[str, Any]:
    if old is None or new is None:
        return {}
    names = sorted((old.keys() | new.keys()) - NEVER_TOLD)
    return {name: old.get(name) for name in names if old.get(name) != new.get(name)}
