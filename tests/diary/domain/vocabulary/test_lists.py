"""The lists: closed, without duplicates, in two languages, with a source for every code."""

from pathlib import Path

import pytest

from diary.domain.vocabulary import (
    ALL_LISTS,
    MEDICINE_CLASSES,
    Code,
    CodeList,
    DuplicateNameError,
)

SOURCES_PAGE = Path(__file__).parents[4] / "docs" / "sources.md"

TITLES = {
    "S0": "Lip Tremors: Causes and Concerns in Neurology",
    "S1": "Lip Twitching: When to See a Neurologist",
    "S2": "Lip Twitching (Persistent, Once Off) Causes and Diseases",
    "S3": "Facial Nerve Issues: Uncontrollable Lip Twitches Explained",
    "S4": "What Causes Lip Twitching",
}

SIMPLIFIED_ONLY = set("脸动经头颤觉药脑压虑疗检双侧发热单无张伤维钙钾镁钠视听说话饮养学")


def code(name, **changes):
    """Return a code whose only word is its name, unless changed."""
    given_fields = {"meaning": "A thing.", "label_en": name, "label_zh": name, "sources": ("S0",)}
    return Code(code=name, **{**given_fields, **changes})


@pytest.mark.parametrize("codes", ALL_LISTS, ids=lambda codes: codes.name)
def test_every_code_has_words_in_both_languages_and_a_known_source(codes):
    for entry in codes:
        assert entry.label_en.strip()
        assert entry.label_zh.strip()
        assert entry.meaning.endswith(".")
        assert entry.sources
        assert set(entry.sources) <= {*TITLES, "project"}
        assert ("project" in entry.sources) == (entry.sources == ("project",))


@pytest.mark.parametrize("codes", ALL_LISTS, ids=lambda codes: codes.name)
def test_chinese_labels_hold_no_character_that_is_only_simplified(codes):
    used = set("".join(entry.label_zh for entry in codes))

    assert not used & SIMPLIFIED_ONLY


def test_no_two_lists_share_a_name():
    names = [codes.name for codes in ALL_LISTS]

    assert len(names) == len(set(names))


def test_a_list_refuses_the_same_code_twice():
    with pytest.raises(DuplicateNameError):
        CodeList("things", (code("one"), code("one", label_en="other", label_zh="other")))


def test_a_list_refuses_a_synonym_that_is_another_code():
    with pytest.raises(DuplicateNameError):
        CodeList("things", (code("first_thing"), code("second", synonyms=("First Thing",))))


def test_membership_and_get_take_codes_only():
    assert "corticosteroid" in MEDICINE_CLASSES
    assert "prednisone" not in MEDICINE_CLASSES
    assert MEDICINE_CLASSES.get("prednisone") is None
    assert MEDICINE_CLASSES["corticosteroid"] is MEDICINE_CLASSES.get("corticosteroid")


@pytest.mark.parametrize(("key", "title"), TITLES.items())
def test_the_page_of_sources_lists_each_source_document(key, title):
    page = SOURCES_PAGE.read_text(encoding="utf-8")

    assert f"| {key} | {title}" in page
