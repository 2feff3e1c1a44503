"""The shape of a language's words: titles and bodies per rule, and the lines shared by all."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """All words of one language.

    `rules` maps a rule id, or a variant such as `W1.undated`, to (title, body). Bodies are format
    strings over the numbers of the finding and `whom`.
    """

    rules: Mapping[str, tuple[str, str]]
    levels: Mapping[str, str]
    addressees: Mapping[str, str]
    neurologist_via_own_doctor: str
    call: str
    next_day_check: str
    not_watched: str
    not_a_diagnosis: str
    about_another: str
    keep_medicines: str
    source_line: str
    unchecked: tuple[str, str]

    def every_text(self) -> tuple[str, ...]:
        """Return every string a person may read, for checks over the whole language."""
        shared = (
            self.neurologist_via_own_doctor,
            self.call,
            self.next_day_check,
            self.not_watched,
            self.not_a_diagnosis,
            self.about_another,
            self.keep_medicines,
            self.source_line,
            *self.unchecked,
        )
        told = tuple(text for pair in self.rules.values() for text in pair)
        return (*told, *self.levels.values(), *self.addressees.values(), *shared)
