"""Typed access to the diary of one case: a wrong kind or an unknown token is refused by name."""

import math
from collections.abc import Mapping
from typing import Any, TypeGuard

from diary.domain.cases.errors import MalformedCase, UnknownField, UnknownToken
from diary.domain.vocabulary import Code, CodeList

Range = tuple[float, float]

DIARY_FIELDS = frozenset(
    {
        "onset_days_before_question",
        "onset_type",
        "sites",
        "movement",
        "visible",
        "continuous",
        "episode_duration_s",
        "episodes_per_day",
        "course",
        "still_present",
        "context",
        "triggers",
        "associated_symptoms",
        "associated_onset_days",
        "denied_symptoms",
        "denied_triggers",
        "impact",
        "remedies_tried",
        "medications",
        "history",
    }
)
RANGE_ENDS = 2
SITE_FIELDS = frozenset({"site", "side"})


class DiaryFields:
    """Reads the diary of one case. A missing field, null and an empty list are all "unsaid".

    Raises UnknownField for fields outside DIARY_FIELDS, MalformedCase for a value of a
    wrong kind and UnknownToken for a word that is not in the vocabulary.
    """

    def __init__(self, case_id: str, values: Mapping[str, Any]) -> None:
        self.case_id = case_id
        self._values = values
        self._refuse_others(values, DIARY_FIELDS)

    def code(self, codes: CodeList[Code], field: str, token: object) -> str:
        """Return the code that a token stands for."""
        found = codes.find(token) if isinstance(token, str) else None
        if found is None:
            raise UnknownToken(self.case_id, field, token)
        return found.code

    def choice(self, field: str, codes: CodeList[Code]) -> str | None:
        """Return the code of a single-token field, or None when unsaid."""
        token = self._values.get(field)
        return None if token is None else self.code(codes, field, token)

    def tokens(self, field: str) -> tuple[str, ...]:
        """Return the tokens of a list field as they stand in the file."""
        values = self._list(field)
        for token in values:
            if not isinstance(token, str):
                raise UnknownToken(self.case_id, field, token)
        return tuple(values)

    def codes(self, field: str, codes: CodeList[Code]) -> tuple[str, ...]:
        """Return the codes of a list field, each once, in the order of the file."""
        found = (self.code(codes, field, token) for token in self.tokens(field))
        return tuple(dict.fromkeys(found))

    def flag(self, field: str) -> bool | None:
        """Return a yes or no, or None when unsaid."""
        value = self._values.get(field)
        if value is None or isinstance(value, bool):
            return value
        raise MalformedCase(self.case_id, field, "true, false or null")

    def text(self, field: str) -> str:
        """Return free text, empty when unsaid."""
        value = self._values.get(field)
        if value is None or isinstance(value, str):
            return value or ""
        raise MalformedCase(self.case_id, field, "text or null")

    def span(self, field: str) -> Range | None:
        """Return a number or [low, high] as a range, or None when unsaid."""
        return self._range(field, self._values.get(field))

    def sites(self) -> tuple[tuple[str, str | None], ...]:
        """Return the (site token, side token) pairs."""
        pairs = []
        for item in self._list("sites"):
            if not isinstance(item, Mapping) or "site" not in item:
                raise MalformedCase(self.case_id, "sites", "a list of objects with `site`")
            self._refuse_others(item, SITE_FIELDS)
            pairs.append((item["site"], item.get("side")))
        return tuple(pairs)

    def ages(self) -> dict[str, Range | None]:
        """Return days since the start by symptom token, None for an age that is unsaid."""
        field = "associated_onset_days"
        values = self._values.get(field) or {}
        if not isinstance(values, Mapping):
            raise MalformedCase(self.case_id, field, "an object of numbers")
        return {token: self._range(field, age) for token, age in values.items()}

    def _range(self, field: str, value: object) -> Range | None:
        if value is None:
            return None
        ends = value if isinstance(value, list) else [value, value]
        amounts = [float(end) for end in ends if _is_amount(end)]
        if len(ends) != RANGE_ENDS or len(amounts) != RANGE_ENDS:
            raise MalformedCase(self.case_id, field, "a number, [low, high] or null")
        if amounts[0] > amounts[1]:
            raise MalformedCase(self.case_id, field, "a range with its lower end first")
        return amounts[0], amounts[1]

    def _list(self, field: str) -> list[Any]:
        value = self._values.get(field)
        if value is None:
            return []
        if not isinstance(value, list):
            raise MalformedCase(self.case_id, field, "a list")
        return value

    def _refuse_others(self, values: Mapping[str, Any], known: frozenset[str]) -> None:
        if others := values.keys() - known:
            raise UnknownField(self.case_id, others)


def _is_amount(value: object) -> TypeGuard[int | float]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and value >= 0
