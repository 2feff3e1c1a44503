"""The codes of the diary with their labels."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from diary.domain import vocabulary

LANGUAGES = ("en", "zh-Hant")


class VocabularyView(APIView):
    """Every list of codes, in the asked language; public, and unchanged while its ETag is."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        tags=["vocabulary"],
        operation_id="vocabulary_read",
        parameters=[
            OpenApiParameter("language", enum=LANGUAGES),
            OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER),
        ],
        responses={200: OpenApiTypes.OBJECT, 304: None},
    )
    def get(self, request: Request) -> Response:
        language = request.query_params.get("language", "")
        language = language if language in LANGUAGES else LANGUAGES[0]
        tag = f'W/"{vocabulary.VERSION}-{language}"'
        if request.headers.get("If-None-Match") == tag:
            return Response(status=304, headers={"ETag": tag})
        return Response(vocabulary.as_document(language), headers={"ETag": tag})
