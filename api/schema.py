"""The OpenAPI document: what the decorators of the views say, and what all routes have in common.

`make schema` writes it to docs/openapi.json. Examples come from `api.v1.exchanges`, problems from
the table in `api.problem_types`.
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.db import OperationalError
from django.http import Http404
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from api.problem_schema import Cause, has_retry_after, problems
from api.problem_types import AppTooOld
from api.problems import CONTENT_TYPE
from api.v1.exchanges import all_exchanges
from diary.domain.errors import PersonBusy

Json = dict[str, Any]

_EXCHANGES = all_exchanges()
ENTITY_TAG = {"type": "string", "pattern": r'^(W/)?"[0-9]{1,9}"$', "examples": ['W/"3"']}
SECONDS = {"type": "integer", "minimum": 0}
RETRY_AFTER = {"schema": SECONDS, "description": "Seconds to wait before the same request again."}
CHALLENGE = {"schema": {"type": "string"}, "description": "Names X-Session-Token."}
PHONE_HEADERS = {
    "DeviceId": (
        "X-Device-Id",
        {"type": "string", "examples": ["5b1b1c1e-52f5-4f0e-8a3a-0c9d6a2f4e11"]},
        "The phone's own UUID, for one row in the list of devices; others count as missing.",
    ),
    "AppVersion": ("X-App-Version", {"type": "string"}, "Shown in that list; may be too old."),
}

ETAG = "ETag", ENTITY_TAG, "The version, to be sent as If-Match."
LOCATION = "Location", {"type": "string"}, "The path of the record."
ANSWER_RETRY_AFTER = "Retry-After", SECONDS, "Seconds to wait before asking again."


def answer_header(header: tuple[str, Json, str], *statuses: int) -> OpenApiParameter:
    """Return the description of a header that answers with these statuses have."""
    name, schema, description = header
    return OpenApiParameter(
        name, schema, OpenApiParameter.HEADER, description=description, response=list(statuses)
    )


class ContractSchema(AutoSchema):
    """Adds to each operation its examples and the problems that any route like it can answer."""

    def get_examples(self) -> list[OpenApiExample]:
        exchange = _EXCHANGES.get(self.get_operation_id())
        if exchange is None:
            return []
        return [
            OpenApiExample(name, value=value, request_only=True, media_type=media_type_of(value))
            for name, value in exchange.requests.items()
        ] + [
            OpenApiExample(
                f"answer_{status}",
                value=value,
                response_only=True,
                status_codes=[status],
                media_type=media_type_of(value),
            )
            for status, value in exchange.answers.items()
        ]

    def get_operation(self, *args: Any, **kwargs: Any) -> Json | None:
        operation: Json | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        for code, response in operation["responses"].items():
            response["description"] = response["description"] or HTTPStatus(int(code)).phrase
        for (status, media_type), response in problems(*shared_causes(operation)).items():
            code = str(status)
            if code not in operation["responses"]:
                operation["responses"][code] = self._get_response_for_code(  # type: ignore[no-untyped-call]
                    response, code, [media_type]
                )
        return operation


def media_type_of(body: object) -> str:
    """Return the content type of an example: bodies that are text are events or CSV files."""
    if isinstance(body, dict) and "resourceType" in body:
        return "application/fhir+json"
    if not isinstance(body, str):
        return "application/json"
    return "text/event-stream" if body.startswith("event:") else "text/csv"


def shared_causes(operation: Json) -> Iterator[Cause]:
    """Yield what can go wrong with any operation that needs a sign-in, or takes a body."""
    yield from (HTTPStatus.NOT_ACCEPTABLE, AppTooOld)
    if any(parameter["in"] == "path" for parameter in operation.get("parameters", ())):
        yield Http404
    if any(operation.get("security", ())):
        yield from (HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS, OperationalError)
    if "requestBody" in operation:
        yield from (
            HTTPStatus.BAD_REQUEST,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            PersonBusy,
        )


def share_components(result: Json, **_: Any) -> Json:
    """Return the document with each problem response and phone header said once (a hook)."""
    components = result["components"]
    components["parameters"] = {
        name: {"name": header, "in": "header", "schema": schema, "description": description}
        for name, (header, schema, description) in PHONE_HEADERS.items()
    }
    responses: Json = components.setdefault("responses", {})
    for operation in operations_of(result):
        if any(operation.get("security", ())):
            operation.setdefault("parameters", []).extend(
                {"$ref": f"#/components/parameters/{name}"} for name in PHONE_HEADERS
            )
        for status, response in operation["responses"].items():
            if CONTENT_TYPE in response.get("content", {}):
                name = problem_name(int(status), response)
                responses[name] = with_headers(int(status), response)
                operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}
    for schema in components["schemas"].values():
        for each in schema.get("properties", {}).values():
            each.pop("x-spec-enum-id", None)
    components["responses"] = dict(sorted(responses.items()))
    return result


def operations_of(document: Json) -> Iterator[Json]:
    """Yield every operation of an OpenAPI document."""
    for path in document["paths"].values():
        yield from path.values()


def problem_name(status: int, response: Json) -> str:
    """Return the name of a shared response, made of the problems it can hold."""
    examples = response["content"][CONTENT_TYPE]["examples"].values()
    codes = [example["value"].get("code", HTTPStatus(status).phrase) for example in examples]
    return "Or".join(code.replace("_", " ").title().replace(" ", "") for code in codes)


def with_headers(status: int, response: Json) -> Json:
    """Return a problem response with the headers that come with its status."""
    headers: Json = {}
    if has_retry_after(status):
        headers["Retry-After"] = RETRY_AFTER
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = CHALLENGE
    return response | ({"headers": headers} if headers else {})
