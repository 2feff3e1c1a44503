"""The diary around a write, read by one statement: days, warning signs, alerts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from diary.domain.days import daily_rows
from diary.domain.entries import Day, Person
from diary.domain.lifecycle import AlertState
from diary.domain.rules.urgent import SUSTAINED
from diary.domain.view import DiaryView
from diary.domain.wire.records import RecordType
from diary.models import CheckIn, Episode, HistoryItem, Medication, Problem
from diary.queries.alerts import ALERT_STATES, alert_states_of
from diary.queries.days import EPISODE_COLUMNS, episode_of_day
from diary.queries.json_rows import each_of, read, rows_of, values_of
from diary.queries.records import opened_entries

Columns = dict[str, Any]

# Long enough to tell a new sign from one that is reported every evening (28 days), plus a week.
RECENT_DAYS = 35
_RECENT = "NOT deleted AND local_date BETWEEN %(first)s AND %(today)s"
# Written out: only so PostgreSQL sees that the index `episode_telling` holds them all.
_SUSTAINED = ", ".join(f"'{movement}'" for movement in sorted(SUSTAINED))
NEWEST_PROBLEM = """id = (
    SELECT id FROM problem WHERE person_id = %(person)s AND NOT deleted AND asked_on <= %(today)s
    ORDER BY asked_on DESC, seq DESC LIMIT 1
)"""
_PARTS = (
    values_of(
        Episode,
        ", ".join(EPISODE_COLUMNS),
        among=each_of(Episode, "local_date", "days", where="NOT deleted"),
        order="start_at, id",
    ),
    rows_of(
        CheckIn,
        among=each_of(CheckIn, "local_date", "days", where="NOT deleted"),
        order="local_date, id",
    ),
    # Of the recent entries those that say something of symptoms or of lasting spasms.
    rows_of(
        Episode,
        f"{_RECENT} AND (symptoms <> '[]' OR movement IN ({_SUSTAINED}))",
        order="start_at, id",
    ),
    rows_of(CheckIn, f"{_RECENT} AND symptoms <> '[]'", order="local_date, id"),
    rows_of(Problem, NEWEST_PROBLEM),
    rows_of(Medication, "NOT deleted", order="seq"),
    rows_of(HistoryItem, "NOT deleted", order="seq"),
    ALERT_STATES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentDiary:
    """What was read; sealed columns are opened when a view is made of it."""

    person_id: UUID
    today: date
    of_days: tuple[Sequence[Sequence[Any]], Sequence[Columns]]
    entries: tuple[Sequence[Columns], ...]
    alerts: tuple[AlertState, ...]
    beside: Any

    def days(self) -> tuple[Day, ...]:
        """Return the daily rows of the dates that were asked for, oldest first."""
        episodes, check_ins = self.of_days
        return daily_rows(
            map(episode_of_day, episodes),
            self._entries(RecordType.CHECK_IN, check_ins),
        )

    def view(self, person: Person, *, now: datetime) -> DiaryView:
        """Return the part of `view_of` that the emergency and urgent rules read.

        They look at reported and denied symptoms, at lasting spasms, the intake, medicines and
        history. Entries without any of these, and the daily rows, are left in the database.
        """
        episodes, check_ins, problems, medications, history = self.entries
        return DiaryView(
            now=now,
            today=self.today,
            person=person,
            thresholds=settings.RULE_THRESHOLDS,
            problem=next(iter(self._entries(RecordType.PROBLEM, problems)), None),
            episodes=self._entries(RecordType.EPISODE, episodes),
            check_ins=self._entries(RecordType.CHECK_IN, check_ins),
            medications=self._entries(RecordType.MEDICATION, medications),
            history=self._entries(RecordType.HISTORY_ITEM, history),
        )

    def _entries(self, type_: RecordType, rows: Sequence[Columns]) -> tuple[Any, ...]:
        return opened_entries(type_, rows, self.person_id)


def recent_diary(
    person_id: UUID, *, today: date, days: Collection[date] = (), beside: str = "NULL"
) -> RecentDiary:
    """Return what there is of the last RECENT_DAYS up to `today`, and of `days`, however old.

    `beside` is SQL for some JSON of this person that is asked for on the way. Call inside
    `acting_for(person_id)`.
    """
    parameters = {
        "person": person_id,
        "today": today,
        "first": today - timedelta(days=RECENT_DAYS - 1),
        "days": list(days),
    }
    episodes, check_ins, *entries, alerts, found = read((*_PARTS, beside), parameters)
    return RecentDiary(
        person_id=person_id,
        today=today,
        of_days=(episodes, check_ins),
        entries=tuple(entries),
        alerts=alert_states_of(alerts),
        beside=found,
    )
