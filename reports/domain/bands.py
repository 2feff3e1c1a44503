"""The bands of the two pages, as the report model holds them: raw values beside their texts."""

from dataclasses import dataclass
from datetime import date

from reports.domain.comparisons import Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class FiredRule:
    """One rule that holds. The letter is a label of this page only."""

    letter: str
    rule: str
    version: int
    level: str
    name: str
    evidence: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why this visit: one sentence, the person's question, rules met, not met and not checked."""

    lead: str
    question: str
    rules: tuple[FiredRule, ...]
    more: str
    not_met: str
    not_met_short: str
    not_met_rules: tuple[str, ...]
    not_checked: str
    not_checked_rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningSign:
    """One warning sign over the days it was asked: `yes` + `no` = `asked`."""

    code: str
    label: str
    yes: int
    no: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningSigns:
    """All warning signs, those with a yes first, and when they were last asked."""

    rows: tuple[WarningSign, ...]
    last_asked: date | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceMark:
    """Episodes at one site of one side: named first, or named together with another site."""

    site: str
    side: str
    label: str
    first: int
    joined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadPath:
    """From the place episodes name first to one they name with it; both are marks of the face."""

    from_site: str
    from_side: str
    to_site: str
    to_side: str
    episodes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The face map. `others` lists in words what the face cannot show."""

    marks: tuple[FaceMark, ...]
    paths: tuple[SpreadPath, ...]
    starts: str
    joins_in: str
    key: str
    left: int
    right: int
    episodes: int
    others: str
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """Something dated that a reader may hold against the counts; `end_day` is inclusive."""

    day: int
    end_day: int | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatCell:
    """Episodes that began in one 3-hour bin (0-7) of one day, and their shade (0-3)."""

    day: int
    bin: int
    episodes: int
    shade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """One daily value over the period; dark beyond `threshold`, on the side `dark` names."""

    code: str
    label: str
    values: tuple[float | None, ...]
    threshold: float
    dark: str  # above | from | below
    threshold_label: str
    top: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All strips of "When" over one date axis; day 0 is the first day of the period."""

    days: int
    counts: tuple[int, ...]
    recorded: tuple[bool, ...]
    seven_day_mean: tuple[float | None, ...]
    strongest: tuple[int | None, ...]
    heat: tuple[HeatCell, ...]
    by_bin: tuple[int, ...]
    ticks: tuple[tuple[int, str], ...]
    events: tuple[TimelineEvent, ...]
    strips: tuple[Strip, ...]
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A label with its answer."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MedicineLine:
    """One medicine being taken; `marked` when a source document names its class."""

    name: str
    detail: str
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedLine:
    """One remedy: the times it helped of the times rated, or a longer trial in words."""

    label: str
    helped: int | None
    rated: int | None
    text: str
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactLine:
    """Days on which the twitching got in the way of one kind of activity."""

    code: str
    label: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """The foot of page 1: medicines, history, remedies, daily life."""

    medicines: tuple[MedicineLine, ...]
    medicines_in_all: int
    medicines_note: str
    history: tuple[Pair, ...]
    tried: tuple[TriedLine, ...]
    tried_in_all: int
    tried_note: str
    impact: tuple[ImpactLine, ...]
    impact_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One episode of the log, as printed."""

    day: date
    date: str
    time: str
    length: str
    strength: int | None
    where: str
    codes: str
    tried: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTwo:
    """The episode log, how numbers were made, data quality and the person's own words."""

    log: tuple[LogRow, ...]
    log_note: str
    method: tuple[str, ...]
    quality: tuple[str, ...]
    words: tuple[Pair, ...]
    attached: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeTexts:
    """What each figure shows, for readers who cannot see it."""

    face: str
    timeline: str
    factors: str
