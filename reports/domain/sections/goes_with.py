"""What goes with it: the engine's look at every daily factor, ordered for the plot."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from diary.domain.entries import Day
from diary.domain.triggers import COUNTS_FROM_DAYS, Family, Tier, TriggerLook, TriggerResult
from reports.domain.comparisons import FactorRow, GoesWith
from reports.domain.words import Words

MOST_ROWS = 9
MOST_WITHOUT_MARK = 3  # of those, so that what cannot be said does not fill the page
MARKS = MappingProxyType(
    {
        Tier.FAIRLY_CONSISTENT: "clear",
        Tier.POSSIBLE: "possible",
        Tier.NOT_SEPARABLE: "possible",
        Tier.NO_CLEAR_LINK: "none",
        Tier.PROBABLY_NOT_LARGE: "none",
        Tier.COUNTS_ONLY: "too_few",
        Tier.TOO_FEW_DAYS: "too_few",
        Tier.COLLECTING: "too_few",
    }
)
ORDER = ("clear", "possible", "none", "too_few")


def goes_with(
    look: TriggerLook, days: Sequence[Day], own_labels: Mapping[str, str], words: Words
) -> GoesWith:
    """Return the rows from clear to "too few days", each group by its ratio.

    Nine at most, and of those that say "too few days" three.

    `days` are the daily rows that were looked at, `own_labels` the factors in the person's own
    words as they can be printed, by key. What is linked is kept first; a factor of the same day
    comes before one of the day before.
    """
    kept = sorted(_kept(look.results), key=_place)
    rows = tuple(_row(result, own_labels.get(result.key, ""), words) for result in kept)
    first = _first_day(look, days)
    return GoesWith(
        rows=rows,
        rows_in_all=len(look.results),
        first_day=first,
        answered_days=look.observed_days,
        span=_span(look, first, words),
        heads=words.factor_heads,
        key=words.factor_key,
        more=words.more_factors(len(look.results) - len(rows)),
        caveat=words.caveat,
        empty="" if rows else words.no_factors,
    )


def _kept(results: Sequence[TriggerResult]) -> list[TriggerResult]:
    ranked = sorted(results, key=_interest)
    marked = [result for result in ranked if MARKS[result.tier] != "too_few"]
    unmarked = [result for result in ranked if MARKS[result.tier] == "too_few"]
    return (marked + unmarked[:MOST_WITHOUT_MARK])[:MOST_ROWS]


def _first_day(look: TriggerLook, days: Sequence[Day]) -> date:
    checked = (day.local_date for day in days if day.checked_in and day.observed)
    return min((day for day in checked if day >= look.first), default=look.first)


def _span(look: TriggerLook, first: date, words: Words) -> str:
    if look.observed_days < COUNTS_FROM_DAYS:
        return words.factors_waiting(look.observed_days)
    return words.factor_span(first, look.today, look.observed_days)


def _interest(result: TriggerResult) -> tuple[bool, bool, int, str]:
    """Return the order in which rows are kept when there are too many."""
    place = ORDER.index(MARKS[result.tier])
    return not result.linked, result.family is Family.DAY_BEFORE, place, result.key


def _place(result: TriggerResult) -> tuple[int, float, str]:
    """Return the place of a row in the plot: by its mark, then the largest ratio first."""
    mark = MARKS[result.tier]
    size = result.exposed_days if mark == "too_few" else result.shown_ratio or 0.0
    return ORDER.index(mark), -size, result.key


def _row(result: TriggerResult, own_label: str, words: Words) -> FactorRow:
    mark = MARKS[result.tier]
    return FactorRow(
        code=result.key,
        family=result.family,
        label=words.factor(result, own_label),
        note=words.several_together if result.tier is Tier.NOT_SEPARABLE else "",
        tier=result.tier,
        mark=mark,
        days_with=result.exposed_days,
        days_without=result.unexposed_days,
        episodes_with=result.exposed_episodes,
        episodes_without=result.unexposed_episodes,
        days=words.factor_days(result.exposed_days, result.unexposed_days),
        rates=words.factor_rates(
            _rate(result.exposed_episodes, result.exposed_days),
            _rate(result.unexposed_episodes, result.unexposed_days),
        ),
        ratio=result.shown_ratio if mark != "too_few" else None,
        low=result.low if mark != "too_few" else None,
        high=result.high if mark != "too_few" else None,
        verdict=_verdict(result, mark, words),
    )


def _rate(episodes: int, days: int) -> float | None:
    return episodes / days if days else None


def _verdict(result: TriggerResult, mark: str, words: Words) -> str:
    if result.unmet == ("quiet_days",):
        return words.too_few_quiet_days
    if mark == "too_few" or result.low is None or result.high is None:
        return words.too_few_to_say
    return words.factor_verdict(
        result.shown_ratio if result.linked else None, result.low, result.high
    )
