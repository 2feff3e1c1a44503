"""The envelopes around record data on the wire, and reading requests into them."""

import base64
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Literal, TypeVar

from drf_spectacular.utils import OpenApiParameter
from pydantic import ValidationError, create_model
from rest_framework.request import Request

from api.problem_types import PreconditionRequired
from api.v1.answers import AdviceAnswer
from diary.domain.errors import FieldError, InvalidRecord
from diary.domain.reading import errors_within, field_errors, fingerprint
from diary.domain.wire.fields import OffsetInstant, WireModel
from diary.domain.wire.operations import Identifier
from diary.domain.wire.records import DATA_OF_TYPE, RecordType
from diary.queries.records import Position, StoredRecord

OPERATION_NAMESPACE = uuid.UUID("6f1f7f0e-3f0a-5d43-9d0c-6f4f6f0b7c11")
DEFAULT_PAGE, LARGEST_PAGE = 50, 200
LONGEST_NUMBER = 18
PAGING = [
    OpenApiParameter(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": DEFAULT_PAGE},
        description="How many at most.",
    ),
    OpenApiParameter("cursor", str, description="`next` of the page before."),
]
_ETAG = re.compile(r'(?:W/)?"(\d{1,9})"\Z')

Body = TypeVar("Body", bound=WireModel)


class RecordEnvelope(WireModel):
    """What surrounds a record's data in a request."""

    data: dict[str, Any]
    sent_at: OffsetInstant | None = None


class NewRecordEnvelope(RecordEnvelope):
    """The same for a new record, with the id the phone made."""

    id: Identifier


class SyncedAnswer(WireModel):
    """What surrounds a record's data in an answer."""

    id: uuid.UUID
    version: int
    seq: int
    deleted: bool
    received_at: datetime
    derived: dict[str, Any]


def read_body(
    model: type[Body], request: Request, *, context: Mapping[str, object] | None = None
) -> Body:
    """Return the request's JSON as `model`. Raises InvalidRecord naming every wrong field.

    `context` is what some fields are checked by.
    """
    return read_as(model, request.data, context=context)


def read_as(
    model: type[Body], value: object, *, context: Mapping[str, object] | None = None
) -> Body:
    """Return the value as `model`. Raises InvalidRecord naming every wrong field."""
    try:
        return model.model_validate(value, context=context)
    except ValidationError as error:
        raise InvalidRecord(field_errors(error)) from None


def read_envelope(model: type[Body], type_: RecordType, request: Request, *, now: datetime) -> Body:
    """Return the envelope of a write; when it is wrong, the errors inside its data are told too."""
    try:
        return model.model_validate(request.data)
    except ValidationError as error:
        errors = field_errors(error)
    data = request.data.get("data") if isinstance(request.data, Mapping) else None
    raise InvalidRecord(errors + errors_within(type_, data, now=now))


def operation_id(
    request: Request, type_: RecordType, id_: uuid.UUID, base: int, data: Mapping[str, Any] | None
) -> uuid.UUID:
    """Return the operation's id: the Idempotency-Key header, else one made from the content.

    Either way the same request again is the same operation. Raises InvalidRecord when the header is
    not a UUID.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return uuid.uuid5(OPERATION_NAMESPACE, fingerprint(type_, id_, base, data).hex())
    try:
        return uuid.UUID(key)
    except ValueError:
        raise InvalidRecord(
            (FieldError(path=(), code="idempotency_key", detail="Idempotency-Key is no UUID."),)
        ) from None


def matched_version(request: Request) -> int:
    """Return the version named by If-Match. Raises PreconditionRequired when there is none."""
    match = _ETAG.match(request.headers.get("If-Match", ""))
    if match is None:
        raise PreconditionRequired
    return int(match[1])


def etag(version: int) -> str:
    """Return the entity tag of a version."""
    return f'W/"{version}"'


def record_json(
    record: StoredRecord, advice: tuple[Mapping[str, Any], ...] | None = None
) -> dict[str, Any]:
    """Return a record as JSON, with the advice of the write where there was one."""
    body = record.as_json()
    return body if advice is None else body | {"advice": list(advice)}


def page_limit(
    request: Request, *, default: int = DEFAULT_PAGE, largest: int = LARGEST_PAGE
) -> int:
    """Return the asked page size. Raises InvalidRecord below 1 and above `largest`."""
    text = request.query_params.get("limit", str(default))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= largest:
        raise InvalidRecord(
            (FieldError(path=("limit",), code="limit", detail=f"`limit` is 1 to {largest}."),)
        )
    return int(text)


def read_cursor(request: Request) -> Position | None:
    """Return where the asked page starts. Raises InvalidRecord for a cursor we did not make."""
    token = request.query_params.get("cursor")
    if token is None:
        return None
    try:
        value, id_ = json.loads(base64.urlsafe_b64decode(token.encode("ascii")))
        datetime.fromisoformat(value)
        return Position(value=value, id=uuid.UUID(id_))
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise InvalidRecord(
            (FieldError(path=("cursor",), code="cursor", detail="This cursor is not ours."),)
        ) from None


def cursor_of(position: Position | None) -> str | None:
    """Return the opaque token of a page's end."""
    if position is None:
        return None
    text = json.dumps([position.value, str(position.id)])
    return base64.urlsafe_b64encode(text.encode()).decode()


def read_number(request: Request) -> int | None:
    """Return the number a page shall end before. Raises InvalidRecord for what is none."""
    text = request.query_params.get("cursor")
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST_NUMBER:
        raise InvalidRecord(
            (FieldError(path=("cursor",), code="cursor", detail="This cursor is not ours."),)
        )
    return int(text)


def _stem(type_: RecordType) -> str:
    return type_.value.title().replace("_", "")


# The same envelopes with typed data, for the OpenAPI description.
def _typed(type_: RecordType, name: str, base: type[WireModel], **fields: Any) -> Any:
    required: Any = {field: (kind, ...) for field, kind in fields.items()}
    return create_model(name.format(_stem(type_)), __base__=base, **required)


def _list_of(kind: Any) -> Any:
    return list.__class_getitem__(kind)


def _optional(kind: Any) -> Any:
    return kind | None


def _literal(value: str) -> Any:
    return Literal.__getitem__(value)


def _union(kinds: Iterable[Any]) -> Any:
    return reduce(or_, kinds)


CREATE_BODY: dict[RecordType, Any] = {
    type_: _typed(type_, "New{}", NewRecordEnvelope, data=data)
    for type_, data in DATA_OF_TYPE.items()
}
REPLACE_BODY: dict[RecordType, Any] = {
    type_: _typed(type_, "{}Replacement", RecordEnvelope, data=data)
    for type_, data in DATA_OF_TYPE.items()
}
# `data` is null for a tombstone.
RECORD_BODY: dict[RecordType, Any] = {
    type_: _typed(type_, "{}Record", SyncedAnswer, type=_literal(type_.value), data=_optional(data))
    for type_, data in DATA_OF_TYPE.items()
}
AnyRecord: Any = _union(RECORD_BODY.values())
WRITTEN_BODY: dict[RecordType, Any] = {
    type_: _typed(type_, "{}Written", body, advice=_list_of(AdviceAnswer))
    for type_, body in RECORD_BODY.items()
}
PAGE_BODY: dict[RecordType, Any] = {
    type_: _typed(type_, "{}Page", WireModel, items=_list_of(body), next=_optional(str))
    for type_, body in RECORD_BODY.items()
}
