"""The engine's tests for the last day of a report: computed, not read from stored looks.

So a period of the past and an imported diary get an answer too, and anyone who has the attached
diary can compute the same. A report is one look and raises no alert.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from diary.domain.entries import Day, RemedyTrial
from diary.domain.escalation import FrequencyLook, frequency_look
from diary.domain.experiments import SPAN_DAYS, Experiment, experiment
from diary.domain.severity import Measure, SeverityLook, severity_look
from diary.domain.triggers import INPUT_DAYS, TriggerLook, trigger_look
from reports.domain.inputs import ReportDiary

MOST_TRIALS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What the engine says on the last day of a period; `trials` by the id of the trial."""

    frequency: FrequencyLook
    strength: SeverityLook
    duration: SeverityLook
    factors: TriggerLook
    trials: dict[UUID, Experiment]


def looks_of(diary: ReportDiary) -> Looks:
    """Return the tests of the diary's last day, on its own and the earlier daily rows."""
    today = diary.end - timedelta(days=1)
    days = rows_of(diary)
    return Looks(
        frequency=frequency_look(days, today=today),
        strength=severity_look(days, today=today, measure=Measure.STRENGTH),
        duration=severity_look(days, today=today, measure=Measure.DURATION),
        factors=trigger_look(days, today=today, medications=diary.medications),
        trials={
            trial.id: experiment(trial, days, today=today)
            for trial in _compared(diary.remedy_trials, diary.end)
        },
    )


def _compared(trials: Sequence[RemedyTrial], end: date) -> list[RemedyTrial]:
    """Return the newest trials begun before `end`; more than a page holds, fewer than a flood."""
    begun = [trial for trial in trials if trial.started_on < end]
    return sorted(begun, key=lambda trial: (trial.started_on, str(trial.id)))[-MOST_TRIALS:]


def rows_of(diary: ReportDiary) -> tuple[Day, ...]:
    """Return all daily rows of a report's diary, oldest first."""
    return (*diary.earlier_days, *diary.days)


def days_read(end: date, trials: Sequence[RemedyTrial]) -> tuple[tuple[date, date], ...]:
    """Return the spans of local dates, first and last, whose daily rows the tests read.

    `end` is the day after the period; of the trials begun before it the newest are compared.
    """
    span = timedelta(days=SPAN_DAYS)
    return (
        (end - timedelta(days=INPUT_DAYS), end - timedelta(days=1)),
        *((trial.started_on - span, trial.started_on + span) for trial in _compared(trials, end)),
    )
