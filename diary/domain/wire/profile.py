"""The profile as a phone sends it."""

from typing import Annotated, Literal

from pydantic import Field

from diary.domain.entries import Referral
from diary.domain.wire.fields import LISTED, Label, OffsetInstant, TimeZoneName, WireModel

COUNTRY_PATTERN = r"^([A-Z]{2})?$"
MAX_DAY_BOUNDARY_MINUTES = 360  # 06:00; a later one would call a morning yesterday


class Consent(WireModel):
    """A consent the person gave, with the version of its text."""

    code: Annotated[Label, Field(min_length=1)]
    version: Annotated[Label, Field(min_length=1)]
    given_at: OffsetInstant


class ProfileData(WireModel):
    """What a person says about themselves; empty or null is unsaid.

    `country` (ISO 3166-1 alpha-2) chooses the emergency number. The diary day turns at
    `day_boundary_minutes` after midnight. With `diary_only` nothing but warning signs is alerted.
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
    consents: Annotated[tuple[Consent, ...], LISTED] = ()
