"""The access log, as the person reads it: who did what with their diary and when."""

from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_person
from api.problem_schema import problems
from api.v1.wire import PAGING, page_limit, read_number
from diary.domain.access_log import Action, Actor, Noted
from diary.domain.errors import InvalidRecord
from diary.domain.wire.fields import WireModel
from diary.models import Follow
from diary.models.isolation import acting_for
from diary.queries.access_log import accesses
from diary.queries.following import follows_by_follower


class AccessAnswer(WireModel):
    """One access. `what` says in codes with which part of the diary.

    `follower` and `share` are ids of yours where somebody else did it; `device` is one of yours.
    The `network` is /24 or /48, where it is known.
    """

    number: int
    at: datetime
    action: Action
    what: str
    by: Actor
    follower: UUID | None
    share: UUID | None
    device: UUID | None
    network: str


class AccessLogAnswer(WireModel):
    """A page of the log, the newest first."""

    items: list[AccessAnswer]
    next: str | None


class AccessLog(APIView):
    """Who did what with the person's diary."""

    @extend_schema(
        tags=["access log"],
        operation_id="access_log_list",
        summary="Read who did what with your diary",
        description=(
            "A page, the newest first. The same reading from the same device is noted once an"
            " hour; everything else each time."
        ),
        parameters=PAGING,
        responses={200: AccessLogAnswer} | problems(InvalidRecord),
    )
    def get(self, request: Request) -> Response:
        person_id, limit = calling_person(request), page_limit(request)
        before = read_number(request)
        with acting_for(person_id):
            page, more = accesses(person_id, limit=limit, before=before)
            follows = follows_by_follower(person_id, (row.access.actor_id for row in page))
        items = [access_json(row, follows) for row in page]
        return Response({"items": items, "next": more and str(more)})


def access_json(row: Noted, follows: dict[UUID, Follow]) -> dict[str, Any]:
    """Return one access without the ids of other people's accounts and devices."""
    access = row.access
    follow = follows.get(access.actor_id) if access.actor_id else None
    by_person, by_clinician = access.actor == Actor.PERSON, access.actor == Actor.CLINICIAN
    return {
        "number": row.link.number,
        "at": row.at,
        "action": access.action,
        "what": access.what,
        "by": access.actor,
        "follower": follow and follow.id,
        "share": access.actor_id if by_clinician else None,
        "device": access.device_id if by_person else None,
        "network": access.network if by_person or by_clinician else "",
    }
