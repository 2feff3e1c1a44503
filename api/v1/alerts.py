"""Alerts: list them, read one, answer one."""

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
from api.v1.answers import AlertAnswer, AlertListAnswer, alert_json, alerts_json
from api.v1.wire import read_body
from diary.domain.errors import FieldError, InvalidRecord, RecordNotFound, TransitionRefused
from diary.domain.lifecycle import PersonAction
from diary.domain.wire.fields import OffsetInstant, WireModel
from diary.models.isolation import acting_for
from diary.operations.alerts import LONGEST_SNOOZE, answer_alert
from diary.queries.alerts import alert_of, alerts_of
from diary.queries.people import person_of, profile_of, today_of

ACTIONS = {
    "acknowledge": PersonAction.ACKNOWLEDGE,
    "seen-by-clinician": PersonAction.MARK_SEEN,
    "snooze": PersonAction.SNOOZE,
}


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
            person = person_of(profile_of(person_id))
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
            person = person_of(profile_of(person_id))
            alert = alert_of(person_id, id)
        return Response(alert_json(alert, person))


class AlertAction(APIView):
    """Answer an alert: acknowledge, seen-by-clinician, or snooze until a time."""

    @extend_schema(
        tags=["alerts"],
        operation_id="alerts_answer",
        summary="Answer an alert",
        description=(
            "`acknowledge`: I have read this. `snooze`: quiet until a time, at most 30 days ahead;"
            " refused for emergency and urgent. `seen-by-clinician`: somebody has looked at it,"
            " which closes it. The same again changes nothing."
        ),
        parameters=[OpenApiParameter("action", str, OpenApiParameter.PATH, enum=list(ACTIONS))],
        request=ActionBody,
        responses={200: AlertAnswer} | problems(RecordNotFound, TransitionRefused),
    )
    def post(self, request: Request, id: UUID, action: str) -> Response:
        if action not in ACTIONS:
            raise Http404
        now = timezone.now()
        until = _snooze_until(request, now=now) if action == "snooze" else None
        if until is None:
            read_body(NoBody, request)
        person_id = calling_person(request)
        with acting_for(person_id):
            person = person_of(profile_of(person_id))
        alert = answer_alert(
            person_id,
            id,
            ACTIONS[action],
            now=now,
            today=today_of(person, now=now),
            snooze_until=until,
        )
        return Response(alert_json(alert, person))


def _snooze_until(request: Request, *, now: datetime) -> datetime:
    until = read_body(Snooze, request).until
    if not now < until <= now + LONGEST_SNOOZE:
        raise InvalidRecord(
            (FieldError(path=("until",), code="until", detail="`until` is at most 30 days ahead."),)
        )
    return until
