"""Rivals: whether a link stays large among days with, and among days without, another linked one.

Exposures travel together; what is left of a link within the levels of another tells them apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diary.domain.association import MINIMUM_EFFECT, common_ratio, tables_within
from diary.domain.escalation import Flags, Numbers
from diary.domain.exposures import Exposure

Tables = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """The ratio of a link within the days with and the days without another linked exposure.

    `tables` are the blocks of either level that have days with and without the link's own exposure,
    in the columns of `association.TABLE`. `ratio` follows from them; it is 1 when it has none.
    """

    key: str
    ratio: float
    tables: Tables


def rivals(
    place: int, exposures: Sequence[Exposure], counts: Numbers, linked: Flags
) -> tuple[Rival, ...]:
    """Return every other linked exposure with the ratio of the one at `place` within its levels.

    `linked` has one flag per exposure; `counts` are the episodes of each day.
    """
    numbers = (int(number) for number in np.flatnonzero(linked))
    own = exposures[place]
    return tuple(_rival(own, exposures[number], counts) for number in numbers if number != place)


def explains(ratio: float, rival: Rival) -> bool:
    """Return whether a link of this `ratio` is no longer large within the levels of the rival."""
    within = rival.ratio if ratio >= MINIMUM_EFFECT else 1 / rival.ratio
    return within < MINIMUM_EFFECT


def whole_tables(tables: Numbers, kept: Flags) -> Tables:
    """Return the rows of (strata, columns of `TABLE`) to keep, as whole numbers."""
    return tuple(tuple(int(value) for value in row) for row in tables[kept])


def _rival(own: Exposure, other: Exposure, counts: Numbers) -> Rival:
    both = own.answered & other.answered
    tables = tables_within(counts, own.exposed, both, other.exposed)
    comparable = (tables[:, 1] > 0) & (tables[:, 3] > 0)
    return Rival(
        key=other.key,
        ratio=float(common_ratio(tables)),
        tables=whole_tables(tables, comparable),
    )
