"""The closed vocabulary of the diary: every code with its meaning, labels and sources."""

from dataclasses import fields
from typing import Any

from diary.domain.vocabulary.answers import (
    COURSES,
    EYE_CLOSURES,
    HISTORY_STATUSES,
    ONSETS,
    REMEDY_RATINGS,
    REPORTERS,
    SIDES,
    TWITCHED,
)
from diary.domain.vocabulary.codes import Code, CodeList, DuplicateNameError, is_chinese
from diary.domain.vocabulary.contexts import CONTEXTS
from diary.domain.vocabulary.history import HISTORY, HistoryCode
from diary.domain.vocabulary.impacts import IMPACT_LEVELS, INTERFERES
from diary.domain.vocabulary.medicines import MEDICINE_CLASSES, MedicineClass, class_of
from diary.domain.vocabulary.movements import DIRECTIONS, MOVEMENTS
from diary.domain.vocabulary.nutrients import NUTRIENTS, Nutrient
from diary.domain.vocabulary.remedies import REMEDIES, Remedy
from diary.domain.vocabulary.sites import SITES, STRUCTURES, Site, SiteGroup
from diary.domain.vocabulary.symptoms import (
    SYMPTOMS,
    WARNING_SIGNS,
    Symptom,
    SymptomFamily,
)
from diary.domain.vocabulary.tests_done import TEST_RESULTS, TESTS
from diary.domain.vocabulary.triggers import (
    CAFFEINE_PRESETS,
    TRIGGERS,
    UNITS,
    Trigger,
    TriggerKind,
)

__all__ = [
    "ALL_LISTS",
    "CAFFEINE_PRESETS",
    "CONTEXTS",
    "COURSES",
    "DIRECTIONS",
    "EYE_CLOSURES",
    "HISTORY",
    "HISTORY_STATUSES",
    "IMPACT_LEVELS",
    "INTERFERES",
    "MEDICINE_CLASSES",
    "MOVEMENTS",
    "NUTRIENTS",
    "ONSETS",
    "REMEDIES",
    "REMEDY_RATINGS",
    "REPORTERS",
    "SIDES",
    "SITES",
    "STRUCTURES",
    "SYMPTOMS",
    "TESTS",
    "TEST_RESULTS",
    "TRIGGERS",
    "TWITCHED",
    "UNITS",
    "VERSION",
    "WARNING_SIGNS",
    "Code",
    "CodeList",
    "DuplicateNameError",
    "HistoryCode",
    "MedicineClass",
    "Nutrient",
    "Remedy",
    "Site",
    "SiteGroup",
    "Symptom",
    "SymptomFamily",
    "Trigger",
    "TriggerKind",
    "as_document",
    "class_of",
]

# The day the lists last changed, numbered from the second change of a day on; a client that holds
# this version need not ask again.
VERSION = "2026-11-21.2"

ALL_LISTS: tuple[CodeList[Code], ...] = (
    SITES, STRUCTURES, SIDES, MOVEMENTS, DIRECTIONS, CONTEXTS, ONSETS, COURSES, EYE_CLOSURES,
    TWITCHED, REPORTERS, SYMPTOMS, TRIGGERS, UNITS, CAFFEINE_PRESETS, INTERFERES, IMPACT_LEVELS,
    REMEDIES, REMEDY_RATINGS, NUTRIENTS, MEDICINE_CLASSES, HISTORY, HISTORY_STATUSES, TESTS,
    TEST_RESULTS,
)  # fmt: skip

_LABELS = ("label_en", "label_zh")


def as_document(language: str) -> dict[str, Any]:
    """Return the whole vocabulary as JSON-ready data with labels in one language.

    Any `zh` tag gives Traditional Chinese (`zh-Hant`), every other tag English (`en`). Meanings
    are English in both. `lists` and the codes in them keep the order they are meant to be shown in.
    """
    return {
        "version": VERSION,
        "language": "zh-Hant" if is_chinese(language) else "en",
        "warning_signs": list(WARNING_SIGNS),
        "lists": {
            codes.name: [_as_entry(code, language=language) for code in codes]
            for codes in ALL_LISTS
        },
    }


def _as_entry(code: Code, *, language: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"code": code.code, "label": code.label(language)}
    for field in fields(code):
        if field.name not in (*_LABELS, "code"):
            value = getattr(code, field.name)
            entry[field.name] = list(value) if isinstance(value, tuple) else value
    return entry
