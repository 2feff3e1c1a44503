"""The person's own profile."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.authentication import calling_person
from api.problem_schema import problems
from api.problem_types import PreconditionRequired
from api.schema import ENTITY_TAG, ETAG, answer_header
from api.v1.wire import etag, matched_version, read_body
from diary.domain.errors import VersionConflict
from diary.domain.wire.profile import ProfileData
from diary.models import Profile
from diary.models.isolation import acting_for
from diary.operations.profile import save_profile
from diary.queries.people import profile_of

IF_MATCH = OpenApiParameter(
    "If-Match",
    ENTITY_TAG,
    OpenApiParameter.HEADER,
    description="Optional: the ETag of the version that was changed.",
)


class ProfileView(APIView):
    """Read the profile, or write it whole."""

    @extend_schema(
        tags=["profile"],
        operation_id="profile_read",
        summary="Read the profile",
        description="Somebody who never wrote one gets the defaults, with version 0.",
        parameters=[answer_header(ETAG, 200)],
        responses={200: ProfileData},
    )
    def get(self, request: Request) -> Response:
        person_id = calling_person(request)
        with acting_for(person_id):
            profile = profile_of(person_id)
        return _answer(profile)

    @extend_schema(
        tags=["profile"],
        operation_id="profile_replace",
        summary="Write the profile",
        description="The whole profile: what is left out goes back to its default.",
        parameters=[IF_MATCH, answer_header(ETAG, 200)],
        request=ProfileData,
        responses={200: ProfileData} | problems(VersionConflict, PreconditionRequired),
    )
    def put(self, request: Request) -> Response:
        base = matched_version(request) if "If-Match" in request.headers else None
        data = read_body(ProfileData, request)
        return _answer(
            save_profile(calling_person(request), data, base_version=base, now=timezone.now())
        )


def _answer(profile: Profile | None) -> Response:
    if profile is None:
        return Response(ProfileData().model_dump(mode="json"), headers={"ETag": etag(0)})
    return Response(_data(profile), headers={"ETag": etag(profile.version)})


def _data(profile: Profile) -> dict[str, Any]:
    return {name: getattr(profile, name) for name in ProfileData.model_fields}
