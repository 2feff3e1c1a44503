"""Exposures: which days of a diary count as days with a possible trigger, which as days without.

Only what was answered counts. A day on which a question was left open is neither with nor without.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from diary.domain.days import EXPOSURE_FIELDS
from diary.domain.entries import DatePrecision, Day, Medication, PartialDate
from diary.domain.escalation import Flags, Numbers
from diary.domain.vocabulary.triggers import TRIGGERS

CAFFEINE_LIMIT_MG = 400.0  # a day; from What Causes Lip Twitching and the FDA
SHORT_SLEEP_HOURS = 6.0
HIGH_STRESS = 7  # of 10
MINIMUM_EACH = 10  # days with and without, below which a fixed limit gives way to an own one
BASELINE_DAYS = 28  # before a day: its own baseline, and how long a medicine is new
MINIMUM_BASELINE_DAYS = 10  # answered days that make a baseline
CAFFEINE_RISE_MG = 100.0  # above the own baseline, a large cup of coffee; choice
INFECTION_DAYS = 7  # before a day
MINIMUM_INFECTION_DAYS = 5  # answered days among them before "no infection" is believed
STEROID = "corticosteroid"

CAFFEINE_INCREASE = "caffeine_increase"
NEW_MEDICINE = "new_medicine"
STEROID_COURSE = "steroid_course"
RECENT_INFECTION = "recent_infection"
FROM_BASELINE = (CAFFEINE_INCREASE, NEW_MEDICINE, STEROID_COURSE, RECENT_INFECTION)


class Definition(StrEnum):
    """How a day with the exposure is told from a day without; the threshold stands beside it."""

    ABOVE_OWN_MEDIAN = "above_own_median"
    ABOVE_LIMIT = "above_limit"
    BELOW_LIMIT = "below_limit"
    OWN_LOWER_THIRD = "own_lower_third"  # at most the threshold
    AT_LEAST = "at_least"
    ANY = "any"
    REPORTED = "reported"
    ABOVE_OWN_BASELINE = "above_own_baseline"  # threshold above the median of the 28 days before
    STARTED_WITHIN_DAYS = "started_within_days"
    DURING_COURSE = "during_course"
    WITHIN_DAYS_BEFORE = "within_days_before"


OWN = frozenset({Definition.ABOVE_OWN_MEDIAN, Definition.OWN_LOWER_THIRD})
Amounts = tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Exposure:
    """One possible trigger on a row of local dates, oldest first.

    `key` is a code of the trigger vocabulary, `own:` with the person's own words, or one of
    `FROM_BASELINE`. `exposed` is meaningful only where `answered`. `amounts` are the answers that
    an own threshold is drawn from, each with its number of days, lowest first.
    """

    key: str
    definition: Definition
    threshold: float | None
    exposed: Flags
    answered: Flags
    amounts: Amounts = ()


_Judged = tuple[Definition, float | None, Flags]
_Grid = dict[str, Numbers]


def exposures(
    days: Sequence[Day], *, today: date, length: int, medications: Sequence[Medication] = ()
) -> tuple[Exposure, ...]:
    """Return every exposure answered at least once in the `length` local dates up to `today`.

    Sorted by key. `days` come in any order and may reach back `BASELINE_DAYS` further, which the
    changes from the own baseline use. Only days with a check-in that says whether it twitched are
    answered: an episode alone would bring its exposure with it.
    """
    asked, grid = _grid(days, today=today, length=length + BASELINE_DAYS)
    found = {
        key: _reported(key, values[BASELINE_DAYS:])
        for key, values in grid.items()
        if key not in EXPOSURE_FIELDS
    }
    for trigger in TRIGGERS:
        if trigger.check_in_field in grid:
            field = _from_field(trigger.code, grid[trigger.check_in_field][BASELINE_DAYS:])
            found[trigger.code] = _filled_up(field, found.get(trigger.code))
    checked = asked[BASELINE_DAYS:]
    for changed in (*_own_changes(grid, checked), *_courses(medications, checked, today)):
        found[changed.key] = _filled_up(changed, found.get(changed.key))
    return tuple(found[key] for key in sorted(found) if found[key].answered.any())


def _grid(days: Iterable[Day], *, today: date, length: int) -> tuple[Flags, _Grid]:
    """Return which dates were asked, and the answers by name with NaN where there is none."""
    asked = np.zeros(length, bool)
    grid: _Grid = defaultdict(lambda: np.full(length, np.nan))
    offset = length - 1 - today.toordinal()
    for day in days:
        place = day.local_date.toordinal() + offset
        if 0 <= place < length and day.checked_in and day.observed:
            asked[place] = True
            for name, value in day.exposures.items():
                grid[name][place] = _amount(name, value)
    return asked, dict(grid)


def _amount(name: str, value: Any) -> float:
    """Return an answer as a number; stress named as a factor, without a score, is high stress."""
    if name == "stress" and isinstance(value, bool):
        return float(HIGH_STRESS) if value else 0.0
    return float(value)


def _reported(key: str, values: Numbers) -> Exposure:
    return _exposure(key, (Definition.REPORTED, None, values > 0), ~np.isnan(values))


def _from_field(code: str, values: Numbers) -> Exposure:
    answered = ~np.isnan(values)
    judge = _JUDGES.get(code)
    if judge is None or not answered.any():
        return _reported(code, values)
    known = values[answered]
    found = _exposure(code, judge(values, known), answered)
    return replace(found, amounts=_amounts(known)) if found.definition in OWN else found


def _amounts(known: Numbers) -> Amounts:
    values, days = np.unique(known, return_counts=True)
    return tuple(zip(values.tolist(), days.tolist(), strict=True))


def _exposure(key: str, judged: _Judged, answered: Flags) -> Exposure:
    definition, threshold, exposed = judged
    return Exposure(
        key=key,
        definition=definition,
        threshold=threshold,
        exposed=exposed & answered,
        answered=answered,
    )


def _filled_up(first: Exposure, second: Exposure | None) -> Exposure:
    """Return the first exposure, with answers of the second where the first has none."""
    if second is None:
        return first
    exposed = np.where(first.answered, first.exposed, second.exposed)
    answered = first.answered | second.answered
    return replace(first, exposed=exposed & answered, answered=answered)


def _much_caffeine(values: Numbers, known: Numbers) -> _Judged:
    median = float(np.median(known))
    if median > CAFFEINE_LIMIT_MG:
        return Definition.ABOVE_LIMIT, CAFFEINE_LIMIT_MG, values > CAFFEINE_LIMIT_MG
    return Definition.ABOVE_OWN_MEDIAN, median, values > median


def _short_sleep(values: Numbers, known: Numbers) -> _Judged:
    short = values < SHORT_SLEEP_HOURS
    if MINIMUM_EACH <= short.sum() <= known.size - MINIMUM_EACH:
        return Definition.BELOW_LIMIT, SHORT_SLEEP_HOURS, short
    third = float(np.quantile(known, 1 / 3, method="lower"))
    return Definition.OWN_LOWER_THIRD, third, values <= third


def _high_stress(values: Numbers, known: Numbers) -> _Judged:
    return Definition.AT_LEAST, float(HIGH_STRESS), values >= HIGH_STRESS


def _more_than_usual(values: Numbers, known: Numbers) -> _Judged:
    median = float(np.median(known))
    return Definition.ABOVE_OWN_MEDIAN, median, values > median


def _any_amount(values: Numbers, known: Numbers) -> _Judged:
    return Definition.ANY, 0.0, values > 0


# The daily questions with an amount; the yes-or-no questions are taken as reported.
_JUDGES: dict[str, Callable[[Numbers, Numbers], _Judged]] = {
    "caffeine": _much_caffeine,
    "sleep_loss": _short_sleep,
    "stress": _high_stress,
    "alcohol": _any_amount,
    "screen_use": _more_than_usual,
    "exercise": _more_than_usual,
}


def _own_changes(grid: _Grid, checked: Flags) -> Iterable[Exposure]:
    if "caffeine_mg" in grid:
        yield _caffeine_increase(grid["caffeine_mg"])
    if "ill" in grid:
        yield _recent_infection(grid["ill"], checked)


def _caffeine_increase(values: Numbers) -> Exposure:
    """Return days with clearly more caffeine than the median of the 28 days before them."""
    today = values[BASELINE_DAYS:]
    before = np.sort(_days_before(values, BASELINE_DAYS), axis=-1)  # NaN goes to the end
    size = np.count_nonzero(~np.isnan(before), axis=-1)
    rows = np.arange(len(today))
    twice_median = before[rows, np.maximum(size - 1, 0) // 2] + before[rows, size // 2]
    rise = today - twice_median / 2 >= CAFFEINE_RISE_MG
    judged = Definition.ABOVE_OWN_BASELINE, CAFFEINE_RISE_MG, rise
    return _exposure(CAFFEINE_INCREASE, judged, ~np.isnan(today) & (size >= MINIMUM_BASELINE_DAYS))


def _recent_infection(values: Numbers, checked: Flags) -> Exposure:
    """Return days with an infection in the 7 days before; a "no" needs most of these answered."""
    before = _days_before(values[BASELINE_DAYS - INFECTION_DAYS :], INFECTION_DAYS)
    ill: Flags = np.any(before > 0, axis=-1)
    known = np.count_nonzero(~np.isnan(before), axis=-1) >= MINIMUM_INFECTION_DAYS
    judged = Definition.WITHIN_DAYS_BEFORE, float(INFECTION_DAYS), ill
    return _exposure(RECENT_INFECTION, judged, checked & (ill | known))


def _days_before(values: Numbers, number: int) -> Numbers:
    """Return, for each date from place `number` on, a row with the `number` values before it."""
    return np.lib.stride_tricks.sliding_window_view(values, number)[:-1]


def _courses(medications: Sequence[Medication], checked: Flags, today: date) -> Iterable[Exposure]:
    """Return the exposures that the medicine list answers; a person without a list has none."""
    dates = np.arange(today.toordinal() - len(checked) + 1, today.toordinal() + 1)
    dated = [(m, m.started) for m in medications if m.started is not None]
    new = [_new_span(started) for _, started in dated]
    steroid = [
        _course_span(started, m.stopped) for m, started in dated if m.medicine_class == STEROID
    ]
    if new:
        judged = Definition.STARTED_WITHIN_DAYS, float(BASELINE_DAYS)
        yield _inside(NEW_MEDICINE, judged, new, dates, checked)
    if steroid:
        yield _inside(STEROID_COURSE, (Definition.DURING_COURSE, None), steroid, dates, checked)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """Day numbers between which a course surely runs, and between which it may run."""

    sure_first: int
    sure_last: int
    possible_first: int
    possible_last: int


def _new_span(started: PartialDate) -> _Span:
    first, last = _earliest_and_latest(started)
    return _Span(
        sure_first=last,
        sure_last=first + BASELINE_DAYS,
        possible_first=first,
        possible_last=last + BASELINE_DAYS,
    )


def _course_span(started: PartialDate, stopped: PartialDate | None) -> _Span:
    first, last = _earliest_and_latest(started)
    sure_last, possible_last = _earliest_and_latest(stopped or PartialDate(day=date.max))
    return _Span(
        sure_first=last, sure_last=sure_last, possible_first=first, possible_last=possible_last
    )


def _earliest_and_latest(partial: PartialDate) -> tuple[int, int]:
    """Return the first and last day number a date known to the day, month or year can mean."""
    if partial.precision is DatePrecision.DAY:
        return partial.day.toordinal(), partial.day.toordinal()
    if partial.precision is DatePrecision.YEAR:
        first = partial.day.replace(month=1, day=1)
        return first.toordinal(), first.replace(month=12, day=31).toordinal()
    first = partial.day.replace(day=1)
    next_month = (first + timedelta(days=31)).replace(day=1)
    return first.toordinal(), next_month.toordinal() - 1


def _inside(
    key: str,
    judged: tuple[Definition, float | None],
    spans: Sequence[_Span],
    dates: npt.NDArray[np.int_],
    checked: Flags,
) -> Exposure:
    sure, possible = np.zeros(len(dates), bool), np.zeros(len(dates), bool)
    for span in spans:
        sure |= (span.sure_first <= dates) & (dates <= span.sure_last)
        possible |= (span.possible_first <= dates) & (dates <= span.possible_last)
    return _exposure(key, (*judged, sure), checked & (sure | ~possible))
