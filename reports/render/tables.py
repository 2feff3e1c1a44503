"""Records as CSV files, a line at a time: one file for each type, safe to open in a spreadsheet."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from diary.domain.imports.apostrophes import safe_cell, safe_text
from diary.domain.imports.columns import COLUMNS_OF_TYPE
from diary.domain.imports.template import csv_lines, table_lines
from diary.domain.wire.records import DATA_OF_TYPE, RecordType
from reports.domain.shape import json_value

OWN_WORDS = frozenset({"name", "dose", "note", "own_label", "question", "result"})


def record_lines(type_: RecordType, records: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Yield records, given as their data with the id, as a table.

    Episodes and check-ins are told in the columns that the import takes; the others have a column
    for each of their fields.
    """
    if type_ in COLUMNS_OF_TYPE:
        return table_lines(type_, records)
    return row_lines(("id", *DATA_OF_TYPE[type_].model_fields), records)


def row_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Yield rows as a table: lists and objects as JSON, what is unsaid as an empty cell."""
    return csv_lines(_with_header(columns, rows))


def _with_header(
    columns: Sequence[str], rows: Iterable[Mapping[str, Any]]
) -> Iterator[Sequence[str]]:
    yield columns
    for row in rows:
        yield [_cell(name, json_value(row[name])) for name in columns]


def _cell(column: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, str):
        return safe_text(value) if column in OWN_WORDS else safe_cell(value)
    return safe_cell(json.dumps(value, ensure_ascii=False))
