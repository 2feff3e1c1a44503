"""Cells of the benchmark for triggers: how often a link is false, missed, or covered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bench.simulation.habits import CAUSES, UNRELATED, diary
from bench.simulation.series import generator
from bench.simulation.states import date_of
from diary.domain.association import FALSE_DISCOVERY_RATE, MINIMUM_EFFECT
from diary.domain.entries import Day
from diary.domain.exposures import CAFFEINE_INCREASE
from diary.domain.triggers import (
    Family,
    TriggerResult,
    trigger_look,
)

CONFOUNDED = "stress"  # follows short nights and has no effect of its own

Measured = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The same-day results of one diary, by exposure."""

    results: Mapping[str, TriggerResult]

    @property
    def selected(self) -> frozenset[str]:
        """Return what passes the test; what is shown as a link also needs enough days."""
        return frozenset(key for key, result in self.results.items() if is_selected(result))


def linked(persons: int, seed: int, days: int, ratio: float) -> Measured:
    """Return error rates, power and coverage over diaries whose two causes have this ratio."""
    rng = generator(seed, "linked", days, ratio)
    samples = [_look(diary(rng, days, ratio), days) for _ in range(persons)]
    coverage = [_coverage(samples, key, 1.0) for key in (*CAUSES, CONFOUNDED, *UNRELATED)]
    causes = [s.results[key] for s in samples for key in CAUSES if key in s.selected]
    return {
        "any_false": _share(bool(s.selected) for s in samples),
        "lowest_coverage": min(coverage),
        "highest_coverage": max(coverage),
        "derived_coverage": _coverage(samples, CAFFEINE_INCREASE, 1.0),
        "unrelated_share": _mean_share(samples, {CONFOUNDED, CAFFEINE_INCREASE}),
        "not_causal_share": _mean_share(samples, {CAFFEINE_INCREASE}),
        "stress_linked": _share(CONFOUNDED in s.selected for s in samples),
        "shown": _share(any(r.linked for r in s.results.values()) for s in samples),
        "raw": _median(result.ratio for result in causes),
        "shrunken": _median(result.shown_ratio for result in causes),
        **{f"power_{key}": _share(key in s.selected for s in samples) for key in CAUSES},
        **{f"coverage_{key}": _coverage(samples, key, ratio) for key in CAUSES},
    }


def is_selected(result: TriggerResult) -> bool:
    """Return whether a result is a discovery of a size worth naming, however short the diary."""
    if result.adjusted is None or result.ratio is None:
        return False
    large = result.ratio >= MINIMUM_EFFECT or result.ratio <= 1 / MINIMUM_EFFECT
    return large and result.adjusted <= FALSE_DISCOVERY_RATE


def _look(made: Sequence[Day], days: int) -> Sample:
    look = trigger_look(made, today=date_of(days - 1))
    same_day = (result for result in look.results if result.family is Family.SAME_DAY)
    return Sample(results={result.key: result for result in same_day})


def _coverage(samples: Sequence[Sample], key: str, truth: float) -> float:
    """Return the share of intervals that hold the truth, of triggers with enough days."""
    found = [s.results[key] for s in samples if key in s.results]
    ends = [(r.low, r.high) for r in found if r.adjusted is not None]
    inside = [low <= truth <= high for low, high in ends if low is not None and high is not None]
    return float(np.mean(inside)) if inside else float("nan")


def _mean_share(samples: Sequence[Sample], beside: set[str]) -> float:
    """Return the mean part of a diary's links that no cause stands behind, those beside left out.

    More caffeine than usual is caffeine again. Stress has no effect but a true association.
    """
    links = [sample.selected - beside for sample in samples]
    return float(np.mean([len(one.difference(CAUSES)) / max(len(one), 1) for one in links]))


def _share(flags: Iterable[bool]) -> float:
    return float(np.mean(list(flags)))


def _median(values: Iterable[float | None]) -> float:
    known = [value for value in values if value is not None]
    return float(np.median(known)) if known else float("nan")
