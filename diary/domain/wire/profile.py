"""The profile as a phone sends it."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from diary.domain.entries import Referral
from diary.domain.reminders import DAY_MINUTES, is_within
from diary.domain.wire.fields import Label, TimeZoneName, WireModel

COUNTRY_PATTERN = r"^([A-Z]{2})?$"
MAX_DAY_BOUNDARY_MINUTES = 360  # 06:00; a later one would call a morning yesterday
EVENING_MINUTES = 20 * 60

TimeOfDay = Annotated[int, Field(ge=0, lt=DAY_MINUTES)]  # minutes after local midnight


class ProfileData(WireModel):
    """What a person says about themselves; empty or null is unsaid.

    `country` (ISO 3166-1 alpha-2) chooses the emergency number. The diary day turns at
    `day_boundary_minutes` after midnight. With `diary_only` nothing but warning signs is alerted.
    Reminders come at `reminder_minutes`, daily or after so many days without an entry; from
    `quiet_from_minutes` to `quiet_until_minutes` what is not urgent waits.
    """

    name: Label = ""
    birth_year: Annotated[int, Field(ge=1900, le=2200)] | None = None
    sex: Literal["", "female", "male", "other"] = ""
    language: Literal["en", "zh-Hant"] = "en"
    time_zone: Annotated[TimeZoneName, Field(min_length=1)] = "UTC"
    country: Annotated[str, Field(pattern=COUNTRY_PATTERN)] = ""
    referral: Annotated[Referral, Field(strict=False)] = Referral.DIRECT
    day_boundary_minutes: Annotated[int, Field(ge=0, le=MAX_DAY_BOUNDARY_MINUTES)] = 0
    diary_only: bool = False
    reminder_minutes: TimeOfDay = EVENING_MINUTES
    reminder_daily: bool = False
    reminder_after_days: Annotated[int, Field(ge=2, le=60)] | None = None
    quiet_from_minutes: TimeOfDay | None = None
    quiet_until_minutes: TimeOfDay | None = None

    @model_validator(mode="after")
    def _quiet_hours_fit(self) -> "ProfileData":
        first, end = self.quiet_from_minutes, self.quiet_until_minutes
        if (first is None) != (end is None):
            raise PydanticCustomError("quiet_hours_half", "Quiet hours need a start and an end")
        reminded = self.reminder_daily or self.reminder_after_days is not None
        if first is None or end is None or not reminded:
            return self
        if is_within(self.reminder_minutes, first, end):
            raise PydanticCustomError("reminder_in_quiet_hours", "The reminder lies in quiet hours")
        return self
