"""Log lines keep the place of a failure and drop its words, as text and as JSON."""

import json
import logging
import os
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from api.log_context import REQUEST_ID, TASK_ID
from config import logs
from config.logs import ExceptionsByClass, JsonFormatter, PrivateFormatter

DIARY_TEXT = "my left lip twitched"
PLAIN = PrivateFormatter(logs.PLAIN, style="{")


def record_of(exc_info=None, *, message="failed", args=(), fields=None):
    record = logging.LogRecord("quiver", logging.ERROR, __file__, 1, message, args, exc_info)
    if fields:
        record.fields = fields
    return record


def raised():
    try:
        raise ValueError(DIARY_TEXT)
    except ValueError:
        return sys.exc_info()


@pytest.mark.parametrize("formatter", [PLAIN, JsonFormatter()])
def test_an_exception_is_logged_by_class_and_place_only(formatter):
    line = formatter.format(record_of(raised()))

    assert DIARY_TEXT not in line
    assert "ValueError" in line
    assert f"{__file__}:" in line
    assert " in raised" in line


def test_an_exception_without_a_trace_is_its_class():
    assert PrivateFormatter().formatException((ValueError, ValueError(DIARY_TEXT), None)) == (
        "ValueError"
    )
    assert PrivateFormatter().formatException((None, None, None)) == ""


def test_a_json_line_is_one_object_with_time_level_process_and_the_fields_of_the_line():
    line = JsonFormatter().format(record_of(message="two\nlines", fields={"status": 404}))

    said = json.loads(line)
    assert "\n" not in line
    assert said.pop("time").endswith("+00:00")
    assert said == {
        "level": "ERROR",
        "logger": "quiver",
        "message": "two\nlines",
        "process": os.getpid(),
        "status": 404,
    }


def test_a_plain_line_ends_with_its_fields_and_cannot_be_forged_by_a_line_break():
    line = PLAIN.format(record_of(message="%s", args=("a\nb\x1b[2K",), fields={"status": 404}))

    assert line.endswith(r"ERROR quiver a\nb\x1b[2K status=404")


@pytest.mark.parametrize("variable", [REQUEST_ID, TASK_ID])
@pytest.mark.parametrize("formatter", [PLAIN, JsonFormatter()])
def test_all_lines_of_a_request_or_a_task_carry_its_id(formatter, variable):
    shared = variable.set("7e57")
    try:
        line = formatter.format(record_of())
    finally:
        variable.reset(shared)

    assert variable.name in line
    assert "7e57" in line
    assert variable.name not in formatter.format(record_of())


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ("Task handler raised error: %r", (ValueError(DIARY_TEXT),)),
        ("Task %(name)s failed: %(exc)s", ({"name": "x", "exc": f"ValueError('{DIARY_TEXT}')"},)),
    ],
)
def test_an_exception_among_the_arguments_is_its_class(message, args):
    record = record_of(message=message, args=args)

    ExceptionsByClass().filter(record)

    assert DIARY_TEXT not in record.getMessage()
    assert "ValueError" in record.getMessage()


def test_other_arguments_stay_as_they_are():
    for message, args in (("%s of %s", (1, "two")), ("%(name)s", ({"name": "x"},)), ("bare", ())):
        record, untouched = (
            record_of(message=message, args=args),
            record_of(message=message, args=args),
        )

        ExceptionsByClass().filter(record)

        assert record.getMessage() == untouched.getMessage()


def test_the_environment_chooses_the_form_of_a_line(monkeypatch):
    monkeypatch.setenv("LOG_FORMAT", "json")
    assert isinstance(logs.formatter(), JsonFormatter)

    monkeypatch.setenv("LOG_FORMAT", "")
    assert isinstance(logs.formatter(), PrivateFormatter)

    monkeypatch.setenv("LOG_FORMAT", "xml")
    with pytest.raises(ImproperlyConfigured, match="LOG_FORMAT must be one of: plain, json"):
        logs.formatter()
