"""Reading what a phone sent: raw JSON to a checked record, or every wrong field at once."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from diary.domain.days import diary_date
from diary.domain.errors import FieldError, InvalidRecord
from diary.domain.wire.records import (
    DATA_OF_TYPE,
    AnyData,
    CheckInData,
    EpisodeData,
    ProblemData,
    RecordType,
)

FUTURE_TOLERANCE = timedelta(minutes=5)  # clocks differ a little; backend tests T10, T11
# Plainer than pydantic's own, and `uuid_parsing` would repeat a character of what was sent.
SENTENCES = MappingProxyType(
    {
        "uuid_parsing": "This is not a UUID.",
        "extra_forbidden": "There is no such field.",
        "missing": "This field is required.",
        "model_type": "This must be an object.",
        "dict_type": "This must be an object.",
    }
)
FUTURE_LIMIT = timedelta(hours=24)  # a wrong zone on the phone; accepted and flagged


def read_data(type_: RecordType, raw: object, *, now: datetime) -> AnyData:
    """Return the checked data of a record.

    Raises InvalidRecord with one FieldError for each wrong field. Times more than 24 hours ahead of
    `now` are refused.
    """
    try:
        data = DATA_OF_TYPE[type_].model_validate(raw)
    except ValidationError as error:
        raise InvalidRecord(field_errors(error)) from None
    errors = tuple(_future_errors(data, now=now))
    if errors:
        raise InvalidRecord(errors)
    return data


def errors_within(type_: RecordType, raw: object, *, now: datetime) -> tuple[FieldError, ...]:
    """Return what is wrong with the `data` of something that is wrong around it already."""
    try:
        if isinstance(raw, Mapping):
            read_data(type_, raw, now=now)
    except InvalidRecord as error:
        return within_data(error.errors)
    return ()


def within_data(errors: Iterable[FieldError]) -> tuple[FieldError, ...]:
    """Return the errors of data with paths that start around it: at the body, or the operation."""
    return tuple(replace(error, path=("data", *error.path)) for error in errors)


def field_errors(error: ValidationError) -> tuple[FieldError, ...]:
    """Return pydantic's findings without the submitted values."""
    return tuple(
        FieldError(path=tuple(item["loc"]), code=item["type"], detail=_sentence(item))
        for item in error.errors(include_url=False, include_context=True, include_input=False)
    )


def _sentence(item: ErrorDetails) -> str:
    return SENTENCES.get(item["type"]) or f"{item['msg'].rstrip('.')}."


def _future_errors(data: AnyData, *, now: datetime) -> list[FieldError]:
    limit = now + FUTURE_LIMIT
    wrong: list[tuple[str, ...]] = []
    if isinstance(data, EpisodeData):
        wrong += [("start", "at")] if data.start.at > limit else []
        wrong += [("end", "at")] if data.end and data.end.at > limit else []
    # A local date is at most 14 hours ahead of the UTC date, so two days ahead is always wrong.
    if isinstance(data, CheckInData) and data.local_date >= limit.date() + timedelta(days=1):
        wrong.append(("local_date",))
    if isinstance(data, ProblemData) and data.asked_on >= limit.date() + timedelta(days=1):
        wrong.append(("asked_on",))
    return [
        FieldError(path=path, code="in_the_future", detail="This lies more than a day ahead.")
        for path in wrong
    ]


def time_flags(data: EpisodeData, *, now: datetime) -> list[str]:
    """Return what is odd about an episode's times, all of it accepted."""
    flags = list(data.start.flags())
    if data.start.at > now + FUTURE_TOLERANCE:
        flags.append("in_the_future")
    return flags


def local_date_of(data: AnyData, *, day_boundary_minutes: int) -> date | None:
    """Return the diary day of a record, or None for types that have none."""
    if isinstance(data, EpisodeData):
        return diary_date(data.start.at.replace(tzinfo=None), day_boundary_minutes)
    if isinstance(data, CheckInData):
        return data.local_date
    if isinstance(data, ProblemData):
        return data.asked_on
    return None


def fingerprint(
    type_: RecordType, id_: UUID, base_version: int, raw: Mapping[str, Any] | None
) -> bytes:
    """Return the SHA-256 of an operation's content, the same for any order of JSON keys."""
    content = json.dumps(
        [type_.value, str(id_), base_version, raw], sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()
