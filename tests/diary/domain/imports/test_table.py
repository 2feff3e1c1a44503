"""Encodings, dialects, headers and comments of a file."""

import codecs

import pytest

from diary.domain.errors import InvalidRecord
from diary.domain.imports.table import MAX_LINES
from diary.domain.wire.records import RecordType
from tests.diary.domain.imports.helpers import read, refused

PLAIN = "start_local,strength,note\n2024-03-05 08:15,4,fine\n2024-03-06 09:00,,\n"
TEXT = 'start_local,note\r\n2024-03-05 08:15,"one, two\r\n""three"""\r\n'


def told(file):
    return [(line.number, line.data.get("strength"), line.data.get("note")) for line in file.lines]


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + PLAIN.replace(",", "\t").encode("utf-16-le"),
        codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.rstrip("\n").encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("start_local", '"Start Local"').encode(),
        PLAIN.replace("start_local,strength", "START-LOCAL , Strength").encode(),
        PLAIN.replace("\n", ",,\n").encode(),
    ],
    ids=[
        "utf-8", "with mark", "utf-16 tabs", "utf-16 big", "CR LF", "CR", "no last end",
        "semicolons", "tabs", "quoted header", "header in other letters", "empty columns",
    ],
)  # fmt: skip
def test_every_dialect_of_a_spreadsheet_says_the_same(content):
    assert told(read(content)) == [(2, 4, "fine"), (3, None, None)]


def test_a_first_line_that_names_the_separator_is_no_header():
    assert told(read("sep=;\r\n" + PLAIN.replace(",", ";"))) == [(3, 4, "fine"), (4, None, None)]


def test_quoted_text_keeps_separators_quotes_and_ends_of_lines():
    file = read(TEXT + "2024-03-06 08:15,later\r\n")

    assert told(file) == [(2, None, 'one, two\n"three"'), (4, None, "later")]


def test_comments_and_blank_lines_are_passed_over_and_comments_counted():
    file = read("# mine\n\nstart_local,note\n ,\n# 2024-03-05,no\n2024-03-05,yes # really\n,,,\n")

    assert told(file) == [(6, None, "yes # really")]
    assert file.comments == 2


def test_a_file_of_nothing_but_the_header_is_an_empty_diary():
    assert read("start_local\n").lines == ()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [(("lines", 1), "no_header")]),
        ("# only a comment\n\n", [(("lines", 1), "no_header")]),
        ("start_local,mood\n", [(("lines", 1), "unknown_column")]),
        ("strength\n4\n", [(("lines", 1, "start_local"), "missing_column")]),
        (
            "start_local,note,Note\n2024-03-05,a,b\n",
            [(("lines", 1, "note"), "column_twice")],
        ),
        ("2024-03-05 08:15,4\n", None),
        ("start_local,note\n2024-03-05,\xe9\n".encode("latin-1"), [(("lines", 2), "not_utf_8")]),
        (b"\xff\xfea", [(("lines", 1), "not_utf_8")]),
        ('start_local,note\n2024-03-05,"open\n2024\n', [(("lines", 2), "quotation_marks")]),
        ('start_local,note\n2024-03-05,"a"b\n', [(("lines", 2), "quotation_marks")]),
        ("start_local" + "," * 200 + "\n", [(("lines", 1), "too_many_columns")]),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_line(content, expected):
    found = refused(content)

    assert expected in (None, found)
    assert found


def test_a_table_of_the_other_type_is_refused_by_its_columns():
    found = refused("local_date,twitched\n2024-03-05,yes\n", RecordType.EPISODE)

    assert (("lines", 1, "start_local"), "missing_column") in found


def test_the_most_lines_are_read_and_one_more_is_refused_with_its_number():
    full = "local_date,twitched\n" + "2024-03-05,yes\n" * MAX_LINES

    assert len(read(full, RecordType.CHECK_IN).lines) == MAX_LINES
    assert refused(full + "\n2024-03-05,yes\n", RecordType.CHECK_IN) == [
        (("lines", MAX_LINES + 3), "too_many_lines")
    ]


def test_no_refusal_repeats_what_stands_in_the_file():
    with pytest.raises(InvalidRecord) as refusal:
        read("start_local,canary\n2024-03-05,canary\n")

    assert not any("canary" in error.detail for error in refusal.value.errors)
