"""The table of rules and its documentation say the same."""

from dataclasses import replace
from pathlib import Path

import pytest

from diary.domain.rules.base import TITLES
from diary.domain.rules.catalogue import CATALOGUE
from diary.domain.rules.document import condition, rule_document
from diary.domain.rules.registry import BY_ID, RULES, all_findings, urgent_findings
from diary.domain.thresholds import threshold_fields
from diary.domain.vocabulary import ALL_LISTS
from tests.diary.domain.strategies import absent, episode, problem, symptom, view

DOCS = Path(__file__).parents[4] / "docs"
DOCUMENT = (DOCS / "rules.md").read_text(encoding="utf-8")
SOURCES = (DOCS / "sources.md").read_text(encoding="utf-8")


def section(rule_id):
    return DOCUMENT.split(f"\n### {rule_id} ", 1)[1].split("\n### ", 1)[0]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_documented_with_version_and_sources(rule):
    text = section(rule.id)

    assert f"version {rule.version}" in text
    for source in rule.sources:
        assert source.title in text
        assert source.locator in text


def test_the_document_is_what_the_rules_say():
    assert rule_document(DOCUMENT) == DOCUMENT


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_says_its_condition_and_all_its_numbers(rule):
    text = section(rule.id)

    assert condition(rule) in text
    assert "Source" not in condition(rule)
    for name, (default, meaning) in threshold_fields().items():
        if rule.id in meaning.rules:
            assert f"`{name}` {default:g}" in text


def test_a_rule_without_its_condition_is_refused():
    with pytest.raises(ValueError, match="docstring of N1"):
        condition(replace(BY_ID["N1"], judge=lambda _: None))


def test_every_rule_is_in_the_catalogue():
    assert set(CATALOGUE) == set(BY_ID)


@pytest.mark.parametrize("document", TITLES)
def test_every_short_name_of_a_source_is_explained(document):
    assert f"| {document} | {TITLES[document]} |" in SOURCES


def test_no_short_name_is_used_without_a_title():
    used = {source.document for rule in RULES for source in rule.sources}
    used |= {name for codes in ALL_LISTS for code in codes for name in code.sources}

    assert used <= {*TITLES, "project"}
    assert "`project`" in SOURCES


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
