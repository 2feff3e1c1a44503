"""Daily rows: episodes and check-ins of one local date folded into what every look reads."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from diary.domain.entries import CheckIn, Day, Episode, Factor, Twitched

SECONDS_PER_MINUTE = 60
OWN_FACTOR = "own"

# Fields of the check-in that are factors by themselves, in the unit their name says.
EXPOSURE_FIELDS = (
    "caffeine_mg",
    "sleep_hours",
    "stress",
    "ill",
    "alcohol_units",
    "screen_hours",
    "exercise_minutes",
    "low_fluid",
    "medicines_changed",
)


def diary_date(local: datetime, boundary_minutes: int) -> date:
    """Return the diary day of a naive wall time when days turn `boundary_minutes` after midnight.

    Ten past one in the night belongs to the day before when the boundary is two o'clock (120).
    """
    return (local - timedelta(minutes=boundary_minutes)).date()


def daily_rows(episodes: Iterable[Episode], check_ins: Iterable[CheckIn]) -> tuple[Day, ...]:
    """Return one row per local date that has an entry, oldest first; other dates are unlogged.

    The order of the entries does not matter. When a date has several check-ins the one of the
    highest version counts.
    """
    of_day: dict[date, list[Episode]] = defaultdict(list)
    for episode in episodes:
        of_day[episode.local_date].append(episode)
    answered: dict[date, CheckIn] = {}
    for check_in in sorted(check_ins, key=lambda answer: (answer.version, str(answer.id))):
        answered[check_in.local_date] = check_in
    return tuple(
        day
        for local_date in sorted(of_day.keys() | answered.keys())
        if (day := daily_row(local_date, of_day[local_date], answered.get(local_date)))
    )


def daily_row(
    local_date: date, episodes: Sequence[Episode], check_in: CheckIn | None
) -> Day | None:
    """Return the row of one local date, or None when the date has no entry.

    "Unsure" alone is a missing day. A "no" next to an episode is a twitch day: what was logged
    when it happened is trusted over the evening's memory.
    """
    if not episodes and check_in is None:
        return None
    twitched = check_in.twitched if check_in else Twitched.UNSURE
    strengths = tuple(sorted(e.strength for e in episodes if e.strength is not None))
    durations = tuple(sorted(s for e in episodes if (s := duration_seconds(e)) is not None))
    return Day(
        local_date=local_date,
        episodes=len(episodes),
        observed=bool(episodes) or twitched is not Twitched.UNSURE,
        twitch_day=bool(episodes) or twitched is Twitched.YES,
        checked_in=check_in is not None,
        strongest=strengths[-1] if strengths else None,
        minutes=sum(durations) / SECONDS_PER_MINUTE if durations else None,
        strengths=strengths,
        durations_seconds=durations,
        sites=_sites(episodes),
        exposures=_exposures(check_in),
    )


def duration_seconds(episode: Episode) -> float | None:
    """Return how long an episode lasted in seconds, or None when neither end nor length is known.

    A stated length wins over the clock; the clock counts instants, so a shifted clock adds nothing.
    """
    if episode.duration_seconds is not None:
        return float(episode.duration_seconds)
    if episode.end is None:
        return None
    return max(0.0, (episode.end.instant - episode.start.instant).total_seconds())


def _sites(episodes: Sequence[Episode]) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for episode in episodes:
        counts.update(
            {f"{s.site}:{s.side.value}" if s.side else s.site for s in episode.sites},
        )
    return MappingProxyType(dict(sorted(counts.items())))


def _exposures(check_in: CheckIn | None) -> Mapping[str, Any]:
    if check_in is None:
        return MappingProxyType({})
    answers: dict[str, Any] = {
        name: value for name in EXPOSURE_FIELDS if (value := getattr(check_in, name)) is not None
    }
    for factor in check_in.factors:
        answers.setdefault(_factor_key(factor), _factor_value(factor))  # a measured answer wins
    return MappingProxyType(answers)


def _factor_key(factor: Factor) -> str:
    return f"{OWN_FACTOR}:{factor.own_label}" if factor.factor == OWN_FACTOR else factor.factor


def _factor_value(factor: Factor) -> float | bool:
    if not factor.present:
        return False
    return True if factor.amount is None else factor.amount
