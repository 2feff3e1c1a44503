"""Sharing a report with a clinician by a link and a PIN; who looked; taking it back."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import Field
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_person, require_recent_reauthentication
from api.base_address import base_address
from api.limits import Limit
from api.problem_schema import problems
from api.problem_types import ReauthenticationRequired
from api.schema import LOCATION, answer_header
from api.throttling import charge
from api.v1.wire import read_body
from diary.domain.errors import InvalidRecord, LimitReached, RecordNotFound
from diary.domain.wire.fields import Label, WireModel
from diary.domain.wire.operations import Identifier
from diary.models.isolation import acting_for
from reports.domain.sharing import (
    LASTS_DAYS,
    LONGEST_DAYS,
    LONGEST_PIN,
    SHORTEST_PIN,
    ShareState,
    ViewKind,
)
from reports.models import ShareView
from reports.operations.shares import ShareTerms, revoke_share, share_report
from reports.queries.shares import ListedShare, share_of, shares_of, views_of

Pin = Annotated[str, Field(pattern=rf"^[0-9]{{{SHORTEST_PIN},{LONGEST_PIN}}}$")]


class ShareOrder(WireModel):
    """Which report is shared and how long. Without a `pin` one is made.

    `label` is what you call the reader, who does not see it.
    """

    report: Identifier
    label: Annotated[Label, Field(min_length=1)]
    days: Annotated[int, Field(ge=1, le=LONGEST_DAYS)] = LASTS_DAYS
    pin: Pin | None = None


class ShareAnswer(WireModel):
    """A share. The reader sees the report as it was at `made_at`, whatever is logged later."""

    id: UUID
    report: UUID
    label: str
    state: ShareState
    period_start: date
    period_end: date
    made_at: datetime
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    wrong_pins: int
    last_viewed_at: datetime | None


class NewShareAnswer(ShareAnswer):
    """A new share with its link and PIN, which are told this once."""

    link: str
    pin: str


class ShareListAnswer(WireModel):
    """All that is shared or was shared lately, the newest first."""

    items: list[ShareAnswer]


class ShareViewAnswer(WireModel):
    """One look. `recipient` is the name somebody gave for themselves; nobody checked it."""

    at: datetime
    what: ViewKind
    recipient: str
    network: str
    browser: str


class ViewedShareAnswer(ShareAnswer):
    """A share with the newest 200 looks at it, the newest first."""

    views: list[ShareViewAnswer]


class ShareList(APIView):
    """What the person shares, or a new share."""

    @extend_schema(
        tags=["shares"],
        operation_id="shares_list",
        summary="List what you share",
        description="Those that ended stay in the list for 90 days.",
        responses={200: ShareListAnswer},
    )
    def get(self, request: Request) -> Response:
        person_id = calling_person(request)
        with acting_for(person_id):
            found = shares_of(person_id, now=timezone.now())
        return Response({"items": [share_json(listed) for listed in found]})

    @extend_schema(
        tags=["shares"],
        operation_id="shares_create",
        summary="Share a report by a link",
        description=(
            "Needs a reauthentication of the last five minutes and a report that is `ready`. The"
            " `link` and the `pin` are told this once: give them on two different ways. At most 10"
            " that can be opened."
        ),
        parameters=[answer_header(LOCATION, 201)],
        request=ShareOrder,
        responses={201: NewShareAnswer}
        | problems(ReauthenticationRequired, InvalidRecord, LimitReached, RecordNotFound),
    )
    def post(self, request: Request) -> Response:
        order = read_body(ShareOrder, request)
        require_recent_reauthentication(request)
        charge(request, Limit.SHARES)
        person_id, now = calling_person(request), timezone.now()
        terms = ShareTerms(
            report_id=order.report,
            label=order.label,
            lasts=timedelta(days=order.days),
            pin=order.pin,
        )
        granted = share_report(person_id, terms, now=now)
        with acting_for(person_id):
            listed = share_of(person_id, granted.share.id, now=now)
        link = f"{base_address(request)}/s/#{granted.secret}"
        return Response(
            share_json(listed) | {"link": link, "pin": granted.pin},
            status=status.HTTP_201_CREATED,
            headers={"Location": f"{request.path}/{granted.share.id}"},
        )


class ShareDetail(APIView):
    """One share: who looked at it, and its end."""

    @extend_schema(
        tags=["shares"],
        operation_id="shares_read",
        summary="See who looked",
        description=(
            "`network` is the first part of an internet address, `browser` a family of browsers."
            " What ended is forgotten after 90 days, with its log."
        ),
        responses={200: ViewedShareAnswer} | problems(RecordNotFound),
    )
    def get(self, request: Request, id: UUID) -> Response:
        person_id = calling_person(request)
        with acting_for(person_id):
            listed = share_of(person_id, id, now=timezone.now())
            views = views_of(person_id, id)
        return Response(share_json(listed) | {"views": [view_json(view) for view in views]})

    @extend_schema(
        tags=["shares"],
        operation_id="shares_revoke",
        summary="Take a share back",
        description="At once and for good, even for who reads it now. Again changes nothing.",
        responses={204: None} | problems(RecordNotFound),
    )
    def delete(self, request: Request, id: UUID) -> Response:
        revoke_share(calling_person(request), id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


def share_json(listed: ListedShare) -> dict[str, Any]:
    """Return a share as it stands on the wire; never what opens it."""
    share = listed.share
    names = ("id", "label", "made_at", "created_at", "expires_at", "ended_at", "wrong_pins")
    return {name: getattr(share, name) for name in names} | {
        "report": share.report_id,
        "state": listed.state.value,
        "period_start": share.parameters["period_start"],
        "period_end": share.parameters["period_end"],
        "last_viewed_at": listed.last_viewed_at,
    }


def view_json(view: ShareView) -> dict[str, Any]:
    """Return one look as it stands on the wire."""
    names = ("at", "what", "recipient", "network", "browser")
    return {name: getattr(view, name) for name in names}
