"""Reads request bodies: JSON of bounded size and depth, without what PostgreSQL cannot store."""

from collections.abc import Mapping
from io import BytesIO
from typing import IO, Any

from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser, JSONParser

# The largest body a phone ever needs: 500 operations of two kilobytes.
MAX_BODY_BYTES = 1024 * 1024
ESCAPED_NULL = b"\\u0000"


class BodyTooLarge(APIException):
    """The body is longer than MAX_BODY_BYTES."""

    status_code = 413


class BoundedJSONParser(JSONParser):
    """JSON that fits in memory, on the stack and in a text column."""

    refuses_null_characters = True

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
            unstorable = (
                self.refuses_null_characters and ESCAPED_NULL in body and holds_null_character(data)
            )
        except RecursionError as error:
            raise ParseError from error
        if unstorable:
            raise ParseError
        return data


class OperationsParser(BoundedJSONParser):
    """The same for a batch, where a null character is one operation's mistake and not the batch's.

    Each operation is checked on its own, so that a phone's queue is never stuck behind one.
    """

    refuses_null_characters = False


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
