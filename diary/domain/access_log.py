"""What is noted of each access to a diary, and the chain of hashes that shows tampering.

Each row of a person's log carries the hash of the row before it. Whoever changes, removes, inserts
or reorders a row would have to make every later row anew, and those were written down elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

NOTHING_BEFORE = bytes(32)  # the hash before the first row
_ENCODING = "quiver access 1"


class Actor(StrEnum):
    """Who did something with a diary."""

    PERSON = "person"
    FOLLOWER = "follower"
    CLINICIAN = "clinician"
    STAFF = "staff"
    SERVICE = "service"


class Action(StrEnum):
    """What was done. `what` of the access says with which part of the diary."""

    VIEWED = "viewed"
    EXPORTED = "exported"
    EDITED = "edited"
    DELETED = "deleted"
    CHANGED = "changed"  # anything that is no record of the diary, such as a setting
    SHARE_GRANTED = "share_granted"
    SHARE_REVOKED = "share_revoked"
    SHARE_OPENED = "share_opened"
    SHARE_READ = "share_read"
    FOLLOWING_TAKEN_UP = "following_taken_up"
    FOLLOWING_ENDED = "following_ended"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    REAUTHENTICATED = "reauthenticated"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of an action
    SECOND_FACTOR_CHANGED = "second_factor_changed"
    ADDRESS_CHANGED = "address_changed"
    DEVICE_REVOKED = "device_revoked"
    REFUSED = "refused"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    ERASURE_ASKED = "erasure_asked"
    ERASURE_WITHDRAWN = "erasure_withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One access: codes, ids and counts, and not a word that somebody wrote.

    `action` is a code of Action and `actor` one of Actor; a row that was tampered with may hold any
    text, and must still be read. `actor_id` is None for the person themself: else a follower's or
    staff's account, or the share by which a clinician reads. `network` is a /24 or /48, empty where
    it is not known.
    """

    action: str
    what: str = ""
    actor: str = Actor.PERSON
    actor_id: UUID | None = None
    device_id: UUID | None = None
    request_id: UUID | None = None
    network: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place in a person's chain: the number of a row, 0 for the beginning, and its hash."""

    number: int = 0
    hash: bytes = NOTHING_BEFORE


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One row of a person's log, as it is stored."""

    at: datetime
    access: Access
    previous_hash: bytes
    link: Link


class Fault(StrEnum):
    """What is wrong with the first row that does not fit."""

    GAP = "a row is missing before it, or it is out of its order"
    UNLINKED = "it does not follow from the row before it"
    ALTERED = "its contents are not those it was written with"
    REPLACED = "it is not the row that the anchor knows"
    CUT_OFF = "it is missing, though the anchor knows it"


class BrokenChain(Exception):
    """The log of a person was tampered with; `number` is the first row that does not fit."""

    def __init__(self, person_id: UUID, number: int, fault: Fault) -> None:
        super().__init__(f"person {person_id} row {number}: {fault.value}")
        self.person_id, self.number, self.fault = person_id, number, fault


def next_link(person_id: UUID, last: Link, access: Access, *, at: datetime) -> Link:
    """Return the place of the row that comes after `last`.

    The hash is SHA-256 over a JSON array of everything in the row, in this order, and the hash
    before it.
    """
    number = last.number + 1
    fields = [
        _ENCODING,
        str(person_id),
        number,
        at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(access.action),
        access.what,
        str(access.actor),
        access.actor_id and str(access.actor_id),
        access.device_id and str(access.device_id),
        access.network,
        access.request_id and str(access.request_id),
        last.hash.hex(),
    ]
    encoded = json.dumps(fields, separators=(",", ":")).encode()
    return Link(number=number, hash=hashlib.sha256(encoded).digest())


def end_of_chain(
    person_id: UUID, rows: Iterable[Noted], *, start: Link, anchored: Link | None = None
) -> Link:
    """Return the last place of a chain that fits, `start` for one without rows.

    `start` is where the rows that were kept begin, `anchored` a place that was written down
    elsewhere. Raises BrokenChain at the first row that does not fit.
    """
    last = start
    _hold_to_anchor(person_id, last, anchored)
    for row in rows:
        expected = next_link(person_id, last, row.access, at=row.at)
        if row.link.number != expected.number:
            raise BrokenChain(person_id, row.link.number, Fault.GAP)
        if row.previous_hash != last.hash:
            raise BrokenChain(person_id, row.link.number, Fault.UNLINKED)
        if row.link.hash != expected.hash:
            raise BrokenChain(person_id, row.link.number, Fault.ALTERED)
        last = expected
        _hold_to_anchor(person_id, last, anchored)
    if anchored is not None and last.number < anchored.number:
        raise BrokenChain(person_id, last.number + 1, Fault.CUT_OFF)
    return last


def _hold_to_anchor(person_id: UUID, link: Link, anchored: Link | None) -> None:
    if anchored is not None and link.number == anchored.number and link.hash != anchored.hash:
        raise BrokenChain(person_id, link.number, Fault.REPLACED)
