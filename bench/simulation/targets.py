"""The acceptance targets T1 to T11, and the figures beside them that help to read them."""

from functools import partial

from bench.simulation.course import (
    harsher,
    onset,
    silence_by_days,
    silence_in_bursts,
    sporadic,
    steady_severity,
)
from bench.simulation.frequency_targets import A_YEAR, FREQUENCY
from bench.simulation.links import linked
from bench.simulation.report import Bound, Cell, Part
from bench.simulation.vectors import vectors
from diary.domain.severity import Measure

TRIGGERS = {1.0: "no trigger matters", 2.0: "two double the rate"}
TOLD = "diaries told of a link (from 60 answered days)"
SEVERITY_RATES = (0.7, 2.0)

_most = partial(Part, bound=Bound.AT_MOST)


def _link(
    ratio: float,
    text: str,
    key: str,
    *,
    limit: float | None = None,
    bound: Bound = Bound.AT_MOST,
) -> Part:
    return Part(
        target="T10",
        text=f"{TRIGGERS[ratio]}: {text} after 60, 90, 180 days",
        key=key,
        cells=tuple(Cell(measure=linked, arguments=(days, ratio)) for days in (60, 90, 180)),
        bound=bound,
        limit=limit,
    )


def _severity(measure: Measure) -> tuple[Cell, ...]:
    return tuple(Cell(measure=steady_severity, arguments=(r, measure)) for r in SEVERITY_RATES)


SEVERITY = (
    *(
        _most(
            target="T7",
            text=f"N8, stable {measure.value}: {A_YEAR} at 0.7, 2 a day",
            key="alerts",
            cells=_severity(measure),
            limit=limit,
        )
        for measure, limit in ((Measure.STRENGTH, 0.08), (Measure.DURATION, 0.30))
    ),
    Part(
        target="T7",
        text="N8, at 2 a day, strength +3, +2 points: share alerted by day 56",
        key="by_56",
        cells=tuple(Cell(measure=harsher, arguments=(2.0, step, 1.0)) for step in (3.0, 2.0)),
    ),
    Part(
        target="T7",
        text="N8, at 2 a day, duration x 4, x 2: share alerted by day 56",
        key="by_56",
        cells=tuple(Cell(measure=harsher, arguments=(2.0, 0.0, by)) for by in (4.0, 2.0)),
    ),
)

STATES = (
    _most(
        target="T8",
        text="N1, onset with twitching on 70 % of days, every day logged: median day",
        key="median",
        cells=(Cell(measure=onset, arguments=(0.7, 1.0)),),
        limit=16,
    ),
    _most(
        target="T8",
        text=f"N1, twelve spells of 2 days a year: {A_YEAR}",
        key="alerts",
        cells=(Cell(measure=sporadic, arguments=(2,)),),
        limit=0.15,
    ),
    Part(
        target="T8",
        text="N1, 70 % of days, logged on 100, 80, 60 %: share alerted by day 21",
        key="by_21",
        cells=tuple(Cell(measure=onset, arguments=(0.7, share)) for share in (1.0, 0.8, 0.6)),
    ),
    _most(
        target="T9",
        text="X1, bursts (0.5 a day, 2.4 twitch days a week): false ends a person and year",
        key="ends",
        cells=(Cell(measure=silence_in_bursts, arguments=(0.5,)),),
        limit=0.10,
    ),
    _most(
        target="T9",
        text="X1, 2, 3, 5 twitch days a week: false ends a person and year",
        key="ends",
        cells=tuple(Cell(measure=silence_by_days, arguments=(n,)) for n in (2, 3, 5)),
        limit=0.10,
    ),
    Part(
        target="T9",
        text="X1, bursts (0.3 a day, 1.6 twitch days a week); 1 twitch day a week: false ends",
        key="ends",
        cells=(
            Cell(measure=silence_in_bursts, arguments=(0.3,)),
            Cell(measure=silence_by_days, arguments=(1,)),
        ),
    ),
    Part(
        target="T9",
        text="contrast, 14 quiet days end it: bursts (0.5 a day); 2 twitch days a week",
        key="ends_of_14",
        cells=(
            Cell(measure=silence_in_bursts, arguments=(0.5,)),
            Cell(measure=silence_by_days, arguments=(2,)),
        ),
    ),
)

LINKS = (
    _link(
        1.0,
        "lowest coverage of a 95 % interval",
        "lowest_coverage",
        limit=0.93,
        bound=Bound.AT_LEAST,
    ),
    _link(1.0, "highest coverage of a 95 % interval", "highest_coverage", limit=0.98),
    _link(1.0, "diaries with any link", "any_false", limit=0.10),
    _link(1.0, "coverage, more caffeine than in 28 days before", "derived_coverage"),
    _link(1.0, TOLD, "shown"),
    _link(2.0, "unrelated share of the links of a diary", "unrelated_share", limit=0.10),
    _link(2.0, TOLD, "shown"),
    _link(2.0, "caffeine linked", "power_caffeine"),
    _link(2.0, "short sleep linked", "power_sleep_loss"),
    _link(2.0, "stress linked, which only travels with sleep", "stress_linked"),
    _link(2.0, "the share when stress counts as false as well", "not_causal_share"),
    _link(2.0, "coverage of the true 2, caffeine", "coverage_caffeine"),
    _link(2.0, "coverage of the true 2, short sleep", "coverage_sleep_loss"),
    _link(2.0, "median raw ratio of linked causes", "raw"),
    _link(2.0, "median shrunken ratio of linked causes", "shrunken"),
)

EXACT = (
    _most(
        target="T11",
        text="reference values missed in six digits, of 14",
        key="missed",
        cells=(Cell(measure=vectors),),
        limit=0,
    ),
)

PARTS: tuple[Part, ...] = (
    *FREQUENCY,
    *SEVERITY,
    *STATES,
    *LINKS,
    *EXACT,
)
TARGETS = tuple(dict.fromkeys(part.target for part in PARTS))
