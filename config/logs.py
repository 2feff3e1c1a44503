"""Log lines without exception texts or variables: either may hold what a person wrote.

A line may carry fields of its own: `extra={"fields": {...}}`.
"""

import json
import logging
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType

from api.log_context import shared_fields
from config import env

FORMATS = ("plain", "json")
PLAIN = "{asctime} {levelname} {name} {message}"
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class PrivateFormatter(logging.Formatter):
    """One line of text; an exception is its class and the places it passed, and nothing else."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's
        shown = (f" {name}={value}" for name, value in fields_of(record).items())
        line = super().formatMessage(record) + "".join(shown)
        return CONTROL.sub(lambda found: repr(found.group())[1:-1], line)

    def formatException(  # noqa: N802 - the name is logging's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        if kind is None:
            return ""
        return "\n".join([*(f"  {place}" for place in places_of(trace)), kind.__qualname__])


class JsonFormatter(logging.Formatter):
    """One JSON object in one line, with the same restraint."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
            **fields_of(record),
        }
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            line |= {"exception": kind.__qualname__, "places": places_of(trace)}
        return json.dumps(line, default=str)


class ExceptionsByClass(logging.Filter):
    """Puts the class in place of an exception among the arguments of a line: Celery logs texts."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, Mapping):
            shown = (
                {"exc": str(record.args["exc"]).partition("(")[0]} if "exc" in record.args else {}
            )
            record.args = {**record.args, **shown}
        elif record.args:
            record.args = tuple(
                type(one).__qualname__ if isinstance(one, BaseException) else one
                for one in record.args
            )
        return True


def formatter() -> logging.Formatter:
    """Return the formatter that LOG_FORMAT asks for."""
    chosen = env.env_choice("LOG_FORMAT", FORMATS)
    return JsonFormatter() if chosen == "json" else PrivateFormatter(PLAIN, style="{")


def fields_of(record: logging.LogRecord) -> dict[str, object]:
    """Return what belongs on this line beside its message."""
    return {**getattr(record, "fields", {}), **shared_fields()}


def places_of(trace: TracebackType | None) -> list[str]:
    """Return where an exception came by, the outermost place first."""
    frames = traceback.extract_tb(trace)
    return [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
