"""The shapes of the timeline on the web page: one date axis as wide as the screen.

Horizontal places are days inside drawings that stretch, or percentages; heights are pixels. So the
chart keeps its type size from a phone to a desk, and needs neither a script nor inline styles.
"""

from collections.abc import Sequence
from itertools import groupby

from reports.domain.bands import HeatCell, Strip, Timeline, TimelineEvent
from reports.render.timeline_shapes import (
    Band,
    DailyStrip,
    Dot,
    EventMark,
    Label,
    MarginBar,
    Run,
    Tick,
    TimelineChart,
)

HEAD = 20  # the title line over each strip
GAP = 12
COUNTS = 112
STRONGEST = 52
BIN = 12
BINS = 8
STRIP = 30
AXIS = 22
TICK = 6
EVENT_ROW = 20
EVENT_SLOT = 7.5  # percent of the width that one numbered event takes
LAST_LABEL = 0.95  # a date label further right would leave the chart
FEWEST_COUNTS = 4
MOST_GRID_LINES = 5
STRONG_FROM = 7
SCALE_TOP = 10
SHADES = 4
MARGIN_BAR = 64
BAR_INSET = 0.12


def timeline_chart(when: Timeline, titles: tuple[str, str, str]) -> TimelineChart:
    """Return the shapes of the timeline; `titles` are those of counts, strongest and heat."""
    rows = _event_rows(when.events, when.days)
    counts = _band(titles[0], top=EVENT_ROW * (max(rows, default=-1) + 1), height=COUNTS)
    strongest = _band(titles[1], top=_end(counts), height=STRONGEST)
    heat = _band(titles[2], top=_end(strongest), height=BIN * BINS)
    strips = _strips(when.strips, top=_end(heat))
    bottom = float((strips[-1].band if strips else heat).base)
    highest = max((FEWEST_COUNTS, *when.counts))
    return TimelineChart(
        days=when.days,
        height=_number(bottom + AXIS),
        plot_top=counts.top,
        plot_height=_number(bottom - float(counts.top)),
        axis_y=_number(bottom + TICK),
        tick_text_y=_number(bottom + AXIS - TICK),
        bands=(counts, strongest, heat, *(strip.band for strip in strips)),
        ticks=_ticks(when),
        grid=(
            *_count_scale(counts, highest),
            *(_label(strongest, value, SCALE_TOP, str(value)) for value in (0, 5, SCALE_TOP)),
            *(_label(heat, 24 - hour, 24, f"{hour:02}") for hour in range(0, 25, 6)),
        ),
        missing=_missing(when.recorded),
        counts=counts,
        bars=_bars(when.counts, highest, COUNTS),
        means=_means(when.seven_day_mean, highest),
        events=_events(when, rows),
        strongest=strongest,
        stems=_stems(when.strongest),
        dots=_dots(when, strongest),
        heat=heat,
        shades=_shades(when.heat),
        margin=_margin(when.by_bin, heat),
        strips=strips,
    )


def shade_bounds(cells: Sequence[HeatCell]) -> tuple[tuple[int, int, int], ...]:
    """Return (shade, fewest, most episodes drawn in it) for the shades that occur, palest first."""
    ordered = sorted(cells, key=lambda cell: (cell.shade, cell.episodes))
    found = []
    for shade, group in groupby(ordered, key=lambda cell: cell.shade):
        episodes = [cell.episodes for cell in group]
        found.append((shade, episodes[0], episodes[-1]))
    return tuple(found)


def _number(value: float) -> str:
    """Return a number for an attribute: at most two decimals, the same in every language."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _percent(day: float, days: int) -> str:
    return f"{_number(100 * day / max(1, days))}%"


def _band(title: str, *, top: float, height: float) -> Band:
    return Band(
        title=title,
        title_y=_number(top + HEAD - 7),
        top=_number(top + HEAD),
        height=_number(height),
        base=_number(top + HEAD + height),
    )


def _end(band: Band) -> float:
    return float(band.base) + GAP


def _height_of(band: Band, value: float, highest: float) -> float:
    return float(band.base) - float(band.height) * min(1.0, max(0.0, value / highest))


def _box(x: float, y: float, width: float, height: float) -> str:
    """Return a rectangle as a closed path."""
    left, top = _number(x), _number(y)
    return f"M{left} {top}h{_number(width)}v{_number(height)}h-{_number(width)}z"


def _bars(values: Sequence[float | None], highest: float, height: float) -> str:
    """Return one path with a bar for each day that has a value above 0."""
    return "".join(
        _box(day + BAR_INSET, height - tall, 1 - 2 * BAR_INSET, tall)
        for day, value in enumerate(values)
        if value is not None and (tall := height * min(1.0, value / highest)) > 0
    )


def _missing(recorded: Sequence[bool]) -> tuple[Run, ...]:
    runs, day = [], 0
    for seen, group in groupby(recorded):
        length = len(list(group))
        if not seen:
            share = (_percent(day, len(recorded)), _percent(length, len(recorded)))
            runs.append(Run(x=share[0], width=share[1]))
        day += length
    return tuple(runs)


def _ticks(when: Timeline) -> tuple[Tick, ...]:
    named = [day for day, text in when.ticks if text]
    return tuple(
        Tick(
            x=_percent(day, when.days),
            text=text if day <= LAST_LABEL * when.days else "",
            gives_way=bool(text) and named.index(day) % 2 == 1,
        )
        for day, text in when.ticks
    )


def _label(band: Band, value: float, highest: float, text: str) -> Label:
    return Label(y=_number(_height_of(band, value, highest)), text=text)


def _count_scale(band: Band, highest: int) -> tuple[Label, ...]:
    steps = (factor * 10**power for power in range(6) for factor in (1, 2, 5))
    step = next(step for step in steps if highest / step <= MOST_GRID_LINES)
    return tuple(_label(band, value, highest, str(value)) for value in range(0, highest + 1, step))


def _means(means: Sequence[float | None], highest: int) -> tuple[str, ...]:
    """Return the points of each unbroken run of the 7-day mean."""
    points = [
        None
        if mean is None
        else f"{_number(day + 0.5)},{_number(COUNTS * (1 - min(1.0, mean / highest)))}"
        for day, mean in enumerate(means)
    ]
    runs = (tuple(run) for drawn, run in groupby(points, key=bool) if drawn)
    return tuple(" ".join(point for point in run if point) for run in runs)


def _event_rows(events: Sequence[TimelineEvent], days: int) -> tuple[int, ...]:
    """Return the row of each event, 0 nearest to the counts, so that no two marks touch."""
    ends: list[float] = []
    rows = []
    for event in events:
        left = 100 * event.day / max(1, days)
        row = next((n for n, end in enumerate(ends) if end <= left), len(ends))
        ends[row : row + 1] = [left + EVENT_SLOT]
        rows.append(row)
    return tuple(rows)


def _events(when: Timeline, rows: Sequence[int]) -> tuple[EventMark, ...]:
    deepest = max(rows, default=0)
    return tuple(
        EventMark(
            number=number,
            x=_percent(event.day + 0.5, when.days),
            y=_number(EVENT_ROW * (deepest - row) + EVENT_ROW / 2),
            span=""
            if event.end_day is None
            else _box(event.day, COUNTS + 3, event.end_day + 1 - event.day, 4),
        )
        for number, (event, row) in enumerate(zip(when.events, rows, strict=True), start=1)
    )


def _stems(strongest: Sequence[int | None]) -> str:
    return "".join(
        f"M{_number(day + 0.5)} {STRONGEST}v-{_number(STRONGEST * value / SCALE_TOP)}"
        for day, value in enumerate(strongest)
        if value
    )


def _dots(when: Timeline, band: Band) -> tuple[Dot, ...]:
    return tuple(
        Dot(
            x=_percent(day + 0.5, when.days),
            y=_number(_height_of(band, value, SCALE_TOP)),
            strong=value >= STRONG_FROM,
        )
        for day, value in enumerate(when.strongest)
        if value is not None
    )


def _shades(cells: Sequence[HeatCell]) -> tuple[str, ...]:
    return tuple(
        "".join(
            _box(cell.day + 0.06, BIN * cell.bin + 1, 0.88, BIN - 2)
            for cell in cells
            if cell.shade == shade
        )
        for shade in range(SHADES)
    )


def _margin(by_bin: Sequence[int], band: Band) -> tuple[MarginBar, ...]:
    most = max((1, *by_bin))
    return tuple(
        MarginBar(
            y=_number(float(band.top) + BIN * number + 2),
            text_y=_number(float(band.top) + BIN * number + BIN / 2),
            width=_number(MARGIN_BAR * count / most),
            count=count,
        )
        for number, count in enumerate(by_bin)
        if count
    )


def _strips(strips: Sequence[Strip], *, top: float) -> tuple[DailyStrip, ...]:
    drawn = []
    for number, strip in enumerate(strips):
        band = _band(strip.label, top=top + number * (HEAD + STRIP + GAP), height=STRIP)
        beyond = [value is not None and _is_beyond(strip, value) for value in strip.values]
        pale = [None if dark else v for v, dark in zip(strip.values, beyond, strict=True)]
        strong = [v if dark else None for v, dark in zip(strip.values, beyond, strict=True)]
        drawn.append(
            DailyStrip(
                band=band,
                pale=_bars(pale, strip.top, STRIP),
                strong=_bars(strong, strip.top, STRIP),
                line_y=_number(_height_of(band, strip.threshold, strip.top)),
                bound=strip.threshold_label,
            )
        )
    return tuple(drawn)


def _is_beyond(strip: Strip, value: float) -> bool:
    if strip.dark == "below":
        return value < strip.threshold
    return value >= strip.threshold if strip.dark == "from" else value > strip.threshold
