"""What may stand in a cell, and what is said of what may not."""

from datetime import date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from diary.domain.imports.cells import Decimal, Identity, Integer, Style, WallTime
from diary.domain.wire.records import RecordType
from tests.diary.domain.imports.helpers import one, read, refused, wrong


@pytest.mark.parametrize("word", ["yes", "Yes", "TRUE", "1", "y", "是"])
def test_yes_is_understood_in_several_words(word):
    assert one("visible", word)["visible"] is True


@pytest.mark.parametrize("word", ["no", "FALSE", "0", " n ", "否"])
def test_no_is_understood_in_several_words(word):
    assert one("visible", word)["visible"] is False


def test_an_empty_cell_is_unsaid():
    data = one("visible;strength;sites;note", " ", "", "", "")

    assert not {"visible", "strength", "sites", "note"} & set(data)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("visible", "maybe", "yes_or_no"),
        ("strength", "four", "whole_number"),
        ("strength", "4.5", "whole_number"),
        ("strength", "11", "less_than_equal"),
        ("strength", "-1", "greater_than_equal"),
        ("duration_seconds", "9999999999", "whole_number"),
        ("movement", "dance", "unknown_code"),
        ("sites", "upper_lip:up", "unknown_code"),
        ("sites", "upper_lip:left:right", "said_twice"),
        ("sites", "elbow_pit", "unknown_code"),
        ("symptoms_present", "headache:left:left", "said_twice"),
        ("triggers_present", "the blue lamp", "unknown_code"),
        ("triggers_present", "own", "own_label"),
        ("contexts", "own:x", "unknown_code"),
        ("start_precision", "hour", "unknown_word"),
        ("time_zone", "Berlin", "unknown_time_zone"),
        ("utc_offset_minutes", "900", "offset_out_of_range"),
        ("utc_offset_minutes", "-721", "offset_out_of_range"),
        ("end_local", "8:15", "date_format"),
        ("note", "x" * 5001, "string_too_long"),
        ("note", "a\x00b", "unstorable_text"),
        ("id", "17", "uuid"),
    ],
)
def test_a_wrong_cell_is_named_by_its_column(column, cell, code):
    assert wrong(column, cell) == [(column, code)]


def test_every_wrong_cell_of_a_line_is_named():
    assert wrong("visible;strength;movement", "maybe", "four", "dance") == [
        ("movement", "unknown_code"),
        ("visible", "yes_or_no"),
        ("strength", "whole_number"),
    ]


def test_codes_labels_and_synonyms_are_understood():
    data = one(
        "sites;movement;contexts",
        "Upper lip : left ; cheek:right",
        "Twitch",
        "At rest; screen_use",
    )

    assert data["sites"] == [
        {"site": "upper_lip", "side": "left"},
        {"site": "cheek", "side": "right"},
    ]
    assert data["movement"] == "twitch"
    assert data["contexts"] == ["at_rest", "screen_use"]


@pytest.mark.parametrize(
    "cell", ["upper_lip:left cheek", "upper_lip:left, cheek", "upper_lip\uff1aleft\uff0ccheek"]
)
def test_items_are_apart_by_spaces_or_commas(cell):
    assert one("sites", cell)["sites"] == [{"site": "upper_lip", "side": "left"}, {"site": "cheek"}]


def test_a_symptom_carries_its_onset_and_side_in_any_order():
    data = one("symptoms_present;symptoms_absent", "face_droop:left:sudden headache", "fever")

    assert data["symptoms"] == [
        {"symptom": "face_droop", "side": "left", "onset": "sudden", "present": True},
        {"symptom": "headache", "present": True},
        {"symptom": "fever", "present": False},
    ]


def test_own_words_keep_their_spaces_commas_and_colons():
    data = one("triggers_present;triggers_absent", "caffeine; own: green tea, hot: yes ", "stress")

    assert data["triggers"] == [
        {"factor": "caffeine", "present": True},
        {"factor": "own", "own_label": "green tea, hot: yes", "present": True},
        {"factor": "stress", "present": False},
    ]


def test_remedies_keep_whether_they_helped():
    data = one("remedies_helped;remedies_not_helped;remedies_unrated", "rest", "massage", "own:tea")

    assert [(item["remedy"], item["helped"]) for item in data["remedies"]] == [
        ("rest", True),
        ("massage", False),
        ("own", None),
    ]


def test_a_note_stands_in_one_of_two_columns():
    assert one("note_for_doctor", "look")["note_for_doctor"] is True
    assert one("note", "mine")["note_for_doctor"] is False
    assert wrong("note;note_for_doctor", "mine", "look") == [("note_for_doctor", "said_twice")]


def check_in(cell, delimiter=";"):
    head = delimiter.join(["local_date", "twitched", "sleep_hours"])
    return read(f"{head}\n{delimiter.join(['2024-03-05', 'no', cell])}\n", RecordType.CHECK_IN)


@pytest.mark.parametrize(
    ("cell", "delimiter", "hours"),
    [
        ("6.5", ",", 6.5),
        ("7", ",", 7.0),
        ("6,5", ";", 6.5),
        ("6,5", "\t", 6.5),
        ("6.5", ";", 6.5),
        ("7", ";", 7.0),
    ],
)
def test_a_decimal_is_read_as_its_dialect_writes_it(cell, delimiter, hours):
    assert check_in(cell, delimiter).lines[0].data["sleep_hours"] == hours


@pytest.mark.parametrize(
    ("cell", "delimiter", "code"),
    [
        ('"6,5"', ",", "decimal_comma"),
        ("7.500", ";", "ambiguous_number"),
        ("six", ";", "number"),
        ("25", ";", "less_than_equal"),
    ],
)
def test_a_decimal_that_could_mean_two_things_is_refused(cell, delimiter, code):
    [error] = check_in(cell, delimiter).errors

    assert (error.path, error.code) == (("lines", 2, "sleep_hours"), code)


def test_an_unquoted_decimal_comma_is_a_cell_too_many():
    [error] = check_in("6,5", ",").errors

    assert (error.path, error.code) == (("lines", 2), "cell_without_column")


@pytest.mark.parametrize("word", ["yes", "no", "unsure", "TRUE", "0", "Don't remember", "沒有"])
def test_whether_it_twitched_is_understood(word):
    file = read(f"local_date,twitched\n2024-03-05,{word}\n", RecordType.CHECK_IN)

    assert file.errors == ()


def test_what_is_required_is_named_when_it_is_missing():
    file = read("local_date,twitched,stress\n,,4\n2024-03-05,,\n", RecordType.CHECK_IN)

    assert [(error.path, error.code) for error in file.errors] == [
        (("lines", 2, "local_date"), "missing"),
        (("lines", 2, "twitched"), "missing"),
        (("lines", 3, "twitched"), "missing"),
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Identity(), UUID("0c7d1a52-7d5b-4a53-9a4e-1f0d6d3e7b21")),
        (WallTime(), date(2024, 3, 5)),
        (WallTime(), datetime(2024, 3, 5, 8, 15)),
        (WallTime(), datetime(2024, 3, 5, 8, 15, 0, 5)),
        (WallTime(), datetime(2024, 3, 5, 8, 15, tzinfo=timezone(timedelta(hours=-3.5)))),
        (Decimal(), 0.0),
        (Decimal(), 120.0),
        (Integer(), -720),
    ],
)
def test_what_a_cell_writes_it_reads_back(cell, value):
    assert cell.read(cell.write(value), Style()) == value


def test_a_date_takes_no_time():
    [error] = read("local_date,twitched\n2024-03-05 08:15,yes\n", RecordType.CHECK_IN).errors

    assert (error.path, error.code) == (("lines", 2, "local_date"), "date_format")


def test_a_formula_in_the_header_is_no_column():
    assert refused("start_local,=1+1\n") == [(("lines", 1), "unknown_column")]
