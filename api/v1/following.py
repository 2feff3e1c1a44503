"""Following somebody else's diary: take up an invitation, read its alerts, log what one sees."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_device, calling_person
from api.limits import Limit
from api.problem_schema import problems
from api.problem_types import ConflictingRecord
from api.throttling import charge
from api.v1.alerts import NoBody
from api.v1.answers import AdviceAnswer, FollowedAlertListAnswer, followed_alert_json
from api.v1.followers import LevelCode, RelationCode
from api.v1.records import IDEMPOTENCY_KEY, SAME_AGAIN, accepted
from api.v1.wire import CREATE_BODY, NewRecordEnvelope, operation_id, read_body, read_envelope
from diary.domain.access_log import Action
from diary.domain.errors import InvitationUnusable, NotPermitted, OperationReused, RecordNotFound
from diary.domain.wire.fields import Label, WireModel
from diary.domain.wire.records import RecordType
from diary.models import Follow
from diary.models.isolation import acting_for
from diary.operations.access_log import note_access
from diary.operations.following import (
    by_follower,
    end_following,
    log_observation,
    note_seen_by_follower,
    refusals_noted,
    take_up,
)
from diary.operations.records import Operation, Status
from diary.queries.following import alerts_followed, followed, following_of, language_of
from diary.queries.people import known_person


class TakeUpBody(WireModel):
    """The code of an invitation. `label` is what you call the person; they do not see it."""

    code: Label
    label: Label = ""


class FollowingAnswer(WireModel):
    """A diary that is followed, and what the person it belongs to has granted."""

    id: UUID
    label: str
    relation: RelationCode
    levels: list[LevelCode]
    repeats: int
    may_log: bool
    accepted_at: datetime


class FollowingListAnswer(WireModel):
    """All diaries that are followed, the oldest first."""

    items: list[FollowingAnswer]


class ObservedAnswer(WireModel):
    """What was logged for somebody else: its id, and what the warning-sign rules say to it."""

    id: UUID
    advice: list[AdviceAnswer]


class FollowingList(APIView):
    """The diaries somebody follows."""

    @extend_schema(
        tags=["following"],
        operation_id="following_list",
        summary="List the diaries you follow",
        description="Those in force now; what the other side has ended is not there any more.",
        responses={200: FollowingListAnswer},
    )
    def get(self, request: Request) -> Response:
        found = following_of(calling_person(request))
        return Response({"items": [following_json(follow) for follow in found]})

    @extend_schema(
        tags=["following"],
        operation_id="following_take_up",
        summary="Take up an invitation",
        description=(
            "201 the first time, 200 when you send it again. Whatever is wrong with the code, the"
            " answer is the same. An invitation by somebody you follow already replaces the earlier"
            " one."
        ),
        request=TakeUpBody,
        responses={201: FollowingAnswer, 200: FollowingAnswer} | problems(InvitationUnusable),
    )
    def post(self, request: Request) -> Response:
        body = read_body(TakeUpBody, request)
        charge(request, Limit.CODES)
        follow, new = take_up(
            calling_person(request), body.code, label=body.label, now=timezone.now()
        )
        return Response(following_json(follow), status=_status(new=new))


class FollowingDetail(APIView):
    """One diary somebody follows."""

    @extend_schema(
        tags=["following"],
        operation_id="following_end",
        summary="Stop following",
        description="At once and for good. The same again changes nothing.",
        responses={204: None} | problems(RecordNotFound),
    )
    def delete(self, request: Request, id: UUID) -> Response:
        end_following(id, follower_id=calling_person(request), now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class FollowedAlerts(APIView):
    """The alerts of a diary somebody follows."""

    @extend_schema(
        tags=["following"],
        operation_id="following_alerts",
        summary="Read the alerts of a diary you follow",
        description=(
            "The live ones of the levels you were granted, the most pressing first, in words and in"
            " your language; not the entries they rest on."
        ),
        responses={200: FollowedAlertListAnswer} | problems(RecordNotFound),
    )
    def get(self, request: Request, id: UUID) -> Response:
        caller, now = calling_person(request), timezone.now()
        with refusals_noted(caller, id, now=now):
            follow = followed(caller, id)
        language = language_of(caller)
        with acting_for(follow.person_id):
            person = replace(known_person(follow.person_id), language=language)
            alerts = alerts_followed(follow)
            read = by_follower(follow, Action.VIEWED, "alerts")
            note_access(follow.person_id, read, now=now, once_an_hour=True)
        return Response({"items": [followed_alert_json(alert, person) for alert in alerts]})


class FollowedAlertSeen(APIView):
    """An alert of a diary somebody follows was shown to them."""

    @extend_schema(
        tags=["following"],
        operation_id="following_alert_seen",
        summary="Say that you have seen an alert",
        description="It is not repeated to you. To the person whose diary it is nothing changes.",
        request=NoBody,
        responses={204: None} | problems(RecordNotFound),
    )
    def post(self, request: Request, id: UUID, alert: UUID) -> Response:
        read_body(NoBody, request)
        note_seen_by_follower(calling_person(request), id, alert, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class FollowedEpisodes(APIView):
    """Episodes that somebody else has seen."""

    @extend_schema(
        tags=["following"],
        operation_id="following_log_episode",
        summary="Log an episode you have seen",
        description=(
            "Into the diary you follow, when you may. `reported_by` becomes what the person said"
            f" you are. 201 the first time, 200 after that. {SAME_AGAIN} The record is theirs: it"
            " cannot be read, changed or deleted from here."
        ),
        parameters=[IDEMPOTENCY_KEY],
        request=CREATE_BODY[RecordType.EPISODE],
        responses={201: ObservedAnswer, 200: ObservedAnswer}
        | problems(ConflictingRecord, NotPermitted, OperationReused, RecordNotFound),
    )
    def post(self, request: Request, id: UUID) -> Response:
        now = timezone.now()
        episode = RecordType.EPISODE
        body = read_envelope(NewRecordEnvelope, episode, request, now=now)
        charge(request, Limit.OPERATIONS)
        operation = Operation(
            op_id=operation_id(request, episode, body.id, 0, body.data),
            type=episode,
            id=body.id,
            base_version=0,
            data=body.data,
        )
        device = calling_device(request)
        outcome = accepted(
            log_observation(
                device.person_id, id, operation, now=now, device_id=device.id, sent_at=body.sent_at
            )
        )
        if outcome.status is Status.CONFLICT:
            raise ConflictingRecord
        answer = {"id": body.id, "advice": outcome.advice}
        return Response(answer, status=_status(new=outcome.status is Status.APPLIED))


def _status(*, new: bool) -> int:
    return status.HTTP_201_CREATED if new else status.HTTP_200_OK


def following_json(follow: Follow) -> dict[str, Any]:
    """Return a following as the follower sees it."""
    names = ("id", "relation", "levels", "repeats", "may_log", "accepted_at")
    return {name: getattr(follow, name) for name in names} | {"label": follow.follower_label}
