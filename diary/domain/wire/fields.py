"""The field types that the wire models share: text, codes, dates, moments and numbers in bounds."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, LiteralString
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from diary.domain.nesting import nests_deeper_than
from diary.domain.vocabulary import Code, CodeList

EARLIEST_DATE = date(1900, 1, 1)
LATEST_DATE = date(2200, 1, 1)
MAX_TEXT_LENGTH = 5_000
MAX_LABEL_LENGTH = 120
MAX_LIST_LENGTH = 50
MAX_EXT_BYTES = 4_096
MAX_EXT_LEVELS = 16
MIN_OFFSET = timedelta(hours=-12)
MAX_OFFSET = timedelta(hours=14)

_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)\Z")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
# Some systems keep these beside the database: their meaning is the server's own.
_ZONES_OF_THE_MACHINE = frozenset({"localtime", "posixrules"})
_TABLES_OF_THE_MACHINE = ("posix/", "right/")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # PostgreSQL text holds neither NUL nor surrogates


class WireModel(BaseModel):
    """Base of all wire models: strict types, no unknown fields, immutable."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False, use_enum_values=False
    )


def _storable(text: str) -> str:
    if _UNSTORABLE.search(text):
        raise PydanticCustomError("unstorable_text", "Text must not contain NUL or lone surrogates")
    return text


def _from_text(
    pattern: re.Pattern[str], code: LiteralString, sentence: LiteralString
) -> Callable[[Any], Any]:
    """Return a reader that accepts only strings of one form, so that numbers are never dates."""

    def read(value: Any) -> Any:
        if isinstance(value, str) and not pattern.match(value):
            raise PydanticCustomError(code, sentence)
        if not isinstance(value, str | date):
            raise PydanticCustomError(code, sentence)
        return value

    return read


def _reasonable_date(value: date) -> date:
    if not EARLIEST_DATE <= value <= LATEST_DATE:
        raise PydanticCustomError("date_out_of_range", "The year must lie between 1900 and 2200")
    return value


def _reasonable_instant(value: datetime) -> datetime:
    offset = value.utcoffset()
    if offset is None or not MIN_OFFSET <= offset <= MAX_OFFSET:
        raise PydanticCustomError(
            "offset_out_of_range", "The UTC offset must lie between -12:00 and +14:00"
        )
    _reasonable_date(value.date())
    return value


def _known_zone(name: str, info: ValidationInfo) -> str:
    """Check a zone name; one stored when an earlier time zone database had it stays readable."""
    if name and not (is_stored(info) or is_time_zone(name)):
        raise PydanticCustomError("unknown_time_zone", "This is not an IANA time zone name")
    return name


def is_stored(info: ValidationInfo) -> bool:
    """Return whether what is read was accepted before, when other lists may have been in force."""
    return bool(info.context and info.context.get("stored"))


def is_time_zone(name: str) -> bool:
    """Return whether `name` is a zone of the IANA database, the same on every machine."""
    if name in _ZONES_OF_THE_MACHINE or name.startswith(_TABLES_OF_THE_MACHINE):
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


class OneOf:
    """Annotation of a string field that holds one code of the given vocabulary lists.

    A row that was stored before a code left the vocabulary stays readable: the check is skipped
    when the validation context says `stored`.
    """

    def __init__(self, *lists: CodeList[Code]) -> None:
        self.codes = frozenset(code for codes in lists for code in codes.codes)
        self.name = " or ".join(codes.name for codes in lists)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "enum": sorted(self.codes)}

    def _check(self, value: str, info: ValidationInfo) -> str:
        if value not in self.codes and not is_stored(info):
            raise PydanticCustomError(
                "unknown_code",
                "This is not a code of the vocabulary list {list_name}",
                {"list_name": self.name},
            )
        return value


def _small(value: Mapping[str, Any], info: ValidationInfo) -> Mapping[str, Any]:
    if not value or is_stored(info):
        return value
    if nests_deeper_than(value, MAX_EXT_LEVELS):
        raise PydanticCustomError("ext_too_deep", "`ext` may be nested at most 16 levels deep")
    try:
        size = len(json.dumps(value, allow_nan=False).encode())
    except (TypeError, ValueError, UnicodeError) as error:
        raise PydanticCustomError("unstorable_ext", "`ext` must be plain JSON") from error
    if size > MAX_EXT_BYTES:
        raise PydanticCustomError("ext_too_large", "`ext` may hold at most 4096 bytes of JSON")
    _storable(json.dumps(value, ensure_ascii=False, default=str))
    if "\\u0000" in json.dumps(value):
        raise PydanticCustomError("unstorable_text", "Text must not contain NUL")
    return value


Text = Annotated[str, Field(max_length=MAX_TEXT_LENGTH), AfterValidator(_storable)]
Label = Annotated[str, Field(max_length=MAX_LABEL_LENGTH), AfterValidator(_storable)]
TimeZoneName = Annotated[str, Field(max_length=64), AfterValidator(_known_zone)]
Day = Annotated[
    date,
    Field(strict=False),
    BeforeValidator(_from_text(_ISO_DATE, "date_format", "A date is written YYYY-MM-DD")),
    AfterValidator(_reasonable_date),
    WithJsonSchema({"type": "string", "format": "date"}),
]
OffsetInstant = Annotated[
    datetime,
    Field(strict=False),
    BeforeValidator(
        _from_text(
            _RFC3339,
            "instant_format",
            "A time is written as in RFC 3339 with its UTC offset, 2026-11-21T08:00:00+08:00",
        )
    ),
    AfterValidator(_reasonable_instant),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
LISTED = Field(max_length=MAX_LIST_LENGTH, strict=False)  # a JSON array, kept as a tuple
Scale0To10 = Annotated[int, Field(ge=0, le=10)]
Impact0To3 = Annotated[int, Field(ge=0, le=3)]
Extension = Annotated[
    dict[str, Any],
    AfterValidator(_small),
    WithJsonSchema({"type": "object", "additionalProperties": True}),
]


def utc(value: datetime) -> datetime:
    """Return the same instant in UTC."""
    return value.astimezone(UTC)
