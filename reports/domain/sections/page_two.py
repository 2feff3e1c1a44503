"""Page 2: the episode log, how the numbers were made, data quality, the person's own words."""

from collections.abc import Sequence
from datetime import timedelta

from diary.domain.days import duration_seconds
from diary.domain.entries import CheckIn, Episode, EyeClosure, SitedSide
from reports.domain.bands import LogRow, PageTwo, Pair
from reports.domain.inputs import Edition
from reports.domain.sections.index import Index
from reports.domain.sections.timeline import has_time_of_day
from reports.domain.words import Words

MOST_LOGGED = 180
MOST_OWN_WORDS = 5
LATE_AFTER = timedelta(hours=1)


def page_two(index: Index, words: Words, *, edition: Edition, replaced: int) -> PageTwo:
    """Return page 2; the log holds the latest 180 episodes, oldest first."""
    episodes = index.diary.episodes
    shown = episodes[-MOST_LOGGED:]
    return PageTwo(
        log=tuple(_log_row(episode, words) for episode in shown),
        log_note=words.log_note(len(shown), len(episodes)),
        method=words.method,
        quality=_quality(index, words, replaced=replaced),
        words=_own_words(index, words),
        attached=words.attached if edition.attachment else words.not_attached,
    )


def _log_row(episode: Episode, words: Words) -> LogRow:
    local = episode.start.local
    seconds = duration_seconds(episode)
    return LogRow(
        day=episode.local_date,
        date=words.log_day(episode.local_date),
        time=f"{local:%H:%M}" if has_time_of_day(episode) else "",
        length="" if seconds is None else words.duration(seconds),
        strength=episode.strength,
        where=_places(episode.sites, words),
        codes=_codes(episode, words),
        tried=_tried(episode),
    )


def _places(sites: Sequence[SitedSide], words: Words) -> str:
    return words.short_site(sites[0], len(sites) - 1) if sites else ""


def _codes(episode: Episode, words: Words) -> str:
    facts = {
        "visible": episode.visible is True,
        "symptoms": any(symptom.present for symptom in episode.symptoms),
        "asleep": episode.asleep is True,
        "eye": episode.eye_closure is EyeClosure.FULL,
    }
    return "".join(words.log_letters[code] for code, holds in facts.items() if holds)


def _tried(episode: Episode) -> str:
    helped = [use.helped for use in episode.remedies]
    if not helped:
        return ""
    if True in helped:
        return "+"
    return "\u2212" if False in helped else "?"


def _quality(index: Index, words: Words, *, replaced: int) -> tuple[str, ...]:
    diary = index.diary
    without = [day for day in index.dates() if day not in index.rate_days]
    unrecorded = [d for d in without if d not in index.days or not index.days[d].observed]
    outside = sum(index.episodes_on(day) for day in without)
    entries: tuple[Episode | CheckIn, ...] = (*diary.episodes, *diary.check_ins)
    lines = [
        words.quality_days(len(without), outside, len(unrecorded)),
        words.quality_late(_late(diary.episodes), len(diary.episodes)),
        words.quality_edits(sum(e.version > 1 for e in entries), diary.deleted_entries),
        words.quality_zones(sorted({e.start.utc_offset_minutes for e in diary.episodes})),
        words.quality_reporters(sum(e.reported_by != "self" for e in entries), len(entries)),
        words.quality_replaced(replaced),
        words.withheld_note if diary.texts_withheld else "",
        words.translation_note,
    ]
    return tuple(line for line in lines if line)


def _late(episodes: Sequence[Episode]) -> tuple[int, int]:
    """Return how many episodes were received over an hour after their start, and how many known."""
    delays = [e.received_at - e.start.instant for e in episodes if e.received_at is not None]
    return sum(delay > LATE_AFTER for delay in delays), len(delays)


def _own_words(index: Index, words: Words) -> tuple[Pair, ...]:
    """Return the latest notes the person ticked for the doctor; other notes never leave."""
    diary = index.diary
    entries: tuple[Episode | CheckIn, ...] = (*diary.episodes, *diary.check_ins)
    dated = [(e.local_date, e.note) for e in entries if e.note_for_doctor and e.note]
    problem = diary.problem
    if problem and problem.note_for_doctor and problem.note:
        dated.append((problem.asked_on, problem.note))
    latest = sorted(dated, key=lambda item: item[0])[-MOST_OWN_WORDS:]
    return tuple(Pair(label=words.day(day), text=note) for day, note in latest)
