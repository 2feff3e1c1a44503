"""Looks: made due by a write or the calendar, claimed in sets, recorded for good.

A look that dies leaves its lease to run out; the next sweep finds it. Redis is never asked what is
due, so losing it loses nothing.
"""

import logging
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType

from django.db import connection

from diary.domain.assessment import assess
from diary.domain.findings import Finding
from diary.domain.lifecycle import AlertState, ungrounded_alerts
from diary.domain.look_slots import LookKind, next_slot
from diary.domain.rules.registry import remission_of
from diary.domain.view import DiaryView
from diary.models import Look, LookDue
from diary.operations.alerts import update_alerts
from diary.operations.counter import counter_of
from diary.operations.due_looks import claim_looks, put_off, rescheduling
from diary.operations.guard import Guard
from diary.operations.look_rows import record_look
from diary.operations.settled import read_then_write
from diary.operations.statistical_looks import look_at_month, look_at_week
from diary.queries.people import known_person
from diary.queries.views import view_of

logger = logging.getLogger("quiver.looks")

# Of a person, at a time; it changes no row before the first slots are given.
MAKE_LOOK_DUE = """UPDATE look_due SET due_at = %s, changed = changed + 1
    WHERE person_id = %s AND kind = 'state'"""


def make_look_due(person_id: uuid.UUID, *, now: datetime) -> None:
    """Make the person's state look due at `now`; the next sweep, seconds later, does it.

    However many entries arrive between two sweeps, they cost one look. Call inside the transaction
    of the write.
    """
    with connection.cursor() as cursor:
        cursor.execute(MAKE_LOOK_DUE, [now, person_id])
        if not cursor.rowcount:
            give_first_slots(person_id, now=now)


def give_first_slots(person_id: uuid.UUID, *, now: datetime) -> None:
    """Make the first state look due at `now`, and the weekly and the monthly in their slots."""
    zone = known_person(person_id).time_zone
    due_at = {kind: next_slot(kind, person_id, zone, now=now) for kind in LookKind}
    due_at[LookKind.STATE] = now
    LookDue.objects.bulk_create(
        [LookDue(person_id=person_id, kind=kind.value, due_at=due_at[kind]) for kind in LookKind],
        ignore_conflicts=True,
    )


def look_at_due(
    *, now: datetime, limit: int, lease: timedelta, kind: LookKind = LookKind.STATE
) -> int:
    """Claim up to `limit` persons whose look of this kind is due, look at each, return how many.

    Each look commits on its own. One that fails is logged by exception class, pushed an hour on and
    never holds up the others.
    """
    claimed = claim_looks(kind, now=now, limit=limit, lease=lease)
    for person_id, changed in claimed:
        try:
            _LOOKS[kind](person_id, now=now, changed=changed)
        except Exception as error:
            logger.error("look failed person=%s class=%s", person_id, type(error).__name__)
            put_off(kind, person_id, now=now)
    return len(claimed)


def look_at(person_id: uuid.UUID, *, now: datetime, changed: int | None = None) -> Look:
    """Run the state rules over one diary and write the look and what it does to the alerts.

    `changed` is the counter of writes seen at the claim: when the person wrote since, the look
    stays due. Where a rule fails the others are heard, no alert ends, and it is tried again.
    """

    def read() -> tuple[int, tuple[DiaryView, tuple[Finding, ...], Guard]]:
        seen = counter_of(person_id)
        view, guard = view_of(person_id, now=now), Guard()
        return seen, (view, assess(view, ask=guard.ask).findings, guard)

    def write(known: tuple[DiaryView, tuple[Finding, ...], Guard]) -> Look:
        view, findings, guard = known
        remission = None if view.person.diary_only else remission_of(view, ask=guard.ask)
        update_alerts(
            person_id,
            view=view,
            findings=findings,
            # Who was not asked has not said that an alert is over.
            remission=None if guard.failed else remission,
            ungrounded=lambda alerts: _over(alerts, view, guard),
            now=now,
        )
        zone, failed = view.person.time_zone, bool(guard.failed)
        moved_on = rescheduling(
            LookKind.STATE, person_id, zone, now=now, changed=changed, failed=failed
        )
        return record_look(
            person_id,
            LookKind.STATE,
            at=view.now,
            today=view.today,
            findings=findings,
            beside=moved_on,
        )

    return read_then_write(person_id, read, write)


def _over(alerts: Sequence[AlertState], view: DiaryView, guard: Guard) -> Collection[uuid.UUID]:
    """Return the alerts to take back; none where a rule failed, for it could not speak for them."""
    if guard.failed:
        return ()
    return guard.attempt("taking back", lambda: ungrounded_alerts(alerts, view), otherwise=())


# How each kind is made: person, time, and the counter of writes seen at the claim.
_LOOKS: Mapping[LookKind, Callable[..., object]] = MappingProxyType(
    {
        LookKind.STATE: look_at,
        LookKind.WEEKLY: look_at_week,
        LookKind.MONTHLY: look_at_month,
    }
)
