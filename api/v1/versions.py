"""The history of a record, per type: every state it was in, and who made it."""

import uuid
from dataclasses import asdict
from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema
from pydantic import create_model
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_person
from api.problem_schema import problems
from api.v1.wire import PAGING, page_limit, read_number
from diary.domain.errors import InvalidRecord, RecordNotFound
from diary.domain.wire.fields import WireModel
from diary.domain.wire.records import DATA_OF_TYPE, RecordType
from diary.models.isolation import acting_for
from diary.queries.versions import versions_page


class VersionAnswer(WireModel):
    """One state of a record. `written_by` is `self`, or who the follower is to you.

    `device` is one of yours. `changed` names the fields that are not as they were before.
    """

    version: int
    at: datetime
    deleted: bool
    written_by: str
    device: uuid.UUID | None
    changed: list[str]


def versions_view(type_: RecordType, tag: str) -> type[APIView]:
    """Return the view of a type's history, described for OpenAPI."""
    noun = type_.value.replace("_", " ")

    class Versions(APIView):
        @extend_schema(
            tags=[tag],
            operation_id=f"{tag}_versions",
            summary=f"Read the history of a record: {noun}",
            description=(
                "Every state it was in, the newest first, also of one that was deleted. Who else"
                " wrote is told by who they are to you, never by their account."
            ),
            parameters=PAGING,
            responses={200: _body(type_)} | problems(InvalidRecord, RecordNotFound),
        )
        def get(self, request: Request, id: uuid.UUID) -> Response:
            person_id, limit = calling_person(request), page_limit(request)
            before = read_number(request)
            with acting_for(person_id):
                page, more = versions_page(person_id, type_, id, limit=limit, before=before)
            items = [asdict(version) for version in page]
            return Response({"items": items, "next": more and str(more)})

    return Versions


def _body(type_: RecordType) -> Any:
    """Return the model of the answer; `data` is that of the type, null where it was deleted."""
    stem = type_.value.title().replace("_", "")
    data: Any = (DATA_OF_TYPE[type_] | None, ...)
    version = create_model(f"{stem}Version", __base__=VersionAnswer, data=data)
    items: Any = (list.__class_getitem__(version), ...)
    return create_model(f"{stem}Versions", __base__=WireModel, items=items, next=(str | None, ...))
