"""The generated part of docs/rules.md: every rule with its condition, numbers and sources."""

import inspect
import re
from collections.abc import Iterator
from types import MappingProxyType

from diary.domain.rules.base import Cadence, Family, Rule
from diary.domain.rules.catalogue import CATALOGUE
from diary.domain.rules.registry import RULES
from diary.domain.thresholds import threshold_fields

HEADINGS = MappingProxyType(
    {
        Family.EMERGENCY: "Emergency",
        Family.URGENT: "Urgent",
        Family.SEE_DOCTOR: "See a doctor",
        Family.WATCH: "Watch",
        Family.REASSURE: "Reassure",
        Family.CLOSE: "Close",
    }
)
ASKED = MappingProxyType(
    {
        Cadence.WRITE: "in every write",
        Cadence.STATE: "after a write and daily",
        Cadence.WEEKLY: "weekly",
        Cadence.ALERT: "weekly of an open alert",
    }
)
GENERATED_FROM = f"## {HEADINGS[Family.EMERGENCY]}\n"


def rule_document(present: str) -> str:
    """Return docs/rules.md with its hand-written start kept and everything below it made anew.

    `present` is the text of the file; raises ValueError when it has no heading to start from.
    """
    start = present.index(GENERATED_FROM)
    blocks = [block for family in HEADINGS for block in _family(family)]
    return present[:start] + "\n\n".join(blocks) + "\n"


def condition(rule: Rule) -> str:
    """Return when a rule holds, as its function's docstring says it, without the sources."""
    text = " ".join((inspect.getdoc(rule.judge) or "").split())
    found = re.match(rf"Return {rule.id}: (.*?)(?: Source: .*)?$", text)
    if found is None:
        raise ValueError(f"the docstring of {rule.id} does not begin with 'Return {rule.id}: '")
    return found[1][:1].upper() + found[1][1:]


def _family(family: Family) -> Iterator[str]:
    yield f"## {HEADINGS[family]}"
    for rule in RULES:
        if rule.family is family:
            yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    entry = CATALOGUE[rule.id]
    yield f"### {rule.id} {entry.name}"
    yield (
        f"Level {rule.level.code}, addressee {entry.addressee}, asked {ASKED[rule.cadence]}, "
        f"version {rule.version}."
    )
    yield condition(rule)
    if entry.note:
        yield entry.note
    yield "\n".join([*_chosen(rule.id), *_fixed(rule.id), *_sources(rule)])


def _chosen(rule_id: str) -> Iterator[str]:
    for name, (default, meaning) in threshold_fields().items():
        if rule_id in meaning.rules:
            bounds = f"{meaning.low:g} to {meaning.high:g}"
            yield f"- Setting: `{name}` {default:g} {meaning.unit} ({bounds}; {meaning.source})"


def _fixed(rule_id: str) -> Iterator[str]:
    for each in CATALOGUE[rule_id].fixed:
        yield f"- Fixed: `{each.name}` {each.value:g} {each.meaning}"


def _sources(rule: Rule) -> Iterator[str]:
    for source in rule.sources:
        locator = f', "{source.locator}"' if source.locator else ""
        yield f"- Source: {source.title}{locator}"
