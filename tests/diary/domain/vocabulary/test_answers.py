"""The fixed answers, the daily questions and the document that phones read them from."""

import json

import pytest

from diary.domain import entries, vocabulary
from diary.domain.vocabulary import (
    ALL_LISTS,
    CAFFEINE_PRESETS,
    COURSES,
    EYE_CLOSURES,
    HISTORY_STATUSES,
    IMPACT_LEVELS,
    ONSETS,
    REPORTERS,
    SIDES,
    SYMPTOMS,
    TRIGGERS,
    TWITCHED,
    UNITS,
    WARNING_SIGNS,
    as_document,
)


@pytest.mark.parametrize(
    ("codes", "answers"),
    [
        (SIDES, entries.Side),
        (ONSETS, entries.Onset),
        (COURSES, entries.Course),
        (EYE_CLOSURES, entries.EyeClosure),
        (TWITCHED, entries.Twitched),
        (REPORTERS, entries.Reporter),
        (HISTORY_STATUSES, entries.HistoryStatus),
    ],
    ids=lambda value: getattr(value, "name", None) or value.__name__,
)
def test_the_fixed_answers_are_those_of_the_records(codes, answers):
    assert set(codes.codes) == {answer.value for answer in answers}


def test_daily_questions_are_fields_of_the_check_in():
    asked = {entry.check_in_field for entry in TRIGGERS if entry.check_in_field}

    assert asked <= set(entries.CheckIn.__dataclass_fields__)
    assert {entry.unit for entry in TRIGGERS if entry.unit} <= set(UNITS.codes)


def test_caffeine_presets_follow_from_the_daily_limit_and_its_equivalents():
    assert {entry.code: 400 // entry.milligrams for entry in CAFFEINE_PRESETS} == {
        "coffee": 5,
        "energy_drink": 4,
        "soda": 10,
    }


def test_impact_levels_run_from_zero_to_three():
    assert [level.value for level in IMPACT_LEVELS] == [0, 1, 2, 3]


def test_warning_signs_are_symptoms_each_asked_once():
    assert all(sign in SYMPTOMS for sign in WARNING_SIGNS)
    assert len(WARNING_SIGNS) == len(set(WARNING_SIGNS))


@pytest.mark.parametrize(
    ("asked", "language", "lips"),
    [("en", "en", "Lips"), ("zh-Hant", "zh-Hant", "嘴唇"), ("zh_TW", "zh-Hant", "嘴唇"),
     ("de", "en", "Lips"), ("", "en", "Lips")],
)  # fmt: skip
def test_the_document_is_plain_json_in_the_asked_language(asked, language, lips):
    document = as_document(asked)

    labels = {entry["code"]: entry["label"] for entry in document["lists"]["sites"]}
    assert document["version"] == vocabulary.VERSION
    assert document["language"] == language
    assert labels["lips"] == lips
    assert json.loads(json.dumps(document)) == document


def test_the_document_carries_the_fields_of_each_list():
    document = as_document("en")

    steroid = document["lists"]["medicine_classes"][0]
    assert steroid["code"] == "corticosteroid"
    assert steroid["may_cause_twitching"] is True
    assert "prednisone" in steroid["examples"]
    assert "label_zh" not in steroid
    assert set(document["lists"]) == {codes.name for codes in ALL_LISTS}
