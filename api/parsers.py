"""Reads request bodies: JSON of bounded size and depth, without what PostgreSQL cannot store."""

from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any

from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser, JSONParser

from diary.domain.nesting import nests_deeper_than

# The largest body a phone ever needs: 500 operations of two kilobytes.
MAX_BODY_BYTES = 1024 * 1024
MAX_LEVELS = 32  # lists and objects inside each other: far more than any record has
MAX_LEVELS_OF_BATCH = 100  # far from what runs out of stack
ESCAPED_NULL = b"\\u0000"


class BodyTooLarge(APIException):
    """The body is longer than MAX_BODY_BYTES."""

    status_code = 413


class NestedTooDeep(ParseError):
    """The body holds lists and objects inside each other beyond the parser's levels."""


class BoundedJSONParser(JSONParser):
    """JSON that fits in memory, on the stack and in a text column."""

    refuses_null_characters = True
    levels = MAX_LEVELS

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body = stream.read(MAX_BODY_BYTES + 1)
        if len(body) > MAX_BODY_BYTES:
            raise BodyTooLarge
        try:
            data = super().parse(BytesIO(body), media_type, parser_context)
        except RecursionError as error:
            raise NestedTooDeep from error
        if nests_deeper_than(data, self.levels):
            raise NestedTooDeep
        if self.refuses_null_characters and ESCAPED_NULL in body and holds_null_character(data):
            raise ParseError
        return data


class OperationsParser(BoundedJSONParser):
    """The same for a batch, where what cannot be kept is one operation's mistake, not the batch's.

    Each operation is checked on its own, so that a phone's queue is never stuck behind one.
    """

    refuses_null_characters = False
    levels = MAX_LEVELS_OF_BATCH


class CsvParser(BaseParser):
    """A file of separated values that fits in memory, as bytes: what they say is read later."""

    media_type = "text/csv"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        body = stream.read(MAX_BODY_BYTES + 1)
        if len(body) > MAX_BODY_BYTES:
            raise BodyTooLarge
        return body


def holds_null_character(data: object) -> bool:
    """Return whether a name or a text anywhere in the data has a null character in it."""
    if isinstance(data, str):
        return "\0" in data
    if isinstance(data, Mapping):
        return any(map(holds_null_character, [*data, *data.values()]))
    return isinstance(data, list) and any(map(holds_null_character, data))
