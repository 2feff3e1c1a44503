"""Following a diary: what a person lets a follower have, and which invitation can be taken up."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from diary.domain.entries import Person, Reporter

INVITATION_LASTS = timedelta(days=7)
MOST_FOLLOWERS = 10  # open invitations included
CODE_BYTES = 16  # 128 bits: nobody guesses one, so wrong codes need not be counted
MOST_REPEATS = 3  # a quarter of an hour apart

# Who a follower is in the entries they log.
RELATIONS = tuple(reporter.value for reporter in Reporter if reporter is not Reporter.SELF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a person grants a follower.

    `label` is what the person calls them, `repeats` how many more times an urgent alert is told
    them while nobody has seen it.
    """

    label: str
    relation: str
    levels: tuple[str, ...]
    repeats: int
    may_log: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Observer:
    """A follower who logs what they see: who they are to the person, and the language they read."""

    person_id: UUID
    relation: str
    language: str


def read_by(observer: Observer | None, person: Person) -> Person:
    """Return the person as words for whoever reads them are made: in the observer's language."""
    return replace(person, language=observer.language) if observer else person


def digest_of_code(code: str) -> str:
    """Return what is kept of an invitation's code; case and spaces around it do not matter."""
    return hashlib.sha256(code.strip().lower().encode()).hexdigest()


def expires_at(invited_at: datetime) -> datetime:
    """Return when an invitation can no longer be taken up."""
    return invited_at + INVITATION_LASTS
