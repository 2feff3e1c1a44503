"""What a person asked to be reminded of, what their diary holds, and whether it is quiet."""

from datetime import date, datetime
from uuid import UUID

from diary.domain.reminders import (
    Logged,
    Reminded,
    ReminderKind,
    ReminderWishes,
    quiet_until,
    reminder_at,
)
from diary.models import DailyRow, Profile, ReminderDue
from diary.models.isolation import acting_for
from diary.queries.people import profile_of


def wishes_of(profile: Profile | None) -> ReminderWishes:
    """Return what the profile asks for; without one, nothing."""
    if profile is None:
        return ReminderWishes()
    return ReminderWishes(
        time_zone=profile.time_zone,
        day_boundary_minutes=profile.day_boundary_minutes,
        at_minutes=profile.reminder_minutes,
        daily=profile.reminder_daily,
        after_days=profile.reminder_after_days,
        quiet_from_minutes=profile.quiet_from_minutes,
        quiet_until_minutes=profile.quiet_until_minutes,
    )


def logged_by(person_id: UUID, *, today: date) -> Logged:
    """Return what the diary holds up to a diary day. Call inside `acting_for(person_id)`."""
    rows = DailyRow.objects.filter(person_id=person_id, local_date__lte=today)
    last = rows.order_by("-local_date").first()
    if last is None:
        return Logged()
    return Logged(
        last_entry_on=last.local_date,
        checked_in_today=last.local_date == today and last.checked_in,
    )


def is_reminder_wanted(person_id: UUID, *, due_at: datetime, now: datetime) -> bool:
    """Return whether a reminder planned for `due_at` still makes sense at the moment of sending.

    It does not when it is late, when the wish was withdrawn, or when what it asks for is there.
    """
    with acting_for(person_id):
        wishes = wishes_of(profile_of(person_id))
        day = wishes.diary_day(due_at)
        logged = logged_by(person_id, today=day)
        due = ReminderDue.objects.filter(person_id=person_id)
        of_silence = due.filter(silence_told_on=day).exists()
    planned = ReminderKind.SILENCE if of_silence else ReminderKind.CHECK_IN
    # As on the morning of that day: what was planned since must not speak against itself.
    return reminder_at(wishes, logged, Reminded(), due_at=due_at, now=now) is planned


def quiet_hours_end(person_id: UUID, *, now: datetime) -> datetime | None:
    """Return the end of the person's quiet hours when `now` lies in them, else None."""
    with acting_for(person_id):
        return quiet_until(wishes_of(profile_of(person_id)), now=now)
