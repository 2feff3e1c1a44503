"""Agreeing to the texts that the operator asks for, and taking that back."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import Field
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_person
from api.problem_schema import problems
from api.v1.wire import read_body
from diary.domain.consents import LONGEST
from diary.domain.errors import InvalidRecord
from diary.domain.wire.fields import WireModel
from diary.models.isolation import acting_for
from diary.operations.consents import give_consent, withdraw_consent
from diary.queries.consents import acts_of, asked_of

Name = Annotated[str, Field(min_length=1, max_length=LONGEST)]


class ConsentOrder(WireModel):
    """Which version of which text the person agrees to: one of those that are asked for."""

    code: Name
    version: Name


class AskedConsentAnswer(WireModel):
    """A text that is asked for now, and whether the person agrees to this version of it."""

    code: str
    version: str
    given: bool


class ConsentActAnswer(AskedConsentAnswer):
    """One act: `given` false is a withdrawal."""

    at: datetime


class ConsentListAnswer(WireModel):
    """What is asked for, and every act there was, the newest first."""

    asked: list[AskedConsentAnswer]
    acts: list[ConsentActAnswer]


class ConsentList(APIView):
    """What the person has agreed to."""

    @extend_schema(
        tags=["consents"],
        operation_id="consents_list",
        summary="See what is asked for and what you agreed to",
        description="Acts are never changed or removed: agreeing and taking back are two of them.",
        responses={200: ConsentListAnswer},
    )
    def get(self, request: Request) -> Response:
        return Response(consents_json(request))

    @extend_schema(
        tags=["consents"],
        operation_id="consents_give",
        summary="Agree to a text",
        description="To a version that is asked for now. Again changes nothing.",
        request=ConsentOrder,
        responses={200: ConsentListAnswer} | problems(InvalidRecord),
    )
    def post(self, request: Request) -> Response:
        order = read_body(ConsentOrder, request)
        give_consent(calling_person(request), order.code, order.version, now=timezone.now())
        return Response(consents_json(request))


class ConsentDetail(APIView):
    """One text the person may have agreed to."""

    @extend_schema(
        tags=["consents"],
        operation_id="consents_withdraw",
        summary="Agree no more",
        description="From now on; what was agreed stays in the acts. Again changes nothing.",
        responses={204: None},
    )
    def delete(self, request: Request, code: str) -> Response:
        withdraw_consent(calling_person(request), code, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


def consents_json(request: Request) -> dict[str, Any]:
    """Return the consents of the calling person as they stand on the wire."""
    person_id = calling_person(request)
    with acting_for(person_id):
        asked, acts = asked_of(person_id), acts_of(person_id)
    names = ConsentActAnswer.model_fields
    return {
        "asked": [asdict(each) for each in asked],
        "acts": [{name: getattr(act, name) for name in names} for act in acts],
    }
