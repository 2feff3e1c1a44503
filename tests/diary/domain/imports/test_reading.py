"""Times, ids and errors of a file that is read."""

from datetime import date

import pytest

from diary.domain.imports.reading import MAX_ERRORS
from diary.domain.wire.records import RecordType
from tests.diary.domain.imports.helpers import BERLIN, one, read, wrong


def start(cell, header="", *cells, **options):
    head = f"start_local;{header}"
    file = read(f"{head}\n{';'.join([cell, *cells])}\n", **options)
    assert file.errors == ()
    return file.lines[0].data["start"]


@pytest.mark.parametrize(
    ("cell", "order", "at"),
    [
        ("2024-03-05 08:15", "ymd", "2024-03-05T08:15:00+01:00"),
        ("2024-03-05T08:15:30", "ymd", "2024-03-05T08:15:30+01:00"),
        ("2024-03-05, 8:15", "ymd", "2024-03-05T08:15:00+01:00"),
        ("2024/3/5 8:15", "ymd", "2024-03-05T08:15:00+01:00"),
        ("2024/7/5 8:15", "ymd", "2024-07-05T08:15:00+02:00"),
        ("5.3.2024 08:15", "dmy", "2024-03-05T08:15:00+01:00"),
        ("05/03/2024 08:15", "dmy", "2024-03-05T08:15:00+01:00"),
        ("3/5/2024 8:15", "mdy", "2024-03-05T08:15:00+01:00"),
        ("2024-03-05 08:15", "mdy", "2024-03-05T08:15:00+01:00"),
        ("2024-03-05 08:15:00.25", "ymd", "2024-03-05T08:15:00.250000+01:00"),
        ("2024-03-05T08:15:00Z", "ymd", "2024-03-05T08:15:00+00:00"),
        ("2024-03-05T08:15:00-03:30", "ymd", "2024-03-05T08:15:00-03:30"),
    ],
)
def test_a_time_is_read_as_it_is_commonly_written(cell, order, at):
    assert start(cell, order=order)["at"] == at


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("05/03/2024 08:15", "date_order"),
        ("yesterday", "date_format"),
        ("5 March 2024", "date_format"),
        ("2024-03/05", "date_format"),
        ("2024-03-0508:15", "date_format"),
        ("2024-02-30 08:15", "no_such_date"),
        ("0000-01-01", "no_such_date"),
        ("2024-03-05 24:00", "time_format"),
        ("2024-03-05 8:15 PM", "time_format"),
        ("2024-03-05 08:15+24:00", "time_format"),
        ("2024-03-05 08:15+15:00", "offset_out_of_range"),
        ("1899-12-31 08:15", "date_out_of_range"),
        ("9999-12-31 23:59", "date_out_of_range"),
        ("0001-01-01 00:00", "date_out_of_range"),
        ("2026-11-23 12:00", "in_the_future"),
    ],
)
def test_a_time_that_says_no_clear_instant_is_refused(cell, code):
    [error] = read(f"start_local\n{cell}\n").errors

    assert (error.path, error.code) == (("lines", 2, "start_local"), code)


def test_a_date_alone_is_an_episode_of_that_day_at_noon():
    assert start("2024-03-05") == {
        "at": "2024-03-05T12:00:00+01:00",
        "time_zone": BERLIN,
        "zone_source": "user",
        "precision": "day",
    }
    assert start("2024-03-05", "start_precision", "part_of_day")["precision"] == "part_of_day"


def test_a_zone_of_the_line_wins_over_the_zone_of_the_file():
    stated = start("2024-03-05 08:15", "time_zone", "Asia/Taipei")

    assert (stated["at"], stated["time_zone"]) == ("2024-03-05T08:15:00+08:00", "Asia/Taipei")


def test_a_stated_offset_wins_over_every_zone_and_no_zone_is_made_up():
    offset = start("2025-10-26 02:30", "utc_offset_minutes", "60")
    both = start("2025-10-26 02:30", "utc_offset_minutes;time_zone", "60", BERLIN)

    assert (offset["at"], offset["time_zone"]) == ("2025-10-26T02:30:00+01:00", "")
    assert (both["at"], both["time_zone"]) == ("2025-10-26T02:30:00+01:00", BERLIN)


def test_without_an_offset_a_repeated_hour_is_the_first_and_a_skipped_one_is_kept():
    assert start("2025-10-26 02:30")["at"] == "2025-10-26T02:30:00+02:00"
    assert start("2025-03-30 02:30")["at"] == "2025-03-30T02:30:00+01:00"


def test_a_zone_of_odd_seconds_in_old_times_is_read_to_the_minute():
    assert start("1905-03-05 08:15", "time_zone", "Asia/Kolkata")["at"].endswith("+05:21")


def test_an_end_is_read_in_the_zone_of_its_line():
    data = one("end_local;time_zone", "2024-03-05 08:45", "Asia/Taipei")

    assert data["end"]["at"] == "2024-03-05T08:45:00+08:00"


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("end_local", ["2024-03-05 08:14"], ("", "end_before_start")),
        ("end_local", ["2024-03-13 08:15"], ("", "too_long")),
        ("end_local", ["2026-12-24 08:15"], ("", "too_long")),
        ("end_local;duration_seconds", ["2024-03-05 08:45", "20"], ("", "end_and_duration")),
    ],
)
def test_what_contradicts_itself_is_an_error_of_the_line(header, cells, expected):
    assert wrong(header, *cells) == [expected]


FILE = "start_local,strength\n2024-03-05 08:15,4\n2024-03-05 08:15,5\n2024-03-05 08:15,4\n"


def test_the_same_line_has_the_same_id_in_any_file_and_another_line_another():
    first, second, third = read(FILE).lines
    [moved] = read("strength;note;start_local\n4;;2024/3/5 8:15\n").lines

    assert first.id == third.id == moved.id
    assert first.op_id == third.op_id == moved.op_id
    assert len({first.id, second.id}) == 2


def test_the_zone_that_was_assumed_is_no_part_of_the_id():
    [berlin] = read("start_local\n2024-03-05 08:15\n").lines
    [taipei] = read("start_local\n2024-03-05 08:15\n", zone="Asia/Taipei").lines

    assert berlin.id == taipei.id
    assert berlin.op_id != taipei.op_id


@pytest.mark.parametrize("column", ["time_zone,Asia/Taipei", "utc_offset_minutes,60"])
def test_a_stated_clock_is_part_of_the_id(column):
    name, value = column.split(",")
    [assumed] = read("start_local\n2024-03-05 08:15\n").lines
    [stated] = read(f"start_local,{name}\n2024-03-05 08:15,{value}\n").lines

    assert assumed.id != stated.id


def test_an_episode_and_a_check_in_never_share_an_id():
    [episode] = read("start_local\n2024-03-05\n").lines
    [check_in] = read("local_date,twitched\n2024-03-05,yes\n", RecordType.CHECK_IN).lines

    assert episode.id != check_in.id
    assert episode.day == check_in.day == date(2024, 3, 5)


ID = "0c7d1a52-7d5b-4a53-9a4e-1f0d6d3e7b21"


def test_an_own_id_is_kept_and_may_not_say_two_things():
    same = f"id,start_local\n{ID},2024-03-05\n{ID.upper()},2024-03-05\n"
    other = f"id,start_local\n{ID},2024-03-05\n{ID},2024-03-06\n"

    assert {str(line.id) for line in read(same).lines} == {ID}
    [error] = read(other).errors
    assert (error.path, error.code) == (("lines", 3, "id"), "id_repeated")


def test_errors_come_in_the_order_of_the_lines_and_good_lines_are_told_beside_them():
    file = read("start_local,strength\n2024-03-05,x\n2024-03-06,4\nnever,y\n")

    assert [error.path for error in file.errors] == [
        ("lines", 2, "strength"),
        ("lines", 4, "start_local"),
        ("lines", 4, "strength"),
    ]
    assert [line.number for line in file.lines] == [3]


def test_of_very_many_errors_each_line_keeps_its_first():
    lines = MAX_ERRORS // 2 + 10

    file = read("start_local,strength\n" + "never,x\n" * lines)

    assert [error.path for error in file.errors] == [
        ("lines", number, "start_local") for number in range(2, lines + 2)
    ]


def test_the_columns_of_a_reports_csv_that_repeat_others_are_passed_over():
    file = read("start_local,local_date,start_utc,version\n2024-03-05,never,never,x\n")

    assert file.errors == ()
