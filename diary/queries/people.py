"""Profiles as domain values, and what day it is for a person."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress

from diary.domain.days import diary_date
from diary.domain.entries import Person, Referral
from diary.models import Profile
from diary.queries.json_rows import read, values_of

PERSON_COLUMNS = tuple(column.name for column in fields(Person))
PERSON = values_of(Profile, ", ".join(PERSON_COLUMNS), "true")


def person_of(profile: Profile | None) -> Person:
    """Return what decisions need of a profile; without one, everything is unsaid."""
    return Person() if profile is None else person_of_columns(vars(profile))


def known_person(person_id: UUID) -> Person:
    """Return what decisions need of the person's profile, without making a row of it."""
    return person_of_values(*read((PERSON,), {"person": person_id}))


def person_of_values(rows: Sequence[Sequence[Any]]) -> Person:
    """Return what the rows of `PERSON`, one or none, say of the person."""
    if not rows:
        return Person()
    return person_of_columns(dict(zip(PERSON_COLUMNS, rows[0], strict=True)))


def person_of_columns(columns: Mapping[str, Any]) -> Person:
    """Return what decisions need of a profile's columns, which may be more."""
    said = {name: columns[name] for name in PERSON_COLUMNS}
    return Person(**said | {"referral": Referral(said["referral"])})


def profile_of(person_id: UUID) -> Profile | None:
    """Return the profile row, or None before the person has said anything."""
    return Profile.objects.filter(person_id=person_id).first()


def has_verified_email(person_id: UUID, email: str) -> bool:
    """Return whether the person has confirmed that this mailbox is theirs."""
    mine = EmailAddress.objects.filter(user_id=person_id, verified=True)
    return mine.filter(email__iexact=email).exists()


def today_of(person: Person, *, now: datetime) -> date:
    """Return the person's local date at `now`, by their zone and day boundary."""
    local = now.astimezone(ZoneInfo(person.time_zone)).replace(tzinfo=None)
    return diary_date(local, person.day_boundary_minutes)
