"""Those whom a person lets know: invite them, see and change what they have, end it."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import Field
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_person
from api.limits import Limit
from api.problem_schema import problems
from api.throttling import charge
from api.v1.wire import read_body
from diary.domain.errors import InvalidRecord, LimitReached, RecordNotFound
from diary.domain.following import MOST_REPEATS, Terms, expires_at
from diary.domain.wire.fields import LISTED, Label, WireModel
from diary.models import Follow
from diary.operations.following import change_terms, end_following, invite
from diary.queries.following import followers_of

# What is watched or reassuring is never pushed to anybody.
LevelCode = Literal["see_doctor", "urgent", "emergency"]
RelationCode = Literal["relative", "friend", "carer", "clinician"]
Levels = Annotated[tuple[LevelCode, ...], LISTED]
Repeats = Annotated[int, Field(ge=0, le=MOST_REPEATS)]


class InvitationBody(WireModel):
    """What an invitation grants. `label` is what you call them; they do not see it.

    An alert of one of the `levels` is told them; an urgent one up to `repeats` times again, every
    quarter of an hour, while nobody has seen it. `relation` says who they are in what they log.
    """

    label: Annotated[Label, Field(min_length=1)]
    relation: RelationCode = "relative"
    levels: Levels = ("urgent", "emergency")
    repeats: Repeats = MOST_REPEATS
    may_log: bool = False


class TermsBody(WireModel):
    """What shall change; what is left out stays."""

    label: Annotated[Label, Field(min_length=1)] | None = None
    relation: RelationCode | None = None
    levels: Levels | None = None
    repeats: Repeats | None = None
    may_log: bool | None = None


class FollowerAnswer(WireModel):
    """A follower, or an invitation that nobody has taken up (`accepted_at` null)."""

    id: UUID
    label: str
    relation: RelationCode
    levels: list[LevelCode]
    repeats: int
    may_log: bool
    invited_at: datetime
    expires_at: datetime | None
    accepted_at: datetime | None


class InvitationAnswer(FollowerAnswer):
    """A new invitation, with the code that is shown this once."""

    code: str


class FollowerListAnswer(WireModel):
    """All followers and open invitations, the oldest first."""

    items: list[FollowerAnswer]


class FollowerList(APIView):
    """The followers of the person."""

    @extend_schema(
        tags=["followers"],
        operation_id="followers_list",
        summary="List the followers",
        description="Those who follow now, and invitations that can still be taken up.",
        responses={200: FollowerListAnswer},
    )
    def get(self, request: Request) -> Response:
        found = followers_of(calling_person(request), now=timezone.now())
        return Response({"items": [follower_json(follow) for follow in found]})

    @extend_schema(
        tags=["followers"],
        operation_id="followers_invite",
        summary="Invite a follower",
        description=(
            "The `code` is shown this once. Give it to the one person it is meant for; it can be"
            " taken up once, within seven days. At most 10 followers and open invitations."
        ),
        request=InvitationBody,
        responses={201: InvitationAnswer} | problems(LimitReached),
    )
    def post(self, request: Request) -> Response:
        terms = Terms(**read_body(InvitationBody, request).model_dump())
        charge(request, Limit.INVITATIONS)
        follow, code = invite(calling_person(request), terms, now=timezone.now())
        return Response(follower_json(follow) | {"code": code}, status=status.HTTP_201_CREATED)


class FollowerDetail(APIView):
    """One follower or open invitation of the person."""

    @extend_schema(
        tags=["followers"],
        operation_id="followers_change",
        summary="Change what a follower has",
        description="At once; levels count for messages that wait, too. What is left out stays.",
        request=TermsBody,
        responses={200: FollowerAnswer} | problems(InvalidRecord, RecordNotFound),
    )
    def patch(self, request: Request, id: UUID) -> Response:
        changes = read_body(TermsBody, request).model_dump(exclude_none=True)
        follow = change_terms(calling_person(request), id, changes, now=timezone.now())
        return Response(follower_json(follow))

    @extend_schema(
        tags=["followers"],
        operation_id="followers_end",
        summary="End a following, or take an invitation back",
        description="At once and for good. The same again changes nothing.",
        responses={204: None} | problems(RecordNotFound),
    )
    def delete(self, request: Request, id: UUID) -> Response:
        end_following(id, person_id=calling_person(request), now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


def follower_json(follow: Follow) -> dict[str, Any]:
    """Return a follower as the person who is followed sees them."""
    names = ("id", "label", "relation", "levels", "repeats", "may_log", "invited_at", "accepted_at")
    expires = None if follow.accepted_at else expires_at(follow.invited_at)
    return {name: getattr(follow, name) for name in names} | {"expires_at": expires}
