"""The invented case file of the tests, and a case around a diary."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from diary.domain.cases.files import Case
from diary.domain.entries import Reporter

FILE = Path(__file__).parents[2] / "cases.json"
DOCUMENT = json.loads(FILE.read_text(encoding="utf-8"))
ASKED = date(2025, 4, 10)
RANKS = {
    "emergency": 5,
    "urgent": 4,
    "see_neurologist": 3,
    "see_doctor_other": 2,
    "watch": 1,
    "reassure": 0,
}


_CASE = Case(
    id="c-1",
    asked=ASKED,
    age=None,
    sex="",
    reporter=Reporter.SELF,
    diary={},
    primary_level="watch",
    acceptable_levels=("watch",),
)


def case_of(diary: dict[str, Any], **fields: Any) -> Case:
    """Return a case around a diary; the doctor's answer is to watch unless told otherwise."""
    return replace(_CASE, diary=diary, **fields)
