"""The problem document as OpenAPI sees it."""

from rest_framework import serializers

from api.problems import CONTENT_TYPE


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
    code = serializers.CharField(required=False, help_text="The kind of problem in one word.")
    # The metaclass moves the field out of the way of the property of this name.
    errors = InputErrorSerializer(many=True, required=False)  # type: ignore[assignment]


def problems(*statuses: int) -> dict[tuple[int, str], type[ProblemSerializer]]:
    """Return the problem responses of these statuses, for `extend_schema(responses=...)`."""
    return {(status, CONTENT_TYPE): ProblemSerializer for status in statuses}
