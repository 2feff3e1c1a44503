"""Insights in words: the stored numbers of a look as sentences, with nothing added to them."""

from collections.abc import Mapping, Sequence, Set
from datetime import date, timedelta
from typing import Any

from diary.domain import escalation, severity
from diary.domain.entries import Day
from diary.domain.escalation import Verdict
from diary.domain.experiments import MINIMUM_DAYS, Outcome
from diary.domain.triggers import COUNTS_FROM_DAYS, Tier
from diary.domain.vocabulary.codes import is_chinese
from diary.domain.vocabulary.remedies import REMEDIES
from diary.domain.vocabulary.triggers import TRIGGERS, UNITS
from diary.domain.words import insights_en, insights_zh_hant

# With an empty diary: 28 recorded days before, then a window of 28 calendar days.
LONGEST_WAIT_DAYS = escalation.WINDOW_DAYS + escalation.MINIMUM_REFERENCE_DAYS
_NEEDED = {
    "recent_days": escalation.MINIMUM_RECENT_DAYS,
    "reference_days": escalation.MINIMUM_REFERENCE_DAYS,
    "recent_episodes": escalation.MINIMUM_RECENT_EPISODES,
    "reference_episodes": escalation.MINIMUM_REFERENCE_EPISODES,
}
SMALL = 0.1  # below it one decimal place says too little
_CHANCE = {Verdict.SIGNAL: escalation.SIGNAL_P, Verdict.WATCH: escalation.WATCH_P}
_TIER_WORDS = {Tier.COLLECTING: "collecting_factor"}
_LINKED = (Tier.POSSIBLE, Tier.FAIRLY_CONSISTENT, Tier.NOT_SEPARABLE)

Numbers = Mapping[str, Any]


def trend_days_needed(days: Sequence[Day], *, today: date) -> int:
    """Return how many more recorded days the first trend needs, 0 when there are enough.

    Counted as if every day from now on were recorded, beginning with today unless it is recorded
    already. `days` are the daily rows of the last 140 local dates.
    """
    seen = {day.local_date for day in days if day.observed}
    last = today if today in seen else today - timedelta(days=1)
    if _enough_days(seen, today):
        return 0
    for more in range(1, LONGEST_WAIT_DAYS):
        last += timedelta(days=1)
        seen.add(last)
        if _enough_days(seen, last):
            return more
    return LONGEST_WAIT_DAYS


def _enough_days(seen: Set[date], today: date) -> bool:
    ages = [(today - day).days for day in seen]
    recent = sum(0 <= age < escalation.WINDOW_DAYS for age in ages)
    before = sum(escalation.WINDOW_DAYS <= age < escalation.LOOK_DAYS for age in ages)
    return recent >= escalation.MINIMUM_RECENT_DAYS and before >= escalation.MINIMUM_REFERENCE_DAYS


def trigger_days_needed(observed_days: int) -> int:
    """Return how many more check-ins the first comparison of factors needs."""
    return max(0, COUNTS_FROM_DAYS - observed_days)


def waiting_sentence(days: int, next_look_on: date, language: str) -> str:
    """Return what to say before there is a look: the days still needed, or when it comes."""
    words = _words(language)
    return words["collecting" if days else "waiting"].format(days=days, next_look_on=next_look_on)


def frequency_sentence(numbers: Numbers, language: str) -> str:
    """Return the frequency test of a stored weekly look in words."""
    words = _words(language)
    verdict = Verdict(numbers["verdict"])
    counts = _filled(words["counts"], numbers, words, window_days=escalation.WINDOW_DAYS)
    if verdict is Verdict.NOT_ENOUGH:
        days_missing = any(gate.endswith("_days") for gate in numbers["unmet"])
        reason = words["not_enough_days" if days_missing else "not_enough_episodes"]
        return " ".join((reason, counts, *unmet_sentences(numbers, language)))
    chance = _CHANCE.get(verdict)
    close = words[verdict.value].format(one_in=round(1 / chance) if chance else "")
    return " ".join((counts, _filled(words["rates"], numbers, words), close))


def unmet_sentences(numbers: Numbers, language: str) -> tuple[str, ...]:
    """Return what is missing for a verdict on frequency, one sentence per gate."""
    words = _words(language)
    return tuple(
        _filled(words[gate], numbers, words, window_days=escalation.WINDOW_DAYS, needed=needed)
        for gate, needed in _NEEDED.items()
        if gate in numbers["unmet"]
    )


def severity_sentence(numbers: Numbers, language: str) -> str:
    """Return one severity test of a stored weekly look in words."""
    words = _words(language)
    verdict, measure = numbers["verdict"], numbers["measure"]
    values = {
        **numbers,
        "recent_weeks": len(numbers["recent_medians"]),
        "reference_weeks": len(numbers["reference_medians"]),
    }
    if verdict == Verdict.NOT_ENOUGH:
        needed = severity.MINIMUM_REFERENCE_WEEKS
        return _filled(words[f"severity_not_enough_{measure}"], values, words, needed=needed)
    close = words[f"severity_{verdict}"].format(one_in=round(1 / severity.SIGNAL_P))
    return f"{_filled(words[measure], values, words)} {close}"


def trigger_sentence(result: Numbers, language: str) -> str:
    """Return one result of a stored monthly look in words no stronger than its tier."""
    words = _words(language)
    tier = Tier(result["tier"])
    on = words[result["family"]].format(factor=_defined(result, language))
    values = {**result, "on": on, "shown": result["shown_ratio"]}
    if tier not in _LINKED:
        return _filled(words[_TIER_WORDS.get(tier, tier.value)], values, words)
    others = words["and"].join(factor_label(key, language) for key in result["not_separable_from"])
    return f"{words[tier.value].format(others=others)} {_filled(words['linked'], values, words)}"


def experiment_sentence(numbers: Numbers, language: str) -> str:
    """Return one removal experiment in words."""
    words = _words(language)
    found = REMEDIES.get(numbers["remedy"])
    named = numbers["own_label"] or (found.label(language) if found else numbers["remedy"])
    key = {
        Outcome.COMPARED: "experiment",
        Outcome.TOO_FEW_DAYS: "experiment_too_few",
        Outcome.NOTHING_BEFORE: "experiment_none",
    }[Outcome(numbers["outcome"])]
    return _filled(words[key], {**numbers, "remedy": named}, words, needed=MINIMUM_DAYS)


def factor_label(key: str, language: str) -> str:
    """Return a factor in the person's language; an own factor stays in the person's own words."""
    known = TRIGGERS.get(key)
    if known is not None:
        label = known.label(language)
        return label if is_chinese(language) else label[:1].lower() + label[1:]
    words = _words(language)
    return words[key] if key in words else key.removeprefix("own:")


def _defined(result: Numbers, language: str) -> str:
    """Return the factor with the limit that told its days from the others."""
    words, label = _words(language), factor_label(result["key"], language)
    trigger = TRIGGERS.get(result["key"])
    template = words.get(result["definition"])
    if template is None or trigger is None or result["threshold"] is None:
        return label
    unit = UNITS.get(trigger.unit)
    return template.format(
        factor=label,
        threshold=f"{result['threshold']:g}",
        unit=f" {unit.label(language)}" if unit else "",
    )


def caveats(language: str) -> tuple[str, ...]:
    """Return what is printed with every comparison of factors."""
    return insights_zh_hant.CAVEATS if is_chinese(language) else insights_en.CAVEATS


def _words(language: str) -> Mapping[str, str]:
    chinese = is_chinese(language)
    return insights_zh_hant.TRADITIONAL_CHINESE if chinese else insights_en.ENGLISH


def _filled(template: str, numbers: Numbers, words: Mapping[str, str], **more: Any) -> str:
    """Return the sentence with fractions at one decimal place, below 0.1 at two."""
    values = {name: _printed(value, words) for name, value in {**numbers, **more}.items()}
    return template.format_map(values)


def _printed(value: Any, words: Mapping[str, str]) -> Any:
    if value is None:
        return words["no_upper"]
    if isinstance(value, float):
        return f"{value:.2f}" if 0 < value < SMALL else f"{value:.1f}"
    return value
