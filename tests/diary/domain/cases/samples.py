"""The invented case file of the tests, and a case around a diary."""

import json
from datetime import date
from pathlib import Path

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


def case_of(diary, **fields):
    known = {
        "id": "c-1",
        "asked": ASKED,
        "age": None,
        "sex": "",
        "reporter": Reporter.SELF,
        "primary_level": "watch",
        "acceptable_levels": ("watch",),
    }
    return Case(diary=diary, **(known | fields))
