"""What the insights look like on the wire: stored numbers, and the sentences made of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from diary.domain.entries import Day
from diary.domain.experiments import Experiment
from diary.domain.insights import (
    caveats,
    experiment_sentence,
    factor_label,
    frequency_sentence,
    severity_sentence,
    trigger_sentence,
    unmet_sentences,
    waiting_sentence,
)
from diary.domain.wire.fields import WireModel
from diary.models import Look

State = Literal["collecting", "ready"]
DayState = Literal["twitch", "quiet", "no_record"]


class InsightAnswer(WireModel):
    """What all looks say of themselves.

    Without a look the state is `collecting`, `sentence` says how many recorded days are still
    needed or when the first look comes, and `looked_at` and `today` are null. `next_look_on` is the
    local date of the next look.
    """

    state: State
    looked_at: datetime | None
    today: date | None
    days_needed: int
    next_look_on: date
    sentence: str | None


class FrequencyAnswer(WireModel):
    """The frequency test: `numbers` hold every figure of the sentence and of the calculation."""

    verdict: Literal["signal", "watch", "no_clear_change", "not_enough"]
    sentence: str
    unmet: list[str]
    numbers: dict[str, Any]


class SeverityAnswer(WireModel):
    """The test on strength or duration."""

    measure: Literal["strength", "duration"]
    verdict: Literal["signal", "no_clear_change", "not_enough"]
    sentence: str
    numbers: dict[str, Any]


class TrendsAnswer(InsightAnswer):
    """The newest weekly look."""

    frequency: FrequencyAnswer | None
    severity: list[SeverityAnswer]


class TriggerAnswer(WireModel):
    """One factor of the newest monthly look. `low` and `high` end the 95 % interval of `ratio`."""

    key: str
    label: str
    family: Literal["same_day", "day_before"]
    tier: str
    sentence: str
    exposed_days: int
    unexposed_days: int
    exposed_episodes: int
    unexposed_episodes: int
    exposed_rate: float | None
    unexposed_rate: float | None
    ratio: float | None
    low: float | None
    high: float | None
    shown_ratio: float | None
    confounded_with: list[str]
    numbers: dict[str, Any]


class TriggersAnswer(InsightAnswer):
    """The newest monthly look, with what must be said beside it."""

    observed_days: int
    items: list[TriggerAnswer]
    families: list[dict[str, Any]]
    caveats: list[str]


class DayAnswer(WireModel):
    """One local date. A day without a record, or with "unsure" alone, is never a quiet day."""

    local_date: date
    state: DayState
    episodes: int
    checked_in: bool
    strongest: int | None
    minutes: float | None
    sites: dict[str, int]
    exposures: dict[str, Any]


class DaysAnswer(WireModel):
    """Every local date of the span, oldest first."""

    items: list[DayAnswer]


class ExperimentAnswer(WireModel):
    """One remedy trial: the days before against the days with it."""

    trial: str
    outcome: Literal["compared", "too_few_days", "nothing_before"]
    sentence: str
    numbers: dict[str, Any]


class ExperimentsAnswer(WireModel):
    """All remedy trials, the newest first, with what must be said beside them."""

    items: list[ExperimentAnswer]
    caveats: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What the next look needs: more recorded days, 0 when there are enough, and its local date."""

    days_needed: int
    next_look_on: date

    def as_json(self) -> dict[str, Any]:
        """Return both as fields of an answer."""
        return {
            "days_needed": self.days_needed,
            "next_look_on": self.next_look_on.isoformat(),
        }


def trends_json(look: Look | None, waiting: Waiting, language: str) -> dict[str, Any]:
    """Return the newest weekly look in the person's language."""
    if look is None:
        return _collecting(waiting, language) | {"frequency": None, "severity": []}
    frequency = look.numbers["frequency"]
    return _looked(look, waiting) | {
        "frequency": {
            "verdict": frequency["verdict"],
            "sentence": frequency_sentence(frequency, language),
            "unmet": list(unmet_sentences(frequency, language)),
            "numbers": frequency,
        },
        "severity": [
            {
                "measure": each["measure"],
                "verdict": each["verdict"],
                "sentence": severity_sentence(each, language),
                "numbers": each,
            }
            for each in look.numbers["severity"]
        ],
    }


def triggers_json(
    look: Look | None, observed_days: int, waiting: Waiting, language: str
) -> dict[str, Any]:
    """Return the newest monthly look in the person's language."""
    said = {"caveats": list(caveats(language)), "observed_days": observed_days}
    if look is None:
        return _collecting(waiting, language) | said | {"items": [], "families": []}
    numbers = look.numbers["triggers"]
    return (
        _looked(look, waiting)
        | said
        | {
            "observed_days": numbers["observed_days"],
            "items": [_trigger_json(result, language) for result in numbers["results"]],
            "families": numbers["families"],
        }
    )


def day_json(local_date: date, day: Day | None) -> dict[str, Any]:
    """Return one local date; without a row there is no record."""
    day = day or Day(local_date=local_date)
    return {
        "local_date": local_date.isoformat(),
        "state": _day_state(day),
        "episodes": day.episodes,
        "checked_in": day.checked_in,
        "strongest": day.strongest,
        "minutes": day.minutes,
        "sites": dict(day.sites),
        "exposures": dict(day.exposures),
    }


def experiments_json(experiments: Sequence[Experiment], language: str) -> dict[str, Any]:
    """Return removal experiments in the person's language."""
    numbers = [each.as_numbers() for each in experiments]
    return {
        "items": [
            {
                "trial": each["trial"],
                "outcome": each["outcome"],
                "sentence": experiment_sentence(each, language),
                "numbers": each,
            }
            for each in numbers
        ],
        "caveats": list(caveats(language)),
    }


def _collecting(waiting: Waiting, language: str) -> dict[str, Any]:
    sentence = waiting_sentence(waiting.days_needed, waiting.next_look_on, language)
    return waiting.as_json() | {
        "state": "collecting",
        "looked_at": None,
        "today": None,
        "sentence": sentence,
    }


def _looked(look: Look, waiting: Waiting) -> dict[str, Any]:
    return waiting.as_json() | {
        "state": "ready",
        "looked_at": look.at.isoformat(),
        "today": look.today.isoformat(),
        "sentence": None,
    }


def _trigger_json(result: dict[str, Any], language: str) -> dict[str, Any]:
    same = ("key", "family", "tier", "ratio", "low", "high", "shown_ratio")
    counts = ("exposed_days", "unexposed_days", "exposed_episodes", "unexposed_episodes")
    return {name: result[name] for name in (*same, *counts)} | {
        "label": factor_label(result["key"], language),
        "sentence": trigger_sentence(result, language),
        "exposed_rate": _rate(result["exposed_episodes"], result["exposed_days"]),
        "unexposed_rate": _rate(result["unexposed_episodes"], result["unexposed_days"]),
        "confounded_with": result["not_separable_from"],
        "numbers": result,
    }


def _rate(episodes: int, days: int) -> float | None:
    return episodes / days if days else None


def _day_state(day: Day) -> DayState:
    if not day.observed:
        return "no_record"
    return "twitch" if day.twitch_day else "quiet"
