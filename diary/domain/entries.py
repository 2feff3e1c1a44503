"""What a person told the diary, as plain values: the input of every decision.

Stored rows and wire formats are turned into these by `diary.queries`. A missing answer is `None`
or an empty tuple and never means "no"; only `present=False` or `False` is a stated absence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID


class Side(StrEnum):
    """The patient's own side. `ONE` is one-sided with the side unsaid."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    MIDLINE = "midline"
    ONE = "one"


class Onset(StrEnum):
    """How something began."""

    SUDDEN = "sudden"
    GRADUAL = "gradual"


class Course(StrEnum):
    """How a problem has gone since it began, in the person's own judgment."""

    STABLE = "stable"
    MORE_FREQUENT = "more_frequent"
    WORSENING = "worsening"
    IMPROVING = "improving"
    SPREADING = "spreading"
    MIGRATING = "migrating"
    INTERMITTENT = "intermittent"
    RESOLVED = "resolved"


class EyeClosure(StrEnum):
    """How far the twitch shuts the eye."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"


class Twitched(StrEnum):
    """The answer to "did it twitch today?". `UNSURE` counts as a missing day, never as quiet."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Reporter(StrEnum):
    """Who observed what is reported."""

    SELF = "self"
    RELATIVE = "relative"
    FRIEND = "friend"
    CARER = "carer"
    CLINICIAN = "clinician"


class DatePrecision(StrEnum):
    """How exactly a date is known; the unknown parts of the stored date are 1."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class MomentPrecision(StrEnum):
    """How exactly a time of day is known."""

    MINUTE = "minute"
    PART_OF_DAY = "part_of_day"
    DAY = "day"


class HistoryStatus(StrEnum):
    """The three answers of a history question, kept apart on paper and in rules."""

    PRESENT = "present"
    NONE_KNOWN = "none_known"
    NOT_ASKED = "not_asked"


class HistoryKind(StrEnum):
    """What a history item is about."""

    CONDITION = "condition"
    SURGERY = "surgery"
    TEST = "test"
    FAMILY = "family"


class Referral(StrEnum):
    """Whether the person can book a neurologist directly or goes through their own doctor."""

    DIRECT = "direct"
    VIA_GP = "via_gp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What the profile says that decisions need. `country` is ISO 3166-1 alpha-2 or empty."""

    birth_year: int | None = None
    sex: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    country: str = ""
    referral: Referral = Referral.DIRECT
    day_boundary_minutes: int = 0
    diary_only: bool = False

    def age_on(self, day: date) -> int | None:
        """Return the age in years reached during the year of `day`, or None when unknown."""
        return None if self.birth_year is None else day.year - self.birth_year


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An instant together with what the person's clock showed.

    `instant` is aware and in UTC; `local` is naive wall time; `utc_offset_minutes` is what the
    device used then. `time_zone` is an IANA name or empty. Durations come from instants only.
    """

    instant: datetime
    local: datetime
    utc_offset_minutes: int
    time_zone: str = ""
    precision: MomentPrecision = MomentPrecision.MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A date known to the day, the month or the year."""

    day: date
    precision: DatePrecision = DatePrecision.DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRange:
    """A number a person gives as "about 5" (low = high) or "3 to 9"."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SitedSide:
    """One body site with its side; `side` is None when unsaid."""

    site: str
    side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedSymptom:
    """One symptom asked about: present or stated absent.

    `began_on` is the local date it began, None when unsaid (then: with the entry that reports it).
    `ongoing` False means it had passed when reported. `recurs` is "over again" of the intake.
    """

    symptom: str
    present: bool
    onset: Onset | None = None
    began_on: date | None = None
    ongoing: bool | None = None
    side: Side | None = None
    recurs: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A trigger or daily factor: present, or stated absent. `own_label` goes with code `own`."""

    factor: str
    present: bool = True
    own_label: str = ""
    amount: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyUse:
    """A remedy used once or tried; `helped` None means unsaid."""

    remedy: str
    own_label: str = ""
    helped: bool | None = None


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
class TestDone:
    """A test or visit already done; its result is a code: normal, abnormal or unknown."""

    test: str
    result: str = ""
    done: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryAnswer:
    """One history item named in the intake."""

    item: str
    present: bool = True
    own_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedMedicine:
    """A medicine named in the intake: its class code, and the name in the person's words."""

    medicine_class: str
    name: str = ""
    stopped: bool = False


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
class DoseChange:
    """A change of dose during a course; `direction` is `raised` or `lowered`."""

    changed: PartialDate
    direction: str
    dose: str = ""


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
    sites: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    exposures: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
