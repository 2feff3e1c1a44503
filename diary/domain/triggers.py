"""Trigger look: which exposures go along with more episodes in one diary, said with all its doubt.

An association in a diary is no cause. The tiers exist so that nothing is worded stronger than the
days allow; what they mean in words and how often they err stands in docs/statistics.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from math import isfinite
from typing import Any

import numpy as np
from pydantic_core import to_jsonable_python

from diary.domain.association import (
    FALSE_DISCOVERY_RATE,
    GATES,
    FamilyTests,
    family_tests,
)
from diary.domain.entries import Day, Medication
from diary.domain.escalation import Flags, Numbers
from diary.domain.exposures import BASELINE_DAYS, FROM_BASELINE, Amounts, Exposure, exposures
from diary.domain.rivals import Rival, Tables, explains, rivals, whole_tables

TRIGGER_DAYS = 196  # seven blocks of 28 days up to today
INPUT_DAYS = TRIGGER_DAYS + BASELINE_DAYS  # daily rows that `trigger_look` can use
NOT_LARGE = 1.5  # upper end of the interval below which a factor is probably not large
COUNTS_FROM_DAYS = 42
LINK_FROM_DAYS = 60
LINK_FROM_TWITCH_DAYS = 24
CONSISTENT_FROM_DAYS = 120


class Tier(StrEnum):
    """How strongly a result may be worded."""

    COLLECTING = "collecting"
    COUNTS_ONLY = "counts_only"
    POSSIBLE = "possible"
    FAIRLY_CONSISTENT = "fairly_consistent"
    NO_CLEAR_LINK = "no_clear_link"
    PROBABLY_NOT_LARGE = "probably_not_large"
    NOT_SEPARABLE = "not_separable"
    TOO_FEW_DAYS = "too_few_days"


class Family(StrEnum):
    """Which days are compared; each family is corrected for its own number of tests."""

    SAME_DAY = "same_day"
    DAY_BEFORE = "day_before"  # exploratory: exposure 24 to 48 hours before


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerResult:
    """One exposure in one family. Episodes and days are those on which it was answered.

    `shown_ratio` is the ratio drawn toward 1, the only one to print large; `low` and `high` are the
    ends of the 95 % interval, `selected_low` and `selected_high` those of the wider interval that
    allows for having been picked out, of level `selected_level` (None unless linked). Numbers are
    None where nothing can be compared. `not_separable_from` names those of `rivals`, the other
    linked exposures, that explain this link as well. `blocks` holds the answered days of each block
    of 28 days that has some, oldest first, in the columns of `association.TABLE`; the ratio, its
    intervals, `p` and `dispersion` can be computed again from it, and an own `threshold` from
    `amounts`, the answers each with its number of days.
    """

    key: str
    family: Family
    definition: str
    threshold: float | None
    tier: Tier
    exposed_days: int
    unexposed_days: int
    exposed_episodes: int
    unexposed_episodes: int
    twitch_days: int
    ratio: float | None
    low: float | None
    high: float | None
    shown_ratio: float | None
    selected_level: float | None
    selected_low: float | None
    selected_high: float | None
    p: float | None
    adjusted: float | None
    dispersion: float
    blocks: Tables
    amounts: Amounts = ()
    rivals: tuple[Rival, ...] = ()
    not_separable_from: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()

    @property
    def linked(self) -> bool:
        """Return whether the result may be worded as a link at all."""
        return self.tier in (Tier.POSSIBLE, Tier.FAIRLY_CONSISTENT, Tier.NOT_SEPARABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilySummary:
    """How many exposures of a family were tested, and how many were found linked."""

    family: Family
    tested: int
    linked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerLook:
    """The look at one diary from `first` to `today`, results in the order of their keys.

    `observed_days` have a check-in that says whether it twitched; other days are left out.
    """

    today: date
    first: date
    observed_days: int
    twitch_days: int
    false_discovery_rate: float
    families: tuple[FamilySummary, ...]
    results: tuple[TriggerResult, ...]

    def as_numbers(self) -> dict[str, Any]:
        """Return all fields as JSON values: dates in ISO form, tuples as lists."""
        numbers: dict[str, Any] = to_jsonable_python(self)
        return numbers


def trigger_look(
    days: Sequence[Day], *, today: date, medications: Sequence[Medication] = ()
) -> TriggerLook:
    """Return the look at one diary on its local day `today`.

    `days` are daily rows in any order; those of the last `TRIGGER_DAYS` are compared, and another
    `BASELINE_DAYS` before them tell what is usual. Meant for once a month, not for every day.
    """
    first = today - timedelta(days=TRIGGER_DAYS - 1)
    counts, twitch, checked = _diary_arrays(days, first)
    found = exposures(days, today=today, length=TRIGGER_DAYS, medications=medications)
    before = [_day_later(e, checked) for e in found if e.key not in FROM_BASELINE]
    results = (
        *_family_results(Family.SAME_DAY, found, counts, twitch, checked),
        *_family_results(Family.DAY_BEFORE, before, counts, twitch, checked),
    )
    return TriggerLook(
        today=today,
        first=first,
        observed_days=int(checked.sum()),
        twitch_days=int((checked & twitch).sum()),
        false_discovery_rate=FALSE_DISCOVERY_RATE,
        families=tuple(_summary(family, results) for family in Family),
        results=results,
    )


def _diary_arrays(days: Iterable[Day], first: date) -> tuple[Numbers, Flags, Flags]:
    counts = np.zeros(TRIGGER_DAYS)
    twitch, checked = np.zeros(TRIGGER_DAYS, bool), np.zeros(TRIGGER_DAYS, bool)
    for day in days:
        place = (day.local_date - first).days
        if 0 <= place < TRIGGER_DAYS and day.observed and day.checked_in:
            counts[place], twitch[place], checked[place] = day.episodes, day.twitch_day, True
    return counts, twitch, checked


def _day_later(exposure: Exposure, checked: Flags) -> Exposure:
    """Return the exposure of the day before, on days that are checked in themselves."""
    exposed, answered = np.roll(exposure.exposed, 1), np.roll(exposure.answered, 1) & checked
    answered[0] = False
    return replace(exposure, exposed=exposed & answered, answered=answered)


def _summary(family: Family, results: Sequence[TriggerResult]) -> FamilySummary:
    own = [result for result in results if result.family is family]
    return FamilySummary(
        family=family,
        tested=sum(result.adjusted is not None for result in own),
        linked=sum(result.linked for result in own),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Tested:
    """A family with its tests, before the tiers are given."""

    family: Family
    exposures: Sequence[Exposure]
    counts: Numbers
    tests: FamilyTests
    linked: Flags
    observed_days: int


def _family_results(
    family: Family, found: Sequence[Exposure], counts: Numbers, twitch: Flags, checked: Flags
) -> tuple[TriggerResult, ...]:
    if not found:
        return ()
    answered = np.stack([exposure.answered for exposure in found])
    tests = family_tests(counts, twitch, np.stack([e.exposed for e in found]), answered)
    enough = (answered.sum(-1) >= LINK_FROM_DAYS) & (tests.twitch_days >= LINK_FROM_TWITCH_DAYS)
    tested = _Tested(
        family=family,
        exposures=found,
        counts=counts,
        tests=tests,
        linked=tests.selected & enough,
        observed_days=int(checked.sum()),
    )
    return tuple(_result(tested, place) for place in range(len(found)))


def _result(tested: _Tested, place: int) -> TriggerResult:
    exposure, tests = tested.exposures[place], tested.tests
    found, linked = tests.association, bool(tested.linked[place])
    low, high = (_number(end[place]) for end in found.interval())
    wider = found.interval(tests.coverage) if linked else None
    others = rivals(place, tested.exposures, tested.counts, tested.linked) if linked else ()
    explaining = tuple(other.key for other in others if explains(found.ratio[place], other))
    return TriggerResult(
        key=exposure.key,
        family=tested.family,
        definition=exposure.definition.value,
        threshold=exposure.threshold,
        tier=_tier(tested, place, explaining),
        exposed_days=int(found.exposed_days[place]),
        unexposed_days=int(found.unexposed_days[place]),
        exposed_episodes=int(found.exposed_episodes[place]),
        unexposed_episodes=int(found.unexposed_episodes[place]),
        twitch_days=int(tests.twitch_days[place]),
        ratio=_number(found.ratio[place]),
        low=low,
        high=high,
        shown_ratio=_number(found.shrunken_ratio()[place]),
        selected_level=float(tests.coverage) if linked else None,
        selected_low=_number(wider[0][place]) if wider else None,
        selected_high=_number(wider[1][place]) if wider else None,
        p=_number(found.p[place]),
        adjusted=_number(tests.adjusted[place]),
        dispersion=float(found.dispersion[place]),
        blocks=whole_tables(found.blocks[place], found.blocks[place].any(-1)),
        amounts=exposure.amounts,
        rivals=others,
        not_separable_from=explaining,
        unmet=tuple(name for name, met in zip(GATES, tests.gates[place], strict=True) if not met),
    )


def _tier(tested: _Tested, place: int, explaining: tuple[str, ...]) -> Tier:
    tests = tested.tests
    days = int(tested.exposures[place].answered.sum())
    if tested.observed_days < COUNTS_FROM_DAYS:
        return Tier.COLLECTING
    if np.isnan(tests.adjusted[place]):
        return Tier.TOO_FEW_DAYS
    if days < LINK_FROM_DAYS or tests.twitch_days[place] < LINK_FROM_TWITCH_DAYS:
        return Tier.COUNTS_ONLY
    if not tested.linked[place]:
        small = tests.association.interval()[1][place] < NOT_LARGE
        return Tier.PROBABLY_NOT_LARGE if small else Tier.NO_CLEAR_LINK
    if explaining:
        return Tier.NOT_SEPARABLE
    return Tier.FAIRLY_CONSISTENT if days >= CONSISTENT_FROM_DAYS else Tier.POSSIBLE


def _number(value: float) -> float | None:
    return float(value) if isfinite(value) else None
