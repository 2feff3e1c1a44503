"""Which alerts are pushed to the phone now: few, merged, and never late when it is urgent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from diary.domain.findings import Level
from diary.domain.lifecycle import AlertStatus

NON_URGENT_EVERY = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class PushableAlert:
    """An alert as the push policy sees it; all instants are aware.

    `spoke_at` is when it last had something new to say: opened, reopened or raised. `told` says
    whether just that was pushed, `snoozed_until` is the end of a snooze that the person asked for.
    """

    id: UUID
    level: Level
    status: AlertStatus
    spoke_at: datetime
    told: bool = False
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One push message about these alerts, the most pressing first. It carries no health data."""

    alerts: tuple[UUID, ...]
    urgent: bool


def pushes_due(
    alerts: Iterable[PushableAlert], last_non_urgent_push_at: datetime | None, now: datetime
) -> tuple[Push, ...]:
    """Return what to push to one person at `now`, urgent pushes first.

    An emergency or urgent alert is a push of its own at once. Alerts for a visit wait until the
    last such push is a week old and then go out together; watching and reassurance never push. What
    an alert said is pushed once; acknowledged, closed and snoozed alerts stay silent, but for the
    followers a pressing one is pushed even if the person was quicker to acknowledge it.
    """
    waiting = _waiting(alerts)
    pressing = [alert for alert in waiting if alert.level >= Level.URGENT]
    pushes = [Push(alerts=(alert.id,), urgent=True) for alert in pressing]
    visits = [a for a in waiting if _visit_from(a, last_non_urgent_push_at, now) == now]
    if visits:
        pushes.append(Push(alerts=tuple(alert.id for alert in visits), urgent=False))
    return tuple(pushes)


def next_push_at(
    alerts: Iterable[PushableAlert], last_non_urgent_push_at: datetime | None, now: datetime
) -> datetime | None:
    """Return when to ask again after the pushes due at `now` went out, None for not by itself."""
    visits = [alert for alert in _waiting(alerts) if alert.level is Level.SEE_DOCTOR]
    times = {alert.id: _visit_from(alert, last_non_urgent_push_at, now) for alert in visits}
    last = now if now in times.values() else last_non_urgent_push_at
    held = [_visit_from(alert, last, now) for alert in visits if times[alert.id] != now]
    return min((at for at in held if at), default=None)


def _waiting(alerts: Iterable[PushableAlert]) -> list[PushableAlert]:
    return sorted(
        (alert for alert in alerts if _has_something_to_say(alert)),
        key=lambda alert: (-alert.level, alert.spoke_at, str(alert.id)),
    )


def _visit_from(alert: PushableAlert, last: datetime | None, now: datetime) -> datetime | None:
    """Return when an alert for a visit may be pushed, `now` at the earliest; None for others."""
    if alert.level is not Level.SEE_DOCTOR:
        return None
    week_over = now if last is None else last + NON_URGENT_EVERY
    return max(now, week_over, alert.snoozed_until or now)


def _has_something_to_say(alert: PushableAlert) -> bool:
    if alert.told:
        return False
    quickly_read = alert.status is AlertStatus.ACKNOWLEDGED and alert.level >= Level.URGENT
    return alert.status is AlertStatus.OPEN or quickly_read
