"""The plot beside the factors on the web page: one interval a row, on a logarithmic axis.

Every place is a percentage of the plot's width, so the rows stretch with the screen.
"""

from dataclasses import dataclass
from math import log

from reports.domain.comparisons import FactorRow

LOWEST, HIGHEST = 0.4, 4.0
TICKS = (0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of the axis with its number."""

    x: str
    text: str
    is_even: bool  # the line at 1, where a factor makes no difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The interval of one factor; its ends beyond the axis are arrows, its point may lie there."""

    x: str
    low: str
    high: str
    is_below: bool
    is_above: bool
    is_drawn: bool


def ticks() -> tuple[Tick, ...]:
    """Return the axis."""
    return tuple(Tick(x=_place(tick), text=f"{tick:g}", is_even=tick == 1) for tick in TICKS)


def interval(row: FactorRow) -> Interval | None:
    """Return what to draw for a factor, None where nothing is compared."""
    if row.ratio is None or row.low is None or row.high is None:
        return None
    return Interval(
        x=_place(row.ratio),
        low=_place(row.low),
        high=_place(row.high),
        is_below=row.low < LOWEST,
        is_above=row.high > HIGHEST,
        is_drawn=LOWEST <= row.ratio <= HIGHEST,
    )


def _place(ratio: float) -> str:
    inside = min(HIGHEST, max(LOWEST, ratio))
    return f"{100 * log(inside / LOWEST) / log(HIGHEST / LOWEST):.1f}%"
