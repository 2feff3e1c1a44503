"""What changed: the last 28-day blocks side by side, counted on check-in days only."""

from collections.abc import Sequence
from statistics import median, quantiles

from diary.domain.days import duration_seconds
from diary.domain.entries import CheckIn, Episode
from reports.domain.bands import Cell, ChangeRow, Changes
from reports.domain.sections.index import Block, Index, blocks
from reports.domain.words import Words

NOTHING = Cell(value=None, text="\u2013", note="")
FEWEST_FOR_QUARTILES = 4


def changes(index: Index, words: Words) -> Changes:
    """Return the blocks of the period, oldest first; none for a period under 28 days.

    No measure carries a verdict: comparing blocks is the work of the statistics engine.
    """
    spans = blocks(index)
    if not spans:
        return Changes(columns=(), rows=(), empty=words.period_too_short)
    measured = tuple(_measure(index, block, words) for block in spans)
    rows = tuple(
        ChangeRow(
            code=code,
            label=words.labels[f"change_{code}"],
            cells=tuple(cells[code] for cells in measured),
            verdict=words.not_compared,
        )
        for code in measured[0]
    )
    return Changes(
        columns=tuple(words.date_span(block.start, block.end) for block in spans),
        rows=rows,
        empty="",
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
        "affected": _affected(answers, words),
    }


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
    return Cell(value=middle, text=words.duration(middle), note=words.duration_span(low, high))


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
