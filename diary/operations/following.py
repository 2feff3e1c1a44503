"""Following a diary: invited by the person, taken up by a code, ended by either side.

What a follower may do is asked inside the transaction that does it, with the permission locked:
once it has ended nothing more happens in its name.
"""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from diary.domain.access_log import Access, Action, Actor
from diary.domain.errors import InvitationUnusable, LimitReached, NotPermitted, RecordNotFound
from diary.domain.following import (
    CODE_BYTES,
    INVITATION_LASTS,
    MOST_FOLLOWERS,
    Observer,
    Terms,
    digest_of_code,
)
from diary.models import Follow, FollowerSaw, User
from diary.models.isolation import acting_for, knowing
from diary.operations.access_log import note_access_if_possible
from diary.operations.records import Operation, Outcome, apply_operations
from diary.queries.following import alert_followed, followed_by, language_of


def invite(person_id: UUID, terms: Terms, *, now: datetime) -> tuple[Follow, str]:
    """Return a new invitation and its code, which is not kept and cannot be read again.

    Raises LimitReached beyond MOST_FOLLOWERS, open invitations included.
    """
    code = secrets.token_hex(CODE_BYTES)
    with acting_for(person_id):
        _lock_account(person_id)
        if Follow.objects.present(now=now).filter(person_id=person_id).count() >= MOST_FOLLOWERS:
            raise LimitReached
        follow = Follow.objects.create(
            id=uuid4(),
            person_id=person_id,
            code_digest=digest_of_code(code),
            invited_at=now,
            **_columns(asdict(terms)),
        )
    return follow, code


def take_up(follower_id: UUID, code: str, *, label: str, now: datetime) -> tuple[Follow, bool]:
    """Return what the code lets the follower follow, and whether it was taken up just now.

    The same follower may send it again. What they followed of this person before gives way to the
    new terms. Raises InvitationUnusable, whatever the reason.
    """
    digest = digest_of_code(code)
    with transaction.atomic():
        with acting_for(follower_id), knowing(digest):
            follow, is_new = _taken_up(follower_id, digest, label=label, now=now)
        if is_new:
            taken_up = by_follower(follow, Action.FOLLOWING_TAKEN_UP)
            note_access_if_possible(follow.person_id, taken_up, now=now)
    return follow, is_new


def _taken_up(follower_id: UUID, digest: str, *, label: str, now: datetime) -> tuple[Follow, bool]:
    _lock_account(follower_id)
    follow = _invitation(digest, now=now)
    if follow is None or follow.person_id == follower_id:
        raise InvitationUnusable
    if follow.follower_id is not None:
        if follow.follower_id != follower_id:
            raise InvitationUnusable
        return follow, False
    earlier = Follow.objects.in_force().filter(person_id=follow.person_id)
    earlier.filter(follower_id=follower_id).update(ended_at=now)
    follow.follower_id, follow.follower_label, follow.accepted_at = follower_id, label, now
    follow.save(update_fields=["follower", "follower_label", "accepted_at"])
    return follow, True


def _invitation(digest: str, *, now: datetime) -> Follow | None:
    rows = Follow.objects.select_for_update(of=("self",)).filter(
        code_digest=digest,
        ended_at__isnull=True,
        invited_at__gt=now - INVITATION_LASTS,
        person__is_active=True,
    )
    return rows.first()


def _lock_account(person_id: UUID) -> None:
    """Let one request at a time of this account decide about following."""
    User.objects.select_for_update(no_key=True).get(pk=person_id)


def change_terms(
    person_id: UUID, follow_id: UUID, changes: Mapping[str, Any], *, now: datetime
) -> Follow:
    """Change what a follower has and return it; what is not named stays. Raises RecordNotFound."""
    with acting_for(person_id):
        rows = Follow.objects.present(now=now).filter(person_id=person_id, id=follow_id)
        follow = rows.select_for_update().first()
        if follow is None:
            raise RecordNotFound
        for name, value in _columns(changes).items():
            setattr(follow, name, value)
        follow.save(update_fields=list(changes))
    return follow


def _columns(terms: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) if name == "levels" else value for name, value in terms.items()}


def end_following(follow_id: UUID, *, now: datetime, **side: UUID) -> None:
    """End a following or take an invitation back, for good; doing it again changes nothing.

    `side` is `person_id` or `follower_id`, whoever ends it. Raises RecordNotFound when they have no
    such following.
    """
    [caller] = side.values()
    with acting_for(caller):
        follow = Follow.objects.filter(id=follow_id, **side).first()
        if follow is None:
            raise RecordNotFound
        ended = Follow.objects.filter(id=follow_id, ended_at__isnull=True).update(ended_at=now)
    if ended and "follower_id" in side:
        left = by_follower(follow, Action.FOLLOWING_ENDED)
        note_access_if_possible(follow.person_id, left, now=now)


@contextmanager
def refusals_noted(follower_id: UUID, follow_id: UUID, *, now: datetime) -> Iterator[None]:
    """Let the person see in their log when somebody asks for what they may not, or no longer."""
    try:
        yield
    except (RecordNotFound, NotPermitted):
        with acting_for(follower_id):
            follow = Follow.objects.filter(id=follow_id, follower_id=follower_id).first()
        if follow is not None:
            access = by_follower(follow, Action.REFUSED)
            note_access_if_possible(follow.person_id, access, now=now, once_an_hour=True)
        raise


def by_follower(follow: Follow, action: Action, what: str = "following") -> Access:
    """Return something that the follower did, for the log of the person who is followed."""
    return Access(action=action, what=what, actor=Actor.FOLLOWER, actor_id=follow.follower_id)


@contextmanager
def _permitted(follower_id: UUID, follow_id: UUID) -> Iterator[Follow]:
    """Act for the person who is followed. Raises RecordNotFound when it has ended or never was."""
    with transaction.atomic():
        with acting_for(follower_id):
            mine = followed_by(follower_id).select_for_update(of=("self",))
            follow = mine.filter(id=follow_id).first()
        if follow is None:
            raise RecordNotFound
        with acting_for(follow.person_id):
            yield follow


def log_observation(
    follower_id: UUID,
    follow_id: UUID,
    operation: Operation,
    *,
    now: datetime,
    device_id: UUID,
    sent_at: datetime | None,
) -> Outcome:
    """Write what a follower has seen into the person's diary; the rules run as on any write.

    It is reported by who the follower is to the person, whatever the data say. The advice is in the
    follower's language. Raises RecordNotFound, and NotPermitted for one who may not log.
    """
    language = language_of(follower_id)
    refusals = refusals_noted(follower_id, follow_id, now=now)
    with refusals, _permitted(follower_id, follow_id) as follow:
        if not follow.may_log:
            raise NotPermitted
        batch = apply_operations(
            person_id=follow.person_id,
            operations=[operation],
            now=now,
            device_id=device_id,
            sent_at=sent_at,
            observer=Observer(person_id=follower_id, relation=follow.relation, language=language),
        )
    return batch.outcomes[0]


def note_seen_by_follower(
    follower_id: UUID, follow_id: UUID, alert_id: UUID, *, now: datetime
) -> None:
    """Remember that the follower has seen the alert. Raises RecordNotFound for one not theirs."""
    refusals = refusals_noted(follower_id, follow_id, now=now)
    with refusals, _permitted(follower_id, follow_id) as follow:
        alert_followed(follow, alert_id)
        FollowerSaw.objects.update_or_create(
            person_id=follow.person_id,
            alert_id=alert_id,
            follower_id=follower_id,
            defaults={"seen_at": now},
        )
        seen = by_follower(follow, Action.CHANGED, "alert_seen")
        note_access_if_possible(follow.person_id, seen, now=now)
