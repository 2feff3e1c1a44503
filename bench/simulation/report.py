"""Targets and cells: what is to hold, where it is measured, and the table that says so."""

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

Measured = Mapping[str, float]


class Bound(StrEnum):
    """Which side of its number a target allows."""

    AT_MOST = "<="
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One simulation: a function of (persons, seed, *arguments) that returns named numbers."""

    measure: Callable[..., Measured]
    arguments: tuple[object, ...] = ()

    @property
    def label(self) -> str:
        return " ".join(str(argument) for argument in self.arguments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A row of the table: one named number of some cells, all held to one bound, or to none."""

    target: str
    text: str
    key: str
    cells: tuple[Cell, ...]
    bound: Bound = Bound.AT_MOST
    limit: float | None = None

    def met(self, values: Sequence[float]) -> bool | None:
        """Return whether every value keeps the bound; None for a row that is context only."""
        if self.limit is None:
            return None
        limit = self.limit
        if self.bound is Bound.AT_MOST:
            return all(value <= limit for value in values)
        return all(value >= limit for value in values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A part with what was measured."""

    part: Part
    values: tuple[float, ...]

    @property
    def met(self) -> bool | None:
        return self.part.met(self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All rows of a run, and the processor seconds of each target's own cells."""

    rows: tuple[Row, ...]
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def all_met(self) -> bool:
        return all(row.met is not False for row in self.rows)


def run(parts: Sequence[Part], *, persons: int, seed: int, workers: int) -> Run:
    """Measure each cell once, in `workers` processes, and return the rows in the order of parts."""
    cells = tuple(dict.fromkeys(cell for part in parts for cell in part.cells))
    measure = partial(_timed, persons=persons, seed=seed)
    if workers == 1:
        measured = {cell: measure(cell) for cell in cells}
    else:
        with ProcessPoolExecutor(max_workers=workers) as pool:
            measured = dict(zip(cells, pool.map(measure, cells), strict=True))
    rows = tuple(
        Row(part=part, values=tuple(measured[cell][0][part.key] for cell in part.cells))
        for part in parts
    )
    return Run(rows=rows, seconds=_seconds(parts, {c: m[1] for c, m in measured.items()}))


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a Markdown table; values stand in the order that the text names."""
    lines = ["| target | what | bound | measured | met |", "|---|---|---|---|---|"]
    for row in rows:
        bound = "-" if row.part.limit is None else f"{row.part.bound} {number(row.part.limit)}"
        met = {True: "yes", False: "**no**", None: "-"}[row.met]
        values = ", ".join(number(value) for value in row.values)
        lines.append(f"| {row.part.target} | {row.part.text} | {bound} | {values} | {met} |")
    return "\n".join(lines)


def number(value: float) -> str:
    """Return a number as short as it can be read: three decimals, none for whole numbers."""
    if math.isinf(value):
        return "never"
    if math.isnan(value):
        return "none"
    return str(int(value)) if value == int(value) else f"{value:.3f}"


def _timed(cell: Cell, *, persons: int, seed: int) -> tuple[Measured, float]:
    start = time.process_time()
    values = cell.measure(persons, seed, *cell.arguments)
    return values, time.process_time() - start


def _seconds(parts: Iterable[Part], spent: Mapping[Cell, float]) -> dict[str, float]:
    """Return the seconds of each target; a cell that several share counts for the first."""
    left, found = dict(spent), dict[str, float]()
    for part in parts:
        for cell in part.cells:
            found[part.target] = found.get(part.target, 0.0) + left.pop(cell, 0.0)
    return found
