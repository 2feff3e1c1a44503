import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest

from diary.domain.entries import Factor, RemedyUse, ReportedSymptom, Side, SitedSide
from diary.domain.imports.apostrophes import original_text
from reports.render.csv import COLUMNS, episodes_csv
from tests.reports.samples import START, episode, full_diary

FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b")


def rows_of(content):
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_row_per_episode_in_order():
    diary = full_diary(143)

    rows = rows_of(episodes_csv(diary.episodes))

    assert [row["id"] for row in rows] == [str(e.id) for e in diary.episodes]
    assert [row["local_date"] for row in rows] == [e.local_date.isoformat() for e in diary.episodes]


def test_no_episodes_leave_the_header_alone():
    content = episodes_csv(())

    assert content.decode("utf-8-sig") == ",".join(COLUMNS) + "\r\n"


def test_unsaid_no_and_zero_stay_apart():
    said = episode(1, START, visible=False, strength=0)
    unsaid = episode(2, START)

    first, second = rows_of(episodes_csv((said, unsaid)))

    assert (first["visible"], first["strength"]) == ("false", "0")
    assert (second["visible"], second["strength"]) == ("", "")


def test_lists_keep_codes_sides_and_answers():
    logged = episode(
        1,
        START,
        sites=(SitedSide(site="upper_lip", side=Side.LEFT), SitedSide(site="cheek")),
        symptoms=(
            ReportedSymptom(symptom="headache", present=False),
            ReportedSymptom(symptom="nausea", present=True),
        ),
        remedies=(RemedyUse(remedy="rest", helped=True), RemedyUse(remedy="massage")),
    )

    (row,) = rows_of(episodes_csv((logged,)))

    assert row["sites"] == "upper_lip:left cheek"
    assert (row["symptoms_present"], row["symptoms_absent"]) == ("nausea", "headache")
    assert (row["remedies_helped"], row["remedies_unrated"]) == ("rest", "massage")


@pytest.mark.parametrize(
    "attack",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " \u00a0=1",
        "\uff1d1",
        "\uff0b1",
        "fine\n=HYPERLINK(1)",
        "a\r@b",
    ],
)
def test_formulas_are_disarmed_on_every_line(attack):
    (row,) = rows_of(episodes_csv((episode(1, START, note=attack, note_for_doctor=True),)))

    lines = row["note_for_doctor"].split("\n")
    assert all(not line.strip("\u00a0 \t\r").startswith(FORMULA_STARTS) for line in lines)


@pytest.mark.parametrize("note", ["=1", "'=1", "''+1", "'tis nothing"])
def test_an_import_of_the_file_takes_off_what_was_put_before_a_note_and_no_more(note):
    (row,) = rows_of(episodes_csv((episode(1, START, note=note, note_for_doctor=True),)))

    assert original_text(row["note_for_doctor"]) == note


def test_a_hostile_label_and_note_reach_the_file_disarmed():
    logged = episode(
        1,
        START,
        triggers=(Factor(factor="own", own_label='=cmd|"/c calc"!A1'),),
        note="@now\n=1",
        note_for_doctor=True,
    )

    (row,) = rows_of(episodes_csv((logged,)))

    assert row["triggers_present"] == 'own:=cmd|"/c calc"!A1'
    assert row["note_for_doctor"] == "'@now\n'=1"


def test_a_note_that_was_not_ticked_stays_in_the_diary():
    private = episode(1, START, note="for me alone")

    assert b"for me alone" not in episodes_csv((private,))
    assert b"for me alone" in episodes_csv((replace(private, note_for_doctor=True),))


def test_length_comes_from_the_clock_when_it_was_not_stated():
    plain = episode(1, START)
    later = replace(plain.start, instant=plain.start.instant + timedelta(seconds=94.6))

    (row,) = rows_of(episodes_csv((replace(plain, end=later),)))

    assert row["duration_seconds"] == "95"
