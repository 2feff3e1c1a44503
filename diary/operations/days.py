"""Keeping the daily rows equal to the entries."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from diary.domain.days import daily_rows
from diary.domain.entries import Day
from diary.models import CheckIn, DailyRow, Episode
from diary.queries.records import entries_of

_COLUMNS = (
    "episodes",
    "observed",
    "twitch_day",
    "checked_in",
    "strongest",
    "minutes",
    "strengths",
    "durations_seconds",
    "sites",
    "exposures",
)


def rebuild_days(person_id: UUID, dates: Collection[date]) -> None:
    """Make the daily rows of these local dates anew; dates without entries lose their row.

    Call inside the transaction that changed an entry of one of the dates.
    """
    if not dates:
        return
    rows = {"person_id": person_id, "deleted": False, "local_date__in": dates}
    days = daily_rows(
        entries_of(Episode.objects.filter(**rows).order_by("start_at", "id")),
        entries_of(CheckIn.objects.filter(**rows).order_by("local_date", "id")),
    )
    DailyRow.objects.bulk_create(
        [_row_of(person_id, day) for day in days],
        update_conflicts=True,
        unique_fields=["person_id", "local_date"],
        update_fields=_COLUMNS,
    )
    gone = set(dates) - {day.local_date for day in days}
    if gone:
        DailyRow.objects.filter(person_id=person_id, local_date__in=gone).delete()


def _row_of(person_id: UUID, day: Day) -> DailyRow:
    return DailyRow(
        person_id=person_id,
        local_date=day.local_date,
        sites=dict(day.sites),
        exposures=dict(day.exposures),
        **{name: getattr(day, name) for name in _COLUMNS if name not in ("sites", "exposures")},
    )
