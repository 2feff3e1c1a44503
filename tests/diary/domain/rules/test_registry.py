"""The table of rules and its documentation say the same."""

from pathlib import Path

import pytest

from diary.domain.rules.registry import BY_ID, RULES, all_findings, urgent_findings
from tests.diary.domain.strategies import absent, episode, problem, symptom, view

DOCUMENT = (Path(__file__).parents[4] / "docs" / "rules.md").read_text(encoding="utf-8")


def section(rule_id):
    return DOCUMENT.split(f"\n### {rule_id} ", 1)[1].split("\n### ", 1)[0]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_documented_with_version_and_sources(rule):
    text = section(rule.id)

    assert f"version {rule.version}" in text
    for source in rule.sources:
        assert source.title in text
        assert source.locator in text


def test_the_document_holds_no_rule_that_does_not_exist():
    told = {line.split()[1] for line in DOCUMENT.splitlines() if line.startswith("### ")}

    assert told == set(BY_ID)


def test_rule_ids_are_unique():
    assert len(BY_ID) == len(RULES)


def test_the_softer_rule_stands_back_when_the_same_sign_is_urgent():
    told = problem(since=2, symptoms=(symptom("limb_numbness"),))

    assert [finding.rule for finding in all_findings(view(intake=told))] == ["U2"]


def test_urgent_findings_hold_nothing_softer():
    told = problem(since=40, symptoms=(symptom("seizure"), absent("dizziness")))

    assert {f.rule for f in urgent_findings(view(episode(), intake=told))} == {"U6"}
