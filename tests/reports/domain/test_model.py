import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from statistics import median

import pytest

from diary.domain.entries import Person, ReportedSymptom, Side, SitedSide, Twitched
from diary.domain.findings import Level
from diary.domain.rules.registry import RULES
from diary.domain.vocabulary import SITES, WARNING_SIGNS
from reports.domain.model import attachment, build_report, data_hash, recorded_text
from reports.domain.sections.warning_signs import ROWS
from reports.domain.sections.where import DRAWN_SITES
from reports.domain.words import Words
from tests.reports.samples import (
    CATALOG,
    END,
    START,
    check_in,
    diary_of,
    edition,
    episode,
    full_diary,
    gate,
)


def report(diary, **changes):
    return build_report(diary, edition=edition(**changes), gate=gate(), catalog=CATALOG)


def recounted(diary):
    """The attachment as a reader gets it: plain JSON, nothing of our types."""
    return json.loads(attachment(diary, report(diary)))["diary"]


def diary_hash(diary):
    return data_hash(recorded_text(diary))


def test_every_count_of_the_blocks_equals_a_recount_of_the_attachment():
    diary = full_diary()

    raw, changed = recounted(diary), report(diary).changed

    answered = {c["local_date"] for c in raw["check_ins"] if c["twitched"] != "unsure"}
    for column in range(3):
        start = END - timedelta(days=28 * (3 - column))
        days = {(start + timedelta(days=n)).isoformat() for n in range(28)} & answered
        inside = [e for e in raw["episodes"] if e["local_date"] in days]
        values = {row.code: row.cells[column].value for row in changed.rows}
        assert values["episodes"] == len(inside)
        assert values["twitch_days"] == len({e["local_date"] for e in inside})
        assert values["most"] == max(Counter(e["local_date"] for e in inside).values())
        assert values["length"] == median(e["duration_seconds"] for e in inside)
        assert values["strength"] == median(e["strength"] for e in inside)


def test_an_episode_on_a_day_without_check_in_is_drawn_and_left_out_of_rates():
    last = END - timedelta(days=1)
    diary = diary_of(
        [episode(1, last), episode(2, last - timedelta(days=1))],
        [check_in(1, last, Twitched.YES), check_in(2, last - timedelta(days=2), Twitched.UNSURE)],
    )

    model = report(diary)

    newest = {row.code: row.cells[-1] for row in model.changed.rows}
    assert (newest["episodes"].value, newest["twitch_days"].note) == (1, "of\u00a01")
    assert sum(model.when.counts) == 2
    assert "89\u00a0days without an answered check-in" in model.page_two.quality[0]
    assert "1\u00a0episode;" in model.page_two.quality[0]


@pytest.mark.parametrize("episodes", [0, 3, 143, 5000])
def test_day_hour_and_log_totals_agree(episodes):
    model = report(full_diary(episodes))

    assert sum(model.when.counts) == episodes == model.where.episodes
    assert sum(model.when.by_bin) == episodes == sum(cell.episodes for cell in model.when.heat)
    assert len(model.page_two.log) == min(180, episodes)
    assert all(mark.joined <= episodes for mark in model.where.marks)


def test_yes_and_no_make_the_days_asked_and_a_silent_day_is_no_answer():
    day = START + timedelta(days=10)
    numb = (ReportedSymptom(symptom="face_numbness", present=True),)
    hearing = (ReportedSymptom(symptom="hearing_change", present=False),)
    diary = diary_of(
        [episode(1, day, symptoms=numb)],
        [
            check_in(1, day, warning_signs_asked=True),
            check_in(2, day + timedelta(days=1), warning_signs_asked=True, symptoms=hearing),
            check_in(3, day + timedelta(days=2)),
        ],
    )

    rows = {row.code: row for row in report(diary).warning_signs.rows}

    assert (rows["face_numbness"].yes, rows["face_numbness"].no) == (1, 1)
    assert (rows["hearing"].yes, rows["hearing"].no, rows["hearing"].asked) == (0, 1, 1)
    assert rows["elsewhere"].asked == 0
    assert all(row.yes + row.no == row.asked for row in rows.values())


def test_rows_with_a_yes_come_first():
    rows = report(full_diary()).warning_signs.rows

    assert rows[0].code == "face_numbness"
    assert all(row.yes == 0 for row in rows[1:])


def test_every_warning_sign_of_the_check_in_stands_in_exactly_one_row():
    grouped = Counter(code for codes in ROWS.values() for code in codes)

    assert all(grouped[code] == 1 for code in WARNING_SIGNS)
    assert set(grouped.values()) == {1}


def test_both_sides_count_on_either_side_and_an_unsaid_side_is_listed_in_words():
    both = (SitedSide(site="lower_lip", side=Side.BOTH), SitedSide(site="cheek"))
    diary = diary_of([episode(1, START, sites=both)])

    where = report(diary).where

    assert {(m.site, m.side, m.first) for m in where.marks} == {
        ("lower_lip", "left", 1),
        ("lower_lip", "right", 1),
    }
    assert "cheek (side not said) 1" in where.others


def test_every_drawn_site_is_a_site_and_has_a_place_in_the_template(template):
    assert set(SITES.codes) >= DRAWN_SITES
    assert all(f"{site}: (" in template for site in DRAWN_SITES)


def test_an_empty_diary_says_that_it_cannot_say():
    model = report(diary_of())

    assert model.why.lead.startswith("No day was filled in")
    assert model.period.check_in_days == 0
    assert model.why.not_met == Words(CATALOG, "en").nothing_to_check
    assert model.why.not_met_rules == ()
    assert model.when.seven_day_mean == (None,) * 90
    assert not any(model.when.recorded)
    assert [pair.text for pair in model.background.history] == ["not asked"] * 4


def test_quiet_check_ins_are_not_the_same_as_no_check_ins():
    quiet = [check_in(n, START + timedelta(days=n)) for n in range(90)]

    model = report(diary_of((), quiet))

    assert model.why.lead == "No twitching logged; asked on 90\u00a0days."
    assert model.changed.rows[0].cells[-1].text == "0"


def test_a_missing_day_never_counts_as_quiet_in_the_mean():
    days = [START + timedelta(days=n) for n in (0, 1, 2, 3)]
    diary = diary_of([episode(n, d) for n, d in enumerate(days)])

    mean = report(diary).when.seven_day_mean

    assert mean[:7] == (None, None, None, 1, 1, 1, 1)
    assert mean[7] is None


def test_fired_and_unmet_rules_are_told_apart_by_id():
    why = report(full_diary()).why

    assert [(rule.letter, rule.rule) for rule in why.rules] == [("A", "N1"), ("B", "W1")]
    assert "N1" not in why.not_met_rules
    assert {"E1", "U1", "N2"} <= set(why.not_met_rules)
    assert "N7" in why.not_met_rules  # the test had enough and found no rise
    assert why.not_checked_rules == ("N8",)  # 9 of the 10 weeks it needs
    assert all(rule in why.not_met for rule in why.not_met_rules)


def test_a_diary_only_profile_lists_only_the_rules_that_were_checked():
    diary = replace(full_diary(), person=Person(diary_only=True))

    unmet = report(diary).why.not_met_rules

    levels = {rule.id: rule.level for rule in RULES}
    assert unmet
    assert all(levels[rule] >= Level.URGENT for rule in unmet)


def test_every_rule_has_a_name_a_clinician_reads():
    words = Words(CATALOG, "en")

    assert all(words.rule(rule.id) != rule.id for rule in RULES)


@pytest.mark.parametrize(
    ("country", "number"),
    [("TW", "119"), ("GB", "999"), ("us", "911"), ("AU", "000"), ("", "112"), ("DE", "112")],
)
def test_the_honest_lines_are_always_there(country, number):
    foot = report(diary_of(person=Person(country=country))).furniture

    assert number in foot.foot_left
    assert "Recorded by the patient; nobody reads it live. Not a diagnosis." in foot.foot_left
    assert foot.data_hash in foot.foot_right
    assert "report 0.1" in foot.foot_right
    assert "rules 2026-11" in foot.foot_right


def test_notes_that_were_not_ticked_leave_neither_on_paper_nor_in_the_file():
    private = episode(1, START, note="for me alone")
    ticked = episode(2, START, note="for the doctor", note_for_doctor=True)
    diary = diary_of([private, ticked])

    model = report(diary)

    assert [pair.text for pair in model.page_two.words] == ["for the doctor"]
    assert b"for me alone" not in attachment(diary, model)


def test_the_same_diary_gives_the_same_model_and_another_diary_another_hash():
    diary = full_diary()

    assert report(diary) == report(diary)
    assert diary_hash(diary) != diary_hash(replace(diary, display_name="Somebody else"))


def test_late_and_edited_entries_are_counted():
    late = episode(1, START, version=3)
    late = replace(late, received_at=late.start.instant + timedelta(hours=5))
    diary = diary_of([late, episode(2, START)], deleted_entries=4)

    quality = " ".join(report(diary).page_two.quality)

    assert "1 of 2\u00a0episodes (50%) reached the diary more than 1 hour later" in quality
    assert "1\u00a0entry was edited after being saved; 4 taken back since" in quality


def test_a_current_medicine_of_a_named_class_is_marked_and_a_stopped_one_is_gone():
    diary = full_diary()
    stopped = replace(
        diary.medications[1], stopped=replace(diary.medications[1].started, day=START)
    )
    diary = replace(diary, medications=(diary.medications[0], stopped))

    medicines = report(diary).background.medicines

    assert [(m.name, m.marked) for m in medicines] == [("Ethinylestradiol 30 \u00b5g", True)]


FORBIDDEN = ("significant", "abnormal", "suggests", "consistent with", "trigger confirmed")


def test_no_forbidden_word_is_printed():
    text = json.dumps(report(full_diary()).as_json()).lower()

    assert not [word for word in FORBIDDEN if word in text]
