"""deploy/alerts.yml asks for measures that exist, and leads whoever is woken to what to do."""

import re

import yaml

from tests.deploy.image import ROOT
from tests.test_docs import anchor_of

RULES = yaml.safe_load((ROOT / "deploy/alerts.yml").read_text())["groups"][0]["rules"]
OPERATIONS = (ROOT / "docs/operations.md").read_text("utf-8")


def test_every_measure_in_a_rule_is_one_that_the_service_tells():
    explained = set(re.findall(r"`(quiver_\w+)`", OPERATIONS))

    for rule in RULES:
        named = re.findall(r"quiver_\w+", rule["expr"].replace('job="quiver"', ""))
        assert named, rule["alert"]
        assert {re.sub("_bucket$", "", name) for name in named} <= explained


def test_every_rule_wakes_somebody_or_not_and_leads_to_what_to_do():
    headings = re.findall(r"^#+ (.+)$", OPERATIONS, re.MULTILINE)
    anchors = {anchor_of(heading) for heading in headings}

    assert len(RULES) > 8
    for rule in RULES:
        assert rule["labels"]["severity"] in ("page", "ticket")
        document, _, anchor = rule["annotations"]["runbook"].partition("#")
        assert (document, anchor in anchors) == ("docs/operations.md", True), rule["alert"]
