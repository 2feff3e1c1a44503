"""The phone protocol: push operations in a batch, pull what changed."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_device, calling_person
from api.limits import Limit
from api.parsers import OperationsParser
from api.problem_schema import problems
from api.problem_types import ResyncRequired
from api.throttling import charge
from api.v1.sync_schema import PushRequest
from api.v1.sync_wire import (
    PullAnswer,
    PushAnswer,
    PushBody,
    change_json,
    cursor_at,
    outcome_json,
)
from api.v1.wire import page_limit, read_body
from diary.domain.entries import Person
from diary.domain.errors import InvalidRecord
from diary.domain.sync import LARGEST_BATCH, Cursor, ResyncReason, resync_reason
from diary.models import Alert
from diary.models.isolation import acting_for
from diary.operations.counter import lock_counter
from diary.operations.sync import push
from diary.queries.people import known_person
from diary.queries.sync import Changes, changes_since

PAGE_SIZE = {"type": "integer", "minimum": 1, "maximum": LARGEST_BATCH, "default": LARGEST_BATCH}


class SyncView(APIView):
    """One diary on many phones, offline first."""

    parser_classes = (OperationsParser,)

    @extend_schema(
        tags=["sync"],
        operation_id="sync_push",
        summary="Send a batch of operations",
        description=(
            "Each operation is judged on its own: one that is wrong is answered as `invalid` within"
            " the 200. Keep the cursor unless `from` is your own; then store `changes` and go on"
            " from `to`."
        ),
        request=PushRequest,
        responses={200: PushAnswer},
    )
    def post(self, request: Request) -> Response:
        now = timezone.now()
        body = read_body(PushBody, request)
        charge(request, Limit.OPERATIONS, amount=len(body.ops) or 1)
        person_id = calling_person(request)
        pushed = push(
            person_id,
            body.ops,
            now=now,
            device_id=calling_device(request).id,
            sent_at=body.sent_at,
        )
        person = pushed.person
        return Response(
            {
                "from": cursor_at(pushed.before),
                "to": cursor_at(pushed.after),
                "server_time": now.isoformat(),
                "results": [
                    outcome_json(raw, outcome)
                    for raw, outcome in zip(body.ops, pushed.outcomes, strict=True)
                ],
                "changes": [change_json(alert, person) for alert in pushed.alerts],
            }
        )

    @extend_schema(
        tags=["sync"],
        operation_id="sync_pull",
        summary="Read what has changed",
        description="From the start without a cursor. Deleted records come as tombstones.",
        parameters=[
            OpenApiParameter("cursor", str, description="`cursor` of the answer before; opaque."),
            OpenApiParameter("limit", PAGE_SIZE, description="How many at most."),
        ],
        responses={200: PullAnswer} | problems(ResyncRequired, InvalidRecord),
    )
    def get(self, request: Request) -> Response:
        limit = page_limit(request, default=LARGEST_BATCH, largest=LARGEST_BATCH)
        token = request.query_params.get("cursor")
        cursor = None if token is None else Cursor.read(token)
        if token is not None and cursor is None:
            raise ResyncRequired(reason=ResyncReason.UNREADABLE)
        person_id = calling_person(request)
        with acting_for(person_id):
            changes = _changes(person_id, cursor.seq if cursor else 0, limit=limit)
            person = _told(person_id, changes)
        reason = cursor and resync_reason(cursor, changes.counter)
        if reason:
            raise ResyncRequired(reason=reason)
        return Response(
            {
                "changes": [change_json(change, person) for change in changes.records],
                "cursor": cursor_at(changes.counter, changes.seq),
                "more": changes.more,
                "server_time": timezone.now().isoformat(),
            }
        )


def _changes(person_id: UUID, seq: int, *, limit: int) -> Changes:
    """Return the changes after `seq`; a person who has never written gets a counter first."""
    found = changes_since(person_id, seq, limit=limit)
    if found is None:
        lock_counter(person_id)
        found = changes_since(person_id, seq, limit=limit)
    if found is None:
        raise RuntimeError("a locked counter is there")
    return found


def _told(person_id: UUID, changes: Changes) -> Person:
    """Return to whom the words of alerts are said; without alerts, nobody in particular."""
    has_alerts = any(isinstance(change, Alert) for change in changes.records)
    return known_person(person_id) if has_alerts else Person()
