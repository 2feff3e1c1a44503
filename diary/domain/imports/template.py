"""Tables in the form that `reading` takes: the empty template, and records as lines of one."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from diary.domain.imports.apostrophes import safe_cell, safe_text
from diary.domain.imports.cells import Integer, Text
from diary.domain.imports.columns import COLUMNS_OF_TYPE, Column
from diary.domain.imports.times import at_offset
from diary.domain.wire.records import RecordType

# Without the mark, spreadsheets misread every name that is not English.
BYTE_ORDER_MARK = "\ufeff"
_EXPERIENCE = {
    "symptoms": [
        {"symptom": "headache", "present": True, "onset": "gradual"},
        {"symptom": "face_droop", "present": False},
    ],
    "impact": 1,
    "remedies": [{"remedy": "own", "own_label": "warm cloth", "helped": True}],
    "note": "After a short night",
}
_UNLESS_SAID = {"present": True, "helped": None, "note_for_doctor": False}
EXAMPLES: Mapping[RecordType, Mapping[str, Any]] = MappingProxyType(
    {
        RecordType.EPISODE: {
            "start": {"at": "2024-03-05T08:15:00+08:00", "time_zone": "Asia/Taipei"},
            "duration_seconds": 20,
            "sites": [{"site": "upper_lip", "side": "left"}, {"site": "cheek"}],
            "movement": "twitch",
            "visible": True,
            "strength": 4,
            "contexts": ["at_rest", "screen_use"],
            "triggers": [
                {"factor": "caffeine", "present": True},
                {"factor": "own", "own_label": "green tea", "present": True},
            ],
            **_EXPERIENCE,
        },
        RecordType.CHECK_IN: {
            "local_date": "2024-03-05",
            "twitched": "yes",
            "warning_signs_asked": True,
            "caffeine_mg": 240,
            "sleep_hours": 6.5,
            "stress": 4,
            **_EXPERIENCE,
        },
    }
)


def template(type_: RecordType) -> bytes:
    """Return the file to fill in: the header, and an example that is a comment."""
    header, example = _rows(type_, [EXAMPLES[type_]])
    return b"".join(csv_lines([header, [f"# {example[0]}", *example[1:]]]))


def table_of(type_: RecordType, records: Iterable[Mapping[str, Any]]) -> bytes:
    """Return wire data as a table, from which `read_file` makes the same data.

    Fields without a column are left out; `id` is the record's own, where it is given. A start is
    written as wall time, with its offset where the zone alone would not give it. Own words must not
    hold a semicolon or the end of a line.
    """
    return b"".join(table_lines(type_, records))


def table_lines(type_: RecordType, records: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Yield the same a line at a time."""
    return csv_lines(_rows(type_, records))


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """Yield rows as lines of a CSV file that begins with a byte order mark, ended CR LF."""
    mark = BYTE_ORDER_MARK
    for row in rows:
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator="\r\n").writerow(row)
        yield (mark + line.getvalue()).encode()
        mark = ""


def _rows(type_: RecordType, records: Iterable[Mapping[str, Any]]) -> Iterator[list[str]]:
    columns = COLUMNS_OF_TYPE[type_]
    yield [column.name for column in columns]
    for record in records:
        yield [_cell(column, record) for column in columns]


def _cell(column: Column, record: Mapping[str, Any]) -> str:
    value = _value(column, record)
    if value in (None, "", []):
        return ""
    text = column.cell.write(value)
    if isinstance(column.cell, Integer):
        return text
    return safe_text(text) if isinstance(column.cell, Text) else safe_cell(text)


def _value(column: Column, record: Mapping[str, Any]) -> Any:
    if column.name == "id":
        return record.get("id")
    if not column.fills:
        return _of_moment(column.name, record)
    value = record.get(column.fills)
    if column.is_list:
        return [item for item in value or () if _belongs(item, column)]
    return value if _belongs(record, column) else None


def _belongs(holder: Any, column: Column) -> bool:
    return all(holder.get(name, _UNLESS_SAID[name]) == value for name, value in column.part.items())


def _of_moment(name: str, record: Mapping[str, Any]) -> Any:
    start, end = record.get("start"), record.get("end")
    if name == "end_local":
        return None if end is None else datetime.fromisoformat(end["at"])
    if start is None:
        return None
    at, zone = datetime.fromisoformat(start["at"]), start.get("time_zone", "")
    wall = at.replace(tzinfo=None)
    offset = at.utcoffset() or timedelta()
    given = bool(zone) and at_offset(wall, zone).utcoffset() == offset
    return {
        "start_local": wall,
        "time_zone": zone,
        "utc_offset_minutes": None if given else offset // timedelta(minutes=1),
        "start_precision": start.get("precision"),
    }.get(name)
