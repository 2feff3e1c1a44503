"""Two edits of one record: both stand when they are about different fields."""

from datetime import datetime
from typing import Any

from tests.phone.memory import Data

# What the service fills in where a phone left it out (the defaults of the OpenAPI document).
DEFAULTS = {
    "reported_by": "self",
    "note_for_doctor": False,
    "warning_signs_asked": False,
    "as_needed": False,
    "zone_source": "device",
}
PRECISIONS = ("minute", "day")  # of a time, of a date


def merge(*, before: Data | None, mine: Data, theirs: Data) -> Data | None:
    """Return the record with both edits, or None when they touch the same field differently.

    `before` is what both started from, None when they started from nothing.
    """
    start = before or {}
    my_edits = {name for name in {*start, *mine} if not same(start.get(name), mine.get(name))}
    disputed = {
        name
        for name in my_edits
        if not same(start.get(name), theirs.get(name))
        and not same(mine.get(name), theirs.get(name))
    }
    if disputed:
        return None
    untouched = {name: value for name, value in theirs.items() if name not in my_edits}
    return untouched | {name: mine[name] for name in my_edits if name in mine}


def same(one: Any, other: Any) -> bool:
    """Return whether two values mean the same, filled in by the service or not."""
    return bool(plain(one) == plain(other))


def plain(value: Any) -> Any:
    """Return a value without what says nothing: nulls, empty lists and texts, defaults."""
    if isinstance(value, dict):
        kept = {name: plain(inner) for name, inner in value.items() if not _is_default(name, inner)}
        return {name: inner for name, inner in kept.items() if inner is not None} or None
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value] or None
    return None if value == "" else _moment(value)


def _is_default(name: str, value: Any) -> bool:
    if name == "precision":
        return value in PRECISIONS
    return name in DEFAULTS and value == DEFAULTS[name]


def _moment(value: Any) -> Any:
    """Return a time in one spelling: `Z` and `+00:00`, with and without microseconds, are equal."""
    if isinstance(value, str) and len(value) > len("2026-11-21T") and value[10] in "Tt":
        try:
            return datetime.fromisoformat(value).isoformat()
        except ValueError:
            return value
    return value
