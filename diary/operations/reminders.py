"""Reminders: due by the calendar, decided in sets, sent as deliveries that say nothing.

A sweep that dies leaves its lease to run out; what comes late then is left out, not sent.
"""

import logging
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from diary.domain.deliveries import About, planned
from diary.domain.reminders import Reminded, ReminderKind, next_reminder_at, reminder_at
from diary.models import Profile, ReminderDue
from diary.models.isolation import acting_for
from diary.operations.claims import DueTable, claim_due
from diary.operations.counter import lock_counter
from diary.operations.outbox import ways_to, write_deliveries
from diary.queries.people import profile_of
from diary.queries.reminders import logged_by, wishes_of

REMINDER_NAMESPACE = UUID("5b0f8a2e-6f5f-5c8f-9d5e-2f9b7f7a6c11")
_DUE = DueTable(name="reminder_due", key=("person_id",), columns=("person_id",))

logger = logging.getLogger("quiver.reminders")


def schedule_reminder(profile: Profile, *, now: datetime) -> None:
    """Make the next reminder that the profile asks for due, or none at all.

    What was told before is kept. Call inside the transaction that writes the profile.
    """
    due_at = next_reminder_at(wishes_of(profile), now=now)
    if due_at is None:
        ReminderDue.objects.filter(person_id=profile.person_id).delete()
        return
    ReminderDue.objects.update_or_create(person_id=profile.person_id, defaults={"due_at": due_at})


def remind_due(*, now: datetime, limit: int, lease: timedelta) -> int:
    """Decide for up to `limit` persons whose time has come; return for how many.

    One for whom it fails is tried again when the lease has run out; the others go on.
    """
    claimed = claim_due(_DUE, now=now, until=now + lease, limit=limit)
    for (person_id,) in claimed:
        try:
            remind(person_id, now=now)
        except Exception as error:
            logger.error("reminding failed person=%s class=%s", person_id, type(error).__name__)
    return len(claimed)


def remind(person_id: UUID, *, now: datetime) -> ReminderKind | None:
    """Write the deliveries of a reminder if one is to be sent, and when to ask again.

    Returns which it was. Doing it again on the same diary day sends nothing more.
    """
    with acting_for(person_id):
        lock_counter(person_id)
        due = ReminderDue.objects.filter(person_id=person_id, due_at__lte=now).first()
        if due is None:
            return None
        wishes = wishes_of(profile_of(person_id))
        today = wishes.diary_day(due.due_at)
        kind = reminder_at(
            wishes,
            logged_by(person_id, today=today),
            Reminded(on=due.reminded_on, of_silence_on=due.silence_told_on),
            due_at=due.due_at,
            now=now,
        )
        if kind is not None:
            due.reminded_on = today
            write_deliveries(
                planned(_news_of(person_id, today), ways_to({person_id: 0}), urgent=False, now=now),
                about=About.REMINDER,
                subject_id=person_id,
                now=now,
            )
        if kind is ReminderKind.SILENCE:
            due.silence_told_on = today
        due.due_at = next_reminder_at(wishes, now=now) or due.due_at
        due.leased_until = None
        due.save()
    return kind


def _news_of(person_id: UUID, day: date) -> UUID:
    return uuid5(REMINDER_NAMESPACE, f"{person_id}:{day}")
