"""Statistical looks: at one slot a week and one a month, stored with every number they saw.

Asked more often, the same tests would raise more false alerts; see docs/statistics.md.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from diary.domain.entries import Person
from diary.domain.escalation import WINDOW_DAYS
from diary.domain.findings import Finding
from diary.domain.lifecycle import AlertState
from diary.domain.look_slots import LookKind, latest_slot
from diary.domain.rules.registry import weekly_findings
from diary.domain.triggers import INPUT_DAYS, trigger_look
from diary.domain.view import DiaryView
from diary.models import Look, Medication
from diary.operations.alerts import is_statistical, update_alerts
from diary.operations.due_looks import rescheduling
from diary.operations.guard import Guard
from diary.operations.look_rows import record_look
from diary.operations.settled import read_then_write
from diary.operations.storing import Writing, run
from diary.queries.looks import (
    Before,
    LookBefore,
    before_month,
    before_week,
    counted_days,
    made_and_alerts,
    weekly_view_of,
)
from diary.queries.people import today_of
from diary.queries.records import kept_entries
from diary.queries.views import days_between


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    """The week or month that a look belongs to; `previous` is the newest look there was."""

    kind: LookKind
    person: Person
    now: datetime
    today: date
    period: date
    previous: LookBefore | None

    @property
    def is_done(self) -> bool:
        """Return whether its look was the last to be made, and nothing need be read for it."""
        return self.previous is not None and self.previous.period == self.period


def look_at_week(person_id: uuid.UUID, *, now: datetime, changed: int | None = None) -> Look | None:
    """Run the weekly rules over the daily rows of 140 days; store the look and its alerts.

    Returns None, and changes no alert, when the look of this week's slot was made already. Where a
    rule fails the others are heard, no look is stored, and it is tried again.
    `changed` is the counter seen at the claim; with it the row moves to its next slot.
    """

    def read() -> tuple[int, tuple[_Slot, DiaryView | None]]:
        before = before_week(person_id, now=now)
        slot = _slot(LookKind.WEEKLY, person_id, before, now=now)
        if slot.is_done:
            return before.seq, (slot, None)
        view = weekly_view_of(person_id, slot.person, before.days, now=now, today=slot.today)
        return before.seq, (slot, view)

    def write(known: tuple[_Slot, DiaryView | None]) -> Look | None:
        slot, view = known
        guard = Guard()
        # Asked under the lock: a look is no write, so the counter does not tell of one.
        is_made, states = made_and_alerts(person_id, slot.kind, slot.period)
        if view is None or view.frequency is None or is_made:
            run(*_moving_on(person_id, slot, changed=changed, guard=guard))
            return None
        numbers = {
            "frequency": view.frequency.as_numbers(),
            "severity": [look.as_numbers() for look in view.severity],
        }
        if states and slot.previous:  # only for the end of a rise that raised an alert
            view = replace(view, previous_frequency=slot.previous.frequency())
        found = weekly_findings(view, ask=guard.ask)
        findings = tuple(_with_episodes(finding, view) for finding in found)
        update_alerts(
            person_id,
            view=view,
            findings=findings,
            states=states,
            ungrounded=lambda alerts: (
                () if guard.failed else _ungrounded(person_id, alerts, findings, view=view)
            ),
            now=now,
        )
        moving_on = _moving_on(person_id, slot, changed=changed, guard=guard)
        if guard.failed:
            run(*moving_on)
            return None
        return _record(person_id, slot, numbers, findings, beside=moving_on)

    return read_then_write(person_id, read, write)


def look_at_month(
    person_id: uuid.UUID, *, now: datetime, changed: int | None = None
) -> Look | None:
    """Compare days with and without each factor and store the result; it raises no alert.

    Returns None when the look of this month's slot was made already. `changed` as for the week.
    """

    def read() -> tuple[int, tuple[_Slot, Mapping[str, Any] | None]]:
        before = before_month(person_id)
        slot = _slot(LookKind.MONTHLY, person_id, before, now=now)
        if slot.is_done:
            return before.seq, (slot, None)
        first = slot.today - timedelta(days=INPUT_DAYS - 1)
        look = trigger_look(
            days_between(person_id, first, slot.today),
            today=slot.today,
            medications=kept_entries(Medication, person_id),
        )
        return before.seq, (slot, {"triggers": look.as_numbers()})

    def write(known: tuple[_Slot, Mapping[str, Any] | None]) -> Look | None:
        slot, numbers = known
        moving_on = _moving_on(person_id, slot, changed=changed, guard=Guard())
        if numbers is None or made_and_alerts(person_id, slot.kind, slot.period)[0]:
            run(*moving_on)
            return None
        return _record(person_id, slot, numbers, (), beside=moving_on)

    return read_then_write(person_id, read, write)


def _slot(kind: LookKind, person_id: uuid.UUID, before: Before, *, now: datetime) -> _Slot:
    return _Slot(
        kind=kind,
        person=before.person,
        now=now,
        today=today_of(before.person, now=now),
        period=latest_slot(kind, person_id, before.person.time_zone, now=now),
        previous=before.look,
    )


def _moving_on(
    person_id: uuid.UUID, slot: _Slot, *, changed: int | None, guard: Guard
) -> Sequence[Writing]:
    zone, failed = slot.person.time_zone, bool(guard.failed)
    return rescheduling(slot.kind, person_id, zone, now=slot.now, changed=changed, failed=failed)


def _with_episodes(finding: Finding, view: DiaryView) -> Finding:
    """Return the finding with the episodes of the recent window, where it rests on counts alone."""
    if finding.entries:
        return finding
    after = view.today - timedelta(days=WINDOW_DAYS)
    counted = tuple(e.id for e in view.episodes if e.local_date > after)
    return replace(finding, entries=counted)


def _ungrounded(
    person_id: uuid.UUID,
    alerts: Sequence[AlertState],
    findings: Sequence[Finding],
    *,
    view: DiaryView,
) -> frozenset[uuid.UUID]:
    """Return the live statistical alerts that today's records would not have raised back then."""
    holding = {finding.rule for finding in findings}
    return frozenset(
        alert.id
        for alert in alerts
        if alert.is_live
        and is_statistical(alert)
        and alert.rule not in holding
        and alert.found_on is not None
        and not _held(person_id, alert.rule, alert.found_on, view=view)
    )


def _held(person_id: uuid.UUID, rule: str, day: date, *, view: DiaryView) -> bool:
    days = counted_days(person_id, today=day)
    then = weekly_view_of(person_id, view.person, days, now=view.now, today=day)
    return any(finding.rule == rule for finding in weekly_findings(then))


def _record(
    person_id: uuid.UUID,
    slot: _Slot,
    numbers: Mapping[str, Any],
    findings: Sequence[Finding],
    *,
    beside: Sequence[Writing],
) -> Look:
    return record_look(
        person_id,
        slot.kind,
        at=slot.now,
        today=slot.today,
        findings=findings,
        numbers=numbers,
        period=slot.period,
        beside=beside,
    )
