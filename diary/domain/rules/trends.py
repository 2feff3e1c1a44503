"""Weekly rules: N7 and W2 when it comes more often, N8 when it is stronger or longer, X2 after it.

They read the tests of `diary.domain.escalation` and `diary.domain.severity` and add none.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from diary.domain import escalation, severity
from diary.domain.bouts import bouts_of, groups_of_days
from diary.domain.escalation import FrequencyLook, Verdict
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, finding, version_of
from diary.domain.view import DiaryView

SETTLED_RATIO = 1.25  # of the rate before the rise; measured
RISEN = frozenset({Verdict.SIGNAL, Verdict.WATCH})


def more_frequent(view: DiaryView) -> Finding | None:
    """Return N7: clearly more episodes a day in the last 28 days than in the 112 before.

    The weekly test gives p at most 0.002 at a ratio of at least 1.5, with enough observed days and
    episodes in both. Source: Lip Twitching: When to See a Neurologist, "becomes more frequent";
    docs/statistics.md.
    """
    look = view.frequency
    if look is None or look.verdict is not Verdict.SIGNAL:
        return None
    return _frequency("N7", view, look, Level.SEE_DOCTOR, escalation.SIGNAL_P)


def rising(view: DiaryView) -> Finding | None:
    """Return W2: possibly more episodes a day than before; shown, never pushed.

    The weekly test gives p at most 0.02 at a ratio of at least 1.5 and is no N7. Source: Lip
    Twitching: When to See a Neurologist, "becomes more frequent"; docs/statistics.md.
    """
    look = view.frequency
    if look is None or look.verdict is not Verdict.WATCH:
        return None
    return _frequency("W2", view, look, Level.WATCH, escalation.WATCH_P)


def more_severe(view: DiaryView) -> Finding | None:
    """Return N8: clearly stronger or longer episodes in the last 4 weeks than in the 16 before.

    The exact rank test on weekly medians gives p at most 0.001, and the medians differ by 2 points
    of strength or by twice the duration. Alone it is watched; when the episodes also come more
    often at the same look (N7 or W2) it is a visit. Source: Facial Nerve Issues: Uncontrollable Lip
    Twitches Explained, "continues, worsens, or is accompanied"; docs/statistics.md.
    """
    grown = [look for look in view.severity if look.verdict is Verdict.SIGNAL]
    if not grown:
        return None
    first = grown[0]
    often = is_rising(view)
    numbers = first.as_numbers() | {
        "looks": [look.as_numbers() for look in grown],
        "one_in": round(1 / severity.SIGNAL_P),
        "rising": often,
    }
    level = Level.SEE_DOCTOR if often else Level.WATCH
    return _weekly("N8", view, level, numbers, (first.reference_first, first.recent_last))


def is_rising(view: DiaryView) -> bool:
    """Return whether the weekly test of this look gives N7 or W2; False outside weekly looks."""
    return view.frequency is not None and view.frequency.verdict in RISEN


def escalation_over(
    opening_numbers: Mapping[str, Any], look: FrequencyLook, previous_look: FrequencyLook
) -> Finding | None:
    """Return X2: two weekly looks in a row with fewer than 1.25 times the episodes of before.

    `opening_numbers` are those of the N7 or W2 alert: its reference rate is frozen, so a rise that
    lasts does not become its own reference. Both looks need enough observed days. Source: What
    Causes Lip Twitching, "the twitching gradually disappeared"; docs/statistics.md.
    """
    episodes, days = (opening_numbers.get(f"reference_{name}") for name in ("episodes", "days"))
    if not episodes or not days or previous_look.today >= look.today:
        return None
    frozen = episodes / days
    limit = SETTLED_RATIO * frozen
    if not all(_is_below(one, limit) for one in (look, previous_look)):
        return None
    numbers = {
        "recent_rate": look.recent_rate,
        "recent_episodes": look.recent_episodes,
        "recent_days": look.recent_days,
        "matched_days": look.matched_days,
        "previous_rate": previous_look.recent_rate,
        "previous_episodes": previous_look.recent_episodes,
        "previous_matched_days": previous_look.matched_days,
        "reference_rate": frozen,
        "reference_episodes": episodes,
        "reference_days": days,
        "limit_ratio": SETTLED_RATIO,
    }
    return Finding(
        rule="X2",
        version=version_of("X2"),
        level=Level.REASSURE,
        addressee=Addressee.NONE,
        bout_start=look.today,
        numbers=numbers,
        first_day=previous_look.recent_first,
        last_day=look.recent_last,
    )


def _is_below(look: FrequencyLook, limit: float) -> bool:
    if look.recent_rate is None or "recent_days" in look.unmet:
        return False
    return look.recent_rate < limit


def _frequency(
    rule: str, view: DiaryView, look: FrequencyLook, level: Level, chance: float
) -> Finding:
    numbers = look.as_numbers() | {"one_in": round(1 / chance)}
    first = look.reference_first or look.recent_first
    return _weekly(rule, view, level, numbers, (first, look.recent_last))


def _weekly(
    rule: str, view: DiaryView, level: Level, numbers: Mapping[str, Any], span: tuple[date, date]
) -> Finding:
    start = view.today - timedelta(days=escalation.WINDOW_DAYS)
    groups = groups_of_days(day for day in view.days if day.local_date > start)
    runs = bouts_of(view)
    found = finding(rule, level, Addressee.NEUROLOGIST, view, Ground(groups=groups), numbers)
    return replace(
        found,
        bout_start=runs[-1].first_day if runs else view.today,
        first_day=span[0],
        last_day=span[1],
    )
