"""Flattens what a serializer found wrong into one list, without repeating what was sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rest_framework.exceptions import ErrorDetail
from rest_framework.settings import api_settings

from diary.domain.errors import FieldError

Path = tuple[str | int, ...]

GENERAL_SENTENCE = "This value cannot be accepted."
# Libraries quote the submitted value in these messages, or speak of types instead of fields.
SENTENCES = {
    "invalid_choice": "This is not one of the allowed values.",
    "does_not_exist": "This refers to something that does not exist.",
    "no_match": "This refers to something that does not exist.",
    "incorrect_type": "This has the wrong type.",
    "not_a_list": "A list is expected here.",
    "not_a_dict": "An object is expected here.",
    "datatype": "An object is expected here.",
    "unknown_field": "This field is not known here.",
    "unique": "This value is taken.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class InputError:
    """One wrong field: a JSON-Pointer fragment, a code for programs, a sentence for people."""

    pointer: str
    code: str
    detail: str

    def as_json(self) -> dict[str, str]:
        return {"pointer": self.pointer, "code": self.code, "detail": self.detail}


def json_pointer(path: Path) -> str:
    """Return the path as a JSON-Pointer fragment: `#/data/sites/0`, with `~` and `/` escaped."""
    return "#" + "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def field_errors(errors: Sequence[FieldError], *, prefix: Path) -> tuple[InputError, ...]:
    """Return the domain's field errors with their paths below `prefix`."""
    return tuple(
        InputError(pointer=json_pointer(prefix + error.path), code=error.code, detail=error.detail)
        for error in errors
    )


def flatten(detail: object, path: Path = ()) -> Iterator[InputError]:
    """Yield every error of a serializer, however mappings and lists are nested.

    Lists of items come as a list with empty entries, or as a mapping keyed by position.
    """
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            yield from flatten(value, path + _step(key))
    elif isinstance(detail, list | tuple):
        for position, value in enumerate(detail):
            is_item = isinstance(value, Mapping | list | tuple)
            yield from flatten(value, (*path, position) if is_item else path)
    else:
        yield _leaf(detail, path)


def _step(key: object) -> Path:
    if key == api_settings.NON_FIELD_ERRORS_KEY:
        return ()
    return (key if isinstance(key, int) else str(key),)


def _leaf(detail: object, path: Path) -> InputError:
    code = str(detail.code) if isinstance(detail, ErrorDetail) and detail.code else "invalid"
    return InputError(
        pointer=json_pointer(path), code=code, detail=safe_sentence(code, str(detail))
    )


def safe_sentence(code: str, text: str) -> str:
    """Return the text unless it may repeat what was sent; libraries do that in double quotes."""
    if code in SENTENCES:
        return SENTENCES[code]
    return GENERAL_SENTENCE if any(quote in text for quote in '"“”') else text
