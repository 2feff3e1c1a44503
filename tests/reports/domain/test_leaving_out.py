"""What is left out of a report says so in its place and stands nowhere else."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from diary.domain import entries
from diary.domain.days import daily_rows
from diary.domain.entries import (
    Factor,
    HistoryAnswer,
    ReportedSymptom,
    StatedMedicine,
    Twitched,
)
from reports.domain.choices import Choices, Section, choices_of, paper_of
from reports.domain.edits import Edit
from reports.domain.leaving_out import chosen, handed_over
from reports.domain.model import attachment, build_report
from reports.render.pdf import render_pdf
from tests.reports.samples import (
    CATALOG,
    NOW,
    START,
    check_in,
    diary_of,
    edition,
    full_diary,
    gate,
    uuid,
)

SENTENCE = "Left out at the patient\u2019s request."
DAYS = [START + timedelta(days=n) for n in range(40)]


def made(diary, *left_out, notes=None, **changes):
    """Return the model and the attached document of a report with these choices."""
    diary = chosen(diary, Choices(left_out=left_out, notes=notes))
    model = build_report(
        diary, edition=edition(left_out=left_out, **changes), gate=gate(), catalog=CATALOG
    )
    return model, attachment(handed_over(diary, left_out), model)


def answered(*, medicines=True, factors=True):
    """Return check-ins that answer everything a section may show, or leave a part of it out."""
    tea = (Factor(factor="own", own_label="green tea"), Factor(factor="ill", present=False))
    return tuple(
        check_in(
            n,
            day,
            Twitched.YES if n % 3 else Twitched.NO,
            medicines_changed=n % 7 == 0 if medicines and factors else None,
            caffeine_mg=90 * n if factors else None,
            sleep_hours=6.5 if factors else None,
            factors=tea if factors else (),
            symptoms=(ReportedSymptom(symptom="numbness_at_site", present=n % 5 == 0),),
        )
        for n, day in enumerate(DAYS)
    )


def with_check_ins(diary, check_ins):
    before = tuple(replace(c, local_date=c.local_date - timedelta(days=60)) for c in check_ins)
    days = daily_rows(diary.episodes, check_ins)
    return replace(diary, check_ins=check_ins, days=days, earlier_days=daily_rows((), before))


def stated(diary, **changes):
    return replace(diary, problem=replace(diary.problem, **changes))


def without(diary, section):
    """Return a diary in which nobody ever said what the section shows."""
    unsaid: Any = {
        Section.TRIED: {"remedies": ()},
        Section.IMPACT: {"impact": None, "interferes": (), "distress": None},
        Section.GOES_WITH: {"triggers": ()},
    }.get(section, {})
    diary = replace(diary, episodes=tuple(replace(e, **unsaid) for e in diary.episodes))
    diary = stated(diary, **unsaid)
    if section in {Section.TRIED, Section.IMPACT}:
        return replace(
            diary,
            check_ins=tuple(replace(each, **unsaid) for each in diary.check_ins),
            remedy_trials=() if section is Section.TRIED else diary.remedy_trials,
        )
    if section is Section.GOES_WITH:
        return with_check_ins(diary, answered(factors=False))
    if section is Section.MEDICINES:
        bare = replace(stated(diary, medicines=()), medications=())
        return with_check_ins(bare, answered(medicines=False))
    return replace(stated(diary, history=(), tests=()), history=())


@pytest.fixture(scope="module")
def diary():
    return stated(
        with_check_ins(full_diary(60), answered()),
        medicines=(StatedMedicine(medicine_class="diuretic", name="Water tablet"),),
        tests=(entries.TestDone(test="mri_head", result="unknown"),),
        history=(HistoryAnswer(item="facial_palsy"),),
        triggers=(Factor(factor="own", own_label="bright light"),),
        impact=2,
        interferes=("work",),
    )


@pytest.mark.parametrize(
    "section",
    [Section.MEDICINES, Section.HISTORY, Section.TRIED, Section.IMPACT, Section.GOES_WITH],
)
def test_nothing_of_what_is_left_out_is_left_anywhere(diary, section):
    said, unsaid = made(diary, section), made(without(diary, section), section)

    assert said == unsaid
    assert made(diary) != made(without(diary, section))


@pytest.mark.parametrize("section", Section)
def test_each_section_says_in_its_place_that_it_was_left_out(diary, section):
    model, document = made(diary, section)

    whole, _ = made(diary)
    assert model.left_out == {section.value: SENTENCE}
    assert json.loads(document)["report"]["left_out"] == {section.value: SENTENCE}
    assert whole.left_out == {}
    assert (model.why.rules, model.warning_signs) == (whole.why.rules, whole.warning_signs)


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_a_report_of_which_everything_is_left_out_is_two_pages_of_the_rest(diary, paper):
    model, document = made(diary, *Section, paper=paper)

    pdf = render_pdf(model, document)

    assert pdf.startswith(b"%PDF-")
    assert (model.when.days, model.where.marks, model.changed.rows) == (0, (), ())
    assert (model.character, model.page_two.log, model.background.history) == ((), (), ())


def test_without_daily_life_no_row_of_what_changed_stands_empty(diary):
    whole, _ = made(diary)
    bare, _ = made(diary, Section.IMPACT)

    rows = [row.code for row in whole.changed.rows]
    assert [row.code for row in bare.changed.rows] == [code for code in rows if code != "affected"]
    assert "affected" in rows


def test_without_the_log_the_attached_file_holds_days_and_no_single_entry(diary):
    _, document = made(diary, Section.LOG)

    handed = json.loads(document)["diary"]
    assert (handed["episodes"], handed["check_ins"]) == ([], [])
    assert sum(day["episodes"] for day in handed["days"]) == 60


def noted(*notes):
    return diary_of(
        check_ins=[
            check_in(n, DAYS[n], note=note, note_for_doctor=ticked)
            for n, (note, ticked) in enumerate(notes)
        ]
    )


@pytest.mark.parametrize(
    ("chosen_ones", "expected"), [(None, ["ticked"]), ((), []), ((1,), ["private"])]
)
def test_the_notes_that_were_chosen_are_printed_and_no_others(chosen_ones, expected):
    private = noted(("ticked", True), ("private", False), ("never", False))
    ids = None if chosen_ones is None else tuple(private.check_ins[n].id for n in chosen_ones)

    model, document = made(private, notes=ids)

    assert [pair.text for pair in model.page_two.words] == expected
    kept = [each["note"] for each in json.loads(document)["diary"]["check_ins"]]
    assert [note for note in kept if note] == expected


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ((), ["caffeine_mg", "impact", "medicines_changed", "remedies", "stress"]),
        ((Section.TRIED, Section.IMPACT), ["caffeine_mg", "medicines_changed", "stress"]),
        ((Section.GOES_WITH,), ["impact", "remedies"]),
        ((Section.MEDICINES,), ["caffeine_mg", "impact", "remedies", "stress"]),
        ((Section.LOG,), None),
    ],
)
def test_what_is_left_out_is_not_told_as_what_was_said_before(diary, left_out, told):
    before = dict.fromkeys(("caffeine_mg", "impact", "medicines_changed", "remedies", "stress"), 1)
    edit = Edit(type="check_in", record_id=uuid(1), version=2, at=NOW, deleted=False, before=before)

    _, document = made(replace(diary, edits=(edit,)), *left_out)

    told_edits = json.loads(document)["diary"]["edits"]
    assert [sorted(each["before"]) for each in told_edits] == ([] if told is None else [told])


def test_a_report_stored_before_there_were_choices_made_none():
    assert choices_of({"period_start": "2026-01-01", "paper": "a4"}) == Choices()


def test_stored_choices_are_read_back_and_their_order_does_not_matter():
    one = Choices(left_out=(Section.LOG, Section.CHANGED))

    again = Choices(left_out=(Section.CHANGED, Section.LOG))

    assert one.as_json() == again.as_json()
    assert choices_of(again.as_json()) == again
    assert choices_of(Choices(notes=()).as_json()).notes == ()


def test_offices_of_north_america_print_on_letter():
    assert [paper_of(country) for country in ("US", "CA", "TW", "")] == [
        "us-letter",
        "us-letter",
        "a4",
        "a4",
    ]
