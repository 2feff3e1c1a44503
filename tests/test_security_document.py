"""The security document: every requirement once, each with a test that exists or with a reason."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.test_hazards import functions_in, named_tests

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "docs/security.md").read_text("utf-8")
REASONS = ("Deviation: ", "Document: ", "Not applicable: ", "Operator: ")


def rows(title):
    """Return the (requirements, what holds them) of one section."""
    section = DOCUMENT.split(f"\n## {title}\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (.+?) \| (.+) \|$", section, re.MULTILINE)
    return [cell for cell in cells if cell[1] != "held by"]


STANDARD = rows("OWASP ASVS 5.0, level 2")
TOP_TEN = rows("OWASP API Security Top 10, 2023")


def test_every_requirement_of_both_levels_is_answered_once():
    asked = (ROOT / "tests/asvs_5_0_level_2.txt").read_text().split()

    answered = Counter(number for numbers, _ in STANDARD for number in numbers.split(", "))

    assert len(asked) == 253  # 70 of level 1 and 183 of level 2
    assert answered == Counter(asked)


def test_each_of_the_ten_risks_is_answered_in_order():
    assert [risk.split()[0] for risk, _ in TOP_TEN] == [f"API{n}" for n in range(1, 11)]


@pytest.mark.parametrize(("asked", "held_by"), STANDARD + TOP_TEN, ids=lambda cell: cell[:40])
def test_each_answer_is_a_test_that_exists_or_a_reason(asked, held_by):
    named = named_tests(held_by)

    assert named or held_by.startswith(REASONS), asked
    assert held_by.count("::test_") == len(named)
    for path, name in named:
        assert name in functions_in(path), f"{path}::{name}"
