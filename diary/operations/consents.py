"""Agreeing to a text and taking that back: each act is a row of its own, kept for good."""

from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings

from diary.domain.access_log import Access, Action
from diary.domain.errors import FieldError, InvalidRecord
from diary.models import Consent
from diary.models.isolation import acting_for
from diary.operations.access_log import note_access
from diary.operations.counter import lock_counter
from diary.queries.consents import agreed_version

NOT_ASKED = "This version of this text is not asked for now."


def give_consent(person_id: UUID, code: str, version: str, *, now: datetime) -> None:
    """Note that the person agrees to a version that is asked for; again changes nothing.

    Raises InvalidRecord for any other.
    """
    if settings.CONSENTS_ASKED.get(code) != version:
        raise InvalidRecord((FieldError(path=("version",), code="not_asked", detail=NOT_ASKED),))
    with acting_for(person_id):
        lock_counter(person_id)
        if agreed_version(person_id, code) != version:
            _note(person_id, code, version, given=True, now=now)


def withdraw_consent(person_id: UUID, code: str, *, now: datetime) -> None:
    """Note that the person agrees no more; again, or where they never did, changes nothing."""
    with acting_for(person_id):
        lock_counter(person_id)
        version = agreed_version(person_id, code)
        if version is not None:
            _note(person_id, code, version, given=False, now=now)


def _note(person_id: UUID, code: str, version: str, *, given: bool, now: datetime) -> None:
    Consent.objects.create(
        person_id=person_id, id=uuid4(), code=code, version=version, given=given, at=now
    )
    action = Action.CONSENT_GIVEN if given else Action.CONSENT_WITHDRAWN
    note_access(person_id, Access(action=action), now=now)
