"""Alerts: raised, extended, closed and retracted by looks and writes, answered by the person."""

import uuid
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from diary.domain.findings import Finding, Level
from diary.domain.lifecycle import (
    NEW_GROUND,
    AlertState,
    AlertStatus,
    Change,
    ChangeKind,
    CloseReason,
    PersonAction,
    person_transition,
    plan,
    rests_on_weekly_test,
    steadied_alerts,
)
from diary.domain.rules.registry import WEEKLY
from diary.domain.view import DiaryView
from diary.models import Alert
from diary.models.isolation import acting_for
from diary.operations.counter import lock_counter
from diary.operations.outbox import make_push_due
from diary.queries.alerts import (
    alert_of,
    alert_states,
    columns_of_finding,
    level_of,
)

LONGEST_SNOOZE = timedelta(days=30)

# What has something new to tell; taken back and found again says the same as before.
SPEAKING = frozenset({ChangeKind.OPEN, ChangeKind.REOPEN, ChangeKind.RAISE})

Ungrounded = Callable[[Sequence[AlertState]], Collection[uuid.UUID]]


def nothing_ungrounded(alerts: Sequence[AlertState]) -> Collection[uuid.UUID]:
    """Return no alert."""
    return ()


def update_alerts(  # noqa: PLR0913 - all by name
    person_id: uuid.UUID,
    *,
    view: DiaryView,
    findings: Sequence[Finding],
    states: Sequence[AlertState] | None = None,
    remission: Finding | None = None,
    ungrounded: Ungrounded = nothing_ungrounded,
    now: datetime,
) -> tuple[Alert, ...]:
    """Bring the person's alerts in line with what the rules found, and return the changed ones.

    `states` are the alerts, where they were read already. `ungrounded` names those whose records no
    longer carry them: they are taken back. A write sees only the recent diary and takes nothing
    back. `now` is the server's time, which the view's need not be. Call inside the transaction of
    the write or look that found it. Doing it again changes nothing.
    """
    states = alert_states(person_id) if states is None else states
    changes = plan(
        states,
        findings,
        remission,
        ungrounded=ungrounded(states),
        steadied=steadied_alerts(states, view),
        today=view.today,
    )
    if not changes:
        return ()
    with transaction.atomic():  # where one fails, none is kept, and the entry is
        return _carry_out_all(person_id, changes, view=view, now=now)


def _carry_out_all(
    person_id: uuid.UUID, changes: Sequence[Change], *, view: DiaryView, now: datetime
) -> tuple[Alert, ...]:
    ids = [change.alert for change in changes if change.alert]
    rows = Alert.objects.filter(person_id=person_id, id__any_of=ids) if ids else ()
    stored = {alert.id: alert for alert in rows}
    changed = tuple(_carry_out(person_id, stored, change, view=view) for change in changes)
    spoke = [
        level_of(alert)
        for alert, change in zip(changed, changes, strict=True)
        if change.kind in SPEAKING
    ]
    if spoke:
        make_push_due(person_id, urgent=max(spoke) >= Level.URGENT, now=now)
    return changed


def is_statistical(alert: AlertState) -> bool:
    """Return whether only a weekly look can judge the alert's ground: between two it holds."""
    return rests_on_weekly_test(alert.rule, alert.numbers)


def _carry_out(
    person_id: uuid.UUID, stored: dict[uuid.UUID, Alert], change: Change, *, view: DiaryView
) -> Alert:
    if change.kind is ChangeKind.OPEN:
        return _open(person_id, change, view=view)
    if change.alert is None:
        raise ValueError("only opening needs no alert")
    columns: dict[str, Any] = {}
    if change.finding is not None:
        columns |= _columns_of_change(stored[change.alert], change, change.finding, view=view)
    if change.kind in SPEAKING and stored[change.alert].state != AlertStatus.RETRACTED:
        columns |= {"spoke_at": view.now, "seen_at": None}
    if change.kind is ChangeKind.REOPEN:
        columns |= {
            "state": AlertStatus.OPEN.value,
            "closed_reason": "",
            "closed_on": None,
            "acknowledged_at": None,
            "snoozed_until": None,
        }
    if change.kind in {ChangeKind.CLOSE, ChangeKind.RETRACT}:
        closed = change.kind is ChangeKind.CLOSE
        columns |= {
            "state": (AlertStatus.CLOSED if closed else AlertStatus.RETRACTED).value,
            "closed_reason": change.reason.value if change.reason else "",
            "closed_on": view.today,
        }
    return _change(stored[change.alert], columns, now=view.now)


def _columns_of_change(
    alert: Alert, change: Change, finding: Finding, *, view: DiaryView
) -> dict[str, Any]:
    columns = columns_of_finding(finding)
    if change.kind is ChangeKind.EXTEND and finding.rule in WEEKLY:
        # The numbers of the opening stay: the end of a rise is measured against them.
        joined = {name: columns["numbers"][name] for name in NEW_GROUND}
        return {"numbers": alert.numbers | joined}
    return columns | {"found_on": view.today}


def _open(person_id: uuid.UUID, change: Change, *, view: DiaryView) -> Alert:
    if change.finding is None:
        raise ValueError("an alert is opened for a finding")
    return Alert.objects.create(
        person_id=person_id,
        id=uuid.uuid4(),
        received_at=view.now,
        opened_at=view.now,
        changed_at=view.now,
        found_on=view.today,
        **columns_of_finding(change.finding),
    )


def _change(alert: Alert, columns: dict[str, Any], *, now: datetime) -> Alert:
    for name, value in columns.items():
        setattr(alert, name, value)
    alert.version += 1
    alert.changed_at = now
    # Not `seq`: the trigger stamps it, and a stale value must not be written back.
    alert.save(update_fields=[*columns, "version", "changed_at"])
    alert.refresh_from_db(fields=["seq"])
    return alert


def answer_alert(
    person_id: uuid.UUID,
    alert_id: uuid.UUID,
    action: PersonAction,
    *,
    now: datetime,
    today: date,
    snooze_until: datetime | None = None,
) -> Alert:
    """Do what the person asks of an alert and return it.

    The same answer again changes nothing. Raises RecordNotFound, and TransitionRefused when the
    alert is over or must not be put off.
    """
    with acting_for(person_id):
        lock_counter(person_id)
        alert = alert_of(person_id, alert_id)
        if _is_answered(alert, action):
            return alert
        status = person_transition(AlertStatus(alert.state), action, level_of(alert))
        columns: dict[str, Any] = {"state": status.value}
        if action is PersonAction.ACKNOWLEDGE:
            columns |= {"acknowledged_at": now}
        elif action is PersonAction.SNOOZE:
            columns |= {"snoozed_until": snooze_until}
        else:
            columns |= {
                "closed_reason": CloseReason.SEEN.value,
                "closed_on": today,
                "seen_by_clinician_on": today,
            }
        return _change(alert, columns, now=now)


def note_seen(person_id: uuid.UUID, alert_id: uuid.UUID, *, now: datetime) -> Alert:
    """Remember that the person has seen what the alert says and return it.

    It is then told to no further channel. Seen again it is as it was, until it has something new to
    say. Raises RecordNotFound.
    """
    with acting_for(person_id):
        lock_counter(person_id)
        alert = alert_of(person_id, alert_id)
        return _change(alert, {"seen_at": now}, now=now) if alert.seen_at is None else alert


def _is_answered(alert: Alert, action: PersonAction) -> bool:
    if action is PersonAction.ACKNOWLEDGE:
        return alert.state == AlertStatus.ACKNOWLEDGED
    return action is PersonAction.MARK_SEEN and alert.closed_reason == CloseReason.SEEN
