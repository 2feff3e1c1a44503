"""Past looks of one person, and their numbers as values again."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from diary.domain.escalation import FrequencyLook, Verdict
from diary.domain.experiments import SPAN_DAYS, Experiment, experiment
from diary.domain.look_slots import LookKind
from diary.models import Look, RemedyTrial
from diary.queries.records import entries_of
from diary.queries.views import days_between

MOST_EXPERIMENTS = 50


def newest_look(person_id: UUID, kind: LookKind) -> Look | None:
    """Return the person's newest weekly or monthly look, or None before the first.

    Call inside `acting_for(person_id)`.
    """
    rows = Look.objects.filter(person_id=person_id, kind=kind, period__isnull=False)
    return rows.order_by("-period").first()


def has_look(person_id: UUID, kind: LookKind, period: date) -> bool:
    """Return whether the look of this slot was made already."""
    return Look.objects.filter(person_id=person_id, kind=kind, period=period).exists()


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
