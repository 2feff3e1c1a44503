"""The entries themselves: episodes, check-ins, the intake, medicines, history, trials, days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from diary.domain.entries.choices import (
    Course,
    EyeClosure,
    HistoryKind,
    HistoryStatus,
    Onset,
    Reporter,
    Twitched,
)
from diary.domain.entries.parts import (
    DoseChange,
    Factor,
    HistoryAnswer,
    Moment,
    NumberRange,
    PartialDate,
    RemedyUse,
    ReportedSymptom,
    SitedSide,
    StatedMedicine,
    TestDone,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One bout of twitching as logged. `local_date` is the diary day of its start, never moved."""

    id: UUID
    start: Moment
    local_date: date
    end: Moment | None = None
    duration_seconds: int | None = None
    sites: tuple[SitedSide, ...] = ()
    movement: str = ""
    visible: bool | None = None
    strength: int | None = None  # 0-10
    contractions: int | None = None
    directions: tuple[str, ...] = ()
    continuous: bool | None = None
    at_rest: bool | None = None
    in_action: bool | None = None
    asleep: bool | None = None
    eyes_closed: bool | None = None
    stops_with_action: bool | None = None
    rhythmic: bool | None = None
    suppressible: bool | None = None
    urge_before: bool | None = None
    contexts: tuple[str, ...] = ()
    eye_closure: EyeClosure | None = None
    symptoms: tuple[ReportedSymptom, ...] = ()
    triggers: tuple[Factor, ...] = ()
    impact: int | None = None  # 0-3
    interferes: tuple[str, ...] = ()
    distress: int | None = None  # 0-10
    remedies: tuple[RemedyUse, ...] = ()
    reported_by: Reporter = Reporter.SELF
    video_recorded: bool | None = None
    note: str = ""
    note_for_doctor: bool = False
    received_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """The daily check-in of one local date. Factors are asked every day, not only on bad days."""

    id: UUID
    local_date: date
    twitched: Twitched
    warning_signs_asked: bool = False
    symptoms: tuple[ReportedSymptom, ...] = ()
    caffeine_mg: int | None = None
    sleep_hours: float | None = None
    stress: int | None = None  # 0-10
    ill: bool | None = None
    alcohol_units: float | None = None
    screen_hours: float | None = None
    exercise_minutes: int | None = None
    low_fluid: bool | None = None
    medicines_changed: bool | None = None
    factors: tuple[Factor, ...] = ()
    impact: int | None = None  # 0-3
    interferes: tuple[str, ...] = ()
    distress: int | None = None  # 0-10
    remedies: tuple[RemedyUse, ...] = ()
    reported_by: Reporter = Reporter.SELF
    recorded: Moment | None = None
    note: str = ""
    note_for_doctor: bool = False
    received_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """The intake: what the person says at the start of a diary about a complaint.

    `first_day_earliest` <= `first_day_latest`; equal when the day is exact, both None when unsaid.
    `asked_on` is the local date of the answers. `bouts_per_day` below 1 is less than daily.
    """

    id: UUID
    asked_on: date
    first_day_earliest: date | None = None
    first_day_latest: date | None = None
    onset: Onset | None = None
    still_present: bool | None = None
    course: Course | None = None
    sites: tuple[SitedSide, ...] = ()
    movement: str = ""
    visible: bool | None = None
    continuous: bool | None = None
    seconds_per_bout: NumberRange | None = None
    bouts_per_day: NumberRange | None = None
    contexts: tuple[str, ...] = ()
    eye_closure: EyeClosure | None = None
    symptoms: tuple[ReportedSymptom, ...] = ()
    triggers: tuple[Factor, ...] = ()
    impact: int | None = None  # 0-3
    interferes: tuple[str, ...] = ()
    distress: int | None = None  # 0-10
    remedies: tuple[RemedyUse, ...] = ()
    medicines: tuple[StatedMedicine, ...] = ()
    tests: tuple[TestDone, ...] = ()
    history: tuple[HistoryAnswer, ...] = ()
    reported_by: Reporter = Reporter.SELF
    note: str = ""
    note_for_doctor: bool = False
    question: str = ""
    received_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Medication:
    """One course of a medicine. `medicine_class` is a vocabulary code or empty."""

    id: UUID
    name: str
    medicine_class: str = ""
    dose: str = ""
    started: PartialDate | None = None
    stopped: PartialDate | None = None
    dose_changes: tuple[DoseChange, ...] = ()
    as_needed: bool = False
    note: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryItem:
    """One answer about the past: a condition, surgery, test done or family history."""

    id: UUID
    kind: HistoryKind
    item: str = ""
    own_label: str = ""
    status: HistoryStatus = HistoryStatus.PRESENT
    since: PartialDate | None = None
    result: str = ""
    note: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyTrial:
    """A remedy kept up for a while, with the person's own rating; before/after is computed."""

    id: UUID
    remedy: str
    own_label: str = ""
    started_on: date
    stopped_on: date | None = None
    rating: str = ""  # helped | no_change | worse | empty = unsaid
    note: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The daily row: all that looks, charts and reports read of one local date.

    `observed` is True when the check-in says yes or no, or an episode exists; "unsure" alone is a
    missing day. `twitch_day` is True on an episode or a yes. `sites` counts episodes by site and
    side, keyed `site` or `site:side`. `exposures` holds the check-in's factors that were answered.
    """

    local_date: date
    episodes: int = 0
    observed: bool = False
    twitch_day: bool = False
    checked_in: bool = False
    strongest: int | None = None  # 0-10
    minutes: float | None = None  # sum over episodes with a known duration
    strengths: tuple[int, ...] = ()  # of the episodes that have one, sorted
    durations_seconds: tuple[float, ...] = ()  # of the episodes that have one, sorted
    sites: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    exposures: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
