"""Records of an export as CSV files: read back whole, and left alone by spreadsheets."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.imports.apostrophes import original_text
from diary.domain.imports.columns import COLUMNS_OF_TYPE
from diary.domain.wire.records import DATA_OF_TYPE, RecordType
from reports.render.tables import record_lines, row_lines

ID = "12345678-1234-4234-8234-123456789012"
TEXT = st.text(st.characters(exclude_characters="\x00\r", exclude_categories=["Cs"]), max_size=40)


def rows_of(lines):
    text = b"".join(lines).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def medication(**data):
    whole = DATA_OF_TYPE[RecordType.MEDICATION].model_validate({"name": "x"} | data)
    return whole.model_dump(mode="json") | {"id": ID}


@pytest.mark.parametrize("type_", RecordType)
def test_a_type_without_records_is_a_header(type_):
    [header] = record_lines(type_, [])

    names = next(csv.reader([header.decode("utf-8-sig")]))
    said = set(DATA_OF_TYPE[type_].model_fields)
    told = {column.name for column in COLUMNS_OF_TYPE.get(type_, ())} or {"id", *said}
    assert set(names) == told


@given(TEXT, TEXT)
def test_own_words_come_back_as_they_were(dose, note):
    [row] = rows_of(record_lines(RecordType.MEDICATION, [medication(dose=dose, note=note)]))

    assert (original_text(row["dose"]), original_text(row["note"])) == (dose, note)


def test_ids_dates_and_answers_are_not_touched_and_lists_are_json():
    started = {"date": "2026-01-01", "precision": "month"}
    course = medication(name="007", started=started, as_needed=True)

    [row] = rows_of(record_lines(RecordType.MEDICATION, [course]))

    assert (row["id"], row["name"], row["as_needed"]) == (ID, "'007", "true")
    assert json.loads(row["started"])["date"] == "2026-01-01"
    assert row["stopped"] == row["dose_changes"] == ""


def test_nothing_but_own_words_is_taken_for_a_number():
    row = {"day": "2026-01-01", "note": "1", "code": "="}

    [told] = rows_of(row_lines(tuple(row), [row]))

    assert told == {"day": "2026-01-01", "note": "'1", "code": "'="}
