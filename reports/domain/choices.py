"""What a person may choose about a report: the paper, the sections and whose notes go on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from diary.domain.errors import FieldError

DEFAULT_PERIOD_DAYS = 90
LONGEST_PERIOD_DAYS = 366
MOST_NOTES = 5
NO_FONT = "This server has no font for the language; a report in English can be asked for."
NO_SUCH_NOTE = "The period has no record of this id with a note."
_PAPER_OF_COUNTRY = MappingProxyType({"US": "us-letter", "CA": "us-letter"})


class Section(StrEnum):
    """The sections that may be left out. Why, warning signs and the honest lines never are."""

    CHANGED = "changed"
    WHERE = "where"
    WHEN = "when"
    GOES_WITH = "goes_with"
    CHARACTER = "character"
    MEDICINES = "medicines"
    HISTORY = "history"
    TRIED = "tried"
    IMPACT = "impact"
    LOG = "log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What one report leaves out, and the records whose notes it prints.

    `notes` None stands for the notes that are ticked for the doctor, an empty tuple for no note.
    """

    left_out: tuple[Section, ...] = ()
    notes: tuple[UUID, ...] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the choices in one fixed form, the same for any order they were made in."""
        notes = None if self.notes is None else sorted({str(note) for note in self.notes})
        return {"left_out": sorted(set(self.left_out)), "notes": notes}


def choices_of(stored: Mapping[str, Any]) -> Choices:
    """Return the choices of a stored report; one from before there were any made none."""
    notes = stored.get("notes")
    return Choices(
        left_out=tuple(Section(each) for each in stored.get("left_out", ())),
        notes=None if notes is None else tuple(UUID(note) for note in notes),
    )


def paper_of(country: str) -> str:
    """Return the paper that offices of a country print on; A4 when it is unsaid."""
    return _PAPER_OF_COUNTRY.get(country, "a4")


def period_errors(start: date, last: date, *, today: date) -> tuple[FieldError, ...]:
    """Return what is wrong with a period; both days belong to it."""
    checks = (
        ("period_end", last > today, "in_the_future", "The period cannot end after today."),
        ("period_start", start > last, "after_the_end", "The period cannot start after its end."),
        (
            "period_start",
            (last - start).days >= LONGEST_PERIOD_DAYS,
            "too_long",
            f"The period holds at most {LONGEST_PERIOD_DAYS} days.",
        ),
    )
    return tuple(
        FieldError(path=(name,), code=code, detail=detail)
        for name, wrong, code, detail in checks
        if wrong
    )
