"""Endpoints: where a person is told that something is new. The addresses are never told again."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal, TypeAlias
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from pydantic import Field, RootModel
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_device, calling_person
from api.limits import Limit
from api.problem_schema import problems
from api.schema import LOCATION, answer_header
from api.throttling import charge
from api.v1.alerts import NoBody
from api.v1.wire import read_body
from diary.channels.addresses import FcmAddress, GuardedUrl, MailAddress, WebPushAddress
from diary.channels.configured import configured_channels
from diary.channels.factory import policy_of, subscription_key
from diary.domain.deliveries import EndpointKind
from diary.domain.errors import FieldError, InvalidRecord, LimitReached, RecordNotFound
from diary.domain.wire.fields import Label, WireModel
from diary.models import Device
from diary.operations.endpoints import (
    MOST_ENDPOINTS,
    EndpointRequest,
    change_secret,
    register_endpoint,
    remove_endpoint,
)
from diary.queries.endpoint_list import ListedEndpoint, endpoints_of

Kind = Literal["web_push", "fcm", "webhook", "email"]


class NewWebPush(WebPushAddress):
    """A push subscription of the calling device, from a browser or UnifiedPush."""

    kind: Literal["web_push"]
    label: Label = ""


class NewFcm(FcmAddress):
    """The registration of the app on the calling device with Firebase Cloud Messaging."""

    kind: Literal["fcm"]
    label: Label = ""


class NewWebhook(WireModel):
    """A server of the person's own."""

    kind: Literal["webhook"]
    url: GuardedUrl
    label: Label = ""


class NewMail(MailAddress):
    """A mailbox that the account has confirmed."""

    kind: Literal["email"]
    label: Label = ""


AnyNew: TypeAlias = NewWebPush | NewFcm | NewWebhook | NewMail
BODY_OF_KIND: Mapping[object, type[AnyNew]] = MappingProxyType(
    {"web_push": NewWebPush, "fcm": NewFcm, "webhook": NewWebhook, "email": NewMail}
)
OF_DEVICES = frozenset({EndpointKind.WEB_PUSH, EndpointKind.FCM})


class NewEndpoint(RootModel[AnyNew]):
    """An endpoint of one of the kinds."""

    root: AnyNew = Field(discriminator="kind")


class EndpointAnswer(WireModel):
    """An endpoint without its address.

    `place` is the host or the masked mailbox. `last_error` is the class of the failure when the
    newest message that was tried has not arrived, else empty.
    """

    id: UUID
    kind: Kind
    label: str
    place: str | None
    this_device: bool
    created_at: datetime
    last_delivered_at: datetime | None
    last_error: str


class RegisteredAnswer(EndpointAnswer):
    """The same with the secret of a new webhook, which is told this once; null otherwise."""

    secret: str | None


class EndpointListAnswer(WireModel):
    """All endpoints of the person; `kinds` are those this service can send to.

    `web_push_key` is the public key to subscribe with (`applicationServerKey`).
    """

    items: list[EndpointAnswer]
    kinds: list[Kind]
    web_push_key: str | None
    most: int


class SecretAnswer(WireModel):
    """A webhook's new secret; the one before signs too until `previous_until`."""

    secret: str
    previous_until: datetime


class EndpointList(APIView):
    """The person's endpoints, or a new one."""

    @extend_schema(
        tags=["endpoints"],
        operation_id="endpoints_list",
        summary="List the endpoints",
        description="With what an app needs to register one: the kinds and the Web Push key.",
        responses={200: EndpointListAnswer},
    )
    def get(self, request: Request) -> Response:
        device = calling_device(request)
        return Response(
            {
                "items": [_json(each, device) for each in endpoints_of(device.person_id)],
                "kinds": sorted(configured_channels()),
                "web_push_key": subscription_key(settings.CHANNELS),
                "most": MOST_ENDPOINTS,
            }
        )

    @extend_schema(
        tags=["endpoints"],
        operation_id="endpoints_register",
        summary="Register an endpoint",
        description=(
            "`web_push` and `fcm` belong to the calling device and end with its sign-in. The same"
            " address again changes label and keys and makes no second endpoint."
        ),
        parameters=[answer_header(LOCATION, 201, 200)],
        request=NewEndpoint,
        responses={201: RegisteredAnswer, 200: RegisteredAnswer} | problems(LimitReached),
    )
    def post(self, request: Request) -> Response:
        device = calling_device(request)
        asked = _read(request, device)
        charge(request, Limit.ENDPOINTS)
        registered = register_endpoint(device.person_id, asked, now=timezone.now())
        [listed] = [each for each in endpoints_of(device.person_id) if each.id == registered.id]
        return Response(
            _json(listed, device) | {"secret": registered.secret},
            status=status.HTTP_201_CREATED if registered.created else status.HTTP_200_OK,
            headers={"Location": f"{request.path}/{registered.id}"},
        )


class EndpointDetail(APIView):
    """One endpoint."""

    @extend_schema(
        tags=["endpoints"],
        operation_id="endpoints_remove",
        summary="Remove an endpoint",
        description="Nothing is sent there any more, not even what waits.",
        responses={204: None} | problems(RecordNotFound),
    )
    def delete(self, request: Request, id: UUID) -> Response:
        remove_endpoint(calling_person(request), id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class EndpointSecret(APIView):
    """The secret of a webhook."""

    @extend_schema(
        tags=["endpoints"],
        operation_id="endpoints_change_secret",
        summary="Change a webhook's secret",
        description="For 24 hours webhooks carry two signatures: one of each secret.",
        request=NoBody,
        responses={200: SecretAnswer} | problems(RecordNotFound),
    )
    def post(self, request: Request, id: UUID) -> Response:
        read_body(NoBody, request)
        secret, until = change_secret(calling_person(request), id, now=timezone.now())
        return Response({"secret": secret, "previous_until": until})


def _read(request: Request, device: Device) -> EndpointRequest:
    context = {"policy": policy_of(settings.CHANNELS)}
    body = read_body(BODY_OF_KIND[_kind(request)], request, context=context)
    kind = EndpointKind(body.kind)
    return EndpointRequest(
        kind=kind,
        address=body.model_dump(mode="json", exclude={"kind", "label"}),
        label=body.label,
        device_id=device.id if kind in OF_DEVICES else None,
    )


def _kind(request: Request) -> str:
    data = request.data if isinstance(request.data, Mapping) else {}
    kind = data.get("kind")
    if not isinstance(kind, str) or kind not in configured_channels():
        sentence = "This service cannot send to this kind; the list of endpoints names the kinds."
        raise InvalidRecord((FieldError(path=("kind",), code="kind", detail=sentence),))
    return kind


def _json(endpoint: ListedEndpoint, device: Device) -> dict[str, Any]:
    return {
        "id": endpoint.id,
        "kind": endpoint.kind.value,
        "label": endpoint.label,
        "place": endpoint.place,
        "this_device": endpoint.device_id == device.id,
        "created_at": endpoint.created_at,
        "last_delivered_at": endpoint.last_delivered_at,
        "last_error": endpoint.last_error,
    }
