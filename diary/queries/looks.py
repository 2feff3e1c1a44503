"""Past looks of one person, and their numbers as values again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from diary.domain.entries import Person
from diary.domain.escalation import FrequencyLook, Verdict
from diary.domain.experiments import SPAN_DAYS, Experiment, experiment
from diary.domain.lifecycle import AlertState
from diary.domain.look_slots import LookKind
from diary.models import Look, RemedyTrial
from diary.models.sealing import opened_columns
from diary.queries.alerts import ALERT_STATES, alert_states_of
from diary.queries.json_rows import read, rows_of, values_of
from diary.queries.people import PERSON, person_of_values
from diary.queries.records import entries_of
from diary.queries.views import days_between

MOST_EXPERIMENTS = 50
_NEWEST = rows_of(
    Look,
    """id = (
        SELECT id FROM look WHERE person_id = %(person)s AND kind = %(kind)s AND period IS NOT NULL
        ORDER BY period DESC LIMIT 1
    )""",
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


def before_look(person_id: UUID, kind: LookKind) -> tuple[Person, LookBefore | None]:
    """Return the person and the newest look of this kind, None before the first.

    Call inside `acting_for(person_id)`.
    """
    profile, looks = read((PERSON, _NEWEST), {"person": person_id, "kind": kind.value})
    person, newest = person_of_values(profile), next(iter(looks), None)
    return person, LookBefore(person_id=person_id, columns=newest) if newest else None


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
