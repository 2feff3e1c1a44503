"""The diary as rules see it: one immutable value, gathered once per write or look."""

from dataclasses import dataclass
from datetime import date, datetime

from diary.domain.entries import (
    CheckIn,
    Day,
    Episode,
    HistoryItem,
    Medication,
    Person,
    Problem,
    RemedyTrial,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryView:
    """What is known about one person on one local day.

    `now` is aware UTC and `today` the person's local date at that instant. `days` are the daily
    rows of the last `WINDOW_DAYS` local dates, oldest first, one per date that has an entry;
    absent dates are unlogged. `episodes` and `check_ins` lie in the same window, oldest first.
    `problem` is the newest intake that is not deleted. Entries dated after `today` are left out.
    """

    now: datetime
    today: date
    person: Person
    problem: Problem | None = None
    days: tuple[Day, ...] = ()
    episodes: tuple[Episode, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    medications: tuple[Medication, ...] = ()
    history: tuple[HistoryItem, ...] = ()
    remedy_trials: tuple[RemedyTrial, ...] = ()


WINDOW_DAYS = 140  # 28-day window + 112-day reference; see docs/statistics.md
