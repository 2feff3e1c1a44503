"""What staff may know of an account: its state in times and counts, and nothing of its diary."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Count, Max

from diary.domain.errors import RecordNotFound
from diary.models import Delivery, Device, Erasure, User
from diary.models.isolation import acting_for


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A message that was given up, by id, channel and class of error."""

    id: UUID
    kind: str
    error: str
    given_up_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountState:
    """An account as staff see it. `deliveries` counts messages to the person by their state."""

    id: UUID
    is_active: bool
    created_at: datetime
    last_seen_at: datetime | None
    devices: int
    second_factors: tuple[str, ...]
    erase_at: datetime | None
    deliveries: Mapping[str, int]
    dead_letters: tuple[DeadLetter, ...]


def account_named(address: str) -> UUID | None:
    """Return the account with exactly this address, whatever its case."""
    sought = User.objects.normalize_email(address)
    return User.objects.filter(email=sought).values_list("id", flat=True).first()


def account_state(person_id: UUID, *, now: datetime) -> AccountState:
    """Return the state of an account at `now`. Raises RecordNotFound."""
    person = User.objects.filter(id=person_id).first()
    if person is None:
        raise RecordNotFound
    with acting_for(person_id):
        return _state_of(person, now=now)


def _state_of(person: User, *, now: datetime) -> AccountState:
    person_id = person.pk
    erasure = Erasure.objects.filter(person_id=person_id)
    devices = Device.objects.of_person(person_id)
    received = Delivery.objects.filter(recipient_id=person_id)
    counted = received.order_by("state").values_list("state").annotate(Count("id"))
    return AccountState(
        id=person_id,
        is_active=person.is_active,
        created_at=person.date_joined,
        last_seen_at=devices.aggregate(last=Max("last_seen_at"))["last"],
        devices=devices.signed_in(now=now).count(),
        second_factors=second_factors(person_id),
        erase_at=erasure.values_list("erase_at", flat=True).first(),
        deliveries=dict(counted),
        dead_letters=tuple(
            DeadLetter(id=one.id, kind=one.kind, error=one.last_error, given_up_at=one.finished_at)
            for one in received.dead()
        ),
    )


def second_factors(person_id: UUID) -> tuple[str, ...]:
    """Return the kinds of second factors the account has, such as `totp`."""
    kinds = Authenticator.objects.filter(user_id=person_id).order_by("type")
    return tuple(kinds.values_list("type", flat=True).distinct())


def may_be_staff(person: User) -> bool:
    """Return whether the account can sign in by an address of its own and by codes of an app.

    A passkey belongs to the host it was made for, and the staff site has another.
    """
    verified = EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists()
    return person.is_active and verified and Authenticator.Type.TOTP in second_factors(person.pk)
