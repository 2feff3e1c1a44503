"""Who follows whom, and what a follower may see of a diary: live alerts of the granted levels."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from diary.domain.errors import RecordNotFound
from diary.models import LIVE_STATES, Alert, Follow, FollowerSaw
from diary.models.isolation import acting_for
from diary.queries.alerts import alert_of, alerts_of
from diary.queries.people import known_person


def followers_of(person_id: UUID, *, now: datetime) -> tuple[Follow, ...]:
    """Return the person's followers and open invitations, the oldest first."""
    with acting_for(person_id):
        return tuple(Follow.objects.present(now=now).filter(person_id=person_id))


def following_of(follower_id: UUID) -> tuple[Follow, ...]:
    """Return what somebody follows now, as `followed_by`, with what they call it."""
    with acting_for(follower_id):
        return tuple(followed_by(follower_id))


def followed_by(follower_id: UUID) -> QuerySet[Follow]:
    """Return what somebody follows now, the oldest first; closed accounts are left out.

    Read it inside `acting_for(follower_id)`.
    """
    following = Follow.objects.in_force().filter(follower_id=follower_id, person__is_active=True)
    return following.order_by("accepted_at", "id")


def followed(follower_id: UUID, follow_id: UUID) -> Follow:
    """Return one thing somebody follows now. Raises RecordNotFound, also when it has ended."""
    with acting_for(follower_id):
        follow = followed_by(follower_id).filter(id=follow_id).first()
    if follow is None:
        raise RecordNotFound
    return follow


def alerts_followed(follow: Follow) -> tuple[Alert, ...]:
    """Return the live alerts a follower may see, the most pressing first.

    Call inside `acting_for(follow.person_id)`, as `alert_followed`.
    """
    alerts = alerts_of(follow.person_id, live_only=True)
    return tuple(alert for alert in alerts if alert.level in follow.levels)


def alert_followed(follow: Follow, alert_id: UUID) -> Alert:
    """Return one live alert a follower may see. Raises RecordNotFound."""
    alert = alert_of(follow.person_id, alert_id)
    if alert.state not in LIVE_STATES or alert.level not in follow.levels:
        raise RecordNotFound
    return alert


def has_seen(follower_id: UUID, alert: Alert) -> bool:
    """Return whether a follower has seen what the alert says now."""
    with acting_for(alert.person_id):
        seen = FollowerSaw.objects.filter(
            person_id=alert.person_id, alert_id=alert.id, follower_id=follower_id
        )
        return seen.filter(seen_at__gte=alert.spoke_at or alert.opened_at).exists()


def language_of(person_id: UUID) -> str:
    """Return the language somebody reads, by their own profile."""
    with acting_for(person_id):
        return known_person(person_id).language


def follows_by_follower(person_id: UUID, follower_ids: Iterable[UUID | None]) -> dict[UUID, Follow]:
    """Return how each of these accounts follows, or last followed, the person; others left out."""
    rows = Follow.objects.filter(person_id=person_id, follower_id__in=set(follower_ids) - {None})
    return {row.follower_id: row for row in rows.order_by("accepted_at", "id") if row.follower_id}
