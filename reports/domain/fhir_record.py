"""What the FHIR document needs beyond the report's diary: whole bouts, what was told, the looks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from diary.domain.bouts import Bout
from diary.domain.escalation import FrequencyLook
from diary.domain.findings import Finding
from reports.domain.inputs import ReportDiary


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAlert:
    """An alert raised within the period or still live, and the exact words the person was told.

    `told` are the texts in the order they are read; all instants are aware.
    """

    id: UUID
    finding: Finding
    opened_at: datetime
    spoke_at: datetime
    told: tuple[str, ...]
    seen_at: datetime | None = None
    live: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyLook:
    """The frequency test of one weekly look, as it was stored."""

    id: UUID
    at: datetime
    frequency: FrequencyLook


@dataclass(frozen=True, slots=True, kw_only=True)
class FhirRecord:
    """All that one FHIR document is made from. `document_id` names the report it belongs to.

    `bouts` are those that touch the period, with their true first day, oldest first.
    """

    document_id: UUID
    diary: ReportDiary
    bouts: tuple[Bout, ...] = ()
    alerts: tuple[ToldAlert, ...] = ()
    looks: tuple[WeeklyLook, ...] = ()
