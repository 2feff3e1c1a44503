"""What page 1 needs to know of the rules: which were checked, their sources, their evidence."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from diary.domain.escalation import Verdict
from diary.domain.findings import EvidenceFrom, Finding
from diary.domain.rules.base import Family
from diary.domain.rules.registry import ASKED_OF_A_REPORT, BY_ID, RULES, URGENT_FAMILIES
from reports.domain.looks import Looks
from reports.domain.words import Words
from reports.domain.words.sentences import EVIDENCE_COUNTS

# Families that speak for a visit; waiting and closing rules are never "not met".
VISIT_FAMILIES = frozenset({Family.EMERGENCY, Family.URGENT, Family.SEE_DOCTOR})
FREQUENCY_RULES = frozenset({"N7", "W2"})
SEVERITY_RULE = "N8"


def checked_rules(*, diary_only: bool) -> tuple[str, ...]:
    """Return the ids of the rules that can call for a visit, in the order of the registry.

    A `diary_only` profile asks for emergency and urgent rules alone, so no other was checked.
    """
    asked = URGENT_FAMILIES if diary_only else VISIT_FAMILIES
    return tuple(
        rule.id for rule in RULES if rule.family in asked and rule.cadence in ASKED_OF_A_REPORT
    )


def without_data(looks: Looks) -> frozenset[str]:
    """Return the ids of the rules whose tests had too little to say that they do not hold."""
    missing = FREQUENCY_RULES if looks.frequency.verdict is Verdict.NOT_ENOUGH else frozenset[str]()
    measures = (looks.strength, looks.duration)
    if any(look.verdict is Verdict.NOT_ENOUGH for look in measures):
        missing |= {SEVERITY_RULE}
    return missing


def source_text(rule: str) -> str:
    """Return the short names of the documents a rule rests on; empty for an unknown rule."""
    known = BY_ID.get(rule)
    documents = dict.fromkeys(source.document for source in known.sources) if known else {}
    return " ".join(documents)


def evidence_text(finding: Finding, words: Words) -> str:
    """Return the counts and dates a finding rests on, and where they stand."""
    if finding.rule in FREQUENCY_RULES:
        return words.frequency_evidence(finding.numbers)
    if finding.rule == SEVERITY_RULE:
        return words.severity_evidence(finding.numbers)
    parts = [*_counts(finding.numbers, words), *_dates(finding, words)]
    if finding.evidence_from is not EvidenceFrom.DIARY:
        parts.append(words.evidence_source(finding.evidence_from))
    return words.evidence(parts)


def _counts(numbers: Mapping[str, Any], words: Words) -> list[str]:
    return [
        words.evidence_count(key, numbers[key])
        for key in EVIDENCE_COUNTS
        if isinstance(numbers.get(key), int) and not isinstance(numbers[key], bool)
    ]


def _dates(finding: Finding, words: Words) -> list[str]:
    since = finding.numbers.get("since")
    if isinstance(since, str) and since:
        return [words.since(date.fromisoformat(since))]
    if finding.first_day is None or finding.last_day is None:
        return []
    return [words.between(finding.first_day, finding.last_day)]
