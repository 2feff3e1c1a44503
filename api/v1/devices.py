"""The devices that may speak for the signed-in person: list them, sign them out."""

import uuid

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_device, require_recent_reauthentication
from api.problem_schema import problems
from api.problem_types import ReauthenticationRequired
from diary.domain.errors import InvalidRecord, RecordNotFound
from diary.models.people import Device
from diary.operations.devices import revoke_device, revoke_other_devices
from diary.queries.devices import signed_in_devices

OTHERS_NEEDED = "Say others=1 to sign out all devices but this one."


class DeviceSerializer(serializers.ModelSerializer[Device]):
    """A signed-in device; `current` marks the one that asks."""

    name = serializers.CharField(read_only=True)  # sealed: the column itself holds bytes
    current = serializers.SerializerMethodField()

    class Meta:
        model = Device
        fields = ("id", "name", "platform", "app_version", "created_at", "last_seen_at", "current")
        read_only_fields = fields

    def get_current(self, device: Device) -> bool:
        return bool(device.pk == self.context["current"].pk)


class DeviceListSerializer(serializers.Serializer[object]):
    """All signed-in devices, the last seen first."""

    items = DeviceSerializer(many=True)


class DeviceList(APIView):
    """All devices of the person that are signed in."""

    @extend_schema(
        tags=["devices"],
        operation_id="devices_list",
        summary="List the devices",
        description="All that are signed in, the last seen first; `current` is the one that asks.",
        responses={200: DeviceListSerializer},
    )
    def get(self, request: Request) -> Response:
        current = calling_device(request)
        devices = signed_in_devices(current.person_id, now=timezone.now())
        context = {"current": current}
        return Response({"items": DeviceSerializer(devices, many=True, context=context).data})

    @extend_schema(
        tags=["devices"],
        operation_id="devices_revoke_others",
        summary="Sign out all other devices",
        description="Needs a reauthentication of the last five minutes.",
        parameters=[
            OpenApiParameter("others", int, required=True, enum=[1], description="Always 1.")
        ],
        responses={204: None} | problems(ReauthenticationRequired, InvalidRecord),
    )
    def delete(self, request: Request) -> Response:
        if request.query_params.get("others") != "1":
            raise ValidationError({"others": [ErrorDetail(OTHERS_NEEDED, code="required")]})
        require_recent_reauthentication(request)
        current = calling_device(request)
        revoke_other_devices(current.person_id, keep=current.id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


class DeviceDetail(APIView):
    """One device of the person."""

    @extend_schema(
        tags=["devices"],
        operation_id="devices_revoke",
        summary="Sign out a device",
        description="Another one needs a reauthentication of the last five minutes.",
        responses={204: None} | problems(ReauthenticationRequired, RecordNotFound),
    )
    def delete(self, request: Request, id: uuid.UUID) -> Response:
        current = calling_device(request)
        if id != current.id:
            require_recent_reauthentication(request)
        revoke_device(current.person_id, id, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)
