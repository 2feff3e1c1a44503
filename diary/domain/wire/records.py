"""The data of each synced record type, as a phone sends it and gets it back."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from diary.domain import entries
from diary.domain import vocabulary as words
from diary.domain.wire.fields import (
    LISTED,
    Day,
    Extension,
    Impact0To3,
    Label,
    OneOf,
    Scale0To10,
    Text,
    WireModel,
)
from diary.domain.wire.parts import (
    DoseChange,
    Factor,
    HistoryAnswer,
    Moment,
    NumberRange,
    OnsetCode,
    PartialDate,
    RemedyUse,
    SitedSide,
    StatedMedicine,
    Symptom,
    TestDone,
)

MAX_EPISODE_SECONDS = 7 * 24 * 3600
ReporterCode = Annotated[entries.Reporter, Field(strict=False)]
EyeClosureCode = Annotated[entries.EyeClosure, Field(strict=False)]
MovementCode = Annotated[str, OneOf(words.MOVEMENTS)]
ContextCode = Annotated[str, OneOf(words.CONTEXTS)]
InterferesCode = Annotated[str, OneOf(words.INTERFERES)]


class RecordData(WireModel):
    """What every record type has: a place for fields that only the app knows."""

    ext: Extension = Field(default_factory=dict)


class _Experience(RecordData):
    """What episodes, check-ins and the intake ask alike."""

    symptoms: Annotated[tuple[Symptom, ...], LISTED] = ()
    impact: Impact0To3 | None = None
    interferes: Annotated[tuple[InterferesCode, ...], LISTED] = ()
    distress: Scale0To10 | None = None
    remedies: Annotated[tuple[RemedyUse, ...], LISTED] = ()
    reported_by: ReporterCode = entries.Reporter.SELF
    note: Text = ""
    note_for_doctor: bool = False


class EpisodeData(_Experience):
    """One bout of twitching. Only `start` is required; everything else may stay unsaid."""

    start: Moment
    end: Moment | None = None
    duration_seconds: Annotated[int, Field(ge=0, le=MAX_EPISODE_SECONDS)] | None = None
    sites: Annotated[tuple[SitedSide, ...], LISTED] = ()
    movement: MovementCode | None = None
    visible: bool | None = None
    strength: Scale0To10 | None = None
    contractions: Annotated[int, Field(ge=1, le=10_000)] | None = None
    directions: Annotated[tuple[Annotated[str, OneOf(words.DIRECTIONS)], ...], LISTED] = ()
    continuous: bool | None = None
    at_rest: bool | None = None
    in_action: bool | None = None
    asleep: bool | None = None
    eyes_closed: bool | None = None
    stops_with_action: bool | None = None
    rhythmic: bool | None = None
    suppressible: bool | None = None
    urge_before: bool | None = None
    contexts: Annotated[tuple[ContextCode, ...], LISTED] = ()
    eye_closure: EyeClosureCode | None = None
    triggers: Annotated[tuple[Factor, ...], LISTED] = ()
    video_recorded: bool | None = None

    @model_validator(mode="after")
    def ends_after_it_starts(self) -> Self:
        if self.end is None:
            return self
        seconds = (self.end.at - self.start.at).total_seconds()
        if seconds < 0:
            raise PydanticCustomError("end_before_start", "`end` must not be before `start`")
        if seconds > MAX_EPISODE_SECONDS:
            raise PydanticCustomError("too_long", "An episode lasts at most seven days")
        if self.duration_seconds is not None:
            raise PydanticCustomError(
                "end_and_duration", "Give `end` or `duration_seconds`, not both"
            )
        return self

    def to_entry(
        self, *, id: UUID, local_date: date, received_at: datetime | None, version: int
    ) -> entries.Episode:
        """Return the episode as a domain value of the given diary day."""
        seconds = self.duration_seconds
        if self.end is not None:
            seconds = int((self.end.at - self.start.at).total_seconds())
        return entries.Episode(
            **_plain(self, but=("start", "end", "duration_seconds", "ext", "movement")),
            id=id,
            start=self.start.to_value(),
            local_date=local_date,
            end=_value(self.end),
            duration_seconds=seconds,
            movement=self.movement or "",
            received_at=received_at,
            version=version,
        )


class CheckInData(_Experience):
    """The daily check-in of one local date."""

    local_date: Day
    twitched: Annotated[entries.Twitched, Field(strict=False)]
    warning_signs_asked: bool = False
    caffeine_mg: Annotated[int, Field(ge=0, le=10_000)] | None = None
    sleep_hours: Annotated[float, Field(ge=0, le=24)] | None = None
    stress: Scale0To10 | None = None
    ill: bool | None = None
    alcohol_units: Annotated[float, Field(ge=0, le=100)] | None = None
    screen_hours: Annotated[float, Field(ge=0, le=24)] | None = None
    exercise_minutes: Annotated[int, Field(ge=0, le=1_440)] | None = None
    low_fluid: bool | None = None
    medicines_changed: bool | None = None
    factors: Annotated[tuple[Factor, ...], LISTED] = ()
    recorded: Moment | None = None

    def to_entry(
        self, *, id: UUID, local_date: date, received_at: datetime | None, version: int
    ) -> entries.CheckIn:
        """Return the check-in as a domain value."""
        return entries.CheckIn(
            **_plain(self, but=("recorded", "ext", "local_date")),
            id=id,
            local_date=local_date,
            recorded=_value(self.recorded),
            received_at=received_at,
            version=version,
        )


class ProblemData(_Experience):
    """The intake about one complaint; it may be corrected later."""

    asked_on: Day
    first_day_earliest: Day | None = None
    first_day_latest: Day | None = None
    onset: OnsetCode | None = None
    still_present: bool | None = None
    course: Annotated[entries.Course, Field(strict=False)] | None = None
    sites: Annotated[tuple[SitedSide, ...], LISTED] = ()
    movement: MovementCode | None = None
    visible: bool | None = None
    continuous: bool | None = None
    seconds_per_bout: NumberRange | None = None
    bouts_per_day: NumberRange | None = None
    contexts: Annotated[tuple[ContextCode, ...], LISTED] = ()
    eye_closure: EyeClosureCode | None = None
    triggers: Annotated[tuple[Factor, ...], LISTED] = ()
    medicines: Annotated[tuple[StatedMedicine, ...], LISTED] = ()
    tests: Annotated[tuple[TestDone, ...], LISTED] = ()
    history: Annotated[tuple[HistoryAnswer, ...], LISTED] = ()
    question: Text = ""

    @model_validator(mode="after")
    def first_day_is_a_range_in_the_past(self) -> Self:
        earliest, latest = self.first_day_earliest, self.first_day_latest
        if (earliest is None) != (latest is None):
            raise PydanticCustomError("first_day", "Give both ends of the first day, or neither")
        if earliest and latest and not earliest <= latest <= self.asked_on:
            raise PydanticCustomError(
                "first_day", "The first day's ends must be in order and not after `asked_on`"
            )
        return self

    def to_entry(
        self, *, id: UUID, local_date: date, received_at: datetime | None, version: int
    ) -> entries.Problem:
        """Return the intake as a domain value; `local_date` equals `asked_on`."""
        ranges = ("seconds_per_bout", "bouts_per_day")
        return entries.Problem(
            **_plain(self, but=(*ranges, "ext", "movement")),
            id=id,
            movement=self.movement or "",
            seconds_per_bout=_value(self.seconds_per_bout),
            bouts_per_day=_value(self.bouts_per_day),
            received_at=received_at,
            version=version,
        )


class MedicationData(RecordData):
    """One course of a medicine."""

    name: Annotated[Label, Field(min_length=1)]
    medicine_class: Annotated[str, OneOf(words.MEDICINE_CLASSES)] | None = None
    dose: Label = ""
    started: PartialDate | None = None
    stopped: PartialDate | None = None
    dose_changes: Annotated[tuple[DoseChange, ...], LISTED] = ()
    as_needed: bool = False
    note: Text = ""

    @model_validator(mode="after")
    def stops_after_it_starts(self) -> Self:
        if self.started and self.stopped and self.stopped.date < self.started.date:
            raise PydanticCustomError("stopped_before_started", "`stopped` is before `started`")
        return self

    def to_entry(
        self, *, id: UUID, local_date: date | None, received_at: datetime | None, version: int
    ) -> entries.Medication:
        """Return the course as a domain value."""
        return entries.Medication(
            **_plain(self, but=("ext", "medicine_class", "started", "stopped")),
            id=id,
            medicine_class=self.medicine_class or "",
            started=_value(self.started),
            stopped=_value(self.stopped),
            version=version,
        )


class HistoryItemData(RecordData):
    """One answer about the past; "none known" and "not asked" are answers of their own."""

    kind: Annotated[entries.HistoryKind, Field(strict=False)]
    status: Annotated[entries.HistoryStatus, Field(strict=False)] = entries.HistoryStatus.PRESENT
    item: Annotated[str, OneOf(words.HISTORY, words.TESTS)] | None = None
    own_label: Label = ""
    since: PartialDate | None = None
    result: Label = ""
    note: Text = ""

    @model_validator(mode="after")
    def something_is_named(self) -> Self:
        named = bool(self.item or self.own_label.strip())
        if self.status is entries.HistoryStatus.PRESENT and not named:
            raise PydanticCustomError("nothing_named", "Give `item` or `own_label`")
        return self

    def to_entry(
        self, *, id: UUID, local_date: date | None, received_at: datetime | None, version: int
    ) -> entries.HistoryItem:
        """Return the answer as a domain value."""
        return entries.HistoryItem(
            **_plain(self, but=("ext", "item", "since")),
            id=id,
            item=self.item or "",
            since=_value(self.since),
            version=version,
        )


class RemedyTrialData(RecordData):
    """A remedy kept up for a while; before and after are computed, the rating is the person's."""

    remedy: Annotated[str, OneOf(words.REMEDIES)]
    own_label: Label = ""
    started_on: Day
    stopped_on: Day | None = None
    rating: Literal["helped", "no_change", "worse"] | None = None
    note: Text = ""

    @model_validator(mode="after")
    def stops_after_it_starts(self) -> Self:
        if self.stopped_on and self.stopped_on < self.started_on:
            raise PydanticCustomError(
                "stopped_before_started", "`stopped_on` is before `started_on`"
            )
        return self

    def to_entry(
        self, *, id: UUID, local_date: date | None, received_at: datetime | None, version: int
    ) -> entries.RemedyTrial:
        """Return the trial as a domain value."""
        return entries.RemedyTrial(
            **_plain(self, but=("ext", "rating")), id=id, rating=self.rating or "", version=version
        )


def _plain(data: WireModel, *, but: tuple[str, ...]) -> dict[str, Any]:
    """Return the fields that the domain value has under the same name, lists as domain values."""
    return {
        name: tuple(map(_value, value)) if value and isinstance(value, tuple) else value
        for name, value in vars(data).items()
        if name not in but
    }


def _value(item: Any) -> Any:
    return item.to_value() if hasattr(item, "to_value") else item


class RecordType(StrEnum):
    """The synced types that phones write."""

    EPISODE = "episode"
    CHECK_IN = "check_in"
    PROBLEM = "problem"
    MEDICATION = "medication"
    HISTORY_ITEM = "history_item"
    REMEDY_TRIAL = "remedy_trial"


AnyData = (
    EpisodeData | CheckInData | ProblemData | MedicationData | HistoryItemData | RemedyTrialData
)

DATA_OF_TYPE: Mapping[RecordType, type[AnyData]] = MappingProxyType(
    {
        RecordType.EPISODE: EpisodeData,
        RecordType.CHECK_IN: CheckInData,
        RecordType.PROBLEM: ProblemData,
        RecordType.MEDICATION: MedicationData,
        RecordType.HISTORY_ITEM: HistoryItemData,
        RecordType.REMEDY_TRIAL: RemedyTrialData,
    }
)
