"""Keeping the daily rows equal to the entries."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from diary.domain.entries import Day
from diary.models import DailyRow
from diary.operations.storing import Writing, replacing

_COLUMNS = tuple(column.name for column in fields(Day))


def replacing_days(person_id: UUID, days: Sequence[Day]) -> Writing:
    """Return what makes these the daily rows of their dates.

    Run it in the transaction that changed an entry of one of them.
    """
    rows = (_row_of(person_id, day) for day in days)
    return replacing(DailyRow, rows, key=("person_id", "local_date"))


def forget_days(person_id: UUID, dates: Collection[date]) -> None:
    """Delete the daily rows of dates on which no entry is left."""
    if dates:
        DailyRow.objects.filter(person_id=person_id, local_date__in=dates).delete()


def _row_of(person_id: UUID, day: Day) -> dict[str, Any]:
    return {"person_id": person_id} | {name: getattr(day, name) for name in _COLUMNS}
