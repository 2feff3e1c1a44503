"""The diary as rules see it: one immutable value, gathered once per write or look."""

from dataclasses import dataclass, replace
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
    SitedSide,
)
from diary.domain.escalation import FrequencyLook, frequency_look
from diary.domain.severity import Measure, SeverityLook, severity_look
from diary.domain.thresholds import DEFAULTS, Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryView:
    """What is known about one person on one local day.

    `now` is aware UTC and `today` the person's local date at that instant. `days` are the daily
    rows of the last `WINDOW_DAYS` local dates, oldest first, one per date that has an entry;
    absent dates are unlogged. `episodes` and `check_ins` lie in the same window, oldest first.
    `problem` is the newest intake that is not deleted. Entries dated after `today` are left out.

    `frequency`, `severity` and `previous_frequency` (of the look a week earlier) are filled in
    weekly looks and reports alone: asked at every write the test would raise more false alerts.
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
    thresholds: Thresholds = DEFAULTS
    frequency: FrequencyLook | None = None
    severity: tuple[SeverityLook, ...] = ()
    previous_frequency: FrequencyLook | None = None

    @property
    def sites(self) -> tuple[SitedSide, ...]:
        """Return every place named in an episode or the intake, as often as it was named."""
        logged = tuple(site for episode in self.episodes for site in episode.sites)
        return logged + (self.problem.sites if self.problem else ())


WINDOW_DAYS = 180  # of recurring bouts; the 140 days of the trend lie within


def with_tests(view: DiaryView) -> DiaryView:
    """Return the view with the weekly tests of its day, as a report carries them."""
    return replace(
        view,
        frequency=frequency_look(view.days, today=view.today),
        severity=tuple(
            severity_look(view.days, today=view.today, measure=each) for each in Measure
        ),
    )


def view_as_of(view: DiaryView, day: date) -> DiaryView:
    """Return the diary as it would have stood on an earlier day, with today's corrections.

    The weekly tests of a weekly look are done again for that day.
    """
    days = tuple(row for row in view.days if row.local_date <= day)
    again = day != view.today
    return replace(
        view,
        today=day,
        days=days,
        episodes=tuple(e for e in view.episodes if e.local_date <= day),
        check_ins=tuple(c for c in view.check_ins if c.local_date <= day),
        frequency=frequency_look(days, today=day) if again and view.frequency else view.frequency,
        severity=tuple(
            severity_look(days, today=day, measure=look.measure) if again else look
            for look in view.severity
        ),
    )
