"""What changed: the last 28-day blocks side by side, counted on check-in days only."""

from collections.abc import Callable, Sequence
from statistics import median, quantiles
from types import MappingProxyType

from diary.domain.days import duration_seconds
from diary.domain.entries import CheckIn, Episode
from diary.domain.escalation import FrequencyLook, Verdict
from diary.domain.severity import SeverityLook
from reports.domain.comparisons import Cell, ChangeRow, Changes, Comparison
from reports.domain.looks import Looks
from reports.domain.sections.index import Block, Index, blocks
from reports.domain.words import Words

NOTHING = Cell(value=None, text="\u2013", note="")
FEWEST_FOR_QUARTILES = 4
MARKS = MappingProxyType(
    {
        Verdict.SIGNAL: "clear",
        Verdict.WATCH: "possible",
        Verdict.NO_CLEAR_CHANGE: "none",
        Verdict.NOT_ENOUGH: "too_few",
    }
)


def changes(index: Index, looks: Looks, words: Words) -> Changes:
    """Return the blocks of the period, oldest first; none for a period under 28 days.

    The verdicts are those of the statistics engine on the last day; what it does not compare is
    counted only.
    """
    spans = blocks(index)
    if not spans:
        return Changes(columns=(), against="", rows=(), empty=words.period_too_short)
    measured = tuple(_measure(index, block, words) for block in spans)
    return Changes(
        columns=tuple(words.date_span(block.start, block.end) for block in spans),
        against=words.against,
        rows=tuple(
            _row(code, tuple(cells[code] for cells in measured), looks, words)
            for code in measured[0]
        ),
        empty="",
    )


def _row(code: str, cells: tuple[Cell, ...], looks: Looks, words: Words) -> ChangeRow:
    comparison, verdict = _compared(code, looks, words)
    return ChangeRow(
        code=code,
        label=words.labels[f"change_{code}"],
        cells=cells,
        mark="counted" if comparison is None else MARKS[Verdict(comparison.verdict)],
        verdict=verdict,
        comparison=comparison,
    )


def _compared(code: str, looks: Looks, words: Words) -> tuple[Comparison | None, str]:
    if code == "episodes":
        return _frequency(looks.frequency), words.frequency_verdict(looks.frequency)
    if code in {"strength", "length"}:
        look = looks.strength if code == "strength" else looks.duration
        return _severity(look), words.severity_verdict(look)
    return None, words.counted_only


def _frequency(look: FrequencyLook) -> Comparison:
    return Comparison(
        test="frequency",
        verdict=look.verdict,
        recent=look.recent_rate,
        before=look.reference_rate,
        ratio=look.ratio,
        low=look.ratio_low,
        high=look.ratio_high,
        unmet=look.unmet,
    )


def _severity(look: SeverityLook) -> Comparison:
    return Comparison(
        test=look.measure,
        verdict=look.verdict,
        recent=look.recent_median,
        before=look.reference_median,
        ratio=look.ratio,
        low=None,
        high=None,
        unmet=look.unmet,
    )


def _measure(index: Index, block: Block, words: Words) -> dict[str, Cell]:
    inside = frozenset(block.rate_days)
    episodes = [e for e in index.diary.episodes if e.local_date in inside]
    counts = [index.episodes_on(day) for day in block.rate_days]
    twitch_days = sum(index.twitched_on(day) for day in block.rate_days)
    answers = [index.check_ins[day] for day in block.rate_days]
    return {
        "twitch_days": _count(twitch_days, words.of(len(inside))) if inside else NOTHING,
        "episodes": _count(sum(counts), words.in_days(len(inside))) if inside else NOTHING,
        "most": _count(max(counts), "") if inside else NOTHING,
        "length": _length(episodes, words),
        "strength": _strength(episodes, words),
        "joined": _share(episodes, _names_two_sites, words),
        "symptom": _share(episodes, _has_symptom, words),
        "affected": _affected(answers, words),
    }


def _share(episodes: Sequence[Episode], holds: Callable[[Episode], bool], words: Words) -> Cell:
    if not episodes:
        return NOTHING
    return _count(sum(holds(episode) for episode in episodes), words.of(len(episodes)))


def _names_two_sites(episode: Episode) -> bool:
    return len({sited.site for sited in episode.sites}) > 1


def _has_symptom(episode: Episode) -> bool:
    return any(symptom.present for symptom in episode.symptoms)


def _count(value: int, note: str) -> Cell:
    return Cell(value=value, text=str(value), note=note)


def _length(episodes: Sequence[Episode], words: Words) -> Cell:
    seconds = sorted(s for e in episodes if (s := duration_seconds(e)) is not None)
    if not seconds:
        return NOTHING
    middle = median(seconds)
    if len(seconds) < FEWEST_FOR_QUARTILES:
        return Cell(value=middle, text=words.duration(middle), note=words.of(len(seconds)))
    low, _, high = quantiles(seconds, n=4, method="inclusive")
    return Cell(
        value=middle, text=words.duration(middle), note=words.middle_half(low, middle, high)
    )


def _strength(episodes: Sequence[Episode], words: Words) -> Cell:
    strengths = [e.strength for e in episodes if e.strength is not None]
    if not strengths:
        return NOTHING
    middle = median(strengths)
    return Cell(value=middle, text=f"{middle:g}", note=words.most(max(strengths)))


def is_affected(check_in: CheckIn) -> bool | None:
    """Return whether daily life was affected that day, None when the check-in does not say."""
    if check_in.interferes:
        return True
    return None if check_in.impact is None else check_in.impact > 0


def _affected(answers: Sequence[CheckIn], words: Words) -> Cell:
    said = [affected for c in answers if (affected := is_affected(c)) is not None]
    return _count(sum(said), words.of(len(said))) if said else NOTHING
