"""What grows faster than its answer, and the chart of it all as plain SVG."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

TOLERANCE = 1.6  # of CPU time on a busy machine
COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#b8860b", "#56b4e9")
WIDTH, HEIGHT, LEFT, TOP, PANEL_WIDTH, PANEL_HEIGHT, GAP = 900, 420, 60, 50, 330, 270, 80
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #222 }
.axis { stroke: #888; stroke-width: 1 }
@media (prefers-color-scheme: dark) { text { fill: #ddd } }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one thing costs at one size: CPU milliseconds, statements, and records it is about."""

    name: str
    persons: int
    entries: int
    milliseconds: float
    statements: int
    rows: int


def faster_than_the_answer(costs: Sequence[Cost]) -> tuple[str, ...]:
    """Return what costs more times as much at the largest size as it has more records to weigh."""
    return tuple(
        f"{line[0].name} with {what}"
        for what, lines in (("persons", by_persons(costs)), ("entries", by_entries(costs)))
        for line in lines
        if _growth(line) > TOLERANCE * max(1.0, line[-1].rows / max(1, line[0].rows))
    )


def _growth(line: Sequence[Cost]) -> float:
    return max(
        line[-1].milliseconds / line[0].milliseconds, line[-1].statements / line[0].statements
    )


def by_persons(costs: Sequence[Cost]) -> list[list[Cost]]:
    """Return the line of each thing over the persons, for the middle number of entries."""
    sizes = sorted({cost.entries for cost in costs})
    return _lines([c for c in costs if c.entries == sizes[len(sizes) // 2]], lambda c: c.persons)


def by_entries(costs: Sequence[Cost]) -> list[list[Cost]]:
    """Return the line of each thing over the entries of who asks, among the most persons."""
    most = max(cost.persons for cost in costs)
    return _lines([c for c in costs if c.persons == most], lambda c: c.entries)


def _lines(costs: Sequence[Cost], size: Callable[[Cost], int]) -> list[list[Cost]]:
    names = dict.fromkeys(cost.name for cost in costs)
    return [sorted((c for c in costs if c.name == name), key=size) for name in names]


def chart(costs: Sequence[Cost]) -> str:
    """Return the costs as SVG: over the persons, and over the entries of who asks."""
    top = max(cost.milliseconds for cost in costs)
    panels = (
        _panel(LEFT, "Persons in the tables", by_persons(costs), lambda c: c.persons, top),
        _panel(
            LEFT + PANEL_WIDTH + GAP,
            "Entries of the person who asks",
            by_entries(costs),
            lambda c: c.entries,
            top,
        ),
    )
    names = [line[0].name for line in by_persons(costs)]
    legend = "".join(
        f'<rect x="{LEFT + 140 * place}" y="{HEIGHT - 24}" width="12" height="4"'
        f' fill="{COLORS[place]}"/>'
        f'<text x="{LEFT + 16 + 140 * place}" y="{HEIGHT - 18}">{name}</text>\n'
        for place, name in enumerate(names)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="CPU time by number of persons and of entries">\n<style>{STYLE}</style>\n'
        f'<text x="{LEFT}" y="20">CPU milliseconds each, database included</text>\n'
        f"{''.join(panels)}{legend}</svg>\n"
    )


def _panel(
    left: int, title: str, lines: Sequence[Sequence[Cost]], size: Callable[[Cost], int], top: float
) -> str:
    sizes = sorted({size(cost) for line in lines for cost in line})
    bottom, high = TOP + PANEL_HEIGHT, 10 ** math.ceil(math.log10(top))

    def x(value: float) -> float:
        span = math.log10(sizes[-1] / sizes[0]) or 1
        return left + PANEL_WIDTH * math.log10(value / sizes[0]) / span

    def y(value: float) -> float:
        return bottom - PANEL_HEIGHT * max(0.0, math.log10(value / 0.1) / math.log10(high / 0.1))

    parts = [f'<path class="axis" fill="none" d="M{left} {TOP}V{bottom}H{left + PANEL_WIDTH}"/>']
    parts += [
        f'<text x="{x(each):.0f}" y="{bottom + 18}" text-anchor="middle">{each:,}</text>'
        for each in sizes
    ]
    ticks = [10.0**power for power in range(-1, round(math.log10(high)) + 1)]
    parts += [
        f'<text x="{left - 6}" y="{y(each) + 4:.0f}" text-anchor="end">{each:g}</text>'
        for each in ticks
    ]
    parts.append(f'<text x="{left + 90}" y="{bottom + 38}">{title}</text>')
    for color, line in zip(COLORS, lines, strict=False):
        points = " ".join(f"{x(size(cost)):.1f},{y(cost.milliseconds):.1f}" for cost in line)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{color}" stroke-width="2"/>')
    return "\n".join(parts) + "\n"
