"""State looks: made due by a write or the calendar, claimed in sets, recorded for good.

A look that dies leaves its lease to run out; the next sweep finds it. Redis is never asked what is
due, so losing it loses nothing.
"""

import logging
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F

from diary.domain.assessment import assess
from diary.domain.entries import Person
from diary.domain.findings import Finding
from diary.domain.rules.registry import remission_of
from diary.domain.view import DiaryView
from diary.models import Look, LookDue
from diary.models.isolation import acting_for
from diary.operations.alerts import update_alerts
from diary.operations.claims import claim_due
from diary.operations.counter import counter_of, lock_counter
from diary.queries.alerts import columns_of_finding, plain
from diary.queries.views import view_of

DAILY_LOOK_AT = time(4, 0)  # local time, plus a spread of up to an hour per person
POISON_PAUSE = timedelta(hours=1)  # after a look failed unexpectedly, before it is tried again

logger = logging.getLogger("quiver.looks")


def make_look_due(person_id: uuid.UUID, *, now: datetime) -> None:
    """Make the person's state look due at `now`; the next sweep, seconds later, does it.

    However many entries arrive between two sweeps, they cost one look.
    """
    LookDue.objects.bulk_create([LookDue(person_id=person_id, due_at=now)], ignore_conflicts=True)
    LookDue.objects.filter(person_id=person_id).update(due_at=now, changed=F("changed") + 1)


def look_at_due(*, now: datetime, limit: int, lease: timedelta) -> int:
    """Claim up to `limit` due persons, look at each, and return how many were claimed.

    Each look commits on its own. One that fails is logged by exception class, pushed an hour on and
    never holds up the others.
    """
    claimed = _claim(now=now, limit=limit, lease=lease)
    for person_id, changed in claimed:
        try:
            look_at(person_id, now=now, changed=changed)
        except Exception as error:
            logger.error("look failed person=%s class=%s", person_id, type(error).__name__)
            LookDue.objects.filter(person_id=person_id).update(
                due_at=now + POISON_PAUSE, leased_until=None, attempts=F("attempts") + 1
            )
    return len(claimed)


def _claim(*, now: datetime, limit: int, lease: timedelta) -> list[tuple[uuid.UUID, int]]:
    return claim_due(
        "look_due",
        key="person_id",
        columns=("person_id", "changed"),
        now=now,
        until=now + lease,
        limit=limit,
    )


def look_at(person_id: uuid.UUID, *, now: datetime, changed: int | None = None) -> Look:
    """Run the state rules over one diary and write the look and what it does to the alerts.

    The diary is read without holding up its writers; when somebody wrote meanwhile it is read
    again, the last time under the lock. `changed` is the counter of writes seen at the claim: when
    the person wrote since, the look stays due.
    """
    for is_last in (False, False, True):
        with acting_for(person_id):
            seen = lock_counter(person_id) if is_last else counter_of(person_id)
            view = view_of(person_id, now=now)
            assessment = assess(view)
            if lock_counter(person_id) == seen:
                return _conclude(person_id, view, assessment.findings, changed=changed)
    raise AssertionError("under the lock nobody else writes")


def _conclude(
    person_id: uuid.UUID, view: DiaryView, findings: Sequence[Finding], *, changed: int | None
) -> Look:
    update_alerts(
        person_id,
        view=view,
        findings=findings,
        remission=None if view.person.diary_only else remission_of(view),
    )
    rows = LookDue.objects.filter(person_id=person_id)
    rows.update(leased_until=None, attempts=0)
    if changed is not None:
        due_at = next_daily_look(view.person, now=view.now, spread=_spread(person_id))
        rows.filter(changed=changed).update(due_at=due_at)
    return _record(person_id, view, findings)


def next_daily_look(person: Person, *, now: datetime, spread: float = 0.0) -> datetime:
    """Return the first daily slot after `now`: 04:00 in the person's zone, plus a spread.

    The slot is local time, so it survives a change of the clocks; `spread` is 0 to 1 of an hour.
    """
    zone = ZoneInfo(person.time_zone)
    today = now.astimezone(zone).date()
    offset = timedelta(minutes=60 * spread)
    for day in (today, today + timedelta(days=1)):
        slot = datetime.combine(day, DAILY_LOOK_AT, tzinfo=zone).astimezone(UTC) + offset
        if slot > now:
            return slot
    raise AssertionError("tomorrow's slot is always ahead")


def _spread(person_id: uuid.UUID) -> float:
    """Return a fixed number from 0 up to 1 for the person, so that not everybody is due at once."""
    return (person_id.int % 3_600) / 3_600


def _record(person_id: uuid.UUID, view: DiaryView, findings: Sequence[Finding]) -> Look:
    return Look.objects.create(
        person_id=person_id,
        id=uuid.uuid4(),
        kind="state",
        at=view.now,
        today=view.today,
        findings=[plain(columns_of_finding(finding)) for finding in findings],
    )
