"""The kinds of problem the API answers with: one table from exception classes to their meaning.

A row needs a section of the same slug in docs/errors.md.
"""

from dataclasses import dataclass
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from redis.exceptions import RedisError
from rest_framework import exceptions

from diary.domain import errors

# A phone keeps its queue and tries again; a lock is held for a moment, an outage for longer.
BUSY_RETRY_SECONDS = 1
OUTAGE_RETRY_SECONDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemType:
    """What all problems of one kind share; `slug` is the section of docs/errors.md."""

    slug: str
    title: str
    status: HTTPStatus
    detail: str
    retry_after: int | None = None

    @property
    def code(self) -> str:
        """Return the kind in one word, the member `code` of its documents."""
        return self.slug.replace("-", "_")


class ProblemException(exceptions.APIException):
    """A refusal decided at the HTTP edge; `members` are added to the document."""

    def __init__(self, **members: object) -> None:
        super().__init__(TYPES[type(self)].detail)
        self.status_code = TYPES[type(self)].status.value
        self.members = members


class PreconditionRequired(ProblemException):
    """A change came without the version it started from."""


class PreconditionFailed(ProblemException):
    """The version named in If-Match is not the server's; pass the server's record."""


class ConflictingRecord(ProblemException):
    """A record with this id exists already, with other content; pass the server's record."""


class ReauthenticationRequired(ProblemException):
    """The person has to say once more who they are; pass `flows`, the ways to do so."""


class AppTooOld(ProblemException):
    """The app said a version that this service no longer serves; pass the `minimum`."""


class ResyncRequired(ProblemException):
    """A cursor cannot go on: the diary must be read from the start; pass the `reason`."""


class ReportFailed(ProblemException):
    """A report could not be made, however often it was tried."""


class QuotaReached(exceptions.Throttled):
    """The person has had all there is of something; pass the seconds to wait and the `limit`."""

    def __init__(self, wait: float = 0, **members: object) -> None:
        super().__init__(wait)
        self.members = members


class Unauthenticated(exceptions.NotAuthenticated):
    """There is no session token, or no session belongs to it."""


class DeviceRevoked(exceptions.NotAuthenticated):
    """The device of this session was signed out from another device."""


class SessionExpired(exceptions.NotAuthenticated):
    """The session was not used for too long, or is too old."""


UNAUTHENTICATED = ProblemType(
    slug="unauthenticated",
    title="Sign-in needed",
    status=HTTPStatus.UNAUTHORIZED,
    detail="Send the session token of a signed-in device in the X-Session-Token header.",
)
INVALID_RECORD = ProblemType(
    slug="invalid-record",
    title="Some fields cannot be accepted",
    status=HTTPStatus.UNPROCESSABLE_ENTITY,
    detail="Nothing was saved. Every field to correct is listed in errors.",
)
UNAVAILABLE = ProblemType(
    slug="temporarily-unavailable",
    title="Temporarily unavailable",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    detail=(
        "A part of the service does not answer. Take it that nothing was stored and nothing was"
        " checked for warning signs: keep the entry and send it again shortly."
    ),
    retry_after=OUTAGE_RETRY_SECONDS,
)
VERSION_CONFLICT = ProblemType(
    slug="version-conflict",
    title="The server holds another version",
    status=HTTPStatus.CONFLICT,
    detail="This record exists in another version. Nothing was changed.",
)
BUSY = ProblemType(
    slug="person-busy",
    title="Another write is in progress",
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    detail=(
        "The diary is being written to by somebody else. Nothing was stored and nothing was checked"
        " for warning signs: keep the entry and send it again shortly."
    ),
    retry_after=BUSY_RETRY_SECONDS,
)

# The most particular class of an exception that has a row here decides.
TYPES: dict[type[Exception], ProblemType] = {
    errors.InvalidRecord: INVALID_RECORD,
    errors.RecordNotFound: ProblemType(
        slug="record-not-found",
        title="No such record",
        status=HTTPStatus.NOT_FOUND,
        detail="There is no record with this id in this diary.",
    ),
    errors.VersionConflict: VERSION_CONFLICT,
    ConflictingRecord: VERSION_CONFLICT,
    errors.OperationReused: ProblemType(
        slug="operation-reused",
        title="Operation id already used",
        status=HTTPStatus.CONFLICT,
        detail="This operation id was used before with other content. Nothing was changed.",
    ),
    errors.LimitReached: ProblemType(
        slug="limit-reached",
        title="There are as many as there may be",
        status=HTTPStatus.CONFLICT,
        detail="There is no room for one more. Remove one that is not needed any more.",
    ),
    errors.InvitationUnusable: ProblemType(
        slug="invitation-unusable",
        title="This code cannot be used",
        status=HTTPStatus.NOT_FOUND,
        detail="It may be wrong, too old, used or taken back. Ask for a new one.",
    ),
    errors.NotPermitted: ProblemType(
        slug="not-permitted",
        title="Not allowed",
        status=HTTPStatus.FORBIDDEN,
        detail="The person whose diary it is has not allowed this.",
    ),
    errors.TransitionRefused: ProblemType(
        slug="transition-refused",
        title="The alert cannot change that way",
        status=HTTPStatus.CONFLICT,
        detail="The alert cannot go from its present state to the asked one.",
    ),
    ReportFailed: ProblemType(
        slug="report-failed",
        title="This report could not be made",
        status=HTTPStatus.CONFLICT,
        detail="It was tried several times, also without your own words. Ask for a new one.",
    ),
    errors.PersonBusy: BUSY,
    exceptions.ValidationError: INVALID_RECORD,
    exceptions.ParseError: ProblemType(
        slug="malformed-body",
        title="The body cannot be read",
        status=HTTPStatus.BAD_REQUEST,
        detail="The body is not valid JSON.",
    ),
    exceptions.NotAuthenticated: UNAUTHENTICATED,
    exceptions.AuthenticationFailed: UNAUTHENTICATED,
    DeviceRevoked: ProblemType(
        slug="device-revoked",
        title="This device was signed out",
        status=HTTPStatus.UNAUTHORIZED,
        detail="This device was signed out from another device. Sign in again to go on.",
    ),
    SessionExpired: ProblemType(
        slug="expired",
        title="The session has expired",
        status=HTTPStatus.UNAUTHORIZED,
        detail="The session was not used for too long or is too old. Sign in again to go on.",
    ),
    PreconditionRequired: ProblemType(
        slug="precondition-required",
        title="If-Match needed",
        status=HTTPStatus.PRECONDITION_REQUIRED,
        detail="Send the ETag of the version you changed in the If-Match header.",
    ),
    PreconditionFailed: ProblemType(
        slug="precondition-failed",
        title="The record has changed since",
        status=HTTPStatus.PRECONDITION_FAILED,
        detail="The version in If-Match is not the present one. Nothing was changed.",
    ),
    ResyncRequired: ProblemType(
        slug="resync-required",
        title="Read the diary from the start",
        status=HTTPStatus.CONFLICT,
        detail="This cursor cannot go on. Pull without a cursor, and keep what is not sent yet.",
    ),
    ReauthenticationRequired: ProblemType(
        slug="reauthentication-required",
        title="Confirm that it is you",
        status=HTTPStatus.FORBIDDEN,
        detail="This needs a confirmation of the last five minutes. Reauthenticate, then go on.",
    ),
    AppTooOld: ProblemType(
        slug="app-too-old",
        title="This version of the app is too old",
        status=HTTPStatus.UPGRADE_REQUIRED,
        detail="Update the app. What waits on the phone stays there until then.",
    ),
    exceptions.Throttled: ProblemType(
        slug="too-many-requests",
        title="Too many for now",
        status=HTTPStatus.TOO_MANY_REQUESTS,
        detail=(
            "Nothing was stored, and nothing was checked for warning signs. Keep it, and send it"
            " again after Retry-After seconds."
        ),
    ),
    OperationalError: UNAVAILABLE,
    InterfaceError: UNAVAILABLE,
    RedisError: UNAVAILABLE,  # away, full, loading, or a replica
}
