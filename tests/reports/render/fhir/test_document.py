"""The document as a whole: what it holds, its numbers, its sections, its bytes."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from diary.domain.entries import HistoryKind, HistoryStatus, Reporter, Twitched
from tests.reports.render.fhir.documents import (
    bundle_of,
    codes,
    full_record,
    item,
    model_of,
    one,
    record_of,
    resources,
    section,
    written,
)
from tests.reports.samples import START, check_in, diary_of, episode, full_diary


@pytest.fixture(scope="module")
def record():
    return full_record()


@pytest.fixture(scope="module")
def bundle(record):
    return bundle_of(record)


def test_it_is_a_document_whose_first_resource_is_a_patient_note(bundle):
    composition = bundle["entry"][0]["resource"]

    assert bundle["type"] == "document"
    assert composition["resourceType"] == "Composition"
    assert composition["type"]["coding"][0]["code"] == "51855-5"
    assert composition["event"] == [{"period": {"start": "2026-05-04", "end": "2026-08-01"}}]


def test_every_kind_of_resource_is_there(bundle):
    kinds = {entry["resource"]["resourceType"] for entry in bundle["entry"]}

    assert kinds == {
        "Communication",
        "Composition",
        "Condition",
        "DetectedIssue",
        "Device",
        "FamilyMemberHistory",
        "Flag",
        "MedicationStatement",
        "Observation",
        "Patient",
        "Procedure",
        "Provenance",
        "Questionnaire",
        "QuestionnaireResponse",
    }


def test_every_resource_but_the_provenance_is_reached_from_the_composition(bundle):
    targets = {e["fullUrl"]: e["resource"] for e in bundle["entry"]}
    reached: set[str] = set()
    waiting = [bundle["entry"][0]["fullUrl"]]
    while waiting:
        here = waiting.pop()
        reached.add(here)
        waiting += [each for each in references(targets[here]) if each not in reached]

    left_out = [targets[url]["resourceType"] for url in set(targets) - reached]
    assert left_out == ["Provenance"]


def references(value):
    """Yield every reference in a resource."""
    if isinstance(value, dict):
        yield from [value["reference"]] if "reference" in value else []
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def test_everything_is_about_the_one_patient(bundle):
    (patient,) = [e for e in bundle["entry"] if e["resource"]["resourceType"] == "Patient"]
    subjects = {
        each["resource"][field]["reference"]
        for each in bundle["entry"]
        for field in ("subject", "patient")
        if field in each["resource"]
    }

    assert subjects == {patient["fullUrl"]}


def test_its_numbers_are_those_of_the_report(record, bundle):
    model = model_of(record)

    assert len(resources(bundle, "Observation", code="episode")) == sum(model.when.counts)
    assert len(resources(bundle, "QuestionnaireResponse")) == model.period.check_in_days
    assert model.period.completeness.replace("\u00a0", " ") in said(bundle, "Why this visit")


def test_quiet_days_and_days_with_twitching_add_up_to_the_checked_in_days(record, bundle):
    checked = {c.local_date.isoformat() for c in record.diary.check_ins}
    quiet = {o["effectiveDateTime"] for o in resources(bundle, "Observation", code="111551-8")}
    twitched = {d.local_date.isoformat() for d in record.diary.days if d.twitch_day}

    assert quiet | (twitched & checked) == checked
    assert not quiet & twitched


def said(bundle, title):
    return section(bundle, title)["text"]["div"]


def test_an_empty_diary_keeps_every_section_and_says_why_it_is_empty():
    bundle = bundle_of(record_of(diary_of()))

    sections = bundle["entry"][0]["resource"]["section"]
    assert len(sections) == 14
    assert codes(section(bundle, "Medicines")["emptyReason"]) == ["unavailable"]
    assert "Nothing was recorded" in said(bundle, "Episodes, one by one")


@pytest.mark.parametrize(
    ("status", "reason", "words"),
    [
        (HistoryStatus.NONE_KNOWN, "nilknown", "none known"),
        (HistoryStatus.NOT_ASKED, "notasked", "not asked"),
    ],
)
def test_none_known_and_not_asked_are_two_answers(status, reason, words):
    surgery = item(1, HistoryKind.SURGERY, status=status)
    bundle = bundle_of(record_of(diary_of(history=(surgery,))))

    kinds = {part["title"]: part for part in section(bundle, "History asked about")["section"]}
    assert len(kinds) == len(HistoryKind)
    assert codes(kinds["Surgery, injections"]["emptyReason"]) == [reason]
    assert words in kinds["Surgery, injections"]["text"]["div"]
    assert resources(bundle, "Procedure") == []


def test_a_note_leaves_the_diary_only_when_it_was_ticked():
    ticked = episode(1, START, note="seen by my colleague", note_for_doctor=True)
    private = episode(2, START, note="kept to myself")
    also = check_in(1, START, note="private as well")
    problem = replace(full_diary(3).problem, note="private start", note_for_doctor=False)

    document = written(record_of(diary_of([ticked, private], [also], problem=problem))).decode()

    assert "seen by my colleague" in document
    assert "kept to myself" not in document
    assert "private" not in document


def test_markup_and_unfit_characters_of_a_text_do_no_harm():
    hostile = "<b>&\u202e\u0007a\ud800\u00a0b"
    bundle = bundle_of(record_of(diary_of([episode(1, START, note=hostile, note_for_doctor=True)])))

    (observation,) = resources(bundle, "Observation", code="episode")
    assert observation["note"] == [{"text": "<b>&a b"}]
    assert "&lt;b&gt;&amp;a b" in said(bundle, "Episodes, one by one")


def test_the_same_record_gives_the_same_bytes(record):
    assert written(record) == written(full_record())


def test_ids_stay_the_same_from_report_to_report(record, bundle):
    another = bundle_of(
        replace(record, document_id=UUID(int=78)), now=datetime(2026, 8, 5, tzinfo=UTC)
    )

    def ids(document, kind):
        return [each["id"] for each in resources(document, kind)]

    for kind in ("Patient", "Observation", "QuestionnaireResponse", "Flag"):
        assert ids(another, kind) == ids(bundle, kind)
    assert ids(another, "Composition") != ids(bundle, "Composition")


def test_no_id_of_the_diary_itself_stands_in_it(record):
    document = written(record).decode()

    assert not any(str(each.id) in document for each in record.diary.check_ins)


def test_the_patient_is_as_exact_as_the_profile(bundle):
    patient = one(bundle, "Patient")

    assert patient["birthDate"] == "1999"
    assert patient["gender"] == "female"
    assert patient["name"] == [{"text": "Lin Mei-Hua"}]


def test_somebody_else_who_reports_is_the_performer():
    told = check_in(1, START, Twitched.NO, reported_by=Reporter.RELATIVE)
    bundle = bundle_of(record_of(diary_of((), [told])))

    relative = one(bundle, "RelatedPerson")
    (quiet,) = resources(bundle, "Observation", code="111551-8")
    assert quiet["performer"] == [{"reference": f"urn:uuid:{relative['id']}"}]
    assert one(bundle, "QuestionnaireResponse")["author"] == quiet["performer"][0]


def test_the_provenance_names_who_told_it_and_what_put_it_together(bundle):
    provenance = one(bundle, "Provenance")
    agents = {agent["type"]["coding"][0]["code"]: agent["who"] for agent in provenance["agent"]}

    assert agents["informant"]["reference"].endswith(one(bundle, "Patient")["id"])
    assert agents["assembler"]["reference"].endswith(one(bundle, "Device")["id"])
    assert [v["value"] for v in one(bundle, "Device")["version"]] == ["0.1", "2026-11"]
    assert provenance["recorded"] == bundle["timestamp"]
