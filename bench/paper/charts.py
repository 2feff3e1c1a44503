"""The charts of a report model as plain shapes, for programs that draw rectangles and lines.

Lengths are millimeters, y grows downward. It is the geometry of the report's own charts without
their fitting: timeline with counts, mean, strongest, time of day and strips; factors with ratios.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Any

INK, SECONDARY, GRID, CONTEXT, CONTOUR = "#16202b", "#4d5a66", "#dde3e8", "#c3ccd3", "#8b96a0"
ALERT = "#9a3412"
SHADES = ("#b5cde3", "#6294c2", "#2a659c", "#123a61")
WIDTH, LEFT, PLOT = 186.0, 15.0, 145.0
COUNTS_TOP, COUNTS_HEIGHT = 6.0, 19.0
STRONGEST_TOP, STRONGEST_HEIGHT = 28.0, 7.6
HEAT_TOP, HEAT_CELL = 38.0, 2.7
STRIPS_TOP, STRIP_STEP, STRIP_HEIGHT = 62.0, 5.9, 4.6
FACTOR_ROW, AXIS_LEFT, AXIS_WIDTH = 4.0, 100.0, 50.0
AXIS_FROM, AXIS_TO = 0.4, 4.0
STRONG = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A filled rectangle; `y` is its upper edge."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    color: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A circle around `x`, `y`."""

    x: float
    y: float
    radius: float
    fill: str
    stroke: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A line of text on its baseline; `anchor` is start or end."""

    x: float
    y: float
    text: str
    anchor: str = "start"


Shape = Rectangle | Line | Circle | Label


def timeline(model: dict[str, Any]) -> tuple[float, tuple[Shape, ...]]:
    """Return the height of the timeline and its shapes."""
    chart = model["when"]
    step = PLOT / max(1, chart["days"])
    bottom = STRIPS_TOP + STRIP_STEP * len(chart["strips"])
    shapes = (
        *_missing(chart, step, bottom),
        *_ticks(chart, step, bottom),
        *_counts(chart, step),
        *_strongest(chart, step),
        *_heat(chart, step),
        *_strips(chart, step),
    )
    return bottom + 4, shapes


def factors(model: dict[str, Any]) -> tuple[float, tuple[Shape, ...]]:
    """Return the height of the factor plot and its shapes."""
    rows = model["goes_with"]["rows"]
    shapes = tuple(
        shape
        for number, row in enumerate(rows)
        for shape in _factor(row, (number + 1) * FACTOR_ROW)
    )
    height = (len(rows) + 1) * FACTOR_ROW
    return height, (*shapes, _line(_on_axis(1), 0, _on_axis(1), height, INK, 0.3))


def _line(x1: float, y1: float, x2: float, y2: float, color: str, width: float) -> Line:
    return Line(x1=x1, y1=y1, x2=x2, y2=y2, color=color, width=width)


def _missing(chart: dict[str, Any], step: float, bottom: float) -> Iterator[Shape]:
    for day, recorded in enumerate(chart["recorded"]):
        if not recorded:
            x, y = LEFT + step * day, COUNTS_TOP
            while y + step < bottom:
                yield _line(x, y + step, x + step, y, CONTOUR, 0.12)
                y += 0.85


def _ticks(chart: dict[str, Any], step: float, bottom: float) -> Iterator[Shape]:
    for day, label in chart["ticks"]:
        x = LEFT + step * day
        yield _line(x, COUNTS_TOP, x, bottom, GRID, 0.1)
        yield Label(x=x, y=bottom + 3, text=label)


def _counts(chart: dict[str, Any], step: float) -> Iterator[Shape]:
    highest: int = max(4, *chart["counts"])

    def y_of(count: float) -> float:
        return COUNTS_TOP + COUNTS_HEIGHT * (1 - count / highest)

    for day, count in enumerate(chart["counts"]):
        if count:
            x, tall = LEFT + step * (day + 0.12), COUNTS_TOP + COUNTS_HEIGHT - y_of(count)
            yield Rectangle(x=x, y=y_of(count), width=step * 0.76, height=tall, fill=SHADES[1])
    for day, (before, here) in enumerate(pairwise(chart["seven_day_mean"])):
        if before is not None and here is not None:
            x = LEFT + step * (day + 0.5)
            yield _line(x, y_of(before), x + step, y_of(here), INK, 0.4)
    for value in (0, highest):
        yield Label(x=LEFT - 1, y=y_of(value) + 1, text=str(value), anchor="end")


def _strongest(chart: dict[str, Any], step: float) -> Iterator[Shape]:
    base = STRONGEST_TOP + STRONGEST_HEIGHT
    for day, strength in enumerate(chart["strongest"]):
        if strength is None:
            continue
        x, y = LEFT + step * (day + 0.5), base - STRONGEST_HEIGHT * strength / 10
        yield _line(x, base, x, y, SHADES[1], 0.14)
        if strength >= STRONG:
            yield Rectangle(x=x - 0.5, y=y - 0.5, width=1, height=1, fill=ALERT)
        else:
            yield Circle(x=x, y=y, radius=0.5, fill=SHADES[2], stroke=SHADES[2])


def _heat(chart: dict[str, Any], step: float) -> Iterator[Shape]:
    for cell in chart["heat"]:
        yield Rectangle(
            x=LEFT + step * cell["day"] + 0.1,
            y=HEAT_TOP + HEAT_CELL * cell["bin"] + 0.1,
            width=step - 0.2,
            height=HEAT_CELL - 0.2,
            fill=SHADES[cell["shade"]],
            stroke=SHADES[1],
        )
    for number, count in enumerate(chart["by_bin"]):
        y = HEAT_TOP + HEAT_CELL * (number + 1) - 0.5
        yield Label(x=LEFT + PLOT + 2, y=y, text=str(count))


def _strips(chart: dict[str, Any], step: float) -> Iterator[Shape]:
    for number, strip in enumerate(chart["strips"]):
        base = STRIPS_TOP + STRIP_STEP * number + STRIP_HEIGHT
        level = base - STRIP_HEIGHT * strip["threshold"] / strip["top"]
        for day, value in enumerate(strip["values"]):
            if value is not None:
                tall = STRIP_HEIGHT * min(1, max(0, value) / strip["top"])
                x = LEFT + step * (day + 0.12)
                fill = SHADES[2] if _beyond(strip, value) else CONTEXT
                yield Rectangle(x=x, y=base - tall, width=step * 0.76, height=tall, fill=fill)
        yield _line(LEFT, level, LEFT + PLOT, level, INK, 0.15)
        yield Label(x=LEFT - 1, y=base - 1, text=strip["label"], anchor="end")
        yield Label(x=LEFT + PLOT + 2, y=level + 1, text=strip["threshold_label"])


def _beyond(strip: dict[str, Any], value: float) -> bool:
    if strip["dark"] == "below":
        return bool(value < strip["threshold"])
    return bool(
        value > strip["threshold"] or (strip["dark"] == "from" and value == strip["threshold"])
    )


def _factor(row: dict[str, Any], y: float) -> Iterator[Shape]:
    yield Label(x=0, y=y, text=row["label"])
    if row["ratio"] is None or row["low"] is None or row["high"] is None:
        yield Label(x=WIDTH, y=y, text=row["verdict"], anchor="end")
        return
    middle, x = y - 1, _on_axis(row["ratio"])
    yield _line(_on_axis(row["low"]), middle, _on_axis(row["high"]), middle, SHADES[2], 0.4)
    if row["mark"] == "none":
        yield Circle(x=x, y=middle, radius=0.9, fill="#ffffff", stroke=SECONDARY)
    else:
        fill = SHADES[3] if row["mark"] == "clear" else SHADES[0]
        yield Rectangle(
            x=x - 0.9, y=middle - 0.9, width=1.8, height=1.8, fill=fill, stroke=SHADES[3]
        )
    yield Label(x=70, y=y, text=row["days"])
    yield Label(x=86, y=y, text=row["rates"])
    yield Label(x=WIDTH, y=y, text=row["verdict"], anchor="end")


def _on_axis(ratio: float) -> float:
    held = min(AXIS_TO, max(AXIS_FROM, ratio))
    return AXIS_LEFT + AXIS_WIDTH * log(held / AXIS_FROM) / log(AXIS_TO / AXIS_FROM)
