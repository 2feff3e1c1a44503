"""The numbers of the rules that are this project's own choice, with unit, bounds and reason.

An operator may move them within the bounds. Numbers that a guideline or a source document gives are
constants beside their rule and cannot be moved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import isfinite
from typing import Any


class ThresholdsRefused(ValueError):
    """Thresholds that cannot be accepted; the message names every one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a threshold is about: its rules, unit, inclusive bounds, and what it rests on."""

    rules: tuple[str, ...]
    unit: str
    low: float
    high: float
    source: str


def _choice(
    default: float,
    rules: str,
    unit: str,
    bounds: tuple[float, float],
    source: str = "choice",
) -> Any:
    meaning = Meaning(
        rules=tuple(rules.split()), unit=unit, low=bounds[0], high=bounds[1], source=source
    )
    return field(default=default, metadata={"meaning": meaning})


# fmt: off
@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The chosen numbers in force. Field names are the keys of the operator's setting."""

    old_palsy_days: int = _choice(
        14, "U1", "days a palsy is known before it explains a weak face", (7, 28))

    daily_share: float = _choice(
        0.4, "N1 N2 N3 N4 N9 N10 N12 N21", "share of days that is no longer rare", (0.2, 0.8),
        "choice, measured")
    twitch_days: int = _choice(
        5, "N1 N2", "logged twitch days", (3, 10), "choice, measured")
    history_days: int = _choice(
        7, "N12", "days from first to last", (2, 14), "choice, half of N1")
    history_eyelid_days: int = _choice(
        10, "N12", "days from first to last, eyelid only", (2, 21), "choice, half of N2")
    history_twitch_days: int = _choice(3, "N12", "logged twitch days", (1, 10))
    unchanged_days: int = _choice(
        3650, "N1 N2 N3 N4 N9 N10 N12 N21", "days without a change that calm an intake",
        (1825, 7300))

    settled_days: int = _choice(
        14, "N3", "first days of a bout whose places are not new", (7, 28))
    gate_episodes: int = _choice(
        2, "N3 N4 N15", "episodes on as many days, against mis-taps", (1, 5))
    spread_memory_days: int = _choice(
        90, "N3", "days back to an earlier bout elsewhere in the face", (28, 150))
    spread_memory_least: int = _choice(
        5, "N3", "logged days of that bout or bouts", (2, 14), "choice, measured")
    sided_episodes: int = _choice(
        10, "N4", "episodes with a side", (6, 30), "choice; 10 of 10 give a lower bound of 74 %")
    sided_days: int = _choice(5, "N4", "days with such an episode", (3, 14))
    sided_span_days: int = _choice(14, "N4", "days from first to last", (7, 42))
    sided_share: float = _choice(0.9, "N4", "share on the same side", (0.8, 1.0))

    gate_days: int = _choice(
        2, "N5 N6 N6b N17 N18 N19 N22", "logged days, against mis-taps; an intake needs none",
        (1, 5))
    companion_days: int = _choice(
        28, "N6 N6b N13 N17 N18 N19 N20 N22", "days a logged companion speaks", (14, 90))

    rest_tremor_age: int = _choice(
        50, "N9 N21", "years", (40, 70), "choice; the source's person is 65")
    rest_tremor_watch_age: int = _choice(40, "N9", "years, watched only", (30, 70))
    rest_tremor_days: int = _choice(3, "N9", "logged days", (2, 10))
    rest_tremor_span_days: int = _choice(14, "N9 N21", "days from first to last", (7, 42))

    remedy_days: int = _choice(
        14, "N10", "days the remedy was kept up", (7, 42), "choice; NHS gives two weeks")
    remedy_observed_days: int = _choice(
        10, "N10", "observed days before and as many during", (7, 28))
    remedy_before_days: int = _choice(28, "N10", "days before the start that count", (14, 90))
    remedy_ratio: float = _choice(
        0.7, "N10", "episodes a day during over before, at least", (0.5, 1.0))

    hindered: int = _choice(2, "N11", "impact 0-3, at least", (1, 3))
    hindered_days: int = _choice(3, "N11", "days with that impact", (1, 14))
    stopped: int = _choice(3, "N11", "impact 0-3 in the intake, at least", (2, 3))
    distressed: int = _choice(7, "N11", "distress 0-10, at least", (5, 10))
    held_days: int = _choice(2, "N11", "days an activity was hindered", (1, 14))
    impact_window_days: int = _choice(14, "N11", "days looked at", (7, 28))

    recur_bouts: int = _choice(3, "N15", "bouts", (2, 6))
    recur_window_days: int = _choice(180, "N15", "days looked at", (90, 180))
    recur_twitch_days: int = _choice(2, "N15", "logged twitch days in each bout", (1, 7))
    recur_quiet_days: int = _choice(14, "N15", "quiet check-ins between bouts", (8, 42))

    frequent_episodes: int = _choice(3, "N16", "episodes a day, at least", (2, 20))
    frequent_days: int = _choice(10, "N16", "days with so many", (5, 14))
    frequent_window_days: int = _choice(14, "N16", "days looked at", (14, 28))

    sleep_nights: int = _choice(2, "W3", "nights", (1, 7))
    medicine_days: int = _choice(28, "W4", "days from the change to the bout", (7, 90))
    medicine_course_days: int = _choice(
        90, "W4", "days from the start of a course to the bout", (28, 180))
    stressed: int = _choice(7, "W5", "stress 0-10, at least", (5, 10))
    lifestyle_days: int = _choice(3, "W5", "days with the same factor", (2, 7))
    lifestyle_window_days: int = _choice(7, "W5", "days looked at", (7, 14))
    illness_days: int = _choice(7, "W6", "days from the illness to the bout", (1, 28))
    recheck_days: int = _choice(14, "W6", "days until the next look at it", (7, 28))

    one_off_days: int = _choice(2, "R1", "days the single bout may last", (1, 3))
    quiet_check_ins: int = _choice(7, "R1", "quiet check-ins after it", (7, 28))
    remission_chance: float = _choice(
        0.001, "X1", "chance of the silence at the old rate", (0.0001, 0.01), "choice, measured")
# fmt: on

DEFAULTS = Thresholds()


def threshold_fields() -> Mapping[str, tuple[float, Meaning]]:
    """Return default and meaning of every threshold by name, in the order of the rules."""
    return {
        each.name: (getattr(DEFAULTS, each.name), each.metadata["meaning"])
        for each in fields(Thresholds)
    }


def thresholds_from(mapping: Mapping[str, Any]) -> Thresholds:
    """Return the thresholds with these values in place of the defaults.

    Raises ThresholdsRefused once, naming every unknown name, value of the wrong kind and value
    outside its bounds.
    """
    known = threshold_fields()
    faults = [
        fault
        for name, value in sorted(mapping.items())
        if (fault := _fault(name, value, known.get(name)))
    ]
    if faults:
        raise ThresholdsRefused("; ".join(faults))
    values: dict[str, Any] = {name: type(known[name][0])(value) for name, value in mapping.items()}
    return Thresholds(**values)


def _fault(name: str, value: object, known: tuple[float, Meaning] | None) -> str:
    if known is None:
        return f"{name}: there is no such threshold"
    default, meaning = known
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"{name}: not a number"
    if not isfinite(value) or not meaning.low <= value <= meaning.high:
        return f"{name}: not between {meaning.low:g} and {meaning.high:g}"
    if isinstance(default, int) and value != int(value):
        return f"{name}: not a whole number"
    return ""
