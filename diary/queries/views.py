"""The diary as rules see it, gathered from the tables: one query per table, never one per row."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from django.db.models import Q

from diary.domain import entries
from diary.domain.entries import Day
from diary.domain.rules.urgent import SUSTAINED
from diary.domain.view import WINDOW_DAYS, DiaryView
from diary.models import (
    CheckIn,
    DailyRow,
    Episode,
    HistoryItem,
    Medication,
    Problem,
    RemedyTrial,
)
from diary.queries.people import person_of, profile_of, today_of
from diary.queries.records import entries_of, entry_of


def view_of(
    person_id: UUID,
    *,
    now: datetime,
    today: date | None = None,
    window_days: int = WINDOW_DAYS,
) -> DiaryView:
    """Return what is known about a person on one local day.

    `today` defaults to the person's local date at `now`. Call inside `acting_for(person_id)`.
    """
    person = person_of(profile_of(person_id))
    today = today or today_of(person, now=now)
    first = today - timedelta(days=window_days - 1)
    return DiaryView(
        now=now,
        today=today,
        person=person,
        problem=newest_problem(person_id, today=today),
        days=days_between(person_id, first, today),
        episodes=entries_of(
            Episode.objects.filter(
                person_id=person_id, deleted=False, local_date__range=(first, today)
            ).order_by("start_at", "id")
        ),
        check_ins=entries_of(
            CheckIn.objects.filter(
                person_id=person_id, deleted=False, local_date__range=(first, today)
            ).order_by("local_date", "id")
        ),
        medications=entries_of(
            Medication.objects.filter(person_id=person_id, deleted=False).order_by("seq")
        ),
        history=entries_of(
            HistoryItem.objects.filter(person_id=person_id, deleted=False).order_by("seq")
        ),
        remedy_trials=entries_of(
            RemedyTrial.objects.filter(person_id=person_id, deleted=False).order_by("seq")
        ),
    )


def warning_view_of(
    person_id: UUID, person: entries.Person, *, now: datetime, today: date, window_days: int
) -> DiaryView:
    """Return the part of `view_of` that the emergency and urgent rules read.

    They look at reported and denied symptoms, at lasting spasms, the intake, medicines and history.
    Entries without any of these, and the daily rows, are left in the database.
    """
    window = {
        "person_id": person_id,
        "deleted": False,
        "local_date__range": (today - timedelta(days=window_days - 1), today),
    }
    speaking = ~Q(symptoms=[]) | Q(movement__in=SUSTAINED)
    own = {"person_id": person_id, "deleted": False}
    return DiaryView(
        now=now,
        today=today,
        person=person,
        problem=newest_problem(person_id, today=today),
        episodes=entries_of(Episode.objects.filter(speaking, **window).order_by("start_at", "id")),
        check_ins=entries_of(
            CheckIn.objects.filter(~Q(symptoms=[]), **window).order_by("local_date", "id")
        ),
        medications=entries_of(Medication.objects.filter(**own).order_by("seq")),
        history=entries_of(HistoryItem.objects.filter(**own).order_by("seq")),
    )


def newest_problem(person_id: UUID, *, today: date) -> entries.Problem | None:
    """Return the latest intake, or None."""
    row = (
        Problem.objects.filter(person_id=person_id, deleted=False, asked_on__lte=today)
        .order_by("-asked_on", "-seq")
        .first()
    )
    return None if row is None else entry_of(row)


def days_between(person_id: UUID, first: date, last: date) -> tuple[Day, ...]:
    """Return the daily rows of the local dates from `first` to `last` inclusive, oldest first."""
    rows = DailyRow.objects.filter(person_id=person_id, local_date__range=(first, last))
    return days_of(rows.order_by("local_date"))


def days_of(rows: Iterable[DailyRow]) -> tuple[Day, ...]:
    """Return daily rows as domain values, in the same order."""
    return tuple(
        Day(
            local_date=row.local_date,
            episodes=row.episodes,
            observed=row.observed,
            twitch_day=row.twitch_day,
            checked_in=row.checked_in,
            strongest=row.strongest,
            minutes=row.minutes,
            sites=MappingProxyType(row.sites),
            exposures=MappingProxyType(row.exposures),
        )
        for row in rows
    )
