"""Reports: asking for one, watching it come, fetching it as PDF, FHIR or CSV."""

import uuid
from datetime import date, datetime
from http import HTTPStatus
from typing import Any, Literal

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import nudge
from api.authentication import calling_person
from api.problem_schema import problem_like, problems
from api.problems import Problem, problem_response
from api.schema import ANSWER_RETRY_AFTER, LOCATION, answer_header
from api.v1.wire import read_body
from diary.domain.errors import RecordNotFound
from diary.domain.wire.fields import Day, WireModel
from diary.models.isolation import acting_for
from reports.models import Report, ReportState
from reports.operations import (
    ReportRequest,
    episodes_of_report,
    fhir_of_report,
    request_report,
)
from reports.queries import report_of, reports_of
from reports.render.csv import episodes_csv
from reports.render.fhir import MEDIA_TYPE as FHIR

RETRY_AFTER_SECONDS = 2
NEVER_STORED = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class ReportOrder(WireModel):
    """What is asked for. Both days belong to the period; without them, the last 90 days."""

    period_start: Day | None = None
    period_end: Day | None = None
    paper: Literal["a4", "us-letter"] = "a4"
    attachment: bool = True


class ReportAnswer(WireModel):
    """One report. The addresses are there from the start; the PDF once `state` is `ready`."""

    id: uuid.UUID
    state: ReportState
    period_start: date
    period_end: date
    paper: str
    attachment: bool
    requested_at: datetime
    finished_at: datetime | None
    expires_at: datetime | None
    pdf: str
    csv: str
    fhir: str


class ReportListAnswer(WireModel):
    """All reports that are kept, newest first."""

    items: tuple[ReportAnswer, ...]


def report_json(report: Report, path: str) -> dict[str, Any]:
    """Return a report as it stands on the wire; `path` is its own address."""
    answer = ReportAnswer(
        id=report.id,
        state=ReportState(report.state),
        period_start=date.fromisoformat(report.parameters["period_start"]),
        period_end=date.fromisoformat(report.parameters["period_end"]),
        paper=report.parameters["paper"],
        attachment=report.parameters["attachment"],
        requested_at=report.requested_at,
        finished_at=report.finished_at,
        expires_at=report.expires_at,
        pdf=f"{path}/pdf",
        csv=f"{path}/csv",
        fhir=f"{path}/fhir",
    )
    return answer.model_dump(mode="json")


def could_not_be_made() -> Problem:
    """Return the problem of a report that failed for good."""
    return Problem(
        status=HTTPStatus.CONFLICT.value,
        title=HTTPStatus.CONFLICT.phrase,
        detail="This report could not be made. Ask for a new one.",
    )


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
        return Response({"items": [report_json(r, f"{request.path}/{r.id}") for r in found]})

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
        order = read_body(ReportOrder, request)
        asked = ReportRequest(**order.model_dump())
        person_id = calling_person(request)
        report = request_report(person_id, asked, now=timezone.now(), nudge=nudge.REPORT.give)
        path = f"{request.path}/{report.id}"
        return Response(
            report_json(report, path),
            status=status.HTTP_202_ACCEPTED,
            headers={"Location": path, "Retry-After": str(RETRY_AFTER_SECONDS)},
        )


class ReportDetail(APIView):
    """One report: how far it is."""

    @extend_schema(
        tags=["reports"],
        operation_id="reports_read",
        summary="Read how far a report is",
        description="`queued`, `running`, `ready` or `failed`.",
        responses={200: ReportAnswer} | problems(RecordNotFound),
    )
    def get(self, request: Request, id: uuid.UUID) -> Response:
        person_id = calling_person(request)
        with acting_for(person_id):
            report = report_of(person_id, id)
        return Response(report_json(report, request.path))


class ReportPdf(APIView):
    """The two pages; 202 with Retry-After while they are being made."""

    @extend_schema(
        tags=["reports"],
        operation_id="reports_pdf",
        summary="Fetch a report as PDF",
        description="202 with Retry-After while it is being made.",
        parameters=[answer_header(ANSWER_RETRY_AFTER, 202)],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, 202: ReportAnswer}
        | problems(RecordNotFound)
        | problem_like(could_not_be_made()),
    )
    def get(self, request: Request, id: uuid.UUID) -> HttpResponseBase:
        person_id = calling_person(request)
        with acting_for(person_id):
            report = report_of(person_id, id)
        if report.state == ReportState.READY:
            return download(bytes(report.pdf or b""), "application/pdf", f"report-{report.id}.pdf")
        if report.state == ReportState.FAILED:
            return problem_response(request, could_not_be_made())
        return Response(
            report_json(report, request.path.removesuffix("/pdf")),
            status=status.HTTP_202_ACCEPTED,
            headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
        )


class ReportCsv(APIView):
    """The episodes of the report's period as they are now, one row each."""

    @extend_schema(
        tags=["reports"],
        operation_id="reports_csv",
        summary="Fetch the episodes of a report as CSV",
        description="The episodes of its period as they are at the moment of asking.",
        responses={(200, "text/csv"): OpenApiTypes.STR} | problems(RecordNotFound),
    )
    def get(self, request: Request, id: uuid.UUID) -> HttpResponseBase:
        diary = episodes_of_report(calling_person(request), id, now=timezone.now())
        rows = episodes_csv(diary.episodes)
        return download(rows, "text/csv; charset=utf-8", f"episodes-{id}.csv")


class FhirRenderer(JSONRenderer):
    """Lets clients ask for FHIR; what is refused is a problem document all the same."""

    media_type = FHIR


class ReportFhir(APIView):
    """The report as a FHIR R4 document, for another health record."""

    renderer_classes = (FhirRenderer, JSONRenderer)

    @extend_schema(
        tags=["reports"],
        operation_id="reports_fhir",
        summary="Fetch a report as a FHIR document",
        description="A document bundle of R4 (4.0.1) about the period as it is at the moment of "
        "asking. The same report on the same data gives the same bytes.",
        responses={(200, FHIR): OpenApiTypes.OBJECT} | problems(RecordNotFound),
    )
    def get(self, request: Request, id: uuid.UUID) -> HttpResponseBase:
        document = fhir_of_report(calling_person(request), id, now=timezone.now())
        return download(document, FHIR, f"report-{id}.fhir.json")


def download(content: bytes, content_type: str, name: str) -> HttpResponse:
    """Return bytes as a file that no cache keeps. The name holds an id and nothing else."""
    return HttpResponse(
        content,
        content_type=content_type,
        headers=NEVER_STORED | {"Content-Disposition": f'attachment; filename="{name}"'},
    )
