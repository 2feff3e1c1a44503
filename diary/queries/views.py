"""The diary as rules see it, gathered from the tables: one query per table, never one per row."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.conf import settings

from diary.domain import entries
from diary.domain.entries import Day
from diary.domain.view import WINDOW_DAYS, DiaryView
from diary.domain.wire.records import RecordType
from diary.models import (
    CheckIn,
    DailyRow,
    Episode,
    HistoryItem,
    Medication,
    Problem,
    RemedyTrial,
)
from diary.models.sealing import opened_rows
from diary.queries.json_rows import read, rows_of
from diary.queries.people import known_person, today_of
from diary.queries.recent import NEWEST_PROBLEM
from diary.queries.records import entry_of, opened_entries

_WITHIN = "local_date BETWEEN %(first)s AND %(today)s"
_TYPES = (
    RecordType.EPISODE,
    RecordType.CHECK_IN,
    RecordType.MEDICATION,
    RecordType.HISTORY_ITEM,
    RecordType.REMEDY_TRIAL,
)
_VIEW = (
    rows_of(DailyRow, _WITHIN, order="local_date"),
    rows_of(Problem, NEWEST_PROBLEM),
    rows_of(Episode, f"NOT deleted AND {_WITHIN}", order="start_at, id"),
    rows_of(CheckIn, f"NOT deleted AND {_WITHIN}", order="local_date, id"),
    *(
        rows_of(table, "NOT deleted", order="seq")
        for table in (Medication, HistoryItem, RemedyTrial)
    ),
)


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
    person = known_person(person_id)
    today = today or today_of(person, now=now)
    first = today - timedelta(days=window_days - 1)
    days, problems, *entries = read(_VIEW, {"person": person_id, "first": first, "today": today})
    episodes, check_ins, medications, history, trials = (
        opened_entries(type_, rows, person_id) for type_, rows in zip(_TYPES, entries, strict=True)
    )
    return DiaryView(
        now=now,
        today=today,
        person=person,
        thresholds=settings.RULE_THRESHOLDS,
        problem=next(iter(opened_entries(RecordType.PROBLEM, problems, person_id)), None),
        days=tuple(_day_of(row) for row in opened_rows(DailyRow, days, person_id)),
        episodes=episodes,
        check_ins=check_ins,
        medications=medications,
        history=history,
        remedy_trials=trials,
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
    return tuple(_day_of(vars(row)) for row in rows)


def _day_of(columns: Mapping[str, Any]) -> Day:
    local_date = columns["local_date"]
    return Day(
        local_date=date.fromisoformat(local_date) if isinstance(local_date, str) else local_date,
        episodes=columns["episodes"],
        observed=columns["observed"],
        twitch_day=columns["twitch_day"],
        checked_in=columns["checked_in"],
        strongest=columns["strongest"],
        minutes=columns["minutes"],
        strengths=tuple(columns["strengths"]),
        durations_seconds=tuple(columns["durations_seconds"]),
        sites=MappingProxyType(columns["sites"]),
        exposures=MappingProxyType(columns["exposures"]),
    )
