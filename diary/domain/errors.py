"""The errors the diary raises on purpose.

DiaryError
├── InvalidRecord      one or more fields of a record cannot be accepted
├── RecordNotFound     no such record for this person
├── VersionConflict    the server holds another version than the writer started from
├── OperationReused    an operation id was used before with other content
├── LimitReached       the person has as many of a kind as there may be
├── InvitationUnusable the code of an invitation cannot be taken up
├── NotPermitted       the person whose diary it is has not allowed this
├── TransitionRefused  the alert cannot go from its state to the asked one
└── PersonBusy         another write holds this person's diary for too long

None of them knows HTTP; `api/problems.py` maps each to a problem document.
"""

from dataclasses import dataclass


class DiaryError(Exception):
    """Something anticipated went wrong; subclasses say what. Messages carry no health data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldError:
    """One wrong field.

    `path` leads from the record's data to the field: names and list positions, outermost first.
    `code` is stable for programs, `detail` is a sentence for people and never repeats the value.
    """

    path: tuple[str | int, ...]
    code: str
    detail: str


class InvalidRecord(DiaryError):
    """One or more fields of a record cannot be accepted; `errors` names every one."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__(f"{len(errors)} field(s) cannot be accepted")
        self.errors = errors


class RecordNotFound(DiaryError):
    """The person has no record with this type and id."""


class VersionConflict(DiaryError):
    """The server holds another version than the one the writer started from."""


class OperationReused(DiaryError):
    """The operation id was used before with other content; nothing was changed."""


class LimitReached(DiaryError):
    """The person has as many of these as one person may have."""


class InvitationUnusable(DiaryError):
    """The code is wrong, expired, used or taken back; which of these is never said."""


class NotPermitted(DiaryError):
    """The person whose diary it is has not allowed this."""


class TransitionRefused(DiaryError):
    """The alert cannot go from its present state to the asked one."""


class PersonBusy(DiaryError):
    """Another write holds this person's diary; the same request may succeed in a moment."""
