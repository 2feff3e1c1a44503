"""A table of an older diary as records to be created, or everything that is wrong with it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from uuid import UUID, uuid5

from diary.domain.errors import FieldError, InvalidRecord
from diary.domain.imports.cells import Style
from diary.domain.imports.columns import COLUMNS_OF_TYPE, Column
from diary.domain.imports.problem import CellProblem
from diary.domain.imports.table import Line, line_error, read_table, refusal
from diary.domain.imports.times import DateOrder, at_offset
from diary.domain.reading import fingerprint, read_data
from diary.domain.wire.fields import MAX_OFFSET, MIN_OFFSET
from diary.domain.wire.records import AnyData, RecordType

NAMESPACE = UUID("8d5b0f6e-9c1a-5e0b-8f0b-1f6f3f2a4c77")
NOON = time(12)  # stands for a time of day that nobody noted
MAX_ERRORS = 5_000
_COLUMN_OF_MOMENT = {"start": "start_local", "end": "end_local"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How the writer of a file wrote: in which zone their clock ran, in which order their dates."""

    time_zone: str
    date_order: DateOrder = DateOrder.YEAR_FIRST


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """One line as a record to be created.

    `id` and `op_id` are made from what the line says and from nothing else, so that the same line
    is the same record in any file; the zone that `Habits` adds is no part of `id`. `day` is the
    date on the wall.
    """

    number: int
    id: UUID
    op_id: UUID
    data: Mapping[str, Any]
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFile:
    """What a file says: its good lines and its errors, in order of their lines."""

    lines: tuple[ImportLine, ...]
    errors: tuple[FieldError, ...]
    comments: int


def read_file(content: bytes, *, type_: RecordType, habits: Habits, now: datetime) -> ImportFile:
    """Return the lines of a file as records, and every cell that is wrong.

    Paths of errors are `("lines", line, column)`. With more than 5,000 errors only the first of
    each line is kept. Raises InvalidRecord when the file is no table of this type.
    """
    table = read_table(content, type_)
    style = Style(decimal_comma=table.decimal_comma, date_order=habits.date_order)
    lines: list[ImportLine] = []
    errors: list[FieldError] = []
    for line in table.lines:
        try:
            values = _values(line, type_, style, every=len(errors) <= MAX_ERRORS)
            lines.append(_record(line, type_, values, zone=habits.time_zone, now=now))
        except InvalidRecord as wrong:
            errors += wrong.errors
    errors += _contradictions(lines)
    return ImportFile(
        lines=tuple(lines), errors=_at_most(sorted(errors, key=_line_of)), comments=table.comments
    )


def _record(
    line: Line, type_: RecordType, values: Mapping[str, Any], *, zone: str, now: datetime
) -> ImportLine:
    columns = COLUMNS_OF_TYPE[type_]
    raw = _assembled(line, columns, values)
    if type_ is RecordType.EPISODE:
        raw |= _moments(line, values, zone)
    try:
        data = read_data(type_, raw, now=now)
    except InvalidRecord as wrong:
        raise InvalidRecord(tuple(_told_by_column(line, columns, wrong.errors))) from None
    id_ = values.get("id") or uuid5(NAMESPACE, _content(type_, data, values))
    return ImportLine(
        number=line.number,
        id=id_,
        op_id=uuid5(NAMESPACE, fingerprint(type_, id_, 0, raw).hex()),
        data=raw,
        day=date.fromisoformat(raw.get("local_date") or raw["start"]["at"][:10]),
    )


def _values(line: Line, type_: RecordType, style: Style, *, every: bool) -> dict[str, Any]:
    """Return each told cell's value by column.

    Raises InvalidRecord naming every wrong cell, or only the first unless `every`.
    """
    values: dict[str, Any] = {}
    errors = []
    if line.stray:
        detail = "A cell has no column: put text with separators into quotation marks."
        errors.append(line_error(line.number, "", "cell_without_column", detail))
    for column in COLUMNS_OF_TYPE[type_]:
        if errors and not every:
            break
        text = line.cells.get(column.name)
        try:
            if text is not None:
                values[column.name] = column.cell.read(text, style)
            elif column.required:
                raise CellProblem("missing", "This cell is required.")
        except CellProblem as problem:
            errors.append(line_error(line.number, column.name, problem.code, problem.detail))
    if errors:
        raise InvalidRecord(tuple(errors))
    return values


def _assembled(line: Line, columns: Sequence[Column], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the wire data of all columns that fill a field by themselves."""
    data: dict[str, Any] = {}
    for column in columns:
        if not column.fills or column.name not in values:
            continue
        value = values[column.name]
        if column.is_list:
            items = [item | column.part if column.part else item for item in value]
            data.setdefault(column.fills, []).extend(items)
        elif column.fills in data:
            raise refusal(line.number, column.name, "said_twice", "Fill one of the two columns.")
        else:
            data |= {column.fills: value, **column.part}
    return data


def _moments(line: Line, values: Mapping[str, Any], zone: str) -> dict[str, Any]:
    start = values["start_local"]
    known = isinstance(start, datetime)
    precision = values.get("start_precision", "minute" if known else "day")
    moments = {
        "start": _moment(line, "start_local", start, values, zone) | {"precision": precision}
    }
    if "end_local" in values:
        moments["end"] = _moment(line, "end_local", values["end_local"], values, zone)
    return moments


def _moment(
    line: Line, column: str, stated: date | datetime, values: Mapping[str, Any], zone: str
) -> dict[str, Any]:
    """Return a stated time as a moment: its own offset first, then the line's, then the zone's."""
    wall = stated if isinstance(stated, datetime) else datetime.combine(stated, NOON)
    own_zone, minutes = values.get("time_zone", ""), values.get("utc_offset_minutes")
    if wall.tzinfo is None and minutes is not None:
        wall = wall.replace(tzinfo=timezone(_offset(line, minutes)))
    elif wall.tzinfo is None:
        own_zone = own_zone or zone
        wall = at_offset(wall, own_zone)
    return {"at": wall.isoformat(), "time_zone": own_zone, "zone_source": "user"}


def _offset(line: Line, minutes: int) -> timedelta:
    offset = timedelta(minutes=minutes)
    if not MIN_OFFSET <= offset <= MAX_OFFSET:
        detail = "The offset from UTC lies between -720 and 840 minutes."
        raise refusal(line.number, "utc_offset_minutes", "offset_out_of_range", detail)
    return offset


def _content(type_: RecordType, data: AnyData, values: Mapping[str, Any]) -> str:
    """Return what a line says in one fixed form, without the zone that was assumed for it.

    Unsaid fields are left out, so that a field added to the records changes no id.
    """
    said = data.model_dump(mode="json", exclude_defaults=True)
    for moment, column in _COLUMN_OF_MOMENT.items():
        if column in values:
            said[moment] = values[column].isoformat()
    said["precision"] = values.get("start_precision")
    said["clock"] = [values.get("time_zone"), values.get("utc_offset_minutes")]
    return json.dumps([type_.value, said], sort_keys=True)


def _told_by_column(
    line: Line, columns: Sequence[Column], errors: Sequence[FieldError]
) -> Iterator[FieldError]:
    """Yield the errors of the wire with the column their field was filled from."""
    for error in errors:
        field = str(error.path[0]) if error.path else ""
        told = [each.name for each in columns if each.fills == field and each.name in line.cells]
        column = _COLUMN_OF_MOMENT.get(field) or next(iter(told), "")
        yield line_error(line.number, column if field else "", error.code, error.detail)


def _contradictions(lines: Sequence[ImportLine]) -> Iterator[FieldError]:
    """Yield an error for each line with the id of an earlier one and other content."""
    first: dict[UUID, ImportLine] = {}
    for line in lines:
        if first.setdefault(line.id, line).op_id != line.op_id:
            detail = f"Line {first[line.id].number} has the same id and says something else."
            yield line_error(line.number, "id", "id_repeated", detail)


def _line_of(error: FieldError) -> int:
    return int(error.path[1])


def _at_most(errors: Sequence[FieldError]) -> tuple[FieldError, ...]:
    if len(errors) <= MAX_ERRORS:
        return tuple(errors)
    first: dict[int, FieldError] = {}
    for error in errors:
        first.setdefault(_line_of(error), error)
    return tuple(first.values())
