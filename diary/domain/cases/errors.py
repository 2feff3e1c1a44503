"""What can be wrong with a case file; every message names the case and the field."""

from collections.abc import Iterable


class CaseFileError(Exception):
    """The case file cannot be used as it stands."""


class UnknownToken(CaseFileError):
    """A diary token that no vocabulary list resolves."""

    def __init__(self, case_id: str, field: str, token: object) -> None:
        super().__init__(f"Case {case_id}: unknown token {token!r} in diary field `{field}`.")
        self.case_id = case_id
        self.field = field
        self.token = token


class UnknownField(CaseFileError):
    """One or more diary fields that the conversion does not know."""

    def __init__(self, case_id: str, fields: Iterable[str]) -> None:
        self.case_id = case_id
        self.fields = tuple(sorted(fields))
        named = ", ".join(f"`{field}`" for field in self.fields)
        super().__init__(f"Case {case_id}: unknown diary field(s) {named}.")


class MalformedCase(CaseFileError):
    """A value of the wrong kind; `expected` says what should stand there."""

    def __init__(self, case_id: str, field: str, expected: str) -> None:
        super().__init__(f"Case {case_id}: `{field}` must be {expected}.")
        self.case_id = case_id
        self.field = field
