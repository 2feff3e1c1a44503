"""State rules on simulated diaries: when N1 says "persistent", and when X1 says "over".

The production rules are called on one view per person and day. Days on which they cannot change
their mind are passed over; the tests show that this leaves nothing out.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from bench.simulation.looking import REFRACTORY_DAYS
from bench.simulation.series import Flags, Generator
from diary.domain.entries import Day, Person
from diary.domain.rules.persistence import persistence
from diary.domain.rules.reassurance import QUIET_FLOOR_DAYS, remission
from diary.domain.view import WINDOW_DAYS, DiaryView

FIRST_DATE = date(2024, 1, 1)
SITES = MappingProxyType({"upper_lip": 1})
PERSON = Person()


def spells(rng: Generator, shape: tuple[int, int], *, a_year: float, length: int) -> Flags:
    """Return twitch days in spells of `length` days that begin at random, so many a year."""
    starts = rng.random(shape) < a_year / 365
    twitching = np.zeros(shape, bool)
    for shift in range(length):
        twitching[:, shift:] |= starts[:, : shape[1] - shift]
    return twitching


def some_days(rng: Generator, shape: tuple[int, int], *, share: float) -> Flags:
    """Return twitch days that fall on any day with the same chance."""
    return rng.random(shape) < share


def diary_days(twitching: Flags, observed: Flags) -> tuple[Day | None, ...]:
    """Return the daily rows of one person, None for unlogged days; day 0 is a fixed Monday."""
    return tuple(
        Day(
            local_date=date_of(number),
            episodes=int(twitch),
            observed=True,
            twitch_day=bool(twitch),
            checked_in=True,
            sites=SITES if twitch else MappingProxyType({}),
        )
        if seen
        else None
        for number, (twitch, seen) in enumerate(zip(twitching, observed, strict=True))
    )


def date_of(number: int) -> date:
    """Return the local date of a day number."""
    return FIRST_DATE + timedelta(days=number)


def view_on(rows: tuple[Day | None, ...], number: int) -> DiaryView:
    """Return what the rules see on the evening of a day: the rows of the dates of a view."""
    today = date_of(number)
    window = rows[max(0, number + 1 - WINDOW_DAYS) : number + 1]
    return DiaryView(
        now=datetime(today.year, today.month, today.day, 21, tzinfo=UTC),
        today=today,
        person=PERSON,
        days=tuple(row for row in window if row is not None),
    )


def persistence_alerts(twitching: Flags, observed: Flags, first: int = 0) -> list[list[int]]:
    """Return the days of each person's N1 alerts from day `first` on, at least 28 days apart.

    N1 is asked on logged twitch days only: its bout ends with one, so no other day can begin it.
    """
    return [
        _with_pause(_persisting_days(*person, first))
        for person in zip(twitching, observed, strict=True)
    ]


def remissions(twitching: Flags, first: int) -> int:
    """Return how many silences X1 takes for the end, in diaries logged on every day.

    Each silence counts once. X1 is asked only from its floor of quiet days on.
    """
    found = 0
    for person in twitching:
        rows = diary_days(person, np.ones(len(person), bool))
        found += sum(
            any(remission(view_on(rows, day)) for day in range(max(first, start), end))
            for start, end in _long_silences(person)
        )
    return found


def quiet_runs(twitching: Flags, needed: int, first: int) -> int:
    """Return how many silences a fixed number of quiet days would take for the end."""
    silences = ((last, end) for person in twitching for last, end in _silences(person))
    return sum(end > max(first, last + needed) for last, end in silences)


def _persisting_days(twitching: Flags, observed: Flags, first: int) -> Iterator[int]:
    rows = diary_days(twitching, observed)
    logged = (int(day) for day in np.flatnonzero(twitching & observed) if day >= first)
    return (day for day in logged if persistence(view_on(rows, day)))


def _with_pause(days: Iterator[int]) -> list[int]:
    raised: list[int] = []
    for day in days:
        if not raised or day - raised[-1] >= REFRACTORY_DAYS:
            raised.append(day)
    return raised


def _long_silences(twitching: Flags) -> Iterator[tuple[int, int]]:
    for last, end in _silences(twitching):
        if end - last > QUIET_FLOOR_DAYS:
            yield last + QUIET_FLOOR_DAYS, end


def _silences(twitching: Flags) -> Iterator[tuple[int, int]]:
    """Return (last twitch day, next twitch day or end) of each pair of neighbors."""
    marks = [*np.flatnonzero(twitching), len(twitching)]
    return ((int(last), int(end)) for last, end in pairwise(marks))
