"""Dates and wall times as people and spreadsheets write them, and the instants they stand for."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from diary.domain.imports.problem import CellProblem

_YEAR_FIRST = re.compile(r"(?P<y>[0-9]{4})([-/.])(?P<m>[0-9]{1,2})\2(?P<d>[0-9]{1,2})")
_YEAR_LAST = re.compile(r"(?P<first>[0-9]{1,2})([-/.])(?P<second>[0-9]{1,2})\2(?P<y>[0-9]{4})")
_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(:(?P<second>[0-9]{2})(\.(?P<part>[0-9]{1,6}))?)?"
    r"\s?(?P<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})?\Z"
)
_BETWEEN = re.compile(r"[Tt]|,?\s+")
_NO_TIME = ("time_format", "Write a time of day as 08:15, in 24 hours.")


class DateOrder(StrEnum):
    """How a date is written whose year stands last; one whose year stands first needs no order."""

    YEAR_FIRST = "ymd"
    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


def read_date(text: str, order: DateOrder) -> date:
    """Return a calendar date. Raises CellProblem."""
    day, rest = _date_and_rest(text.strip(), order)
    if rest:
        raise CellProblem("date_format", "Write only the date, as in 2024-03-05.")
    return day


def read_wall_time(text: str, order: DateOrder) -> date | datetime:
    """Return a date alone, or with its time: naive as on the wall, aware when an offset follows.

    Raises CellProblem.
    """
    day, rest = _date_and_rest(text.strip(), order)
    if not rest:
        return day
    found = _TIME.match(rest)
    if found is None:
        raise CellProblem(*_NO_TIME)
    try:
        clock = time(
            int(found["hour"]),
            int(found["minute"]),
            int(found["second"] or 0),
            int((found["part"] or "").ljust(6, "0")),
            tzinfo=None if found["offset"] is None else _offset(found["offset"]),
        )
    except ValueError:
        raise CellProblem(*_NO_TIME) from None
    return datetime.combine(day, clock)


def at_offset(wall: datetime, zone: str) -> datetime:
    """Return a naive wall time with the offset its zone had then, to the whole minute.

    A time that happened twice is taken for the first; one that was skipped gets the offset before.
    """
    offset = wall.replace(tzinfo=ZoneInfo(zone)).utcoffset() or timedelta()
    return wall.replace(tzinfo=timezone(timedelta(minutes=offset // timedelta(minutes=1))))


def _date_and_rest(text: str, order: DateOrder) -> tuple[date, str]:
    found = _YEAR_FIRST.match(text) or _YEAR_LAST.match(text)
    if found is None:
        raise CellProblem("date_format", "Write the date as 2024-03-05.")
    parts = found.groupdict()
    if "m" in parts:
        month, day = parts["m"], parts["d"]
    elif order is DateOrder.DAY_FIRST:
        day, month = parts["first"], parts["second"]
    elif order is DateOrder.MONTH_FIRST:
        month, day = parts["first"], parts["second"]
    else:
        raise CellProblem(
            "date_order",
            "It is not clear which number is the month: write 2024-03-05, or choose a date order.",
        )
    try:
        value = date(int(parts["y"]), int(month), int(day))
    except ValueError:
        raise CellProblem("no_such_date", "This date is not in the calendar.") from None
    return value, _after_date(text[found.end() :])


def _after_date(rest: str) -> str:
    between = _BETWEEN.match(rest)
    if rest and between is None:
        raise CellProblem("date_format", "Write the date as 2024-03-05.")
    return rest[between.end() :] if between else rest


def _offset(text: str) -> tzinfo:
    if text in "Zz":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[4:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
