"""Every document is valid R4, by a maintained validator and by an independent reader."""

import copy
import json

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import HealthCheck, given, settings

from reports.render.fhir.base import text_of
from tests.reports.render.fhir.diaries import RECORDS
from tests.reports.render.fhir.documents import (
    bundle_of,
    codes,
    components,
    full_record,
    one,
    record_of,
    resources,
)
from tests.reports.samples import diary_of, episode, full_diary

EPISODES_OF_LONG_DIARY = 5_000


@pytest.fixture(scope="module")
def document():
    return bundle_of(full_record())


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_a_full_document_is_valid(problems_of, language):
    bundle = bundle_of(full_record(), language=language)

    assert problems_of(bundle) == []


@pytest.mark.parametrize(
    "diary", [diary_of(), diary_of([episode(1, full_diary(3).start)]), full_diary(3)]
)
def test_a_diary_with_little_in_it_gives_a_valid_document(problems_of, diary):
    assert problems_of(bundle_of(record_of(diary))) == []


def test_five_thousand_episodes_give_a_valid_document(problems_of):
    bundle = bundle_of(record_of(full_diary(EPISODES_OF_LONG_DIARY)))

    assert problems_of(bundle) == []
    assert len(resources(bundle, "Observation", code="episode")) == EPISODES_OF_LONG_DIARY


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=RECORDS)
def test_any_diary_gives_a_valid_document(problems_of, record):
    assert problems_of(bundle_of(record)) == []


@pytest.mark.parametrize("nothing", ["\ufeff", " \u2028", "\u00a0\ufeff\t"])
def test_a_text_of_nothing_but_spaces_is_no_text(nothing):
    assert text_of(nothing) == ""


def test_an_independent_reader_reads_a_full_document_without_loss(document):
    read = Bundle.model_validate_json(json.dumps(document))

    assert json.loads(read.model_dump_json()) == document


@settings(max_examples=15)
@given(record=RECORDS)
def test_an_independent_reader_reads_any_document(record):
    bundle = bundle_of(record)

    read = Bundle.model_validate_json(json.dumps(bundle))

    ids = [entry["resource"]["id"] for entry in json.loads(read.model_dump_json())["entry"]]
    assert ids == [entry["resource"]["id"] for entry in bundle["entry"]]


def bout(bundle):
    return resources(bundle, "Observation", code="75325-1")[0]


def quiet_day(bundle):
    return resources(bundle, "Observation", code="111551-8")[0]


def without_category(bundle):
    del bout(bundle)["category"]


def another_code(bundle):
    bout(bundle)["code"]["coding"][0]["code"] = "75325-2"


def without_performer(bundle):
    del quiet_day(bundle)["performer"]


def without_value(bundle):
    del quiet_day(bundle)["valueCodeableConcept"]


def a_second_severity(bundle):
    bout(bundle)["component"] += components(bout(bundle), "64750-3")


def an_unknown_status(bundle):
    bout(bundle)["status"] = "done"


def an_unknown_verification(bundle):
    one(bundle, "Condition", code="head_trauma")["verificationStatus"]["coding"][0]["code"] = "sure"


def an_impossible_day(bundle):
    quiet_day(bundle)["effectiveDateTime"] = "2026-02-30T00:00"


def a_reference_to_nowhere(bundle):
    bout(bundle)["subject"] = {"reference": "urn:uuid:00000000-0000-0000-0000-000000000000"}


def a_subject_that_is_no_patient(bundle):
    bout(bundle)["subject"] = bout(bundle)["hasMember"][0]


def without_timestamp(bundle):
    del bundle["timestamp"]


def the_composition_last(bundle):
    bundle["entry"].append(bundle["entry"].pop(0))


def an_empty_section_with_entries(bundle):
    told = [s for s in bundle["entry"][0]["resource"]["section"] if s.get("entry")]
    told[0]["emptyReason"] = {"text": "None"}


@pytest.mark.parametrize(
    "spoil",
    [
        without_category,
        another_code,
        without_performer,
        without_value,
        a_second_severity,
        an_unknown_status,
        an_unknown_verification,
        an_impossible_day,
        a_reference_to_nowhere,
        a_subject_that_is_no_patient,
        without_timestamp,
        the_composition_last,
        an_empty_section_with_entries,
    ],
)
def test_the_validator_finds_what_is_wrong(problems_of, document, spoil):
    spoiled = copy.deepcopy(document)

    spoil(spoiled)

    assert problems_of(spoiled) != []


def test_components_of_a_bout_have_values_as_the_guide_wants_them(document):
    allowed = {"104156-5": {"valueRatio", "valueCodeableConcept"}}
    answers = [c for c in bout(document)["component"] if "loinc" in str(c["code"])]

    for each in answers:
        (code,) = codes(each["code"])
        assert (set(each) - {"code"}) <= allowed.get(code, {"valueCodeableConcept"})
    assert answers
