"""The life of an alert: what a look, a remission, a deleted entry or the person may change.

A look opens and raises; only a remission, the person or a retraction lowers or closes.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from diary.domain.errors import TransitionRefused
from diary.domain.findings import Finding, Level
from diary.domain.rules.registry import BY_ID, WEEKLY
from diary.domain.rules.trends import escalation_over
from diary.domain.view import WINDOW_DAYS, DiaryView, view_as_of

MUTE_DAYS = 90  # after "seen by a clinician" the same rule is silent about the same ground
SPEAKS_ONLY_IN_ASSESSMENT = frozenset({"W8", "W9"})
# Remission says nothing on signs, spread, history and medicines: those rules close only when a
# clinician has seen them.
CLOSED_BY_REMISSION = frozenset(
    {"N1", "N2", "N7", "N8", "N10", "N11", "N16", "W1", "W2", "W3", "W4", "W5", "W6", "W7", "W10"}
)
CLOSED_BY_STEADYING = frozenset({"N7", "W2"})
# What stands in a finding's numbers that is new ground for a muted rule.
NEW_GROUND = ("site_groups", "symptoms")


class AlertStatus(StrEnum):
    """Where an alert stands; the last two are final until new ground reopens it."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"
    RETRACTED = "retracted"


class CloseReason(StrEnum):
    """Why an alert is closed or retracted."""

    REMISSION = "X1"
    STEADIED = "X2"
    SEEN = "X3"
    GROUND_GONE = "ground_gone"


class ChangeKind(StrEnum):
    """What a plan wants done with an alert row."""

    OPEN = "open"
    REOPEN = "reopen"
    RAISE = "raise"
    EXTEND = "extend"
    CLOSE = "close"
    RETRACT = "retract"


class PersonAction(StrEnum):
    """What the person may do with an alert."""

    ACKNOWLEDGE = "acknowledge"
    MARK_SEEN = "mark_seen"
    SNOOZE = "snooze"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertState:
    """A stored alert as the life cycle sees it.

    `entries` and `first_day` are those of the finding that opened or last changed it, `found_on` is
    the local date of that look. `closed_on` is the local date of the closing or retraction.
    `numbers` are those of the same finding.
    """

    id: UUID
    rule: str
    level: Level
    status: AlertStatus
    bout_start: date | None = None
    reason: CloseReason | None = None
    entries: tuple[UUID, ...] = ()
    first_day: date | None = None
    found_on: date | None = None
    closed_on: date | None = None
    numbers: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_live(self) -> bool:
        """Return whether it still speaks: open or acknowledged."""
        return self.status in {AlertStatus.OPEN, AlertStatus.ACKNOWLEDGED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step of a plan. `alert` is None only for OPEN; `finding` is set when ground comes in."""

    kind: ChangeKind
    alert: UUID | None = None
    finding: Finding | None = None
    reason: CloseReason | None = None


def plan(
    alerts: Sequence[AlertState],
    findings: Sequence[Finding],
    remission: Finding | None,
    *,
    ungrounded: Collection[UUID] = (),
    steadied: Collection[UUID] = (),
    today: date,
) -> tuple[Change, ...]:
    """Return the changes that bring the alerts in line with these findings, in a stable order.

    `findings` are those of the newest look; reassurance among them opens nothing. `ungrounded` are
    alerts whose records no longer carry them (`ungrounded_alerts`), `steadied` those whose rise is
    over (`steadied_alerts`). Planning again after the changes were carried out gives no change.
    """
    retractions = [
        Change(kind=ChangeKind.RETRACT, alert=alert.id, reason=CloseReason.GROUND_GONE)
        for alert in alerts
        if alert.is_live and alert.id in ungrounded
    ]
    standing = [alert for alert in alerts if not (alert.is_live and alert.id in ungrounded)]
    worth = [
        finding
        for finding in findings
        if finding.level > Level.REASSURE and finding.rule not in SPEAKS_ONLY_IN_ASSESSMENT
    ]
    steps = [step for finding in worth if (step := _step(standing, finding, today))]
    holding = {finding.rule for finding in worth}
    calmed = [a for a in standing if a.is_live and a.id in steadied and a.rule not in holding]
    steadyings = [_close(alert, CloseReason.STEADIED) for alert in calmed]
    others = [alert for alert in standing if alert not in calmed]
    return (*retractions, *steps, *steadyings, *_closings(others, holding, remission))


def ungrounded_alerts(alerts: Iterable[AlertState], view: DiaryView) -> frozenset[UUID]:
    """Return the live alerts that today's records would not have raised on the day of their look.

    Time passing takes no ground away, deleting or correcting a record does. Alerts whose evidence
    reaches back beyond the window cannot be judged and stay; what rests on a weekly test is judged
    in weekly looks alone.
    """
    start = view.today - timedelta(days=WINDOW_DAYS)
    return frozenset(
        alert.id
        for alert in alerts
        if alert.is_live
        and _can_judge(alert, start)
        and (view.frequency is not None or not rests_on_weekly_test(alert.rule, alert.numbers))
        and not _holds(alert, view)
    )


def steadied_alerts(alerts: Iterable[AlertState], view: DiaryView) -> frozenset[UUID]:
    """Return the live alerts of a rise that X2 says is over; empty outside weekly looks."""
    look, previous = view.frequency, view.previous_frequency
    if look is None or previous is None:
        return frozenset()
    return frozenset(
        alert.id
        for alert in alerts
        if alert.is_live
        and alert.rule in CLOSED_BY_STEADYING
        and escalation_over(alert.numbers, look, previous)
    )


def rests_on_weekly_test(rule: str, numbers: Mapping[str, Any]) -> bool:
    """Return whether only a weekly look can find this alert's ground again."""
    return rule in WEEKLY or numbers.get("rising") is True


def person_transition(status: AlertStatus, action: PersonAction, level: Level) -> AlertStatus:
    """Return the status after the person's action; snoozing keeps the status.

    Raises TransitionRefused for a closed or retracted alert, for acknowledging twice, and for
    snoozing an emergency or urgent alert.
    """
    if status not in {AlertStatus.OPEN, AlertStatus.ACKNOWLEDGED}:
        raise TransitionRefused("the alert is over")
    if action is PersonAction.MARK_SEEN:
        return AlertStatus.CLOSED
    if action is PersonAction.SNOOZE:
        if level >= Level.URGENT:
            raise TransitionRefused("this alert cannot be put off")
        return status
    if status is AlertStatus.ACKNOWLEDGED:
        raise TransitionRefused("the alert is acknowledged already")
    return AlertStatus.ACKNOWLEDGED


def _step(alerts: Sequence[AlertState], finding: Finding, today: date) -> Change | None:
    of_rule = [alert for alert in alerts if alert.rule == finding.rule]
    live = [alert for alert in of_rule if alert.is_live]
    if live:
        return _on_live(max(live, key=_recent), finding)
    over = [alert for alert in of_rule if _same_ground(alert, finding)]
    if not over:
        muted = any(_is_muted(alert, finding, today) for alert in of_rule)
        return None if muted else Change(kind=ChangeKind.OPEN, finding=finding)
    return _on_over(max(over, key=_recent), finding, today)


def _on_live(alert: AlertState, finding: Finding) -> Change | None:
    if finding.level > alert.level:
        return Change(kind=ChangeKind.RAISE, alert=alert.id, finding=finding)
    if finding.level < Level.URGENT:
        # Kept up to date, so that what the clinician saw is known when the alert is muted.
        grown = finding.level == alert.level and _has_new_ground(alert, finding)
        return Change(kind=ChangeKind.EXTEND, alert=alert.id, finding=finding) if grown else None
    if set(finding.entries) <= set(alert.entries):
        return None
    # A new warning sign speaks again, even when an older one was acknowledged.
    acknowledged = alert.status is AlertStatus.ACKNOWLEDGED
    kind = ChangeKind.REOPEN if acknowledged else ChangeKind.EXTEND
    return Change(kind=kind, alert=alert.id, finding=finding)


def _on_over(alert: AlertState, finding: Finding, today: date) -> Change | None:
    reopen = Change(kind=ChangeKind.REOPEN, alert=alert.id, finding=finding)
    # A rise that was over and is back is a new rise, also within the same bout.
    again = alert.reason is CloseReason.STEADIED
    if alert.status is AlertStatus.RETRACTED or again or finding.level > alert.level:
        return reopen
    if finding.level >= Level.URGENT:
        return None if set(finding.entries) <= set(alert.entries) else reopen
    if alert.reason is CloseReason.SEEN and not _is_muted(alert, finding, today):
        return reopen
    return None


def _same_ground(alert: AlertState, finding: Finding) -> bool:
    if alert.bout_start == finding.bout_start:
        return True
    # The bout's start moves when an older day is filled in; it is the same bout all the same.
    began, closed = finding.bout_start, alert.closed_on
    urgent = finding.level >= Level.URGENT
    return not urgent and began is not None and closed is not None and began <= closed


def _is_muted(alert: AlertState, finding: Finding, today: date) -> bool:
    if alert.reason is not CloseReason.SEEN or alert.closed_on is None:
        return False
    if finding.level >= Level.URGENT or finding.level > alert.level:
        return False
    if _has_new_ground(alert, finding):
        return False
    return today - alert.closed_on < timedelta(days=MUTE_DAYS)


def _has_new_ground(alert: AlertState, finding: Finding) -> bool:
    """Tell whether a region or symptom joined; an alert that names none cannot be compared."""
    return any(
        bool(known := set(alert.numbers.get(name, ())))
        and not known.issuperset(finding.numbers.get(name, ()))
        for name in NEW_GROUND
    )


def _close(alert: AlertState, reason: CloseReason) -> Change:
    return Change(kind=ChangeKind.CLOSE, alert=alert.id, reason=reason)


def _closings(
    alerts: Sequence[AlertState], holding: Collection[str], remission: Finding | None
) -> list[Change]:
    if remission is None:
        return []
    return [
        _close(alert, CloseReason.REMISSION)
        for alert in alerts
        if alert.is_live and alert.rule in CLOSED_BY_REMISSION and alert.rule not in holding
    ]


def _can_judge(alert: AlertState, start: date) -> bool:
    known = alert.rule in BY_ID and alert.found_on is not None
    return known and alert.first_day is not None and alert.first_day >= start


def _holds(alert: AlertState, view: DiaryView) -> bool:
    judge = BY_ID[alert.rule].judge
    # A sign that moved to another day still counts.
    days = (view.today, min(alert.found_on or view.today, view.today))
    return any(judge(view_as_of(view, day)) is not None for day in days)


def _recent(alert: AlertState) -> tuple[date, str]:
    return (alert.bout_start or date.min, str(alert.id))
