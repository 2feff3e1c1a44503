"""Only codes that were read in their source, and never a diagnosis of the twitching."""

import re
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings

from diary.domain.entries import HistoryKind
from diary.domain.vocabulary import ALL_LISTS
from reports.domain.model import build_report
from reports.domain.words.fhir import ANSWERS, HEADINGS
from reports.render.fhir import fhir_bundle
from reports.render.fhir.codes import LOINC, LOINC_NAMES, SNOMED, SNOMED_NAMES, SNOMED_OF
from tests.reports.render.fhir.diaries import RECORDS
from tests.reports.render.fhir.documents import (
    bundle_of,
    codes,
    full_record,
    item,
    one,
    record_of,
    resources,
)
from tests.reports.samples import diary_of, edition, full_diary, gate

# System, code and exact name; written down from what was read, not from the module under test.
SEEN = {
    (system, code): name
    for system, code, name in (
        (f"{line} ").split(" ", 2)
        for line in (Path(__file__).parent / "codes_seen.txt").read_text("utf-8").splitlines()
    )
}
OWN = "https://quiver.example/fhir/CodeSystem/"
# Hemifacial spasm, blepharospasm, facial palsy, Bell's palsy, facial nerve disorder, essential
# tremor, facial myokymia, tic disorder: naming one of these is for a clinician.
DIAGNOSES = {
    "13753008",
    "59026006",
    "280816001",
    "193093009",
    "422426003",
    "609558009",
    "1070000",
    "568005",
}
FORBIDDEN = re.compile(r"significant|abnormal|suggests|consistent with|trigger confirmed", re.I)


def codings(value):
    """Yield everything in a document that has a system and a code."""
    if isinstance(value, dict):
        if "system" in value and "code" in value:
            yield value
        for each in value.values():
            yield from codings(each)
    elif isinstance(value, list):
        for each in value:
            yield from codings(each)


def texts(value):
    """Yield every text a reader sees; names of SNOMED CT and LOINC are for machines."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key in {"text", "div", "title", "contentString"} and isinstance(each, str):
                yield each
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


@settings(max_examples=40)
@given(record=RECORDS)
def test_no_code_stands_in_a_document_that_was_not_read(record):
    for coding in codings(bundle_of(record)):
        if not coding["system"].startswith(OWN):
            name = SEEN[coding["system"], coding["code"]].strip()
            assert coding.get("display", name) == name


@settings(max_examples=40)
@given(record=RECORDS)
def test_no_diagnosis_of_the_twitching_and_no_icd_code_stands_in_a_document(record):
    found = list(codings(bundle_of(record)))

    assert not {coding["code"] for coding in found} & DIAGNOSES
    assert not any("icd" in coding["system"] for coding in found)


def test_every_code_of_the_tables_was_read():
    for system, names in ((SNOMED, SNOMED_NAMES), (LOINC, LOINC_NAMES)):
        assert {code: SEEN[system, code].strip() for code in names} == names


def test_every_mapping_leads_from_a_code_of_the_vocabulary_to_a_named_code():
    lists = {codes.name: codes for codes in ALL_LISTS}

    for name, mapping in SNOMED_OF.items():
        assert set(mapping) <= set(lists[name].codes)
        assert set(mapping.values()) <= set(SNOMED_NAMES)


@pytest.mark.parametrize(
    "twitching", ["hemifacial_spasm", "blepharospasm", "facial_myokymia", "essential_tremor"]
)
def test_a_twitching_condition_told_as_history_keeps_the_diarys_own_code_alone(twitching):
    bundle = bundle_of(record_of(diary_of(history=(item(1, HistoryKind.CONDITION, twitching),))))

    assert codes(one(bundle, "Condition")["code"]) == [twitching]


def test_a_told_condition_is_unconfirmed_and_asserted_by_the_patient():
    bundle = bundle_of(
        record_of(diary_of(history=(item(1, HistoryKind.CONDITION, "multiple_sclerosis"),)))
    )

    told = one(bundle, "Condition")
    assert codes(told["verificationStatus"]) == ["unconfirmed"]
    assert codes(told["code"]) == ["multiple_sclerosis", "24700007"]
    assert told["asserter"] == told["subject"] == told["recorder"]


def test_the_words_of_a_document_hold_no_forbidden_word():
    bundle = bundle_of(full_record())

    shown = list(texts(bundle))
    assert len(shown) > 100
    assert [text for text in shown if FORBIDDEN.search(text)] == []


def test_labels_are_in_the_language_of_the_document_and_displays_stay_english():
    bundle = bundle_of(record_of(full_diary(3)), language="zh-Hant")

    (site, *_) = [
        each["bodySite"] for each in resources(bundle, "Observation") if "bodySite" in each
    ]
    assert "上唇" in site["text"]
    assert site["coding"][-1]["display"] == "Lip structure"
    assert bundle["language"] == "zh-TW"


def test_a_chinese_document_is_chinese_and_says_that_it_awaits_review():
    with translation.override("zh-hant"):
        record = full_record()
        made = {"edition": edition(language="zh-Hant"), "catalog": translation}
        model = build_report(record.diary, gate=gate(), **made)
        bundle = fhir_bundle(record, model, **made)

    sections = bundle["entry"][0]["resource"]["section"]
    assert sections[1]["title"] == "\u62bd\u52d5\uff08\u9010\u6bb5\uff09"
    assert "\u5f85" in sections[-1]["text"]["div"]
    untranslated = {
        text for text in texts(bundle) if text in {*ANSWERS.values(), *HEADINGS.values()}
    }
    assert untranslated == set()
