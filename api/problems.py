"""Every answer that is not a success, as an RFC 9457 problem document, inside DRF and outside."""

import logging
import math
import sys
import traceback
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from json import JSONDecodeError
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, OperationalError, connection
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.views import set_rollback

from api.input_errors import InputError, Path, field_errors, flatten
from api.parsers import NestedTooDeep
from api.problem_types import BUSY, TYPES, UNAVAILABLE, ProblemType
from diary.domain.errors import InvalidRecord

CONTENT_TYPE = "application/problem+json"
NOT_FOUND = HTTPStatus.NOT_FOUND.value
# Lock timeout, statement timeout, serialization failure, deadlock.
LOCK_STATES = frozenset({"55P03", "57014", "40001", "40P01"})
READ_ONLY = "25006"  # the server has become a standby: another one takes writes now
# What PostgreSQL calls internal, and is over as soon as there is another connection: a standby, and
# transactions that were idle or ran for too long.
PASSING_STATES = frozenset({READ_ONLY, "25P03", "25P04"})

logger = logging.getLogger("quiver.problems")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One occurrence, ready to be answered."""

    status: int
    title: str
    detail: str
    kind: ProblemType | None = None
    errors: tuple[InputError, ...] = ()
    members: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


PLAIN_DETAILS = {
    400: "The request cannot be understood.",
    403: "This account may not do that.",
    404: "There is nothing at this address.",
    405: "This address does not take this method.",
    406: "This address cannot answer in the asked format.",
    413: "The request is too large.",
    414: "The address is too long.",
    415: "This address does not take a body of this kind.",
    429: "Too many requests. Wait as long as Retry-After says.",
    500: "Something went wrong on our side. The request id in instance helps to find it.",
}


class ProblemResponse(JsonResponse):
    """A problem document; `code` is that of its type, or the bare status of a plain one."""

    def __init__(self, body: Mapping[str, object], *, code: str, **options: Any) -> None:
        super().__init__(body, **options)
        self.code = code


def exception_handler(exception: Exception, context: Mapping[str, object]) -> JsonResponse:
    """Return the problem document for anything raised in a view (EXCEPTION_HANDLER of DRF)."""
    set_rollback()
    request = context.get("request")
    prefix: Path = getattr(context.get("view"), "record_pointer", ())
    return _answer(request, exception, prefix)


def crash_response(request: HttpRequest, exception: Exception) -> JsonResponse:
    """Return the problem document for anything raised in a view that is not DRF's."""
    return _answer(request, exception, ())


def _answer(request: object, exception: Exception, prefix: Path) -> JsonResponse:
    problem = problem_of(exception, prefix=prefix)
    if _sqlstate(exception) == READ_ONLY:
        connection.close()  # it would stay usable, and lead to the standby, for as long as we live
    if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR or problem.kind is UNAVAILABLE:
        log_crash(request, exception)
    return problem_response(request, problem)


def problem_of(exception: Exception, *, prefix: Path = ()) -> Problem:
    """Return what to answer to this exception; unknown ones become a plain 500.

    `prefix` is where a record's data starts in the body, for the pointers of InvalidRecord.
    """
    kind = _type_of(exception)
    if kind is None:
        return plain_problem(_plain_status(exception), headers=_headers(exception, None))
    return Problem(
        kind=kind,
        status=kind.status.value,
        title=kind.title,
        detail=_detail(exception, kind),
        errors=_input_errors(exception, prefix),
        members=getattr(exception, "members", {}),
        headers=_headers(exception, kind),
    )


def plain_problem(status: int, *, headers: Mapping[str, str] | None = None) -> Problem:
    """Return a problem that says no more than its HTTP status (type about:blank)."""
    phrase = HTTPStatus(status).phrase
    return Problem(
        status=status,
        title=phrase,
        detail=PLAIN_DETAILS.get(status, f"{phrase}."),
        headers=headers or {},
    )


def problem_response(request: object, problem: Problem) -> JsonResponse:
    """Return the document as a response, whatever the request asked to be answered in."""
    body: dict[str, object] = {
        "type": type_uri(problem.kind) if problem.kind else "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": request_id_of(request).urn,
    }
    if problem.kind:
        body["code"] = problem.kind.code
    if problem.errors:
        body["errors"] = [error.as_json() for error in problem.errors]
    return ProblemResponse(
        body | dict(problem.members),
        code=problem.kind.code if problem.kind else str(problem.status),
        status=problem.status,
        content_type=CONTENT_TYPE,
        headers=dict(problem.headers),
    )


def type_uri(kind: ProblemType) -> str:
    """Return the absolute URI that names this kind of problem and leads to its explanation."""
    return f"{settings.PROBLEM_TYPE_BASE}#{kind.slug}"


def request_id_of(request: object) -> uuid.UUID:
    """Return the id RequestIdMiddleware gave the request, or a new one outside of it."""
    found = getattr(request, "request_id", None)
    return found if isinstance(found, uuid.UUID) else uuid.uuid4()


def log_crash(request: object, exception: Exception) -> None:
    """Log what failed where. The text of an exception may hold what a person wrote: left out."""
    frames = traceback.extract_tb(exception.__traceback__)
    logger.error(
        "request %s failed: %s at %s",
        request_id_of(request),
        type(exception).__qualname__,
        " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames)),
    )


def _type_of(exception: Exception) -> ProblemType | None:
    state = _sqlstate(exception)
    if isinstance(exception, OperationalError):
        return BUSY if state in LOCK_STATES else UNAVAILABLE
    if isinstance(exception, DatabaseError) and state in PASSING_STATES:
        return UNAVAILABLE
    return next((TYPES[base] for base in type(exception).__mro__ if base in TYPES), None)


def _sqlstate(exception: Exception) -> str | None:
    return getattr(exception.__cause__, "sqlstate", None)


def _plain_status(exception: Exception) -> int:
    if isinstance(exception, exceptions.APIException):
        return exception.status_code
    known: tuple[tuple[type[Exception], HTTPStatus], ...] = (
        (Http404, HTTPStatus.NOT_FOUND),
        (PermissionDenied, HTTPStatus.FORBIDDEN),
        (RequestDataTooBig, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        (SuspiciousOperation, HTTPStatus.BAD_REQUEST),
    )
    fallback = HTTPStatus.INTERNAL_SERVER_ERROR
    return next((status for base, status in known if isinstance(exception, base)), fallback).value


def _detail(exception: Exception, kind: ProblemType) -> str:
    if isinstance(exception, NestedTooDeep):
        return "The body holds too many lists and objects inside each other."
    cause = exception.__context__
    if isinstance(exception, exceptions.ParseError) and isinstance(cause, JSONDecodeError):
        return f"{kind.detail[:-1]}: see line {cause.lineno}, column {cause.colno}."
    return kind.detail


def _input_errors(exception: Exception, prefix: Path) -> tuple[InputError, ...]:
    if isinstance(exception, InvalidRecord):
        return field_errors(exception.errors, prefix=prefix)
    if isinstance(exception, exceptions.ValidationError):
        return tuple(flatten(exception.detail))
    return ()


def _headers(exception: Exception, kind: ProblemType | None) -> dict[str, str]:
    headers = {}
    wait = getattr(exception, "wait", None)  # Throttled has it, and its type stub does not know
    if kind and kind.retry_after is not None:
        wait = kind.retry_after
    if wait is not None:
        headers["Retry-After"] = str(math.ceil(wait))
    if challenge := getattr(exception, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    return headers


def bad_request(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """Answer 400 outside DRF (handler400)."""
    return problem_response(request, plain_problem(400))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """Answer 403 outside DRF (handler403)."""
    return problem_response(request, plain_problem(403))


def not_found(request: HttpRequest, exception: Exception | None = None) -> JsonResponse:
    """Answer an unknown URL (handler404)."""
    return problem_response(request, plain_problem(404))


def server_error(request: HttpRequest) -> JsonResponse:
    """Answer a crash of the middleware itself, such as of reading a session (handler500)."""
    raised = sys.exc_info()[1]
    if isinstance(raised, Exception):
        return crash_response(request, raised)
    return problem_response(request, plain_problem(500))
