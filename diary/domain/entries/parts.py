"""The smaller values that entries are made of; a missing answer is `None` or empty."""

from dataclasses import dataclass
from datetime import date, datetime

from diary.domain.entries.choices import (
    DatePrecision,
    MomentPrecision,
    Onset,
    Referral,
    Side,
)


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
class DoseChange:
    """A change of dose during a course; `direction` is `raised` or `lowered`."""

    changed: PartialDate
    direction: str
    dose: str = ""
