"""Rules that raise on every diary, as a mistake in one of them would."""

from dataclasses import replace

from diary.domain.rules import registry

CANARY = "canary: my left lip"
RULES, WEEKLY = registry.RULES, registry.ASKED_WEEKLY


def fail(monkeypatch, *ids):
    """Let these rules raise; those that are not named work again."""
    rules = _broken(RULES, ids)
    monkeypatch.setattr(registry, "RULES", rules)
    monkeypatch.setattr(registry, "BY_ID", {rule.id: rule for rule in rules})
    monkeypatch.setattr(registry, "ASKED_WEEKLY", _broken(WEEKLY, ids))


def _broken(rules, ids):
    def raise_it(view):
        raise ValueError(CANARY)

    return tuple(replace(rule, judge=raise_it) if rule.id in ids else rule for rule in rules)
