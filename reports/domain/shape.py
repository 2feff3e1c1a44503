"""The report model: every number, word and order on paper, decided before anything is drawn.

Raw values stand next to the formatted strings, so that the attachment can be recounted and
the template needs no arithmetic on clinical values.
"""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, cast

from reports.domain.bands import (
    AlternativeTexts,
    Background,
    PageTwo,
    Pair,
    Reasons,
    Timeline,
    WarningSigns,
    Where,
)
from reports.domain.comparisons import Changes, GoesWith

MODEL_VERSION = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Whose diary it is; `name` is empty when it is not printed."""

    name: str
    description: str
    diary_id: str
    birth_year: int | None
    sex: str
    country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The local dates covered, both ends included, how complete they are, and how promptly kept.

    `prompt_episodes` of the `timed_episodes`, those whose arrival is known, arrived within an hour.
    """

    first_day: date
    last_day: date
    days: int
    check_in_days: int
    timed_episodes: int
    prompt_episodes: int
    text: str
    completeness: str
    promptness: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """Language, paper and the honest lines of every page."""

    language: str
    region: str
    paper: str
    synthetic: bool
    attachment: bool
    report_version: str
    rules_version: str
    data_hash: str
    generated_at: datetime
    emergency_number: str
    foot_left: str
    foot_right: str
    replaced_characters: int
    labels: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportModel:
    """Everything a report says, for paper, files and screens alike.

    `left_out` holds the sections that the person has left out, each with what stands in its place.
    """

    model_version: int
    who: Identity
    period: Period
    why: Reasons
    warning_signs: WarningSigns
    changed: Changes
    where: Where
    when: Timeline
    goes_with: GoesWith
    character: tuple[Pair, ...]
    background: Background
    page_two: PageTwo
    alternatives: AlternativeTexts
    furniture: Furniture
    left_out: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the model as JSON values: dates and times in ISO 8601, tuples as lists."""
        return cast(dict[str, Any], json_value(self))


_SCALARS = frozenset({str, int, float, bool, type(None)})


def json_value(value: Any) -> Any:
    """Return `value` built from dataclasses, mappings, dates and enums as plain JSON values."""
    kind: Any = type(value)
    if kind in _SCALARS:
        return value
    if kind in {tuple, list}:
        return [json_value(item) for item in value]
    names = _field_names(kind)
    if names:
        return {name: json_value(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): json_value(item) for key, item in value.items()}
    if isinstance(value, str | int):
        return value.value if isinstance(value, Enum) else value
    return value.isoformat() if isinstance(value, date) else str(value)


def json_text(value: Any) -> str:
    """Return what `json_value` returns as JSON with sorted keys and no spaces, in half the time."""
    return json.dumps(value, default=_opened, sort_keys=True, separators=(",", ":"))


def _opened(value: Any) -> Any:
    kind: Any = type(value)
    names = _field_names(kind)
    if names:
        return {name: getattr(value, name) for name in names}
    if isinstance(value, Mapping):
        return {str(key): item for key, item in value.items()}
    return value.isoformat() if isinstance(value, date) else str(value)


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    if not isinstance(kind, type) or not dataclasses.is_dataclass(kind):
        return ()
    return tuple(field.name for field in dataclasses.fields(kind))
