"""What the timeline of the web page is drawn from; numbers are texts, ready to be attributes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A number of a scale with its line across the chart."""

    y: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of the date axis; every second label gives way on a narrow screen."""

    x: str
    text: str
    gives_way: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """The strongest episode of a day; strong ones are square."""

    x: str
    y: str
    strong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMark:
    """A numbered event above the counts, told in the list under the chart."""

    number: int
    x: str
    y: str
    span: str  # a path under the counts, empty for a single day


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One strip: where it stands, its title and its height."""

    title: str
    title_y: str
    top: str
    height: str
    base: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyStrip:
    """One daily answer: pale bars, strong bars beyond the dotted line."""

    band: Band
    pale: str
    strong: str
    line_y: str
    bound: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginBar:
    """All episodes of one 3-hour bin, beside the heat strip."""

    y: str
    text_y: str
    width: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Days without any record, hatched through all strips."""

    x: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineChart:
    """Everything the template draws, from the events at the top to the date axis."""

    days: int
    height: str
    plot_top: str
    plot_height: str
    axis_y: str
    tick_text_y: str
    bands: tuple[Band, ...]
    ticks: tuple[Tick, ...]
    grid: tuple[Label, ...]
    missing: tuple[Run, ...]
    counts: Band
    bars: str
    means: tuple[str, ...]
    events: tuple[EventMark, ...]
    strongest: Band
    stems: str
    dots: tuple[Dot, ...]
    heat: Band
    shades: tuple[str, ...]
    margin: tuple[MarginBar, ...]
    strips: tuple[DailyStrip, ...]
