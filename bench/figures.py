"""The figures of a run: one table of what was measured, one of the ratios that are promised."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.stages import BARE_LIST, BARE_POST, LIST, POST


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One round of one stage: requests a second; p50 and p99, and CPU a request, in ms."""

    rate: float
    p50: float
    p99: float
    web: float
    postgresql: float
    client: float

    @property
    def cpu(self) -> float:
        """Return the CPU of a request without that of the client."""
        return self.web + self.postgresql


Rounds = Mapping[str, Sequence[Measured]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """What one claim came to in each round; `cpu` is the same by the CPU time of the machine."""

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
        rate_ratio(measured, POST, BARE_POST, goal=1),
        Ratio(name=f"p99 to p50 of {POST}", goal=2, rounds=tail, at_most=True),
        rate_ratio(measured, LIST, BARE_LIST, goal=3),
    ]


def rate_ratio(measured: Rounds, ours: str, theirs: str, *, goal: float) -> Ratio:
    """Return how much faster one stage is than the other."""
    pairs = list(zip(measured[ours], measured[theirs], strict=True))
    return Ratio(
        name=f"{ours} to {theirs}",
        goal=goal,
        rounds=[one.rate / other.rate for one, other in pairs],
        cpu=[other.cpu / one.cpu for one, other in pairs],
    )


def quantile(times: Sequence[float], share: float) -> float:
    """Return the smallest time that at least this share of the requests did not exceed."""
    return sorted(times)[max(0, math.ceil(share * len(times)) - 1)]


def table(measured: Rounds) -> str:
    """Return the medians of all rounds, and the range of the rate."""
    lines = [
        "| stage | a second | range | p50 ms | p99 ms | CPU ms: web | PostgreSQL | client |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, rounds in measured.items():
        rate, p50, p99, web, postgresql, client = (
            statistics.median(getattr(one, field) for one in rounds)
            for field in ("rate", "p50", "p99", "web", "postgresql", "client")
        )
        span = spread([one.rate for one in rounds], digits=0)
        lines.append(
            f"| {name} | {rate:,.0f} | {span} | {p50:.1f} | {p99:.1f} | {web:.2f}"
            f" | {postgresql:.2f} | {client:.2f} |"
        )
    return "\n".join(lines)


def verdicts(found: Sequence[Ratio]) -> str:
    """Return each claim with its goal, what was measured, and whether it is met."""
    lines = ["| ratio | goal | median | range | by CPU | |", "|---|---|---|---|---|---|"]
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
