"""Reports: asking for one, watching it come, fetching it as PDF, FHIR, JSON or CSV."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from pydantic import Field, ValidationError
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import nudge
from api.authentication import calling_person
from api.files import OneForm
from api.limits import Limit
from api.problem_schema import problems
from api.problem_types import ReportFailed
from api.schema import ANSWER_RETRY_AFTER, LOCATION, answer_header
from api.throttling import charge
from diary.domain.errors import InvalidRecord, RecordNotFound
from diary.domain.reading import field_errors
from diary.domain.wire.fields import Day, WireModel
from diary.domain.wire.operations import Identifier
from diary.models.isolation import acting_for
from reports.domain.choices import MOST_NOTES, Choices, Section, choices_of
from reports.models import Report, ReportDue, ReportState
from reports.operations import ReportRequest, diary_of_report, request_errors, request_report
from reports.queries import place_of, places_of, report_of, reports_of
from reports.render.csv import episodes_csv
from reports.render.fhir import MEDIA_TYPE as FHIR

SectionCode = Annotated[Section, Field(strict=False)]
RETRY_AFTER_SECONDS = 2
NEVER_STORED = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class ReportOrder(WireModel):
    """What is asked for. Both days belong to the period; without them, the last 90 days.

    Without `paper` and `language`, those of the person's country and profile. `notes` are the ids
    of the records whose notes are printed; null stands for those that are ticked for the doctor.
    """

    period_start: Day | None = None
    period_end: Day | None = None
    paper: Literal["a4", "us-letter"] | None = None
    language: Literal["en", "zh-Hant"] | None = None
    left_out: Annotated[tuple[SectionCode, ...], Field(max_length=len(Section), strict=False)] = ()
    notes: Annotated[tuple[Identifier, ...], Field(max_length=MOST_NOTES, strict=False)] | None = (
        None
    )
    attachment: bool = True

    def as_request(self) -> ReportRequest:
        """Return the order as the operation takes it."""
        return ReportRequest(
            **self.model_dump(exclude={"left_out", "notes"}),
            choices=Choices(left_out=self.left_out, notes=self.notes),
        )


class ReportAnswer(WireModel):
    """One report. The addresses are there from the start; the files once `state` is `ready`.

    `attempts` counts how often it was begun. `next_attempt_at` is when a worker takes it up, again
    if need be; null when it is finished.
    """

    id: uuid.UUID
    state: ReportState
    attempts: int
    next_attempt_at: datetime | None
    period_start: date
    period_end: date
    paper: str
    language: str
    left_out: tuple[Section, ...]
    notes: tuple[uuid.UUID, ...] | None
    attachment: bool
    requested_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None
    pdf: str
    csv: str
    fhir: str
    document: str


class ReportListAnswer(WireModel):
    """All reports that are kept, newest first."""

    items: tuple[ReportAnswer, ...]


def report_json(report: Report, place: ReportDue | None, path: str) -> dict[str, Any]:
    """Return a report as it stands on the wire; `path` is its address.

    `place` is its own in the queue; one that was thrown away just now has none.
    """
    parameters, choices = report.parameters, choices_of(report.parameters)
    waiting = place if report.finished_at is None else None
    next_attempt = (waiting.leased_until or waiting.due_at) if waiting else None
    answer = ReportAnswer(
        id=report.id,
        state=ReportState(report.state),
        attempts=place.attempts if place else 0,
        next_attempt_at=next_attempt,
        period_start=date.fromisoformat(parameters["period_start"]),
        period_end=date.fromisoformat(parameters["period_end"]),
        paper=parameters["paper"],
        language=parameters.get("language", "en"),
        left_out=choices.left_out,
        notes=choices.notes,
        attachment=parameters["attachment"],
        requested_at=report.requested_at,
        finished_at=report.finished_at,
        expires_at=report.expires_at,
        pdf=f"{path}/pdf",
        csv=f"{path}/csv",
        fhir=f"{path}/fhir",
        document=f"{path}/json",
    )
    return answer.model_dump(mode="json")


def read_order(request: Request, *, now: datetime) -> ReportRequest:
    """Return the order of a request. Raises InvalidRecord naming every wrong field.

    What only the diary can tell is told together with what cannot even be read.
    """
    try:
        return ReportOrder.model_validate(request.data).as_request()
    except ValidationError as error:
        wrong = field_errors(error)
    names = {each.path[0] for each in wrong if each.path}
    data = request.data if isinstance(request.data, Mapping) else {}
    rest = {name: value for name, value in data.items() if name not in names}
    asked = ReportOrder.model_validate(rest).as_request()
    raise InvalidRecord(wrong + request_errors(calling_person(request), asked, now=now))


class ReportList(APIView):
    """The reports of the person, or a new one."""

    @extend_schema(
        tags=["reports"],
        operation_id="reports_list",
        summary="List the reports",
        description="All that are kept, newest first. A report is thrown away after 30 days.",
        responses={200: ReportListAnswer},
    )
    def get(self, request: Request) -> Response:
        person_id = calling_person(request)
        with acting_for(person_id):
            found = reports_of(person_id)
        places = places_of(person_id, found)
        items = [report_json(r, places.get(r.id), f"{request.path}/{r.id}") for r in found]
        return Response({"items": items})

    @extend_schema(
        tags=["reports"],
        operation_id="reports_create",
        summary="Ask for a report",
        description="The same request on the same data gives the same report.",
        parameters=[
            answer_header(LOCATION, 202),
            answer_header(ANSWER_RETRY_AFTER, 202),
        ],
        request=ReportOrder,
        responses={202: ReportAnswer},
    )
    def post(self, request: Request) -> Response:
        now = timezone.now()
        asked = read_order(request, now=now)
        charge(request, Limit.REPORTS)
        report = request_report(calling_person(request), asked, now=now, nudge=nudge.REPORT.give)
        path = f"{request.path}/{report.id}"
        return Response(
            report_json(report, place_of(report), path),
            status=status.HTTP_202_ACCEPTED,
            headers={"Location": path, "Retry-After": str(RETRY_AFTER_SECONDS)},
        )


class ReportDetail(APIView):
    """One report: how far it is."""

    @extend_schema(
        tags=["reports"],
        operation_id="reports_read",
        summary="Read how far a report is",
        description="`queued`, `running`, `ready` or `failed`. 404 once it is thrown away.",
        responses={200: ReportAnswer} | problems(RecordNotFound),
    )
    def get(self, request: Request, id: uuid.UUID) -> Response:
        person_id = calling_person(request)
        with acting_for(person_id):
            report = report_of(person_id, id)
        return Response(report_json(report, place_of(report), request.path))


class ReportPdf(APIView):
    """The two pages; 202 with Retry-After while they are being made."""

    content_negotiation_class = OneForm

    @extend_schema(
        tags=["reports"],
        operation_id="reports_pdf",
        summary="Fetch a report as PDF",
        description="202 with Retry-After while it is being made.",
        parameters=[answer_header(ANSWER_RETRY_AFTER, 202)],
        responses={
            (200, "application/pdf"): OpenApiTypes.BINARY,
            202: ReportAnswer,
        }
        | problems(RecordNotFound, ReportFailed),
    )
    def get(self, request: Request, id: uuid.UUID) -> HttpResponseBase:
        return made_file(request, id, "pdf", "application/pdf", f"report-{id}.pdf")


class ReportJson(APIView):
    """The document that is attached to the PDF."""

    content_negotiation_class = OneForm

    @extend_schema(
        tags=["reports"],
        operation_id="reports_json",
        summary="Fetch a report as JSON",
        description=(
            "The report and the entries of its period, as they are attached to the PDF;"
            " docs/report.schema.json describes them. 202 with Retry-After while it is being made."
        ),
        parameters=[answer_header(ANSWER_RETRY_AFTER, 202)],
        responses={200: OpenApiTypes.OBJECT, 202: ReportAnswer}
        | problems(RecordNotFound, ReportFailed),
    )
    def get(self, request: Request, id: uuid.UUID) -> HttpResponseBase:
        return made_file(request, id, "document", "application/json", f"report-{id}.json")


def made_file(
    request: Request, id: uuid.UUID, form: str, content_type: str, name: str
) -> HttpResponseBase:
    """Return one form of a report as a file, or the promise of it while it is being made.

    Raises RecordNotFound and ReportFailed.
    """
    person_id = calling_person(request)
    with acting_for(person_id):
        report = report_of(person_id, id, form=form)
    if report.state == ReportState.FAILED:
        raise ReportFailed
    if report.state != ReportState.READY:
        return promised(report, request)
    content = getattr(report, form)
    if content is None:  # made by a version that did not make this form
        raise RecordNotFound
    return download(bytes(content), content_type, name)


def promised(report: Report, request: Request) -> Response:
    """Return the answer for a file of a report that is still to be made."""
    path = request.path.rpartition("/")[0]
    return Response(
        report_json(report, place_of(report), path),
        status=status.HTTP_202_ACCEPTED,
        headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
    )


class ReportCsv(APIView):
    """The episodes of the report's period as they are now, one row each."""

    content_negotiation_class = OneForm

    @extend_schema(
        tags=["reports"],
        operation_id="reports_csv",
        summary="Fetch the episodes of a report as CSV",
        description="The episodes of its period as they are at the moment of asking.",
        responses={(200, "text/csv"): OpenApiTypes.STR} | problems(RecordNotFound),
    )
    def get(self, request: Request, id: uuid.UUID) -> HttpResponseBase:
        diary = diary_of_report(calling_person(request), id, now=timezone.now())
        rows = episodes_csv(diary.episodes)
        return download(rows, "text/csv; charset=utf-8", f"episodes-{id}.csv")


class ReportFhir(APIView):
    """The report as a FHIR R4 document, for another health record."""

    content_negotiation_class = OneForm

    @extend_schema(
        tags=["reports"],
        operation_id="reports_fhir",
        summary="Fetch a report as a FHIR document",
        description=(
            "A document bundle of R4 (4.0.1), made with the PDF from the same reading of the diary;"
            " docs/fhir.md describes it. 202 with Retry-After while it is being made."
        ),
        parameters=[answer_header(ANSWER_RETRY_AFTER, 202)],
        responses={(200, FHIR): OpenApiTypes.OBJECT, 202: ReportAnswer}
        | problems(RecordNotFound, ReportFailed),
    )
    def get(self, request: Request, id: uuid.UUID) -> HttpResponseBase:
        return made_file(request, id, "fhir", FHIR, f"report-{id}.fhir.json")


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Return bytes as a file that no cache keeps. The name holds an id and nothing else."""
    return HttpResponse(
        content,
        content_type=content_type,
        headers=NEVER_STORED | {"Content-Disposition": f'attachment; filename="{name}"'},
    )
