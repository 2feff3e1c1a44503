"""Reads: one person's diary of a period as the report takes it, and the reports asked for."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from diary.domain.assessment import assess
from diary.domain.entries import Day
from diary.domain.entries import RemedyTrial as Trial
from diary.domain.errors import RecordNotFound
from diary.domain.rules.base import Ask, asked
from diary.domain.rules.registry import ASKED_OF_A_REPORT
from diary.domain.sample import NAME as SAMPLE_NAME
from diary.domain.view import with_tests
from diary.domain.wire.records import RecordType
from diary.models import (
    CheckIn,
    DailyRow,
    EntryVersion,
    Episode,
    HistoryItem,
    Medication,
    PersonSync,
    RemedyTrial,
)
from diary.models.isolation import acting_for
from diary.models.sealing import NOTHING
from diary.queries.alerts import alerts_of
from diary.queries.people import person_of, profile_of
from diary.queries.records import entries_of, kept_entries
from diary.queries.views import days_between, days_of, newest_problem, view_of
from reports.domain.edits import Edit, SavedVersion, edits
from reports.domain.inputs import RaisedAlert, ReportDiary
from reports.domain.looks import days_read
from reports.models import Report, ReportDue, ReportState

DIARY_ID_DIGITS = 8
ENTRY_TYPES = (RecordType.EPISODE.value, RecordType.CHECK_IN.value)


def report_diary(
    person_id: UUID, *, now: datetime, start: date, end: date, ask: Ask = asked
) -> ReportDiary:
    """Return the diary of the local dates `[start, end)` with the assessment of its last day.

    The assessment asks the weekly rules too, on the tests the report prints; `ask` puts the
    question to each rule. One query per table and span. Call inside `acting_for(person_id)`.
    """
    last = end - timedelta(days=1)
    trials: tuple[Trial, ...] = kept_entries(RemedyTrial, person_id)
    view = with_tests(view_of(person_id, now=now, today=last))
    profile = profile_of(person_id)
    inside = {"person_id": person_id, "local_date__range": (start, last), "deleted": False}
    episodes = Episode.objects.filter(**inside)
    check_ins = CheckIn.objects.filter(**inside)
    edited = [id_ for rows in (episodes, check_ins) for id_ in _ids(rows.filter(version__gt=1))]
    taken_back = _taken_back(person_id)
    return ReportDiary(
        diary_id=diary_id(person_id),
        display_name=profile.name if profile else "",
        person=person_of(profile),
        start=start,
        end=end,
        assessment=assess(view, cadences=ASKED_OF_A_REPORT, ask=ask),
        days=days_between(person_id, start, last),
        earlier_days=_earlier_days(person_id, trials, start=start, end=end),
        episodes=entries_of(episodes.order_by("start_at", "id")),
        check_ins=entries_of(check_ins.order_by("local_date", "id")),
        problem=newest_problem(person_id, today=last),
        medications=kept_entries(Medication, person_id),
        history=kept_entries(HistoryItem, person_id),
        remedy_trials=trials,
        alerts=_live_alerts(person_id),
        deleted_entries=len(taken_back),
        edits=_edits(person_id, (*edited, *taken_back)),
        synthetic=profile is not None and profile.name == SAMPLE_NAME,
    )


def _earlier_days(
    person_id: UUID, trials: Sequence[Trial], *, start: date, end: date
) -> tuple[Day, ...]:
    """Return the daily rows before `start` that the comparisons of a report read, oldest first."""
    spans = reduce(or_, (Q(local_date__range=span) for span in days_read(end, trials)))
    rows = DailyRow.objects.filter(spans, person_id=person_id, local_date__lt=start)
    return days_of(rows.order_by("local_date"))


def _taken_back(person_id: UUID) -> tuple[UUID, ...]:
    """Return the ids of the episodes and check-ins that are tombstones; those keep no date."""
    gone = {"person_id": person_id, "deleted": True}
    return tuple(id_ for kind in (Episode, CheckIn) for id_ in _ids(kind.objects.filter(**gone)))


def _ids(rows: QuerySet[Any]) -> Iterator[UUID]:
    return iter(rows.values_list("id", flat=True))


def _edits(person_id: UUID, record_ids: Sequence[UUID]) -> tuple[Edit, ...]:
    rows = EntryVersion.objects.filter(
        person_id=person_id, type__in=ENTRY_TYPES, record_id__in=record_ids
    )
    return edits(
        SavedVersion(
            type=row.type,
            record_id=row.record_id,
            version=row.version,
            at=row.at,
            data=None if row.deleted else row.data,
        )
        for row in rows.defer("advice")
    )


def _live_alerts(person_id: UUID) -> tuple[RaisedAlert, ...]:
    return tuple(
        RaisedAlert(rule=alert.rule, raised_on=alert.opened_at.date(), state=alert.state)
        for alert in alerts_of(person_id, live_only=True)
    )


def diary_id(person_id: UUID) -> str:
    """Return the short id printed on paper; it cannot be turned back into the person's id."""
    digits = hashlib.sha256(person_id.bytes).hexdigest()[:DIARY_ID_DIGITS].upper()
    return f"{digits[:4]}-{digits[4:]}"


def data_version(person_id: UUID) -> tuple[int, int]:
    """Return the counter of the diary's last write and the profile's version; both only grow."""
    counter = PersonSync.objects.filter(person_id=person_id).values_list("seq", flat=True).first()
    profile = profile_of(person_id)
    return counter or 0, profile.version if profile else 0


def noted_records(
    person_id: UUID, ids: Collection[UUID], *, start: date, last: date
) -> frozenset[UUID]:
    """Return those of the ids whose record of the period, both days included, has a note."""
    if not ids:
        return frozenset()
    inside = {"person_id": person_id, "deleted": False, "local_date__range": (start, last)}
    found = {
        id_
        for table in (Episode, CheckIn)
        for id_ in table.objects.filter(id__in=ids, **inside)
        .exclude(note=NOTHING)
        .values_list("id", flat=True)
    }
    problem = newest_problem(person_id, today=last)
    return frozenset(found | ({problem.id} if problem and problem.note else set()))


def report_of(person_id: UUID, report_id: UUID, *, form: str = "") -> Report:
    """Return one report, of its forms only the one that is named. Raises RecordNotFound."""
    rows = Report.objects.filter(person_id=person_id, id=report_id)
    row = rows.without_files(but=form).first()
    if row is None:
        raise RecordNotFound
    return row


def reports_of(person_id: UUID) -> tuple[Report, ...]:
    """Return the person's reports without their files, newest first."""
    rows = Report.objects.filter(person_id=person_id).without_files()
    return tuple(rows.order_by("-requested_at", "id"))


def places_of(person_id: UUID, reports: Iterable[Report]) -> dict[UUID, ReportDue]:
    """Return the places of the person's reports in the queue, by the report's id."""
    with acting_for(person_id):
        return ReportDue.objects.in_bulk([report.id for report in reports])


def place_of(report: Report) -> ReportDue | None:
    """Return the place of one report in the queue, None once it is not there any more."""
    return places_of(report.person_id, [report]).get(report.id)


def listed_reports(person_id: UUID) -> Iterator[Mapping[str, Any]]:
    """Yield what was asked of each report that is kept, without its files, oldest first."""
    rows = Report.objects.filter(person_id=person_id).order_by("requested_at", "id")
    columns = ("id", "state", "parameters", "basis", "requested_at", "finished_at", "expires_at")
    return iter(rows.values(*columns))


def ready_pdfs(person_id: UUID) -> Iterator[tuple[UUID, bytes]]:
    """Yield id and PDF of each report that is ready, oldest first, holding one PDF at a time."""
    ready = Report.objects.filter(person_id=person_id, state=ReportState.READY.value)
    for id_ in list(ready.order_by("requested_at", "id").values_list("id", flat=True)):
        yield id_, ready.only("id", "pdf").get(id=id_).pdf or b""  # a report that is ready has one
