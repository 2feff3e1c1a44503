"""Asking for a report, making it in the background, and throwing it away when it has expired.

Making is safe to repeat and safe to kill: a worker holds a lease, and a report left running is
taken up again when the lease has run out. Redis is never asked what is due.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from diary.domain.assessment import with_unchecked
from diary.domain.errors import FieldError, InvalidRecord
from diary.domain.retention import Kept
from diary.domain.rules.base import VERSION as RULES_VERSION
from diary.models.isolation import acting_for
from diary.models.sealing import sealed_columns
from diary.operations.claims import DueTable, claim_due
from diary.operations.counter import lock_counter
from diary.operations.guard import Guard
from diary.queries.people import known_person, today_of
from reports.domain.choices import (
    DEFAULT_PERIOD_DAYS,
    NO_FONT,
    NO_SUCH_NOTE,
    Choices,
    choices_of,
    paper_of,
    period_errors,
)
from reports.domain.fhir_record import FhirRecord
from reports.domain.inputs import Edition, ReportDiary
from reports.domain.leaving_out import chosen
from reports.domain.model import REPORT_VERSION
from reports.domain.printable import without_free_text
from reports.models import Report, ReportDue, ReportState
from reports.operations.drawing import MadeReport, draw
from reports.queries import data_version, noted_records, report_diary, report_of
from reports.queries.fhir import fhir_record
from reports.render.fonts import can_print
from reports.render.pdf import RenderError

LEASE = timedelta(minutes=2)  # a render ends after 20 s at the latest
MOST_ATTEMPTS = 3
_DUE = DueTable(name="report_due", key=("report_id",), columns=("person_id", "report_id"))

logger = logging.getLogger("quiver.reports")
Nudge = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRequest:
    """What a person asks for. Both days belong to the period; None means "the last 90 days".

    Without paper and language, those of the person's country and profile are taken; English, where
    the font of the profile's language is missing.
    """

    period_start: date | None = None
    period_end: date | None = None
    paper: str | None = None  # a4 | us-letter
    language: str | None = None  # en | zh-Hant
    choices: Choices = field(default_factory=Choices)
    attachment: bool = True


def request_report(
    person_id: UUID, request: ReportRequest, *, now: datetime, nudge: Nudge | None = None
) -> Report:
    """Return the report for this request, a new one unless the same was asked of the same data.

    `nudge` is called once the row is committed; when it fails, the sweep finds the report. Raises
    InvalidRecord naming all that is wrong, as `request_errors`.
    """
    with acting_for(person_id):
        lock_counter(person_id)
        errors = request_errors(person_id, request, now=now)
        if errors:
            raise InvalidRecord(errors)
        parameters = _parameters(person_id, request, now=now)
        basis = _basis(person_id)
        found = _same_report(person_id, parameters, basis, now=now)
        if found is not None:
            return found
        report = Report.objects.create(
            person_id=person_id,
            id=uuid.uuid4(),
            parameters=parameters,
            basis=basis,
            requested_at=now,
        )
        ReportDue.objects.create(report_id=report.id, person_id=person_id, due_at=now)
        if nudge is not None:
            transaction.on_commit(nudge, robust=True)
    return report


def request_errors(
    person_id: UUID, request: ReportRequest, *, now: datetime
) -> tuple[FieldError, ...]:
    """Return what is wrong with a request that only the diary, the clock and the fonts can tell.

    The period must not be upside down, end in the future or be longer than 366 days, each record
    whose note shall be printed must have one and lie in it, and the language must have its font.
    """
    notes = request.choices.notes or ()
    with acting_for(person_id):
        today = today_of(known_person(person_id), now=now)
        start, last = _period_asked(request, today=today)
        noted = noted_records(person_id, notes, start=start, last=last)
    return (
        *period_errors(start, last, today=today),
        *(
            FieldError(path=("notes", at), code="no_such_note", detail=NO_SUCH_NOTE)
            for at, note in enumerate(notes)
            if note not in noted
        ),
        *_language_errors(request.language),
    )


def _language_errors(language: str | None) -> tuple[FieldError, ...]:
    if language is None or can_print(language):
        return ()
    return (FieldError(path=("language",), code="font_missing", detail=NO_FONT),)


def _period_asked(request: ReportRequest, *, today: date) -> tuple[date, date]:
    last = request.period_end or today
    return request.period_start or last - timedelta(days=DEFAULT_PERIOD_DAYS - 1), last


def _parameters(person_id: UUID, request: ReportRequest, *, now: datetime) -> dict[str, object]:
    person = known_person(person_id)
    start, last = _period_asked(request, today=today_of(person, now=now))
    spoken = person.language if can_print(person.language) else "en"
    return {
        "period_start": start.isoformat(),
        "period_end": last.isoformat(),
        "paper": request.paper or paper_of(person.country),
        "language": request.language or spoken,
        "attachment": request.attachment,
        **request.choices.as_json(),
    }


def _basis(person_id: UUID) -> dict[str, object]:
    seq, profile_version = data_version(person_id)
    return {
        "seq": seq,
        "profile_version": profile_version,
        "report_version": REPORT_VERSION,
        "rules_version": RULES_VERSION,
        "unchecked": (),  # a report for which rules failed is not given again
    }


def _same_report(
    person_id: UUID, parameters: dict[str, object], basis: dict[str, object], *, now: datetime
) -> Report | None:
    rows = Report.objects.filter(person_id=person_id, parameters=parameters, basis=basis)
    # One that was made before there were pages could not be shared.
    whole = rows.exclude(state=ReportState.READY.value, page__isnull=True)
    living = whole.exclude(state=ReportState.FAILED.value).exclude(expires_at__lte=now)
    return living.without_files().order_by("-requested_at", "id").first()


def make_report(person_id: UUID, report_id: UUID, *, now: datetime) -> bool:
    """Make one queued report now; return False when there is nothing to do or somebody is at it."""
    with acting_for(person_id):
        due = ReportDue.objects.due(now=now).filter(report_id=report_id, person_id=person_id)
        claimed = due.update(leased_until=now + LEASE)
    if not claimed:
        return False
    attend(person_id, report_id, now=now)
    return True


def make_queued_reports(*, now: datetime, limit: int) -> int:
    """Attend to up to `limit` reports that are due and return how many were claimed.

    One that fails unexpectedly is logged by exception class; its lease runs out and it is tried
    again, three times at most.
    """
    claimed = claim_due(_DUE, now=now, until=now + LEASE, limit=limit)
    for person_id, report_id in claimed:
        try:
            attend(person_id, report_id, now=now)
        except Exception as error:
            logger.error("report failed id=%s class=%s", report_id, type(error).__name__)
    return len(claimed)


def attend(person_id: UUID, report_id: UUID, *, now: datetime) -> None:
    """Do what a claimed report wants: throw it away when it has expired, else make it.

    1. Mark it running and count the attempt. 2. Read the diary. 3. Draw, outside any transaction.
    4. Store the outcome. Dying between any two steps leaves the lease to run out.
    """
    with acting_for(person_id):
        due = ReportDue.objects.select_for_update().filter(report_id=report_id).first()
        mine = Report.objects.filter(person_id=person_id, id=report_id)
        report = mine.without_files().first()
        if due is None or report is None or report.finished_at is not None:
            _put_away(person_id, report_id, report, now=now)
            return
        due.attempts += 1
        due.save(update_fields=["attempts"])
        if due.attempts > MOST_ATTEMPTS:
            _finish(person_id, report_id, now=now, failure="TooManyAttempts")
            return
        record = fhir_record(person_id, report_id, _diary_of(report, now=now))
        basis = report.basis | {"unchecked": record.diary.assessment.unchecked}
        Report.objects.filter(pk=report.pk).update(state=ReportState.RUNNING.value, basis=basis)
    made, failure = _drawn(record, _edition(report, now=now))
    with acting_for(person_id):
        _finish(person_id, report_id, now=now, made=made, failure=failure)


def _diary_of(report: Report, *, now: datetime) -> ReportDiary:
    """Return the diary a report may know, as it is now; the rules that failed are named in it."""
    guard = Guard()
    diary = report_diary(report.person_id, now=now, ask=guard.ask, **_period(report))
    known = replace(diary, assessment=with_unchecked(diary.assessment, guard.failed))
    return chosen(known, choices_of(report.parameters))


def _period(report: Report) -> dict[str, date]:
    start = date.fromisoformat(report.parameters["period_start"])
    last = date.fromisoformat(report.parameters["period_end"])
    return {"start": start, "end": last + timedelta(days=1)}


def _edition(report: Report, *, now: datetime) -> Edition:
    return Edition(
        now=now,
        report_version=REPORT_VERSION,
        rules_version=str(report.basis["rules_version"]),
        paper=report.parameters["paper"],
        attachment=report.parameters["attachment"],
        language=report.parameters.get("language", "en"),
        left_out=choices_of(report.parameters).left_out,
    )


def _drawn(record: FhirRecord, edition: Edition) -> tuple[MadeReport | None, str]:
    """Return the report, or the class of what failed; tried again once without free text."""
    try:
        return draw(record, edition), ""
    except RenderError as error:
        logger.error("render failed class=%s", error.failure)
    try:
        return draw(replace(record, diary=without_free_text(record.diary)), edition), ""
    except RenderError as error:
        return None, error.failure


def _finish(
    person_id: UUID,
    report_id: UUID,
    *,
    now: datetime,
    made: MadeReport | None = None,
    failure: str = "",
) -> None:
    expires_at = now + settings.RETENTION[Kept.REPORTS]
    state = ReportState.READY if made is not None else ReportState.FAILED
    key = {"person_id": person_id, "id": report_id}
    files = sealed_columns(Report, key | (asdict(made) if made else {}))
    Report.objects.filter(**key, finished_at__isnull=True).update(
        state=state.value,
        **{name: files[name] for name in files.keys() - key},
        failure=failure,
        finished_at=now,
        expires_at=expires_at,
    )
    ReportDue.objects.filter(report_id=report_id).update(due_at=expires_at, leased_until=None)


def _put_away(person_id: UUID, report_id: UUID, report: Report | None, *, now: datetime) -> None:
    """Delete an expired report; one that another worker has just finished stays until then."""
    due = ReportDue.objects.filter(report_id=report_id)
    if report is None or report.expires_at is None or report.expires_at <= now:
        Report.objects.filter(person_id=person_id, id=report_id).delete()
        due.delete()
    else:
        due.update(due_at=report.expires_at, leased_until=None)


def diary_of_report(person_id: UUID, report_id: UUID, *, now: datetime) -> ReportDiary:
    """Return what a report may know of the diary, as it is now. Raises RecordNotFound."""
    with acting_for(person_id):
        return _diary_of(report_of(person_id, report_id), now=now)
