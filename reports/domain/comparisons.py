"""The bands that compare: "What changed" and "What goes with it", with the engine's own numbers."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One value of a block with its small print; None means there is nothing to count."""

    value: float | None
    text: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the statistics engine says of two spans, in its own codes and numbers.

    `recent` and `before` are episodes a day, points of strength or seconds. `ratio` and the ends of
    its 95 % interval are None where the engine has none; `high` also when there is no upper end.
    """

    test: str  # frequency | strength | duration | trial
    verdict: str
    recent: float | None
    before: float | None
    ratio: float | None
    low: float | None
    high: float | None
    unmet: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One measure over the blocks, oldest first, with its verdict in words.

    `mark` says how the verdict is drawn; `comparison` is None where the engine compares nothing.
    """

    code: str
    label: str
    cells: tuple[Cell, ...]
    mark: str  # clear | possible | none | too_few | counted
    verdict: str
    comparison: Comparison | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The last 28-day blocks side by side; `empty` says why there are none."""

    columns: tuple[str, ...]
    against: str
    rows: tuple[ChangeRow, ...]
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRow:
    """One factor: days and episodes with and without it, and the engine's ratio of their rates.

    `days` and `rates` are the counts as printed. `ratio` is the engine's ratio drawn toward 1, the
    one to show, `low` and `high` its 95 % interval; None where nothing can be compared. `tier` is
    the engine's; `note` says what else the engine found of it.
    """

    code: str
    family: str  # same_day | day_before
    label: str
    note: str
    tier: str
    mark: str  # clear | possible | none | too_few
    days_with: int
    days_without: int
    episodes_with: int
    episodes_without: int
    days: str
    rates: str
    ratio: float | None
    low: float | None
    high: float | None
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoesWith:
    """What goes with it: the rows of the plot, its own labels, and what it cannot say.

    `key` names the three marks, filled square, lighter square and open circle; `answered_days` are
    the check-in days that were looked at, from `first_day` on.
    """

    rows: tuple[FactorRow, ...]
    rows_in_all: int
    first_day: date
    answered_days: int
    span: str
    heads: tuple[str, ...]  # days | episodes a day | fewer | more | ratio | rows
    key: tuple[str, ...]
    more: str
    caveat: str
    empty: str
