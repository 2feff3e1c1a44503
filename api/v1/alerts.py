"""Alerts: list them, read one, answer one."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_person
from api.problem_schema import problems
from api.v1.answers import (
    AlertAnswer,
    AlertListAnswer,
    MessageListAnswer,
    alert_json,
    alerts_json,
)
from api.v1.wire import read_body
from diary.domain.errors import FieldError, InvalidRecord, RecordNotFound, TransitionRefused
from diary.domain.lifecycle import PersonAction
from diary.domain.wire.fields import OffsetInstant, WireModel
from diary.models.isolation import acting_for
from diary.operations.alerts import LONGEST_SNOOZE, answer_alert, note_seen
from diary.queries.alerts import alert_of, alerts_of
from diary.queries.deliveries import messages_about
from diary.queries.people import known_person, today_of

ACTIONS = {
    "acknowledge": PersonAction.ACKNOWLEDGE,
    "seen-by-clinician": PersonAction.MARK_SEEN,
    "snooze": PersonAction.SNOOZE,
}
SEEN = "seen"


class Snooze(WireModel):
    """How long an alert shall be quiet: at most 30 days."""

    until: OffsetInstant


class NoBody(WireModel):
    """What the other answers say beyond their address: nothing."""


class ActionBody(WireModel):
    """`until` goes with snooze and only with it."""

    until: Annotated[OffsetInstant | None, Field(default=None)]


class AlertList(APIView):
    """All alerts of the person, the most pressing first."""

    @extend_schema(
        tags=["alerts"],
        operation_id="alerts_list",
        summary="List the alerts",
        description="All of them, the most pressing first; closed and retracted ones stay.",
        responses={200: AlertListAnswer},
    )
    def get(self, request: Request) -> Response:
        person_id = calling_person(request)
        with acting_for(person_id):
            person = known_person(person_id)
            alerts = alerts_of(person_id)
        return Response(alerts_json(alerts, person))


class AlertDetail(APIView):
    """One alert."""

    @extend_schema(
        tags=["alerts"],
        operation_id="alerts_read",
        summary="Read an alert",
        description="The alert in the language of the profile, with the evidence it rests on.",
        responses={200: AlertAnswer} | problems(RecordNotFound),
    )
    def get(self, request: Request, id: UUID) -> Response:
        person_id = calling_person(request)
        with acting_for(person_id):
            person = known_person(person_id)
            alert = alert_of(person_id, id)
        return Response(alert_json(alert, person))


class AlertAction(APIView):
    """Answer an alert: seen, acknowledge, seen-by-clinician, or snooze until a time."""

    @extend_schema(
        tags=["alerts"],
        operation_id="alerts_answer",
        summary="Answer an alert",
        description=(
            "`seen`: it was shown to me; it is then not told again by other channels."
            " `acknowledge`: I have read this. `snooze`: quiet until a time, at most 30 days ahead;"
            " refused for emergency and urgent. `seen-by-clinician`: somebody has looked at it,"
            " which closes it. The same again changes nothing."
        ),
        parameters=[OpenApiParameter("action", str, OpenApiParameter.PATH, enum=[SEEN, *ACTIONS])],
        request=ActionBody,
        responses={200: AlertAnswer} | problems(RecordNotFound, TransitionRefused),
    )
    def post(self, request: Request, id: UUID, action: str) -> Response:
        if action != SEEN and action not in ACTIONS:
            raise Http404
        now = timezone.now()
        until = _snooze_until(request, now=now) if action == "snooze" else None
        if until is None:
            read_body(NoBody, request)
        person_id = calling_person(request)
        with acting_for(person_id):
            person = known_person(person_id)
        if action == SEEN:
            return Response(alert_json(note_seen(person_id, id, now=now), person))
        alert = answer_alert(
            person_id,
            id,
            ACTIONS[action],
            now=now,
            today=today_of(person, now=now),
            snooze_until=until,
        )
        return Response(alert_json(alert, person))


class AlertDeliveries(APIView):
    """The messages that told about an alert."""

    @extend_schema(
        tags=["alerts"],
        operation_id="alerts_deliveries",
        summary="Read what became of the messages about an alert",
        description=(
            "At most the newest 100, the oldest first, those to followers included. `label` is that"
            " of your endpoint, or what you call the follower. `dropped` were not needed any more."
        ),
        responses={200: MessageListAnswer} | problems(RecordNotFound),
    )
    def get(self, request: Request, id: UUID) -> Response:
        person_id = calling_person(request)
        with acting_for(person_id):
            alert = alert_of(person_id, id)
        return Response({"items": [asdict(one) for one in messages_about(person_id, alert.id)]})


def _snooze_until(request: Request, *, now: datetime) -> datetime:
    until = read_body(Snooze, request).until
    if not now < until <= now + LONGEST_SNOOZE:
        raise InvalidRecord(
            (FieldError(path=("until",), code="until", detail="`until` is at most 30 days ahead."),)
        )
    return until
