"""Keeping the daily rows equal to the entries."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

from diary.domain.entries import Day
from diary.models import DailyRow
from diary.operations.storing import insert_or_replace

_COLUMNS = tuple(column.name for column in fields(Day))


def replace_days(person_id: UUID, dates: Collection[date], days: Sequence[Day]) -> None:
    """Make these the daily rows of the local dates; dates without entries lose their row.

    Call inside the transaction that changed an entry of one of the dates.
    """
    insert_or_replace(
        DailyRow, (_row_of(person_id, day) for day in days), key=("person_id", "local_date")
    )
    gone = set(dates) - {day.local_date for day in days}
    if gone:
        DailyRow.objects.filter(person_id=person_id, local_date__in=gone).delete()


def _row_of(person_id: UUID, day: Day) -> dict[str, Any]:
    return {"person_id": person_id} | {name: getattr(day, name) for name in _COLUMNS}
