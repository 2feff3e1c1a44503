"""The committed schema is the present one, and an independent validator judges documents by it."""

import json
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from jsonschema_rs import Draft202012Validator, meta

from diary.domain.assessment import assess
from diary.domain.days import daily_rows
from reports.domain.choices import Section
from reports.domain.leaving_out import handed_over
from reports.domain.model import attachment, build_report
from reports.domain.shape import MODEL_VERSION
from tests.diary.domain.strategies import DIARIES, INTAKES, TODAY, view
from tests.reports.samples import CATALOG, diary_of, edition, full_diary, gate

COMMITTED = Path(__file__).parents[3] / "docs" / "report.schema.json"
SCHEMA = json.loads(COMMITTED.read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, validate_formats=True)


def document_of(diary, *left_out):
    model = build_report(diary, edition=edition(left_out=left_out), gate=gate(), catalog=CATALOG)
    return json.loads(attachment(handed_over(diary, left_out), model))


def faults_of(document):
    return [f"{error.instance_path}: {error.message}" for error in VALIDATOR.iter_errors(document)]


def test_the_committed_schema_is_the_present_one(tmp_path):
    call_command("write_report_schema", check=True)
    stale = tmp_path / "report.schema.json"
    stale.write_text("{}")

    with pytest.raises(CommandError, match="make schema"):
        call_command("write_report_schema", str(stale), check=True)
    call_command("write_report_schema", str(stale))

    assert stale.read_bytes() == COMMITTED.read_bytes()


def test_the_schema_is_one_and_names_its_version():
    meta.validate(SCHEMA)

    assert SCHEMA["$id"] == f"urn:quiver:report:{MODEL_VERSION}"
    assert SCHEMA["properties"]["version"] == {"const": MODEL_VERSION}


@pytest.mark.parametrize("episodes", [0, 3, 143])
def test_the_document_of_a_full_diary_fits(episodes):
    assert faults_of(document_of(full_diary(episodes))) == []


@pytest.mark.parametrize("left_out", [(), tuple(Section)])
def test_a_document_of_little_fits(left_out):
    assert faults_of(document_of(diary_of(), *left_out)) == []


@given(DIARIES, INTAKES)
def test_the_document_of_any_diary_fits(entries, intake):
    episodes, check_ins = entries
    days = {each.local_date: each for each in check_ins}
    seen = view(*episodes, *days.values(), intake=intake)
    diary = diary_of(
        sorted(episodes, key=lambda each: each.start.instant),
        sorted(days.values(), key=lambda each: each.local_date),
        start=TODAY - timedelta(days=89),
        end=TODAY + timedelta(days=1),
        problem=intake,
        assessment=assess(seen),
        days=daily_rows(episodes, list(days.values())),
    )

    assert faults_of(document_of(diary)) == []


PLACES = [
    (),
    ("diary",),
    ("diary", "person"),
    ("diary", "episodes", 0),
    ("diary", "episodes", 0, "start"),
    ("diary", "check_ins", 0),
    ("diary", "days", 0),
    ("diary", "medications", 0, "started"),
    ("diary", "assessment", "findings", 0),
    ("report",),
    ("report", "why", "rules", 0),
    ("report", "warning_signs", "rows", 0),
    ("report", "when"),
    ("report", "when", "strips", 0),
    ("report", "page_two", "log", 0),
    ("report", "furniture"),
]


@pytest.fixture(scope="module")
def whole():
    return document_of(full_diary(20))


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)) or "top")
def test_a_missing_an_unknown_and_a_wrong_member_are_each_a_fault(whole, place):
    names = member_of(whole, place)

    for name in names:
        lacking, wrong = deepcopy(whole), deepcopy(whole)
        del member_of(lacking, place)[name]
        member_of(wrong, place)[name] = object_of_no_type()
        assert faults_of(lacking) != [], name
        assert faults_of(wrong) != [], name
    unknown = deepcopy(whole)
    member_of(unknown, place)["unheard_of"] = 1
    assert faults_of(unknown) != []


def member_of(document, place):
    for step in place:
        document = document[step]
    return document


def object_of_no_type():
    return [{"of": [None]}]


def test_a_document_of_another_version_is_a_fault(whole):
    assert faults_of(whole | {"version": MODEL_VERSION + 1}) != []
    assert faults_of(whole | {"format": "another"}) != []


def test_a_time_without_its_offset_is_a_fault_only_where_there_is_one(whole):
    start = whole["diary"]["episodes"][0]["start"]
    swapped = start | {"instant": "at ten", "local": start["instant"]}

    wrong = deepcopy(whole)
    wrong["diary"]["episodes"][0]["start"] = swapped

    assert any("local" in fault for fault in faults_of(wrong))
