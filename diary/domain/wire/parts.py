"""The smaller values inside records: moments, sites, symptoms, factors, remedies, dates."""

from datetime import timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from diary.domain import entries
from diary.domain import vocabulary as words
from diary.domain.wire.fields import (
    Day,
    Label,
    OffsetInstant,
    OneOf,
    TimeZoneName,
    WireModel,
    utc,
)

ZoneSource = Literal["device", "user", "unknown"]
SideCode = Annotated[entries.Side, Field(strict=False)]
OnsetCode = Annotated[entries.Onset, Field(strict=False)]


class Moment(WireModel):
    """A time as the person's clock showed it.

    `at` carries the UTC offset, so the instant and the wall time can never contradict each other.
    `time_zone` is an IANA name or empty when the device did not know it.
    """

    at: OffsetInstant
    time_zone: TimeZoneName = ""
    zone_source: ZoneSource = "device"
    precision: Annotated[entries.MomentPrecision, Field(strict=False)] = (
        entries.MomentPrecision.MINUTE
    )

    @property
    def offset_minutes(self) -> int:
        """Return the UTC offset in whole minutes."""
        offset = self.at.utcoffset() or timedelta()
        return int(offset.total_seconds() // 60)

    def flags(self) -> tuple[str, ...]:
        """Return what is odd about the time: `local_gap`, `offset_disagrees`; both are accepted.

        The phone's tzdata may be newer than the server's, so a disagreement is marked, not refused.
        """
        if not self.time_zone:
            return ()
        zone = ZoneInfo(self.time_zone)
        wall = self.at.replace(tzinfo=None)
        if wall != wall.replace(tzinfo=zone).astimezone(_UTC).astimezone(zone).replace(tzinfo=None):
            return ("local_gap",)
        if utc(self.at).astimezone(zone).utcoffset() != self.at.utcoffset():
            return ("offset_disagrees",)
        return ()

    def to_value(self) -> entries.Moment:
        """Return the moment as a domain value."""
        return entries.Moment(
            instant=utc(self.at),
            local=self.at.replace(tzinfo=None),
            utc_offset_minutes=self.offset_minutes,
            time_zone=self.time_zone,
            precision=self.precision,
        )


_UTC = ZoneInfo("UTC")


class SitedSide(WireModel):
    """A body site with the patient's own side, null when unsaid."""

    site: Annotated[str, OneOf(words.SITES)]
    side: SideCode | None = None

    def to_value(self) -> entries.SitedSide:
        """Return the site as a domain value."""
        return entries.SitedSide(site=self.site, side=self.side)


class Symptom(WireModel):
    """A symptom that was asked about: `present` false is a stated absence."""

    symptom: Annotated[str, OneOf(words.SYMPTOMS)]
    present: bool
    onset: OnsetCode | None = None
    began_on: Day | None = None
    ongoing: bool | None = None
    side: SideCode | None = None
    recurs: bool | None = None

    def to_value(self) -> entries.ReportedSymptom:
        """Return the symptom as a domain value."""
        return entries.ReportedSymptom(**vars(self))


class _Own(WireModel):
    """A code that may be `own`, which then needs the person's own label."""

    own_label: Label = ""

    @model_validator(mode="after")
    def own_needs_a_label(self) -> Self:
        code = next(getattr(self, name) for name in type(self).model_fields if name != "own_label")
        if (code == "own") != bool(self.own_label.strip()):
            raise PydanticCustomError(
                "own_label", "`own_label` goes with the code `own` and only with it"
            )
        return self


class Factor(_Own):
    """A trigger or daily factor, present or stated absent, with an amount where there is one."""

    factor: Annotated[str, OneOf(words.TRIGGERS)]
    present: bool = True
    amount: Annotated[float, Field(ge=0, le=100_000)] | None = None
    unit: Label = ""

    def to_value(self) -> entries.Factor:
        """Return the factor as a domain value."""
        return entries.Factor(**vars(self))


class RemedyUse(_Own):
    """A remedy used or tried, and whether it helped."""

    remedy: Annotated[str, OneOf(words.REMEDIES)]
    helped: bool | None = None

    def to_value(self) -> entries.RemedyUse:
        """Return the use as a domain value."""
        return entries.RemedyUse(**vars(self))


class PartialDate(WireModel):
    """A date known to the day, month or year; unknown parts are written 01."""

    date: Day
    precision: Annotated[entries.DatePrecision, Field(strict=False)] = entries.DatePrecision.DAY

    def to_value(self) -> entries.PartialDate:
        """Return the date as a domain value."""
        return entries.PartialDate(day=self.date, precision=self.precision)


class NumberRange(WireModel):
    """A number given as a range; both ends are equal for a single number."""

    low: Annotated[float, Field(ge=0, le=1_000_000)]
    high: Annotated[float, Field(ge=0, le=1_000_000)]

    @model_validator(mode="after")
    def low_before_high(self) -> Self:
        if self.low > self.high:
            raise PydanticCustomError("range_reversed", "`low` must not be above `high`")
        return self

    def to_value(self) -> entries.NumberRange:
        """Return the range as a domain value."""
        return entries.NumberRange(low=self.low, high=self.high)


class HistoryAnswer(_Own):
    """A history item named in the intake; `present` false means "not that I know"."""

    item: Annotated[str, OneOf(words.HISTORY)]
    present: bool = True

    def to_value(self) -> entries.HistoryAnswer:
        """Return the answer as a domain value."""
        return entries.HistoryAnswer(**vars(self))


class StatedMedicine(WireModel):
    """A medicine named in the intake, by class and in the person's words."""

    medicine_class: Annotated[str, OneOf(words.MEDICINE_CLASSES)]
    name: Label = ""
    stopped: bool = False

    def to_value(self) -> entries.StatedMedicine:
        """Return the medicine as a domain value."""
        return entries.StatedMedicine(**vars(self))


class TestDone(WireModel):
    """A test or examination already done."""

    __test__ = False

    test: Annotated[str, OneOf(words.TESTS)]
    result: Annotated[str, OneOf(words.TEST_RESULTS)] | None = None
    done: PartialDate | None = None

    def to_value(self) -> entries.TestDone:
        """Return the test as a domain value."""
        return entries.TestDone(
            test=self.test,
            result=self.result or "",
            done=None if self.done is None else self.done.to_value(),
        )


class DoseChange(WireModel):
    """A change of dose during a course."""

    changed: PartialDate
    direction: Literal["raised", "lowered"]
    dose: Label = ""

    def to_value(self) -> entries.DoseChange:
        """Return the change as a domain value."""
        return entries.DoseChange(
            changed=self.changed.to_value(), direction=self.direction, dose=self.dose
        )
