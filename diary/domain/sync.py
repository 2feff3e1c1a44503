"""The decisions of the phone protocol: what becomes of an operation, and whether a cursor holds.

No clock takes part: only versions decide, so a phone with a wrong date can neither win nor lose.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, Self
from uuid import UUID

LARGEST_BATCH = 500  # operations in one request, changes in one answer
LARGEST_SEQ = 2**63 - 1
_TOKEN = re.compile(r"1\.([0-9a-f]{32})\.(0|[1-9]\d{0,18})\Z", re.ASCII)


class Status(StrEnum):
    """What became of an operation."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    INVALID = "invalid"
    OP_REUSED = "op_reused"
    ALREADY_DELETED = "already_deleted"


class Held(Protocol):
    """A record as the server holds it, tombstones included."""

    @property
    def version(self) -> int: ...

    @property
    def deleted(self) -> bool: ...


def status_of_write(held: Held | None, *, base_version: int) -> Status:
    """Return what becomes of new data written on top of `base_version`; 0 creates."""
    if held is None:
        return Status.CONFLICT if base_version else Status.APPLIED
    fits = held.version == base_version and not held.deleted
    return Status.APPLIED if fits else Status.CONFLICT


def status_of_delete(held: Held | None, *, base_version: int) -> Status:
    """Return what becomes of a delete: an edit the phone has not seen survives it."""
    if held is None:
        return Status.CONFLICT
    if held.deleted:
        return Status.ALREADY_DELETED
    return Status.APPLIED if held.version == base_version else Status.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A person's counter: every change of a synced row takes the next `seq`.

    `epoch` is another one after a restore from a backup; tombstones up to `floor` are purged.
    """

    epoch: UUID
    seq: int
    floor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far a phone has read. Phones keep the token and never look inside."""

    epoch: UUID
    seq: int

    @property
    def token(self) -> str:
        """Return the cursor as text."""
        return f"1.{self.epoch.hex}.{self.seq}"

    @classmethod
    def read(cls, token: str) -> Self | None:
        """Return the cursor of a token, or None when it is not one of ours."""
        match = _TOKEN.match(token)
        if match is None or int(match[2]) > LARGEST_SEQ:
            return None
        return cls(epoch=UUID(match[1]), seq=int(match[2]))


class ResyncReason(StrEnum):
    """Why a phone must read the diary from the start. Its unsent operations stay in its queue."""

    EPOCH = "epoch"  # the server was restored, or the cursor is another person's
    AHEAD = "ahead"  # the server lost what the phone has seen
    TOO_OLD = "too_old"  # tombstones the phone has not seen are gone
    UNREADABLE = "unreadable"  # not a cursor


def resync_reason(cursor: Cursor, counter: Counter) -> ResyncReason | None:
    """Return why this cursor cannot go on, or None when it can.

    A cursor at 0 has seen nothing, so nothing that is gone can be missing.
    """
    if cursor.epoch != counter.epoch:
        return ResyncReason.EPOCH
    if cursor.seq > counter.seq:
        return ResyncReason.AHEAD
    return ResyncReason.TOO_OLD if 0 < cursor.seq < counter.floor else None
