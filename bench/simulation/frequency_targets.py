"""Targets T1 to T6 on rule N7, with the figures beside them that help to read them."""

from functools import partial

from bench.simulation.frequencies import naive, rise, stable
from bench.simulation.recording import HABITS
from bench.simulation.report import Bound, Cell, Part
from bench.simulation.series import SHAPES

RATES = (0.3, 1.0, 3.0)
AT_RATES = "at 0.3, 1, 3 a day"

_most = partial(Part, bound=Bound.AT_MOST)
_least = partial(Part, bound=Bound.AT_LEAST)


def _stable(shape: str, habit: str = "full", rates: tuple[float, ...] = RATES) -> tuple[Cell, ...]:
    return tuple(Cell(measure=stable, arguments=(shape, habit, rate)) for rate in rates)


def _rise(*arguments: object) -> tuple[Cell, ...]:
    return (Cell(measure=rise, arguments=arguments),)


def _naive(shape: str) -> tuple[Cell, ...]:
    return tuple(Cell(measure=naive, arguments=(shape, rate)) for rate in RATES)


_NB = "negative_binomial"
A_YEAR = "alerts a person and year"

FALSE_ALERTS = (
    _most(
        target="T1",
        text=f"N7, stable, Poisson, every day logged: {A_YEAR} {AT_RATES}",
        key="signal",
        cells=_stable("poisson"),
        limit=0.06,
    ),
    *(
        _most(
            target="T2",
            text=f"N7, stable, overdispersed, logged as `{habit}`: {A_YEAR} {AT_RATES}",
            key="signal",
            cells=_stable(_NB, habit),
            limit=0.15,
        )
        for habit in HABITS
        if habit != "diligent"
    ),
    _most(
        target="T3",
        text=f"N7, overdispersed, logged as `diligent`: {A_YEAR} at 0.3, 1 a day",
        key="signal",
        cells=_stable(_NB, "diligent", RATES[:2]),
        limit=0.20,
    ),
    Part(
        target="T3",
        text=f"the same at 3 a day: {A_YEAR}",
        key="signal",
        cells=_stable(_NB, "diligent", RATES[2:]),
    ),
)

MOVING = tuple(
    part
    for shape in ("wandering", "bursts")
    for part in (
        _most(
            target="T3",
            text=f"N7, {shape}: {A_YEAR} {AT_RATES}",
            key="signal",
            cells=_stable(shape),
            limit=1.0,
        ),
        _least(
            target="T3",
            text=f"N7, {shape}: share of these alerts with a true rise of 1.33 at 1 a day",
            key="real_share",
            cells=_stable(shape, rates=RATES[1:2]),
            limit=0.80,
        ),
        Part(
            target="T3",
            text="the same at 0.3, 3 a day",
            key="real_share",
            cells=_stable(shape, rates=(RATES[0], RATES[2])),
        ),
    )
)

WATCH = tuple(
    Part(
        target="W2",
        text=f"W2 (shown, never pushed), stable, {shape}: {A_YEAR} {AT_RATES}",
        key="watch",
        cells=_stable(shape),
    )
    for shape in SHAPES
)


def _detected(target: str, factor: float, shape: str, share: float, median: float) -> list[Part]:
    name = {2: "doubled", 3: "tripled"}[int(factor)]
    cells = _rise(shape, 1.0, factor)
    return [
        _least(
            target=target,
            text=f"N7, {name} from 1 a day, {shape}: share alerted by day 56",
            key="by_56",
            cells=cells,
            limit=share,
        ),
        _most(
            target=target,
            text=f"N7, {name} from 1 a day, {shape}: median delay in days",
            key="median",
            cells=cells,
            limit=median,
        ),
    ]


DETECTION = (
    *_detected("T4", 2.0, "poisson", 0.85, 28),
    *_detected("T4", 2.0, _NB, 0.58, 42),
    *(
        Part(
            target="T4",
            text=f"N7, doubled, {shape}: share alerted by day 56 {AT_RATES}",
            key="by_56",
            cells=tuple(cell for rate in RATES for cell in _rise(shape, rate, 2.0)),
        )
        for shape in SHAPES
    ),
    Part(
        target="T4",
        text="N7, doubled from 1 a day, overdispersed, 80 % of days logged: share by day 56",
        key="by_56",
        cells=_rise(_NB, 1.0, 2.0, "at_random"),
    ),
    Part(
        target="T4",
        text=f"W2, doubled, overdispersed: share shown by day 56 {AT_RATES}",
        key="watch_by_56",
        cells=tuple(cell for rate in RATES for cell in _rise(_NB, rate, 2.0)),
    ),
    *_detected("T5", 3.0, _NB, 0.92, 28),
)

NAIVE = tuple(
    part
    for shape in SHAPES
    for part in (
        _least(
            target="T6",
            text=f"contrast, 7 days > 1.5 x the 7 before, daily, {shape}: {A_YEAR} {AT_RATES}",
            key="daily",
            cells=_naive(shape),
            limit=8,
        ),
        Part(
            target="T6",
            text=f"contrast, the same weekly and from 5 episodes, {shape}: {A_YEAR} {AT_RATES}",
            key="weekly",
            cells=_naive(shape),
        ),
    )
)

FREQUENCY: tuple[Part, ...] = (*FALSE_ALERTS, *MOVING, *WATCH, *DETECTION, *NAIVE)
