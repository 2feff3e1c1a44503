"""Cells of the benchmark for the state rules N1 and X1 and for the severity look."""

from collections.abc import Mapping

import numpy as np

from bench.simulation.looking import a_year, alerts, first_delays, look_days
from bench.simulation.series import (
    DAYS,
    RUN_IN_DAYS,
    WEEK,
    Flags,
    generator,
    level,
)
from bench.simulation.series import bursts as bursts_of
from bench.simulation.severities import diaries, severity_hits
from bench.simulation.states import (
    persistence_alerts,
    quiet_runs,
    remissions,
    some_days,
    spells,
)
from diary.domain.severity import Measure

ONSET_DAYS = 60  # a diary followed from the onset of persistent twitching
FOLLOWED_DAYS = 84
SPELLS_A_YEAR = 12
FIXED_QUIET_DAYS = 14  # the contrast to X1: two quiet weeks end a bout

Measured = Mapping[str, float]


def onset(persons: int, seed: int, twitch_share: float, logged_share: float) -> Measured:
    """Return on which day of new persistent twitching N1 speaks, counted from 1."""
    rng = generator(seed, "onset", twitch_share, logged_share)
    shape = (persons, ONSET_DAYS)
    observed = some_days(rng, shape, share=logged_share)
    twitching = some_days(rng, shape, share=twitch_share) & observed
    raised = persistence_alerts(twitching, observed)
    days = np.array([found[0] + 1 if found else np.inf for found in raised])
    return {"median": float(np.median(days)), "by_21": float((days <= 21).mean())}  # noqa: PLR2004


def sporadic(persons: int, seed: int, length: int) -> Measured:
    """Return N1 alerts a year of people with twelve short spells a year at random times."""
    rng = generator(seed, "sporadic", length)
    twitching = spells(rng, (persons, DAYS), a_year=SPELLS_A_YEAR, length=length)
    raised = persistence_alerts(twitching, np.ones(twitching.shape, bool), RUN_IN_DAYS)
    return {"alerts": sum(map(len, raised)) / persons}


def silence_in_bursts(persons: int, seed: int, rate: float) -> Measured:
    """Return false ends a year of twitching that comes in bursts and never changes."""
    rng = generator(seed, "silence in bursts", rate)
    return _silences(bursts_of(rng, level(persons, rate)).counts > 0)


def silence_by_days(persons: int, seed: int, days_a_week: int) -> Measured:
    """Return false ends a year of twitching on so many days a week, any day alike."""
    rng = generator(seed, "silence by days", days_a_week)
    return _silences(some_days(rng, (persons, DAYS), share=days_a_week / WEEK))


def steady_severity(persons: int, seed: int, rate: float, measure: Measure) -> Measured:
    """Return alerts a year of the severity look when strength and length only wander."""
    rng = generator(seed, "steady severity", rate, measure.value)
    made = diaries(rng, (persons, DAYS), rate, change=DAYS, strength=0, ratio=1)
    days = look_days()
    hits = np.stack([severity_hits(diary, days, measure) for diary in made])
    return {"alerts": a_year(alerts(hits, days))}


def harsher(persons: int, seed: int, rate: float, points: float, ratio: float) -> Measured:
    """Return how many persons hear of a lasting step in strength or length within 56 days."""
    rng = generator(seed, "harsher", rate, points, ratio)
    last = RUN_IN_DAYS + FOLLOWED_DAYS
    made = diaries(rng, (persons, last), rate, change=RUN_IN_DAYS, strength=points, ratio=ratio)
    measure = Measure.STRENGTH if points else Measure.DURATION
    days = look_days(last=last)
    hits = np.stack([severity_hits(diary, days, measure) for diary in made])
    found = first_delays(hits, days, RUN_IN_DAYS)
    return {"by_56": float((found <= 56).mean())}  # noqa: PLR2004


def _silences(twitching: Flags) -> Measured:
    persons = len(twitching)
    return {
        "ends": remissions(twitching, RUN_IN_DAYS) / persons,
        "ends_of_14": quiet_runs(twitching, FIXED_QUIET_DAYS, RUN_IN_DAYS) / persons,
    }
