"""What a run has shown: one row for each phase, computed from acknowledgements and arrivals."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.chaos.writing import Written

Arrivals = Mapping[str, Sequence[tuple[str, float]]]
HEADINGS = (
    *("phase", "kills", "alerts", "lost", "duplicate keys", "copies", "no advice"),
    *("answer p99 s", "arrival p50 s", "p99 s", "max s"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The figures of one phase; latencies are seconds from acknowledgement to first arrival."""

    name: str
    kills: int
    alerts: int
    lost: int
    duplicate_keys: int
    copies: int
    without_advice: int
    answer_p99: float
    latencies: tuple[float, ...]

    def cells(self) -> tuple[str, ...]:
        spread = (quantile(self.latencies, share) for share in (0.5, 0.99, 1.0))
        counts = (
            *(self.kills, self.alerts, self.lost, self.duplicate_keys, self.copies),
            self.without_advice,
        )
        return (
            self.name,
            *(str(count) for count in counts),
            *(f"{seconds:.2f}" for seconds in (self.answer_p99, *spread)),
        )


def row_of(name: str, written: Written, arrivals: Arrivals, *, kills: int) -> Row:
    """Return what became of everything that was acknowledged in one phase."""
    latencies, lost, duplicate_keys, copies = [], 0, 0, 0
    for person, at in written.acknowledged.items():
        arrived = arrivals.get(f"/well/{person}", ())
        keys = {key for key, _ in arrived}
        lost += not arrived
        duplicate_keys += max(0, len(keys) - 1)
        copies += len(arrived) - len(keys)
        if arrived:
            # It may be there before the writer has read its acknowledgement.
            latencies.append(max(0.0, min(moment for _, moment in arrived) - at))
    return Row(
        name=name,
        kills=kills,
        alerts=len(written.acknowledged),
        lost=lost,
        duplicate_keys=duplicate_keys,
        copies=copies,
        without_advice=written.without_advice,
        answer_p99=quantile(written.answer_seconds, 0.99),
        latencies=tuple(latencies),
    )


def total(rows: Sequence[Row], *, answer_p99: float) -> Row:
    """Return the row of all phases together."""
    return Row(
        name="all",
        kills=sum(row.kills for row in rows),
        alerts=sum(row.alerts for row in rows),
        lost=sum(row.lost for row in rows),
        duplicate_keys=sum(row.duplicate_keys for row in rows),
        copies=sum(row.copies for row in rows),
        without_advice=sum(row.without_advice for row in rows),
        answer_p99=answer_p99,
        latencies=tuple(seconds for row in rows for seconds in row.latencies),
    )


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of the values does not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = [HEADINGS, ("---",) * len(HEADINGS), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
