"""The figures of a run: a table of what was measured, and one of the ratios that are promised."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bench.stages import (
    BARE_LIST,
    BARE_POST,
    LIST,
    MULTI_ROW,
    POST,
    PULL,
    PUSH,
    UNNEST,
    WHOLE_LIST,
    WHOLE_POST,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One round of one stage: rates a second; p50 and p99, and CPU a request, in milliseconds."""

    rate: float
    rows: float
    p50: float
    p99: float
    web: float
    postgresql: float
    client: float

    @property
    def cpu_of_row(self) -> float:
        """Return the CPU of one row; without a service the client does the work itself."""
        return ((self.web or self.client) + self.postgresql) * self.rate / self.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one request said: statements, round trips to PostgreSQL, and commands to Redis."""

    statements: int
    round_trips: int
    redis: int


Rounds = Mapping[str, Sequence[Measured]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """What one claim came to in each round; `cpu` is the same by CPU time."""

    name: str
    goal: float
    rounds: Sequence[float]
    cpu: Sequence[float] = ()
    at_most: bool = False

    @property
    def is_met(self) -> bool:
        """Return whether the median is on the right side of the goal."""
        median = statistics.median(self.rounds)
        return median <= self.goal if self.at_most else median >= self.goal


def ratios(measured: Rounds) -> list[Ratio]:
    """Return the claims, each from figures of the same round."""
    tail = [one.p99 / one.p50 for one in measured[POST]]
    return [
        between(measured, POST, WHOLE_POST, goal=1),
        between(measured, POST, BARE_POST, goal=1),
        Ratio(name=f"p99 to p50 of {POST}", goal=2, rounds=tail, at_most=True),
        between(measured, LIST, WHOLE_LIST, goal=3),
        between(measured, LIST, BARE_LIST, goal=3),
        between(measured, PULL, LIST, goal=0.5),
        between(measured, PUSH, UNNEST, goal=0.33),
        between(measured, PUSH, MULTI_ROW, goal=0.33),
    ]


def between(measured: Rounds, ours: str, theirs: str, *, goal: float) -> Ratio:
    """Return how many rows one stage does while the other does one."""
    pairs = list(zip(measured[ours], measured[theirs], strict=True))
    return Ratio(
        name=f"{ours} to {theirs}",
        goal=goal,
        rounds=[one.rows / other.rows for one, other in pairs],
        cpu=[other.cpu_of_row / one.cpu_of_row for one, other in pairs],
    )


def quantile(times: Sequence[float], share: float) -> float:
    """Return the smallest time that at least this share of the requests did not exceed."""
    return sorted(times)[max(0, math.ceil(share * len(times)) - 1)]


def table(measured: Rounds, said: Mapping[str, Said]) -> str:
    """Return the medians of all rounds, the range of the rate, and what a request said."""
    lines = [
        "| stage | a second | range | rows a second | p50 ms | p99 ms | CPU ms: web | PostgreSQL"
        " | client | statements | round trips | Redis |",
        f"|{12 * '---|'}",
    ]
    for name, rounds in measured.items():
        middle = partial(_median, rounds)
        one = said.get(name)
        cells = (
            name,
            f"{middle('rate'):,.0f}",
            spread([each.rate for each in rounds], digits=0),
            f"{middle('rows'):,.0f}",
            *(f"{middle(field):.1f}" for field in ("p50", "p99")),
            *(f"{middle(field):.2f}" for field in ("web", "postgresql", "client")),
            *((one.statements, one.round_trips, one.redis) if one else ("", "", "")),
        )
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def _median(rounds: Sequence[Measured], field: str) -> float:
    return float(statistics.median(getattr(one, field) for one in rounds))


def verdicts(found: Sequence[Ratio]) -> str:
    """Return each claim with its goal, what was measured, and whether it is met."""
    lines = ["| ratio | goal | median | range | by CPU | |", f"|{6 * '---|'}"]
    for ratio in found:
        cells = (
            ratio.name,
            f"{'<=' if ratio.at_most else '>='} {ratio.goal:g}",
            f"{statistics.median(ratio.rounds):.2f}",
            spread(ratio.rounds, digits=2),
            f"{statistics.median(ratio.cpu):.2f}" if ratio.cpu else "",
            "met" if ratio.is_met else "NOT MET",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def spread(values: Sequence[float], *, digits: int) -> str:
    """Return the smallest and the largest of the values."""
    return f"{min(values):,.{digits}f} to {max(values):,.{digits}f}"
