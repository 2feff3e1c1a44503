"""When: one date axis with counts, strongest, time of day, daily factors and dated events."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from diary.domain.entries import CheckIn, DatePrecision, Episode, MomentPrecision
from reports.domain.bands import HeatCell, Strip, Timeline, TimelineEvent
from reports.domain.inputs import ReportDiary
from reports.domain.sections.index import Index
from reports.domain.text_gate import capped
from reports.domain.words import Words

BINS = 8
HOURS_PER_BIN = 3
SHADES = 4
MEAN_DAYS = 7
FEWEST_RECORDED_FOR_MEAN = 4
MOST_EVENTS = 6
EVENT_WIDTH = 26
LONGEST_WEEKLY_AXIS = 200

CAFFEINE_OVER_MG = 200.0
SLEEP_UNDER_HOURS = 6.0
STRESS_FROM = 7.0


def timeline(index: Index, words: Words) -> Timeline:
    """Return everything drawn under "When". Dates without any record are None or False, not 0."""
    heat, by_bin = _heat(index)
    recorded = tuple(day in index.days and index.days[day].observed for day in index.dates())
    counts = tuple(index.episodes_on(day) for day in index.dates())
    timed = sum(by_bin)
    return Timeline(
        days=index.diary.length,
        counts=counts,
        recorded=recorded,
        seven_day_mean=_seven_day_mean(counts, recorded),
        strongest=tuple(
            index.days[d].strongest if d in index.days else None for d in index.dates()
        ),
        heat=heat,
        by_bin=by_bin,
        ticks=_ticks(index, words),
        events=_events(index, words),
        strips=_strips(index, words),
        key=words.timeline_key(_shade_bounds(heat), sum(counts) - timed),
    )


def _seven_day_mean(
    counts: tuple[int, ...], recorded: tuple[bool, ...]
) -> tuple[float | None, ...]:
    means: list[float | None] = []
    for last in range(len(counts)):
        window = range(max(0, last - MEAN_DAYS + 1), last + 1)
        seen = [counts[n] for n in window if recorded[n]]
        enough = len(seen) >= FEWEST_RECORDED_FOR_MEAN
        means.append(round(sum(seen) / len(seen), 3) if enough else None)
    return tuple(means)


def has_time_of_day(episode: Episode) -> bool:
    """Return whether an episode's start is known well enough for a 3-hour bin."""
    return episode.start.precision is MomentPrecision.MINUTE


def _heat(index: Index) -> tuple[tuple[HeatCell, ...], tuple[int, ...]]:
    cells = Counter(
        (index.offset(e.local_date), e.start.local.hour // HOURS_PER_BIN)
        for e in index.diary.episodes
        if has_time_of_day(e)
    )
    step = _shade_step(max(cells.values(), default=0))
    heat = tuple(
        HeatCell(day=day, bin=b, episodes=n, shade=min(SHADES - 1, (n - 1) // step))
        for (day, b), n in sorted(cells.items())
    )
    by_bin = tuple(sum(n for (_, b), n in cells.items() if b == wanted) for wanted in range(BINS))
    return heat, by_bin


def _shade_step(most: int) -> int:
    return max(1, -(-most // SHADES))


def _shade_bounds(heat: tuple[HeatCell, ...]) -> tuple[int, ...]:
    step = _shade_step(max((cell.episodes for cell in heat), default=0))
    return tuple(1 + step * shade for shade in range(SHADES))


def _ticks(index: Index, words: Words) -> tuple[tuple[int, str], ...]:
    step = 7 if index.diary.length <= LONGEST_WEEKLY_AXIS else 28
    marks = range(0, index.diary.length, step)
    return tuple(
        (mark, words.day(index.diary.start + timedelta(days=mark)) if n % 2 == 0 else "")
        for n, mark in enumerate(marks)
    )


def _strips(index: Index, words: Words) -> tuple[Strip, ...]:
    def strip(code: str, threshold: float, dark: str, top: float) -> Strip:
        label, threshold_label = words.strips[code]
        return Strip(
            code=code,
            label=label,
            values=tuple(_answer(index.check_ins.get(day), code) for day in index.dates()),
            threshold=threshold,
            dark=dark,
            threshold_label=threshold_label,
            top=top,
        )

    return (
        strip("caffeine_mg", CAFFEINE_OVER_MG, "above", 450),
        strip("sleep_hours", SLEEP_UNDER_HOURS, "below", 10),
        strip("stress", STRESS_FROM, "from", 10),
    )


def _answer(check_in: CheckIn | None, code: str) -> float | None:
    value = None if check_in is None else getattr(check_in, code)
    return None if value is None else float(value)


def _events(index: Index, words: Words) -> tuple[TimelineEvent, ...]:
    found = [
        *_new_sites(index, words),
        *_medicine_events(index.diary, index, words),
        *_illnesses(index, words),
        *_trials(index, words),
    ]
    kept = found[:MOST_EVENTS]  # in order of interest: what is cut is the least telling
    fitted = (replace(event, text=capped(event.text, EVENT_WIDTH)) for event in kept)
    return tuple(sorted(fitted, key=lambda event: event.day))


def _new_sites(index: Index, words: Words) -> list[TimelineEvent]:
    """Sites first named at least two weeks after the first episode of the period."""
    episodes = index.diary.episodes
    if not episodes:
        return []
    late = episodes[0].local_date + timedelta(days=14)
    seen: set[str] = set()
    found = []
    for episode in episodes:
        for sited in episode.sites:
            if sited.site not in seen and episode.local_date >= late:
                text = words.event_new_site(sited)
                day = index.offset(episode.local_date)
                found.append(TimelineEvent(day=day, end_day=None, text=text))
            seen.add(sited.site)
    return found


def _medicine_events(diary: ReportDiary, index: Index, words: Words) -> list[TimelineEvent]:
    dated = [
        (moment, text)
        for course in diary.medications
        for moment, text in (
            (course.started, words.event_medicine_started(course.name)),
            (course.stopped, words.event_medicine_stopped(course.name)),
            *((c.changed, words.event_dose(course.name)) for c in course.dose_changes),
        )
        if moment is not None and moment.precision is DatePrecision.DAY
    ]
    return [
        TimelineEvent(day=index.offset(moment.day), end_day=None, text=text)
        for moment, text in dated
        if diary.start <= moment.day < diary.end
    ]


def _illnesses(index: Index, words: Words) -> list[TimelineEvent]:
    ill = [index.offset(d) for d, c in sorted(index.check_ins.items()) if c.ill]
    starts = [day for before, day in pairwise([-9, *ill]) if day - before > 1]
    found = []
    for start in starts:
        last = start
        while last + 1 in ill:
            last += 1
        text = words.event_illness(last - start + 1)
        found.append(TimelineEvent(day=start, end_day=last, text=text))
    return found


def _trials(index: Index, words: Words) -> list[TimelineEvent]:
    diary = index.diary
    return [
        TimelineEvent(
            day=index.offset(trial.started_on), end_day=None, text=words.event_trial(trial)
        )
        for trial in diary.remedy_trials
        if diary.start <= trial.started_on < diary.end
    ]
