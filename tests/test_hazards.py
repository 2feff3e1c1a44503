"""The hazard log: every hazard is whole, and every test it names as proof exists."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ["Harm", "Control", "Proof", "Residual risk", "Owner"]
OPEN = "none; open."
OPEN_HAZARDS = {"H10"}  # a further one needs a decision, not a silent line


def hazards():
    """Return (id, text) of each hazard."""
    text = (ROOT / "docs/hazards.md").read_text("utf-8")
    sections = re.split(r"^### (H\d\d) ", text, flags=re.MULTILINE)[1:]
    return list(zip(sections[::2], sections[1::2], strict=True))


def named_tests(text):
    return re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", text)


@cache
def functions_in(path):
    """Return the names of the test functions in a file, without importing it."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


HAZARDS = hazards()
by_id = pytest.mark.parametrize(("hazard", "text"), HAZARDS, ids=[id_ for id_, _ in HAZARDS])


def test_hazards_are_numbered_without_gap_or_repeat():
    ids = [id_ for id_, _ in HAZARDS]

    assert ids == [f"H{number:02}" for number in range(1, len(ids) + 1)]
    assert len(ids) >= 20


@by_id
def test_each_hazard_names_harm_control_proof_residual_risk_and_owner(hazard, text):
    assert re.findall(r"^- \*\*([\w ]+):\*\*\s+\S", text, re.MULTILINE) == PARTS
    assert re.search(r"\*\*Owner:\*\* (clinical|maintainers|operator)$", text, re.MULTILINE)


@by_id
def test_each_test_named_as_proof_exists(hazard, text):
    missing = [
        f"{path}::{name}"
        for path, name in named_tests(text)
        if not (ROOT / path).exists() or name not in functions_in(path)
    ]

    assert missing == []
    assert bool(named_tests(text)) != (OPEN in text)


def test_only_known_hazards_are_without_proof():
    assert {id_ for id_, text in HAZARDS if OPEN in text} == OPEN_HAZARDS
