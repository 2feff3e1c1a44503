"""Asking for the erasure of one's account, seeing when it comes, and taking it back."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_person, require_recent_reauthentication
from api.limits import Limit
from api.problem_schema import problems
from api.problem_types import ReauthenticationRequired
from api.throttling import charge
from api.v1.alerts import NoBody
from api.v1.wire import read_body
from diary.domain.errors import RecordNotFound
from diary.domain.wire.fields import WireModel
from diary.models import Erasure
from diary.operations.erasure import ask_for_erasure, take_back_erasure
from diary.queries.erasure import erasure_of


class ErasureAnswer(WireModel):
    """An erasure that waits. Keep the `receipt`: with it the operator confirms that it was done."""

    receipt: str
    asked_at: datetime
    erase_at: datetime
    told_at: datetime | None


class ErasureView(APIView):
    """The erasure of the account and of everything in it."""

    @extend_schema(
        tags=["erasure"],
        operation_id="erasure_read",
        summary="See when the account is erased",
        description=(
            "`told_at` is when the mail about it was sent; nobody is erased before that. Not found"
            " when nobody has asked, or it was taken back."
        ),
        responses={200: ErasureAnswer} | problems(RecordNotFound),
    )
    def get(self, request: Request) -> Response:
        return Response(erasure_json(erasure_of(calling_person(request))))

    @extend_schema(
        tags=["erasure"],
        operation_id="erasure_ask",
        summary="Ask for the erasure of the account",
        description=(
            "Needs a reauthentication of the last five minutes. Until `erase_at`, days ahead, the"
            " diary works as before, alerts are sent, and `DELETE` takes it back; a mail tells the"
            " person. Then the account goes for good, with everything in it. Asking again changes"
            " nothing."
        ),
        request=NoBody,
        responses={200: ErasureAnswer, 201: ErasureAnswer} | problems(ReauthenticationRequired),
    )
    def post(self, request: Request) -> Response:
        read_body(NoBody, request)
        require_recent_reauthentication(request)
        charge(request, Limit.ERASURES)
        erasure, is_new = ask_for_erasure(calling_person(request), now=timezone.now())
        code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
        return Response(erasure_json(erasure), status=code)

    @extend_schema(
        tags=["erasure"],
        operation_id="erasure_take_back",
        summary="Keep the account",
        description="Takes the erasure back. Again changes nothing.",
        responses={204: None},
    )
    def delete(self, request: Request) -> Response:
        take_back_erasure(calling_person(request), now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


def erasure_json(erasure: Erasure) -> dict[str, Any]:
    """Return an erasure as it stands on the wire."""
    return {name: getattr(erasure, name) for name in ErasureAnswer.model_fields}
