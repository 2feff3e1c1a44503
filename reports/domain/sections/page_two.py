"""Page 2: the episode log, how the numbers were made, data quality, the person's own words."""

from collections.abc import Sequence
from datetime import date

from diary.domain.days import EXPOSURE_FIELDS, duration_seconds
from diary.domain.entries import CheckIn, Episode, EyeClosure, SitedSide
from reports.domain.bands import LogRow, PageTwo, Pair
from reports.domain.inputs import Edition
from reports.domain.sections.index import Index, arrivals
from reports.domain.sections.timeline import has_time_of_day
from reports.domain.words import Words

MOST_LOGGED = 180
MOST_OWN_WORDS = 5
ADDED_AFTER_DAYS = 14
# Whether a medicine was changed is asked where one is taken, so it is no question of every day.
DAILY_QUESTIONS = (
    "warning_signs_asked",
    *(name for name in EXPOSURE_FIELDS if name != "medicines_changed"),
)


def page_two(index: Index, words: Words, *, edition: Edition, replaced: int) -> PageTwo:
    """Return page 2; the log holds the latest 180 episodes, oldest first."""
    episodes = index.diary.episodes
    shown = episodes[-MOST_LOGGED:]
    return PageTwo(
        log=tuple(_log_row(episode, words) for episode in shown),
        log_note=words.log_note(len(shown), len(episodes)),
        method=(*words.method[:-1], *words.compared_method, words.method[-1]),
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
        words.quality_late(arrivals(diary.episodes), len(diary.episodes)),
        words.quality_edits(sum(e.version > 1 for e in entries), diary.deleted_entries),
        words.quality_zones(sorted({e.start.utc_offset_minutes for e in diary.episodes})),
        words.quality_reporters(sum(e.reported_by != "self" for e in entries), len(entries)),
        *_added_questions(index, words),
        words.quality_replaced(replaced),
        words.withheld_note if diary.texts_withheld else "",
        words.translation_note,
    ]
    return tuple(line for line in lines if line)


def _added_questions(index: Index, words: Words) -> list[str]:
    """Return the daily questions first answered two weeks or more after the first check-in."""
    days: dict[date, list[str]] = {}
    for question in DAILY_QUESTIONS:
        answered = sorted(d for d, c in index.check_ins.items() if _answers(c, question))
        if answered and (answered[0] - min(index.check_ins)).days >= ADDED_AFTER_DAYS:
            days.setdefault(answered[0], []).append(words.daily_question(question))
    return [words.asked_only_from(names, day) for day, names in sorted(days.items())]


def _answers(check_in: CheckIn, question: str) -> bool:
    if question == "warning_signs_asked":
        return check_in.warning_signs_asked
    return getattr(check_in, question) is not None


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
