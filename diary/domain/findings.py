"""What a rule returns and what an assessment says: levels, addressees, evidence, sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID


class Level(IntEnum):
    """How soon somebody should look at it. Ordered: a higher value is more pressing."""

    REASSURE = 0
    WATCH = 1
    SEE_DOCTOR = 2
    URGENT = 3
    EMERGENCY = 4

    @property
    def code(self) -> str:
        """Return the lower-case code used on the wire and in the database."""
        return self.name.lower()


class Addressee(StrEnum):
    """Whom to see."""

    NONE = "none"
    EMERGENCY_SERVICE = "emergency_service"
    NEUROLOGIST = "neurologist"
    OWN_DOCTOR = "own_doctor"
    EYE_DOCTOR = "eye_doctor"
    PRESCRIBER = "prescriber"
    DENTIST = "dentist"


class EvidenceFrom(StrEnum):
    """Where the evidence of a finding stands."""

    INTAKE = "intake"
    DIARY = "diary"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source document by title, with a locator of at most eight words."""

    document: str  # S0..S4, or a guideline's short name
    title: str
    locator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule that holds.

    `bout_start` is part of the alert's key: the same rule in the same bout is the same alert.
    `numbers` are JSON values (counts, days, thresholds used, and the dates and signs counted);
    `entries` are ids of the records that are the ground; every number can be reckoned again from
    both. `first_day`/`last_day` frame the evidence in local dates.
    """

    rule: str
    version: int
    level: Level
    addressee: Addressee
    bout_start: date | None = None
    evidence_from: EvidenceFrom = EvidenceFrom.DIARY
    numbers: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    entries: tuple[UUID, ...] = ()
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question not yet answered whose answer could change the level. `field` is where it goes."""

    code: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything known, weighed: the level of the strongest finding and all findings by weight.

    `unchecked` names the rules that failed, whatever they would have said.
    """

    level: Level
    addressee: Addressee
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]
    unchecked: tuple[str, ...] = ()
