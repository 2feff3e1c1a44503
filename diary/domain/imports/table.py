"""A file of separated values as named cells: encodings, dialects, header and comments.

Read are UTF-8 and, where a byte order mark says so, UTF-16; commas, semicolons and tabs; any ends
of lines; quoted text over several lines. A line whose first cell begins with `#` is a comment.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from diary.domain.errors import FieldError, InvalidRecord
from diary.domain.imports.apostrophes import original_text
from diary.domain.imports.columns import COLUMNS_OF_TYPE, PASSED_OVER
from diary.domain.vocabulary.codes import plain_name
from diary.domain.wire.records import RecordType

MAX_LINES = 5_000
MAX_COLUMNS = 200
DELIMITERS = (",", ";", "\t")
_STATED_DELIMITER = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

Record = tuple[int, list[str]]  # the number of its first line in the file, its cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The cells of one line that are not blank, by column; `stray` when one has no column."""

    number: int
    cells: Mapping[str, str]
    stray: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The lines of a file with something in them, in order; `comments` counts those passed over."""

    lines: tuple[Line, ...]
    comments: int
    decimal_comma: bool


def read_table(content: bytes, type_: RecordType) -> Table:
    """Return the table in a file. Raises InvalidRecord when it cannot be read as one of `type_`."""
    text = _decoded(content)
    delimiter, skipped = _delimiter(text, type_)
    records = [each for each in _records(text, delimiter) if each[0] > skipped and _told(each)]
    kept = [each for each in records if not _is_comment(each)]
    if not kept:
        raise refusal(1, "", "no_header", "The first line must name the columns.")
    header = _header(kept[0], type_)
    if len(kept) - 1 > MAX_LINES:
        detail = f"A file holds at most {MAX_LINES} lines. Divide it into several."
        raise refusal(kept[MAX_LINES + 1][0], "", "too_many_lines", detail)
    return Table(
        lines=tuple(_line(record, header) for record in kept[1:]),
        comments=len(records) - len(kept),
        decimal_comma=delimiter != ",",
    )


def line_error(line: int, column: str, code: str, detail: str) -> FieldError:
    """Return the error of a cell, or of a whole line when `column` is empty."""
    path: tuple[str | int, ...] = ("lines", line, column) if column else ("lines", line)
    return FieldError(path=path, code=code, detail=detail)


def refusal(line: int, column: str, code: str, detail: str) -> InvalidRecord:
    """Return what to raise when one cell, line or file cannot be read."""
    return InvalidRecord((line_error(line, column, code, detail),))


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-16" if content.startswith(_WIDE_MARKS) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        detail = 'This line is not in UTF-8. Save the file as "CSV UTF-8".'
        raise refusal(line, "", "not_utf_8", detail) from None


def _delimiter(text: str, type_: RecordType) -> tuple[str, int]:
    """Return what parts the cells, and how many lines at the top only say so."""
    stated = _STATED_DELIMITER.match(text)
    if stated:
        return stated[1], 1
    known = _names_of(type_).keys()
    top = (line for line in text[:10_000].splitlines() if line.strip())
    header = next((line for line in top if not line.lstrip('" ').startswith("#")), "")

    def names_found(delimiter: str) -> int:
        return sum(plain_name(cell.strip('" ')) in known for cell in header.split(delimiter))

    return max(DELIMITERS, key=names_found), 0


def _records(text: str, delimiter: str) -> Iterator[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    first = 1
    try:
        for cells in reader:
            yield first, cells
            first = reader.line_num + 1
    except csv.Error:
        detail = "Quotation marks from this line on do not match, or a cell is too long."
        raise refusal(first, "", "quotation_marks", detail) from None


def _told(record: Record) -> bool:
    return any(cell.strip() for cell in record[1])


def _is_comment(record: Record) -> bool:
    return record[1][0].lstrip().startswith("#")


def _names_of(type_: RecordType) -> dict[str, str]:
    """Return each name a header may have, in plain form, with its column; empty: passed over."""
    names = {plain_name(column.name): column.name for column in COLUMNS_OF_TYPE[type_]}
    return names | {plain_name(name): "" for name in PASSED_OVER[type_]}


def _header(record: Record, type_: RecordType) -> tuple[str | None, ...]:
    """Return the column of each cell: None where the header is blank, empty where passed over."""
    names = _names_of(type_)
    line, cells = record
    if len(cells) > MAX_COLUMNS:
        raise refusal(line, "", "too_many_columns", f"A line holds at most {MAX_COLUMNS} cells.")
    found = tuple(names.get(plain_name(cell)) if cell.strip() else None for cell in cells)
    errors = [
        *_unknown(line, cells, found),
        *_twice(line, found),
        *_missing(line, found, type_),
    ]
    if errors:
        raise InvalidRecord(tuple(errors))
    return found


def _unknown(line: int, cells: Sequence[str], found: Sequence[str | None]) -> Iterator[FieldError]:
    for position, (cell, name) in enumerate(zip(cells, found, strict=True), start=1):
        if name is None and cell.strip():
            detail = f"Column {position} is not one of the template's."
            yield line_error(line, "", "unknown_column", detail)


def _twice(line: int, found: Sequence[str | None]) -> Iterator[FieldError]:
    for name in (name for name, times in Counter(found).items() if name and times > 1):
        yield line_error(line, name, "column_twice", "This column stands twice in the file.")


def _missing(line: int, found: Sequence[str | None], type_: RecordType) -> Iterator[FieldError]:
    for column in COLUMNS_OF_TYPE[type_]:
        if column.required and column.name not in found:
            yield line_error(line, column.name, "missing_column", "This column is required.")


def _line(record: Record, header: Sequence[str | None]) -> Line:
    number, cells = record
    told = {position: cell for position, cell in enumerate(cells) if cell.strip()}
    named = {position: header[position] if position < len(header) else None for position in told}
    return Line(
        number=number,
        cells={name: original_text(told[at]) for at, name in named.items() if name},
        stray=None in named.values(),
    )
