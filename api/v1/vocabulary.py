"""The codes of the diary with their labels."""

from typing import Literal

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from pydantic import BaseModel, ConfigDict
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.schema import answer_header
from diary.domain import vocabulary
from diary.domain.wire.fields import WireModel

LANGUAGES = ("en", "zh-Hant")
VOCABULARY_TAG = "ETag", {"type": "string"}, "To be sent as If-None-Match next time."


class VocabularyEntry(BaseModel):
    """One code. Some lists say more of theirs: a group, a unit, whether a site has sides."""

    model_config = ConfigDict(extra="allow")

    code: str
    label: str
    meaning: str
    sources: list[str]
    synonyms: list[str]


class VocabularyAnswer(WireModel):
    """Every list of codes, by name, in the order they are meant to be shown in."""

    version: str
    language: Literal["en", "zh-Hant"]
    warning_signs: list[str]
    lists: dict[str, list[VocabularyEntry]]


class VocabularyView(APIView):
    """Every list of codes, in the asked language; public, and unchanged while its ETag is."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    @extend_schema(
        tags=["vocabulary"],
        operation_id="vocabulary_read",
        summary="Read the codes and their labels",
        description="Public, and unchanged while its ETag is. Meanings are in English.",
        parameters=[
            OpenApiParameter(
                "language",
                {"type": "string", "examples": list(LANGUAGES)},
                description="`en` or `zh-Hant`; English for all others.",
            ),
            OpenApiParameter(
                "If-None-Match", str, OpenApiParameter.HEADER, description="The ETag at hand."
            ),
            answer_header(VOCABULARY_TAG, 200, 304),
        ],
        responses={200: VocabularyAnswer, 304: OpenApiResponse(description="Nothing is new.")},
    )
    def get(self, request: Request) -> Response:
        language = request.query_params.get("language", "")
        language = language if language in LANGUAGES else LANGUAGES[0]
        tag = f'W/"{vocabulary.VERSION}-{language}"'
        if request.headers.get("If-None-Match") == tag:
            return Response(status=304, headers={"ETag": tag})
        return Response(vocabulary.as_document(language), headers={"ETag": tag})
