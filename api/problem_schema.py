"""The problem documents as OpenAPI sees them, made of the same table that answers are made of."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse
from rest_framework import serializers

from api.problem_types import INVALID_RECORD, TYPES, UNAUTHENTICATED, ProblemType
from api.problems import CONTENT_TYPE, Problem, plain_problem, problem_of, type_uri

Cause = int | type[Exception]

PLAIN = "plain"  # the name of an example that says no more than its HTTP status
EXAMPLE_INSTANCE = "urn:uuid:7c1f6a52-6b1b-4c0e-9b53-0a6f2f0e8d11"
EXAMPLE_ERROR = {
    "pointer": "#/data/strength",
    "code": "less_than_equal",
    "detail": "Input should be less than or equal to 10.",
}
KINDS = tuple(dict.fromkeys([UNAUTHENTICATED, *TYPES.values()]))


class InputErrorSerializer(serializers.Serializer[object]):
    """One wrong field."""

    pointer = serializers.CharField(help_text="JSON-Pointer fragment into the request body.")
    code = serializers.CharField(help_text="Stable for programs.")
    detail = serializers.CharField(help_text="A sentence for people; never repeats the value.")


class ProblemSerializer(serializers.Serializer[object]):
    """RFC 9457 problem details; see docs/errors.md."""

    type = serializers.CharField(help_text="Absolute URI of the kind of problem, or about:blank.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField(help_text="urn:uuid of the request, as in X-Request-Id.")
    code = serializers.ChoiceField(
        choices=[kind.code for kind in KINDS],
        required=False,
        help_text="The kind of problem in one word; missing with about:blank. More may come.",
    )
    # The metaclass moves the field out of the way of the property of this name.
    errors = InputErrorSerializer(many=True, required=False)  # type: ignore[assignment]
    server = serializers.DictField(
        required=False,
        allow_null=True,
        help_text="The record as the server holds it: with version_conflict, precondition_failed.",
    )
    flows = serializers.ListField(
        child=serializers.DictField(),
        required=False,
        help_text="The ways to confirm who it is: with reauthentication_required.",
    )
    minimum = serializers.CharField(
        required=False, help_text="The oldest version still served: with app_too_old."
    )
    limit = serializers.CharField(
        required=False, help_text="Which limit was reached: with too_many_requests."
    )
    reason = serializers.CharField(
        required=False, help_text="Why a cursor is of no use any more: with resync_required."
    )


def problems(*causes: Cause) -> dict[tuple[int, str], OpenApiResponse]:
    """Return the problem responses for these causes, for `extend_schema(responses=...)`.

    A cause is an exception, or a status: then every kind of problem of the table with that status.
    """
    documents: dict[int, dict[str, Any]] = {}
    for cause in causes:
        documents.setdefault(_status(cause), {}).update(_documents(cause))
    return {(status, CONTENT_TYPE): _response(found) for status, found in documents.items()}


def _response(documents: Mapping[str, Any]) -> OpenApiResponse:
    return OpenApiResponse(
        ProblemSerializer,
        description="\n\n".join(map(_line, documents.values())),
        examples=[OpenApiExample(name, value=value) for name, value in documents.items()],
    )


def has_retry_after(status: int) -> bool:
    """Return whether problems of this status say when to send the request again."""
    return status == HTTPStatus.TOO_MANY_REQUESTS or any(
        kind.retry_after is not None for kind in KINDS if kind.status == status
    )


def _status(cause: Cause) -> int:
    if isinstance(cause, int):
        return cause
    return TYPES[cause].status.value if cause in TYPES else problem_of(cause()).status


def _documents(cause: Cause) -> dict[str, dict[str, Any]]:
    status = _status(cause)
    if isinstance(cause, int):
        kinds = [kind for kind in KINDS if kind.status == status]
    else:
        kinds = [TYPES[cause]] if cause in TYPES else []
    if kinds:
        return {kind.code: example_of(kind) for kind in kinds}
    return {PLAIN: plain_example(plain_problem(status))}


def _line(document: Mapping[str, Any]) -> str:
    named = f"`{document['code']}`" if "code" in document else document["title"]
    return f"{named}: {document['detail']}"


def example_of(kind: ProblemType) -> dict[str, Any]:
    """Return a document of this kind as the service answers it."""
    document = _document(type_uri(kind), kind.title, kind.status.value, kind.detail)
    document["code"] = kind.code
    return document | ({"errors": [EXAMPLE_ERROR]} if kind is INVALID_RECORD else {})


def plain_example(problem: Problem) -> dict[str, Any]:
    """Return a document whose type says no more than its HTTP status."""
    return _document("about:blank", problem.title, problem.status, problem.detail)


def _document(type_: str, title: str, status: int, detail: str) -> dict[str, Any]:
    return {
        "type": type_,
        "title": title,
        "status": status,
        "detail": detail,
        "instance": EXAMPLE_INSTANCE,
    }
