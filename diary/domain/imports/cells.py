"""The kinds of cell a table of an older diary holds, each with its reader and its writer.

A reader gets text that is not blank and returns the value as it stands on the wire; it raises
CellProblem. The writer is its inverse.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Protocol
from uuid import UUID

from diary.domain.imports.problem import CellProblem
from diary.domain.imports.times import DateOrder, read_date, read_wall_time
from diary.domain.vocabulary import Code, CodeList
from diary.domain.wire.fields import is_time_zone

_TRUTHS = MappingProxyType(
    {
        **dict.fromkeys(("yes", "true", "y", "1", "是", "有"), True),
        **dict.fromkeys(("no", "false", "n", "0", "否", "沒有"), False),
    }
)
_INTEGER = re.compile(r"-?[0-9]{1,9}\Z")
_WITH_POINT = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?\Z")
_WITH_COMMA = re.compile(r"-?[0-9]{1,9},[0-9]{1,9}\Z")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}\.[0-9]{3}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a table writes numbers and dates."""

    decimal_comma: bool = False
    date_order: DateOrder = DateOrder.YEAR_FIRST


class Cell(Protocol):
    """One kind of cell."""

    def read(self, text: str, style: Style) -> Any:
        """Return the value of text that is not blank. Raises CellProblem."""

    def write(self, value: Any) -> str:
        """Return text from which `read` gets the value back."""


class Text:
    """The person's own words, kept as they are."""

    def read(self, text: str, style: Style) -> str:
        return text

    def write(self, value: Any) -> str:
        return str(value)


class Identity:
    """The id a record already has."""

    def read(self, text: str, style: Style) -> UUID:
        try:
            return UUID(text.strip())
        except ValueError:
            raise CellProblem("uuid", "This is not a UUID.") from None

    def write(self, value: Any) -> str:
        return str(value)


class Truth:
    """Yes or no; an empty cell is an unsaid answer."""

    def read(self, text: str, style: Style) -> bool:
        found = _TRUTHS.get(text.strip().casefold())
        if found is None:
            raise CellProblem("yes_or_no", "Write yes or no, or leave the cell empty.")
        return found

    def write(self, value: Any) -> str:
        return "yes" if value else "no"


class Integer:
    """A whole number; its bounds are those of the wire."""

    def read(self, text: str, style: Style) -> int:
        if not _INTEGER.match(text.strip()):
            raise CellProblem("whole_number", "Write a whole number in digits.")
        return int(text)

    def write(self, value: Any) -> str:
        return str(value)


class Decimal:
    """A number with a decimal point, or with a comma where commas do not part the cells."""

    def read(self, text: str, style: Style) -> float:
        stated = text.strip()
        if _WITH_COMMA.match(stated):
            if not style.decimal_comma:
                raise CellProblem("decimal_comma", "Write the number with a point, as in 7.5.")
            stated = stated.replace(",", ".")
        elif style.decimal_comma and _THOUSANDS.match(stated):
            raise CellProblem("ambiguous_number", "Write the number with a comma, as in 7,5.")
        if not _WITH_POINT.match(stated):
            raise CellProblem("number", "Write a number in digits, as in 7.5.")
        return float(stated)

    def write(self, value: Any) -> str:
        return f"{float(value):.9f}".rstrip("0").removesuffix(".")


class WallTime:
    """A date, or a date with a time of day, with or without its UTC offset."""

    def read(self, text: str, style: Style) -> date | datetime:
        return read_wall_time(text, style.date_order)

    def write(self, value: Any) -> str:
        if not isinstance(value, datetime):
            return str(value)
        exact = value.second or value.microsecond
        return value.isoformat(sep=" ", timespec="auto" if exact else "minutes")


class Day:
    """A calendar date."""

    def read(self, text: str, style: Style) -> str:
        return read_date(text, style.date_order).isoformat()

    def write(self, value: Any) -> str:
        return str(value)


class Zone:
    """An IANA time zone name."""

    def read(self, text: str, style: Style) -> str:
        if not is_time_zone(text.strip()):
            raise CellProblem("unknown_time_zone", "Write a time zone as in Europe/Berlin.")
        return text.strip()

    def write(self, value: Any) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Word:
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, text: str, style: Style) -> str:
        if text.strip().casefold() not in self.words:
            raise CellProblem("unknown_word", f"Write {', '.join(self.words)}.")
        return text.strip().casefold()

    def write(self, value: Any) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of a vocabulary list; its labels and synonyms are understood too."""

    codes: CodeList[Code]
    also: Mapping[str, str] = field(default_factory=dict)

    def read(self, text: str, style: Style) -> str:
        return self.also.get(text.strip().casefold()) or code_of(self.codes, text)

    def write(self, value: Any) -> str:
        return str(value)


def code_of(codes: CodeList[Code], text: str) -> str:
    """Return the code that `text` names. Raises CellProblem when the list has none."""
    found = codes.find(text)
    if found is None:
        raise CellProblem("unknown_code", f"This is not in the vocabulary list `{codes.name}`.")
    return found.code
