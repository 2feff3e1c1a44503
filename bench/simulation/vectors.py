"""Reference values of the tests, computed outside this project and equal to six digits (T11)."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from diary.domain.escalation import tail_probability
from diary.domain.rules.reassurance import quiet_days_needed
from diary.domain.severity import rank_sum_p

BEFORE = (3, 4, 4, 5, 3, 4, 5, 4)

VECTORS: tuple[tuple[Callable[[], Any], str], ...] = (
    (partial(tail_probability, 28, 28, 56, 112, 1), "0.0028638"),
    (partial(tail_probability, 56, 28, 112, 112, 1), "3.49166e-05"),
    (partial(tail_probability, 56, 28, 112, 112, 2.5), "0.00715583"),
    (partial(tail_probability, 20, 28, 40, 112, 1), "0.0106683"),
    (partial(tail_probability, 20, 26.5, 31, 98, 1.4), "0.0105718"),
    (partial(tail_probability, 12, 28, 12, 56, 1), "0.0676588"),
    (partial(tail_probability, 8, 28, 3, 112, 1), "0.000235213"),
    (partial(rank_sum_p, (6, 7, 7, 8), (*BEFORE, 3, 4, 5, 4)), "0.000549451"),
    (partial(rank_sum_p, (5, 6, 6, 7), BEFORE), "0.0040404"),
    (partial(rank_sum_p, (4, 4, 5, 5), (4, 4, 4, 4, 4, 4, 4, 5)), "0.183838"),
    (partial(quiet_days_needed, 0.143), "45"),
    (partial(quiet_days_needed, 0.286), "28"),
    (partial(quiet_days_needed, 0.5), "28"),
    (partial(quiet_days_needed, 0.9), "28"),
)


def vectors(_persons: int, _seed: int) -> Mapping[str, float]:
    """Return how many reference values the production functions miss in six digits."""
    missed = [value for call, value in VECTORS if f"{float(call()):.6g}" != value]
    return {"missed": len(missed)}
