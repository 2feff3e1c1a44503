"""What staff may do: each look and each act stands in the log of the person, or is not done."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import transaction

from diary.domain.access_log import Access, Action, Actor
from diary.domain.errors import RecordNotFound
from diary.models import Delivery, Erasure, User
from diary.models.isolation import acting_for
from diary.operations.access_log import note_access
from diary.operations.deliveries import retry_dead
from diary.operations.devices import end_sessions_of
from diary.queries.accounts import AccountState, account_named, account_state


def find_account(address: str, *, staff_id: UUID, now: datetime) -> UUID | None:
    """Return the account with exactly this address, noted as looked up; None when there is none."""
    with transaction.atomic():
        found = account_named(address)
        if found is not None:
            _note(found, Action.VIEWED, "account address", staff_id=staff_id, now=now)
    return found


def look_at_account(person_id: UUID, *, staff_id: UUID, now: datetime) -> AccountState:
    """Return the state of an account, noted as looked at. Raises RecordNotFound."""
    with transaction.atomic():
        state = account_state(person_id, now=now)
        _note(person_id, Action.VIEWED, "account", staff_id=staff_id, now=now)
    return state


def act_on_account(person_id: UUID, act: str, *, staff_id: UUID, now: datetime) -> None:
    """Do one of ACTS to an account, and note it. Raises RecordNotFound for what does not exist."""
    if act not in ACTS:
        raise RecordNotFound
    with transaction.atomic():
        if not User.objects.select_for_update().filter(id=person_id).exists():
            raise RecordNotFound
        ACTS[act](person_id, now)
        _note(person_id, Action.CHANGED, f"account {act}", staff_id=staff_id, now=now)


def _end_sessions(person_id: UUID, _now: datetime) -> None:
    end_sessions_of(person_id, keep=None)


def _deactivate(person_id: UUID, now: datetime) -> None:
    User.objects.filter(id=person_id).update(is_active=False)
    _end_sessions(person_id, now)


def _reactivate(person_id: UUID, _now: datetime) -> None:
    with acting_for(person_id):
        if Erasure.objects.filter(person_id=person_id, begun_at__isnull=False).exists():
            raise RecordNotFound  # what is half gone is not given back
    User.objects.filter(id=person_id).update(is_active=True)


def _retry(person_id: UUID, now: datetime) -> None:
    with acting_for(person_id):
        dead = Delivery.objects.filter(recipient_id=person_id).dead()
        ids = list(dead.values_list("id", flat=True))
    retry_dead(ids, now=now)


ACTS: Mapping[str, Callable[[UUID, datetime], None]] = MappingProxyType(
    {
        "end-sessions": _end_sessions,
        "deactivate": _deactivate,
        "reactivate": _reactivate,
        "retry": _retry,
    }
)


def _note(person_id: UUID, action: Action, what: str, *, staff_id: UUID, now: datetime) -> None:
    access = Access(action=action, what=what, actor=Actor.STAFF, actor_id=staff_id)
    note_access(person_id, access, now=now)
