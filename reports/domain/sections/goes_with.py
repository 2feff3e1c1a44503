"""What goes with it: on how many answered days each daily factor was there; nothing compared."""

from collections.abc import Callable
from types import MappingProxyType

from diary.domain.entries import CheckIn
from reports.domain.bands import FactorDays, GoesWith
from reports.domain.sections.index import Index
from reports.domain.sections.timeline import CAFFEINE_OVER_MG, SLEEP_UNDER_HOURS, STRESS_FROM
from reports.domain.words import Words

LONG_SCREEN_HOURS = 8.0
Answer = Callable[[CheckIn], bool | None]


def _measured(field: str, holds: Callable[[float], bool]) -> Answer:
    def answer(check_in: CheckIn) -> bool | None:
        value = getattr(check_in, field)
        return None if value is None else holds(float(value))

    return answer


FACTORS: MappingProxyType[str, Answer] = MappingProxyType(
    {
        "short_sleep": _measured("sleep_hours", lambda hours: hours < SLEEP_UNDER_HOURS),
        "stress": _measured("stress", lambda score: score >= STRESS_FROM),
        "caffeine": _measured("caffeine_mg", lambda amount: amount > CAFFEINE_OVER_MG),
        "illness": lambda check_in: check_in.ill,
        "alcohol": _measured("alcohol_units", lambda units: units > 0),
        "screen": _measured("screen_hours", lambda hours: hours >= LONG_SCREEN_HOURS),
        "exercise": _measured("exercise_minutes", lambda minutes: minutes > 0),
        "low_fluid": lambda check_in: check_in.low_fluid,
    }
)


def goes_with(index: Index, words: Words) -> GoesWith:
    """Return the day counts in a fixed order; comparing days is the statistics engine's work."""
    return GoesWith(
        rows=tuple(_row(index, code, answer, words) for code, answer in FACTORS.items()),
        comparison=words.not_compared_factors,
    )


def _row(index: Index, code: str, answer: Answer, words: Words) -> FactorDays:
    said = [there for c in index.check_ins.values() if (there := answer(c)) is not None]
    return FactorDays(
        code=code, label=words.factors[code], days_with=sum(said), days_answered=len(said)
    )
