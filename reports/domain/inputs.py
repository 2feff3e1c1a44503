"""What a report is made from: one person's diary over one period, as plain values."""

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
from diary.domain.findings import Assessment
from reports.domain.choices import Section
from reports.domain.edits import Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class RaisedAlert:
    """An alert of the diary that is not closed: the rule and the local date it was raised."""

    rule: str
    raised_on: date
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDiary:
    """One person's diary from `start` up to and not including `end` (local dates).

    `days` holds the daily rows inside the period, oldest first, one per date with an entry;
    `episodes` and `check_ins` lie inside it too, oldest first. `earlier_days` are the daily rows
    before `start` that the comparisons read, see `reports.domain.looks.days_read`. `problem`,
    `medications`, `history` and `remedy_trials` are not bound to the period. `deleted_entries`
    counts episodes and check-ins ever taken back (they keep no date); None when nobody counted.
    `edits` are the changes of the period's entries and what was ever taken back, oldest first.
    `texts_withheld` says that the person's own words were emptied as they could not be printed.
    """

    diary_id: str
    display_name: str
    person: Person
    start: date
    end: date
    assessment: Assessment
    days: tuple[Day, ...] = ()
    earlier_days: tuple[Day, ...] = ()
    episodes: tuple[Episode, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    problem: Problem | None = None
    medications: tuple[Medication, ...] = ()
    history: tuple[HistoryItem, ...] = ()
    remedy_trials: tuple[RemedyTrial, ...] = ()
    alerts: tuple[RaisedAlert, ...] = ()
    deleted_entries: int | None = None
    edits: tuple[Edit, ...] = ()
    synthetic: bool = False
    texts_withheld: bool = False

    @property
    def length(self) -> int:
        """Return the number of local dates in the period."""
        return (self.end - self.start).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What the report itself is: paper, language, versions and the moment it was made (UTC)."""

    now: datetime
    report_version: str
    rules_version: str
    paper: str = "a4"  # a4 | us-letter
    attachment: bool = True
    language: str = "en"  # en | zh-Hant
    left_out: tuple[Section, ...] = ()
