"""The table of problems is complete: every error of the diary, and every kind explained."""

import importlib
import pkgutil
import re
from pathlib import Path

import diary
from api.problem_types import TYPES
from diary.domain.errors import DiaryError

DOCUMENT = Path(__file__).parents[2] / "docs" / "errors.md"


def all_diary_errors():
    for module in pkgutil.walk_packages(diary.__path__, "diary."):
        if ".migrations" not in module.name and ".management" not in module.name:
            importlib.import_module(module.name)
    found, pending = set(), [DiaryError]
    while pending:
        below = [kind for kind in pending.pop().__subclasses__() if kind.__module__ != __name__]
        found.update(below)
        pending.extend(below)
    return found


def test_every_error_of_the_diary_has_a_row():
    known = all_diary_errors()

    assert len(known) >= 5
    assert known - set(TYPES) == set()


def test_every_kind_of_problem_is_explained_and_nothing_else():
    sections = set(re.findall(r"^## ([a-z-]+)$", DOCUMENT.read_text("utf-8"), re.MULTILINE))

    assert sections == {kind.slug for kind in TYPES.values()}


def test_the_document_names_each_status_and_title():
    text = DOCUMENT.read_text("utf-8")

    for kind in TYPES.values():
        section = text.split(f"\n## {kind.slug}\n")[1].split("\n## ")[0]
        assert f"**{kind.status.value}**" in section
        assert kind.title in section
