"""Past looks of one person, and their numbers as values again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from diary.domain.entries import Person
from diary.domain.escalation import (
    LOOK_DAYS,
    CountedDay,
    FrequencyLook,
    Verdict,
    frequency_look,
)
from diary.domain.experiments import SPAN_DAYS, Experiment, experiment
from diary.domain.lifecycle import AlertState
from diary.domain.look_slots import LookKind
from diary.domain.severity import Measure, severity_look
from diary.domain.view import DiaryView
from diary.models import DailyRow, Look, PersonSync, RemedyTrial
from diary.models.data_keys import KEYS_TO_SEAL, remember_keys
from diary.models.sealing import opened_columns
from diary.queries.alerts import ALERT_STATES, alert_states_of
from diary.queries.json_rows import read, rows_of, values_of
from diary.queries.people import PERSON, person_of_values
from diary.queries.records import entries_of
from diary.queries.views import days_between, view_of

MOST_EXPERIMENTS = 50
SPEAKING = frozenset({Verdict.SIGNAL, Verdict.WATCH})
_COUNTER = values_of(PersonSync, "seq", "true")
_NEWEST = rows_of(
    Look,
    """id = (
        SELECT id FROM look WHERE person_id = %(person)s AND kind = %(kind)s AND period IS NOT NULL
        ORDER BY period DESC LIMIT 1
    )""",
)
_COUNTED_DAYS = values_of(
    DailyRow,
    ", ".join(CountedDay._fields),
    "local_date BETWEEN %(first)s AND %(last)s",
    order="local_date",
)
_OF_SLOT = values_of(Look, "id", "kind = %(kind)s AND period = %(period)s")


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBefore:
    """The newest weekly or monthly look, its columns as JSON holds them and still sealed."""

    person_id: UUID
    columns: Mapping[str, Any]

    @property
    def period(self) -> date:
        """Return the slot it was made for."""
        return date.fromisoformat(self.columns["period"])

    def frequency(self) -> FrequencyLook:
        """Return the frequency test of a weekly look."""
        numbers = opened_columns(Look, self.columns, self.person_id)["numbers"]
        return frequency_look_of(numbers["frequency"])


def newest_look(person_id: UUID, kind: LookKind) -> Look | None:
    """Return the person's newest weekly or monthly look, or None before the first.

    Call inside `acting_for(person_id)`.
    """
    rows = Look.objects.filter(person_id=person_id, kind=kind, period__isnull=False)
    return rows.order_by("-period").first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What is known before a look: the person, their counter, and the newest look of its kind.

    `days` are counted for a weekly look, and may be more than those that it weighs.
    """

    seq: int
    person: Person
    look: LookBefore | None
    days: Sequence[CountedDay] = ()


def before_month(person_id: UUID) -> Before:
    """Return what is known before a monthly look. Call inside `acting_for(person_id)`."""
    return _before(person_id, LookKind.MONTHLY)


def before_week(person_id: UUID, *, now: datetime) -> Before:
    """Return what is known before a weekly look, by one statement.

    It is today for the person on the date of `now` in UTC, or a day before or after: the days of
    all three are read. Call inside `acting_for(person_id)`.
    """
    span = _span(now.date() - timedelta(days=1), now.date() + timedelta(days=1))
    return _before(person_id, LookKind.WEEKLY, _COUNTED_DAYS, **span)


def _before(person_id: UUID, kind: LookKind, *parts: str, **parameters: date) -> Before:
    asked = {"person": person_id, "kind": kind.value, **parameters}
    asked_for = (KEYS_TO_SEAL, _COUNTER, PERSON, _NEWEST, *parts)
    keys, counter, profile, looks, *days = read(asked_for, asked)
    remember_keys(person_id, keys, to_seal=True)
    newest = next(iter(looks), None)
    return Before(
        seq=counter[0][0] if counter else 0,
        person=person_of_values(profile),
        look=LookBefore(person_id=person_id, columns=newest) if newest else None,
        days=_counted(*days) if days else (),
    )


def counted_days(person_id: UUID, *, today: date) -> Sequence[CountedDay]:
    """Return what a weekly look of that day weighs. Call inside `acting_for(person_id)`."""
    return _counted(*read((_COUNTED_DAYS,), {"person": person_id, **_span(today, today)}))


def _span(earliest: date, latest: date) -> dict[str, date]:
    """Return the dates that a look weighs whose today is one of these."""
    return {"first": earliest - timedelta(days=LOOK_DAYS - 1), "last": latest}


def _counted(rows: Sequence[Sequence[Any]]) -> Sequence[CountedDay]:
    return [CountedDay(date.fromisoformat(local_date), *counted) for local_date, *counted in rows]


def weekly_view_of(
    person_id: UUID, person: Person, days: Sequence[CountedDay], *, now: datetime, today: date
) -> DiaryView:
    """Return what the weekly rules read: the tests on the last 140 daily rows.

    The diary is read only when a test speaks, as evidence, so a look costs the same however old it
    is. Call inside `acting_for(person_id)`.
    """
    frequency = frequency_look(days, today=today)
    severity = tuple(severity_look(days, today=today, measure=each) for each in Measure)
    if SPEAKING.isdisjoint({frequency.verdict, *(look.verdict for look in severity)}):
        view = DiaryView(now=now, today=today, person=person, thresholds=settings.RULE_THRESHOLDS)
    else:
        view = view_of(person_id, now=now, today=today)
    return replace(view, frequency=frequency, severity=severity)


def made_and_alerts(
    person_id: UUID, kind: LookKind, period: date
) -> tuple[bool, tuple[AlertState, ...]]:
    """Return whether the look of this slot was made, and the person's alerts.

    Call inside `acting_for(person_id)`.
    """
    parameters = {"person": person_id, "kind": kind.value, "period": period}
    looks, alerts = read((_OF_SLOT, ALERT_STATES), parameters)
    return bool(looks), alert_states_of(alerts)


def experiments_of(person_id: UUID, *, today: date) -> tuple[Experiment, ...]:
    """Return the removal experiment of every remedy trial begun by `today`, the newest first.

    Each reads the daily rows of its own two spans, at most 56 days, whenever it was. Call inside
    `acting_for(person_id)`.
    """
    rows = RemedyTrial.objects.filter(person_id=person_id, deleted=False, started_on__lte=today)
    trials = entries_of(rows.order_by("-started_on", "id")[:MOST_EXPERIMENTS])
    span = timedelta(days=SPAN_DAYS)
    return tuple(
        experiment(
            trial,
            days_between(person_id, trial.started_on - span, trial.started_on + span),
            today=today,
        )
        for trial in trials
    )


def frequency_of(look: Look | None) -> FrequencyLook | None:
    """Return the frequency test of a stored weekly look, or None without one."""
    if look is None:
        return None
    return frequency_look_of(look.numbers["frequency"])


def frequency_look_of(numbers: Mapping[str, Any]) -> FrequencyLook:
    """Return what `FrequencyLook.as_numbers` was made of; its inverse."""
    read: dict[str, Any] = {
        name: date.fromisoformat(numbers[name]) if numbers[name] else None for name in _DAYS
    }
    read |= {"verdict": Verdict(numbers["verdict"]), "unmet": tuple(numbers["unmet"])}
    read["reference_weeks"] = tuple(tuple(week) for week in numbers.get("reference_weeks", ()))
    return FrequencyLook(**{**numbers, **read})


_DAYS = ("today", "recent_first", "recent_last", "reference_first", "reference_last")
