"""Files of older diaries for tests."""

import csv
import io
from datetime import UTC, datetime

import pytest

from diary.domain.errors import InvalidRecord
from diary.domain.imports.reading import Habits, read_file
from diary.domain.imports.times import DateOrder
from diary.domain.wire.records import RecordType

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
BERLIN = "Europe/Berlin"


def read(text, type_=RecordType.EPISODE, zone=BERLIN, order="ymd"):
    content = text if isinstance(text, bytes) else text.encode()
    habits = Habits(time_zone=zone, date_order=DateOrder(order))
    return read_file(content, type_=type_, habits=habits, now=NOW)


def refused(text, type_=RecordType.EPISODE):
    with pytest.raises(InvalidRecord) as refusal:
        read(text, type_)
    return [(error.path, error.code) for error in refusal.value.errors]


def line(header, *cells):
    out = io.StringIO(newline="")
    rows = [["start_local", *header.split(";")], ["2024-03-05 08:15", *cells]]
    csv.writer(out, delimiter=";").writerows(rows)
    return out.getvalue()


def one(header, *cells, **options):
    """Read an episode of one line with these further columns and return its data."""
    file = read(line(header, *cells), **options)
    assert file.errors == ()
    return file.lines[0].data


def wrong(header, *cells):
    """Return (column, code) of everything wrong with an episode of one line."""
    file = read(line(header, *cells))
    assert file.lines == ()
    return [("".join(map(str, error.path[2:])), error.code) for error in file.errors]
