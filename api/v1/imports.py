"""Bringing an older diary: the template to fill in, a dry run, and the import itself."""

import uuid
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_device, calling_person
from api.files import OneForm
from api.limits import Limit
from api.parsers import CsvParser
from api.problem_schema import problems
from api.throttling import charge
from api.v1.answers import AdviceAnswer
from api.v1.reports import download
from api.v1.wire import read_as
from diary.domain.errors import FieldError
from diary.domain.imports.template import template
from diary.domain.imports.times import DateOrder
from diary.domain.wire.fields import TimeZoneName, WireModel
from diary.domain.wire.records import RecordType
from diary.operations.imports import (
    ImportRequest,
    ImportResult,
    LineStatus,
    Reason,
    import_diary,
)


class TemplateQuery(WireModel):
    """Which template is asked for."""

    type: Literal["episode", "check_in"]


class ImportQuery(TemplateQuery):
    """What a file holds and how it was written."""

    dry_run: Literal["true", "false"] = "false"
    time_zone: Annotated[TimeZoneName, Field(min_length=1)] | None = None
    date_order: Annotated[DateOrder, Field(strict=False)] = DateOrder.YEAR_FIRST


class LineAnswer(WireModel):
    """What became of one line, or would become of it in a dry run."""

    line: int
    status: LineStatus
    reason: Reason | None
    id: uuid.UUID
    day: date


class LineErrorAnswer(WireModel):
    """One wrong cell; `column` is empty when the whole line is meant."""

    line: int
    column: str
    code: str
    detail: str


class CountsAnswer(WireModel):
    """How many lines became what; `wrong` counts lines with at least one error."""

    created: int
    already_there: int
    wrong: int
    comments: int


class ImportAnswer(WireModel):
    """What became of a file. `time_zone` is the one in which times without a zone were read."""

    type: RecordType
    dry_run: bool
    time_zone: str
    counts: CountsAnswer
    lines: list[LineAnswer]
    errors: list[LineErrorAnswer]
    advice: list[AdviceAnswer]


TYPE = OpenApiParameter(
    "type", enum=["episode", "check_in"], required=True, description="What the lines are."
)
QUERY = [
    TYPE,
    OpenApiParameter("dry_run", enum=["true", "false"], description="true: nothing is written."),
    OpenApiParameter("time_zone", str, description="Of times without one; else the profile's."),
    OpenApiParameter("date_order", enum=list(DateOrder), description="Of dates like 5/3/2024."),
]


def import_json(result: ImportResult) -> dict[str, Any]:
    """Return what became of a file as it stands on the wire."""
    errors = [error_json(error) for error in result.errors]
    statuses = [each.status for each in result.lines]
    answer = ImportAnswer(
        type=result.type,
        dry_run=result.dry_run,
        time_zone=result.time_zone,
        counts=CountsAnswer(
            created=statuses.count(LineStatus.CREATED),
            already_there=statuses.count(LineStatus.ALREADY_THERE),
            wrong=len({error.line for error in errors}),
            comments=result.comments,
        ),
        lines=[
            LineAnswer(
                line=each.line.number,
                status=each.status,
                reason=each.reason,
                id=each.line.id,
                day=each.line.day,
            )
            for each in result.lines
        ],
        errors=errors,
        advice=[AdviceAnswer.model_validate(each) for each in result.advice],
    )
    return answer.model_dump(mode="json")


def error_json(error: FieldError) -> LineErrorAnswer:
    """Return the error of a line or cell; its path is `("lines", line, column)`."""
    _, line, *column = error.path
    return LineErrorAnswer(
        line=int(line), column="".join(map(str, column)), code=error.code, detail=error.detail
    )


class ImportTemplate(APIView):
    """The file to fill in: a header of all columns, and an example that is not imported."""

    content_negotiation_class = OneForm

    @extend_schema(
        tags=["imports"],
        operation_id="imports_template",
        summary="Fetch the file to fill in",
        description="A header of all columns, and an example that is a comment.",
        parameters=[TYPE],
        responses={(200, "text/csv"): OpenApiTypes.STR} | problems(HTTPStatus.UNPROCESSABLE_ENTITY),
    )
    def get(self, request: Request) -> HttpResponse:
        query = read_as(TemplateQuery, request.query_params.dict())
        name = f"{query.type.replace('_', '-')}s.csv"
        return download(template(RecordType(query.type)), "text/csv; charset=utf-8", name)


class ImportView(APIView):
    """A file of past episodes or check-ins: what it would do, or the doing."""

    parser_classes = (CsvParser,)

    @extend_schema(
        tags=["imports"],
        operation_id="imports_create",
        summary="Bring an older diary",
        description="One wrong line and nothing is imported; the same file again changes nothing.",
        parameters=QUERY,
        request={"text/csv": OpenApiTypes.STR},
        responses={200: ImportAnswer},
    )
    def post(self, request: Request) -> Response:
        query = read_as(ImportQuery, request.query_params.dict())
        body: object = request.data
        charge(request, Limit.IMPORTS)
        asked = ImportRequest(
            type=RecordType(query.type),
            content=body if isinstance(body, bytes) else b"",  # no body at all is an empty mapping
            time_zone=query.time_zone,
            date_order=query.date_order,
            dry_run=query.dry_run == "true",
        )
        result = import_diary(
            calling_person(request), asked, now=timezone.now(), device_id=calling_device(request).id
        )
        return Response(import_json(result))
