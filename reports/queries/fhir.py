"""Reads: what a FHIR document says beyond the report: bouts, what was told, weekly looks."""

from datetime import date, timedelta
from uuid import UUID

from diary.domain.bouts import Bout, bouts
from diary.domain.entries import Person
from diary.domain.look_slots import LookKind
from diary.domain.words.advice import advice_for
from diary.models import LIVE_STATES, Alert, Look
from diary.queries.alerts import alerts_of, finding_of
from diary.queries.looks import frequency_of
from diary.queries.views import days_between
from reports.domain.fhir_record import FhirRecord, ToldAlert, WeeklyLook
from reports.domain.inputs import ReportDiary


def fhir_record(person_id: UUID, report_id: UUID, diary: ReportDiary) -> FhirRecord:
    """Return the report's diary with all that a FHIR document adds to it.

    Bouts are worked out from all daily rows, so that one that began before the period has its true
    first day. Call inside `acting_for(person_id)`.
    """
    last = diary.end - timedelta(days=1)
    return FhirRecord(
        document_id=report_id,
        diary=diary,
        bouts=_bouts(person_id, diary, last),
        alerts=tuple(
            _told(alert, diary.person)
            for alert in alerts_of(person_id)
            if alert.state in LIVE_STATES or diary.start <= alert.found_on <= last
        ),
        looks=_weekly_looks(person_id, diary.start, last),
    )


def _bouts(person_id: UUID, diary: ReportDiary, last: date) -> tuple[Bout, ...]:
    found = bouts(days_between(person_id, date.min, last), diary.problem)
    return tuple(b for b in found if b.last_day >= diary.start and b.first_day < diary.end)


def _told(alert: Alert, person: Person) -> ToldAlert:
    finding = finding_of(alert)
    advice = advice_for(finding, person)
    return ToldAlert(
        id=alert.id,
        finding=finding,
        opened_at=alert.opened_at,
        spoke_at=alert.spoke_at or alert.opened_at,
        told=(advice.title, advice.text, advice.source_line, advice.not_a_diagnosis),
        seen_at=alert.seen_at,
        live=alert.state in LIVE_STATES,
    )


def _weekly_looks(person_id: UUID, start: date, last: date) -> tuple[WeeklyLook, ...]:
    rows = Look.objects.filter(
        person_id=person_id, kind=LookKind.WEEKLY.value, today__range=(start, last)
    )
    return tuple(
        WeeklyLook(id=row.id, at=row.at, frequency=frequency)
        for row in rows.order_by("today", "id")
        if (frequency := frequency_of(row)) is not None
    )
