"""Single-record REST over the operations: create, read, replace, delete and list, per type."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_device, calling_person
from api.limits import Limit
from api.problem_schema import problems
from api.problem_types import ConflictingRecord, PreconditionFailed, PreconditionRequired
from api.schema import ENTITY_TAG, ETAG, LOCATION, answer_header
from api.throttling import charge
from api.v1.wire import (
    CREATE_BODY,
    PAGE_BODY,
    PAGING,
    RECORD_BODY,
    REPLACE_BODY,
    WRITTEN_BODY,
    NewRecordEnvelope,
    RecordEnvelope,
    cursor_of,
    etag,
    matched_version,
    operation_id,
    page_limit,
    read_cursor,
    read_envelope,
    record_json,
)
from diary.domain.errors import InvalidRecord, OperationReused, PersonBusy, RecordNotFound
from diary.domain.reading import within_data
from diary.domain.wire.records import RecordType
from diary.models.isolation import acting_for
from diary.operations.records import Operation, Outcome, Status, apply_operations
from diary.queries.records import record, records_page

IF_MATCH = OpenApiParameter(
    "If-Match",
    ENTITY_TAG,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag of the version that was changed.",
)
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.UUID,
    OpenApiParameter.HEADER,
    description="The id of this operation; without it, one made from the content.",
)
SAME_AGAIN = "The same request again changes nothing and is told the same."
WITH_ADVICE = "`advice` holds what the warning-sign rules find because of this write."


def write(  # noqa: PLR0913 - the parts of one operation, all by name
    request: Request,
    type_: RecordType,
    id_: UUID,
    *,
    base: int,
    data: dict[str, Any] | None,
    sent_at: datetime | None,
    now: datetime,
) -> Outcome:
    """Apply one operation; bad data and a reused operation id are raised as their problems."""
    charge(request, Limit.OPERATIONS)
    operation = Operation(
        op_id=operation_id(request, type_, id_, base, data),
        type=type_,
        id=id_,
        base_version=base,
        data=data,
    )
    batch = apply_operations(
        person_id=calling_person(request),
        operations=[operation],
        now=now,
        device_id=calling_device(request).id,
        sent_at=sent_at,
    )
    return accepted(batch.outcomes[0])


def accepted(outcome: Outcome) -> Outcome:
    """Return the outcome; bad data and a reused operation id are raised as their problems."""
    if outcome.status is Status.INVALID:
        raise InvalidRecord(within_data(outcome.errors))
    if outcome.status is Status.OP_REUSED:
        raise OperationReused
    return outcome


class RecordList(APIView):
    """The records of one type: a page of them, or a new one."""

    type: ClassVar[RecordType]

    def get(self, request: Request) -> Response:
        with acting_for(calling_person(request)):
            page, position = records_page(
                calling_person(request),
                self.type,
                limit=page_limit(request),
                after=read_cursor(request),
            )
        return Response({"items": page, "next": cursor_of(position)})

    def post(self, request: Request) -> Response:
        now = timezone.now()
        body = read_envelope(NewRecordEnvelope, self.type, request, now=now)
        outcome = write(
            request, self.type, body.id, base=0, data=body.data, sent_at=body.sent_at, now=now
        )
        if outcome.status is Status.CONFLICT or outcome.record is None:
            raise ConflictingRecord(server=outcome.record and record_json(outcome.record))
        return Response(
            record_json(outcome.record, outcome.advice),
            status=status.HTTP_201_CREATED
            if outcome.status is Status.APPLIED
            else status.HTTP_200_OK,
            headers={
                "Location": f"{request.path}/{outcome.record.id}",
                "ETag": etag(outcome.record.version),
            },
        )


class RecordDetail(APIView):
    """One record: read it, replace it, or delete it (a tombstone stays for other phones)."""

    type: ClassVar[RecordType]

    def get(self, request: Request, id: UUID) -> Response:
        person_id = calling_person(request)
        with acting_for(person_id):
            found = record(person_id, self.type, id)
        return Response(found, headers={"ETag": etag(found["version"])})

    def put(self, request: Request, id: UUID) -> Response:
        now = timezone.now()
        base = matched_version(request)
        body = read_envelope(RecordEnvelope, self.type, request, now=now)
        outcome = write(
            request, self.type, id, base=base, data=body.data, sent_at=body.sent_at, now=now
        )
        return self._answer(outcome)

    def delete(self, request: Request, id: UUID) -> Response:
        base = matched_version(request)
        outcome = write(
            request, self.type, id, base=base, data=None, sent_at=None, now=timezone.now()
        )
        return self._answer(outcome)

    def _answer(self, outcome: Outcome) -> Response:
        if outcome.status is Status.CONFLICT:
            raise PreconditionFailed(server=outcome.record and record_json(outcome.record))
        if outcome.record is None:
            raise RuntimeError("an applied operation has a record")
        return Response(
            record_json(outcome.record, outcome.advice),
            headers={"ETag": etag(outcome.record.version)},
        )


def record_views(type_: RecordType, tag: str) -> tuple[type[RecordList], type[RecordDetail]]:
    """Return the two views of a type, described for OpenAPI."""
    noun = type_.value.replace("_", " ")

    @extend_schema(tags=[tag])
    class List(RecordList):
        type = type_

        @extend_schema(
            operation_id=f"{tag}_list",
            summary=f"List the records: {noun}",
            description="A page of them, the newest first. Deleted ones are left out.",
            parameters=PAGING,
            responses={200: PAGE_BODY[type_]} | problems(InvalidRecord),
        )
        def get(self, request: Request) -> Response:
            return super().get(request)

        @extend_schema(
            operation_id=f"{tag}_create",
            summary=f"Create a record: {noun}",
            description=f"201 the first time, 200 after that. {SAME_AGAIN} {WITH_ADVICE}",
            parameters=[
                IDEMPOTENCY_KEY,
                answer_header(ETAG, 200, 201),
                answer_header(LOCATION, 200, 201),
            ],
            request=CREATE_BODY[type_],
            responses={201: WRITTEN_BODY[type_], 200: WRITTEN_BODY[type_]}
            | problems(ConflictingRecord, OperationReused),
        )
        def post(self, request: Request) -> Response:
            return super().post(request)

    @extend_schema(tags=[tag])
    class Detail(RecordDetail):
        type = type_

        @extend_schema(
            operation_id=f"{tag}_read",
            summary=f"Read a record: {noun}",
            description="A deleted one is answered as a tombstone, with `data` null.",
            parameters=[answer_header(ETAG, 200)],
            responses={200: RECORD_BODY[type_]} | problems(RecordNotFound),
        )
        def get(self, request: Request, id: UUID) -> Response:
            return super().get(request, id)

        @extend_schema(
            operation_id=f"{tag}_replace",
            summary=f"Replace a record: {noun}",
            description=f"The whole data, for the version in If-Match. {SAME_AGAIN} {WITH_ADVICE}",
            parameters=[IF_MATCH, IDEMPOTENCY_KEY, answer_header(ETAG, 200)],
            request=REPLACE_BODY[type_],
            responses={200: WRITTEN_BODY[type_]}
            | problems(OperationReused, PreconditionFailed, PreconditionRequired),
        )
        def put(self, request: Request, id: UUID) -> Response:
            return super().put(request, id)

        @extend_schema(
            operation_id=f"{tag}_delete",
            summary=f"Delete a record: {noun}",
            description=f"A tombstone stays, so that other phones learn of it. {SAME_AGAIN}",
            parameters=[IF_MATCH, IDEMPOTENCY_KEY, answer_header(ETAG, 200)],
            responses={200: WRITTEN_BODY[type_]}
            | problems(
                InvalidRecord,
                OperationReused,
                PersonBusy,
                PreconditionFailed,
                PreconditionRequired,
            ),
        )
        def delete(self, request: Request, id: UUID) -> Response:
            return super().delete(request, id)

    return List, Detail
