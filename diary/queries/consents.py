"""What a person has agreed to. Call all of it inside `acting_for(person_id)`."""

from uuid import UUID

from django.conf import settings

from diary.domain.consents import AskedConsent, asked_consents
from diary.models import Consent


def acts_of(person_id: UUID) -> tuple[Consent, ...]:
    """Return every act, the newest first."""
    return tuple(Consent.objects.filter(person_id=person_id).order_by("-at", "code", "id"))


def agreed_version(person_id: UUID, code: str) -> str | None:
    """Return the version the person agrees to now, None when they do not."""
    acts = Consent.objects.filter(person_id=person_id, code=code).order_by("-at", "given")
    newest = acts.first()
    return newest.version if newest and newest.given else None


def asked_of(person_id: UUID) -> tuple[AskedConsent, ...]:
    """Return the texts that are asked for now, and whether the person agrees to each."""
    asked = settings.CONSENTS_ASKED
    agreed = ((code, agreed_version(person_id, code)) for code in asked)
    return asked_consents(asked, ((code, version) for code, version in agreed if version))
