"""Log lines keep the place of a failure and drop its words."""

import logging
import sys

from config.logs import PrivateFormatter

DIARY_TEXT = "my left lip twitched"


def record_of(exc_info):
    return logging.LogRecord("quiver", logging.ERROR, __file__, 1, "failed", (), exc_info)


def test_an_exception_is_logged_by_class_and_place_only():
    try:
        raise ValueError(DIARY_TEXT)
    except ValueError:
        line = PrivateFormatter().format(record_of(sys.exc_info()))

    assert DIARY_TEXT not in line
    assert line.endswith("ValueError")
    assert "test_logs.py" in line


def test_a_line_without_an_exception_stays_as_it_is():
    assert PrivateFormatter().format(record_of(None)) == "failed"
    assert PrivateFormatter().formatException((None, None, None)) == ""
