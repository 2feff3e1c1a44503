"""The settings of a service in which one emergency rule fails, whatever diary it is asked about.

To import it is to break the rule: only a process of its own may.
"""

from dataclasses import replace

from config.settings import *  # noqa: F403
from diary.domain.findings import Finding
from diary.domain.rules import registry
from diary.domain.view import DiaryView

POISONED = "E3"  # the rule on what the phones log as a warning sign


def broken(_view: DiaryView) -> Finding | None:
    raise ValueError("an entry that the rule was not made for")


registry.RULES = tuple(
    replace(rule, judge=broken) if rule.id == POISONED else rule for rule in registry.RULES
)
