"""What a code is, and how a list of codes is kept free of duplicates and searched."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, NamedTuple, TypedDict, TypeVar


class DuplicateNameError(ValueError):
    """Two codes of one list share a code, a label or a synonym."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One thing a person can choose: a stable code, words in two languages, and its sources.

    `label_zh` is Traditional Chinese as written in Taiwan. `sources` are source documents (S0 to
    S4) or `project` for a code that stands in none of the five. `synonyms` resolve to this code.
    """

    code: str
    meaning: str
    label_en: str
    label_zh: str
    sources: tuple[str, ...]
    synonyms: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """Return the label for a language tag: Chinese for any `zh` tag, otherwise English."""
        return self.label_zh if is_chinese(language) else self.label_en

    def names(self) -> tuple[str, ...]:
        """Return everything this code answers to, the code itself first."""
        return (self.code, self.label_en, self.label_zh, *self.synonyms)


class CodeFields(TypedDict):
    """The fields every code has, ready to be passed to a subclass of `Code`."""

    code: str
    meaning: str
    label_en: str
    label_zh: str
    sources: tuple[str, ...]
    synonyms: tuple[str, ...]


class Row(NamedTuple):
    """One line of a vocabulary table: sources apart by spaces, synonyms apart by semicolons."""

    code: str
    label_en: str
    label_zh: str
    sources: str
    meaning: str
    synonyms: str = ""

    def fields(self) -> CodeFields:
        """Return the row as the keyword arguments of a `Code`."""
        synonyms = tuple(part.strip() for part in self.synonyms.split(";") if part.strip())
        return CodeFields(
            code=self.code,
            meaning=self.meaning,
            label_en=self.label_en,
            label_zh=self.label_zh,
            sources=tuple(self.sources.split()),
            synonyms=synonyms,
        )


AnyCode = TypeVar("AnyCode", bound=Code, covariant=True)


class CodeList(Generic[AnyCode]):
    """An ordered, closed list of codes. `in` and `get` take codes; `find` takes what people type.

    Raises DuplicateNameError at construction when two codes answer to the same name.
    """

    def __init__(self, name: str, codes: Iterable[AnyCode]) -> None:
        self.name = name
        self._by_code: Mapping[str, AnyCode] = MappingProxyType(_by_code(codes))
        self._by_name = _by_name(self._by_code.values())

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the code strings in the order of the list."""
        return tuple(self._by_code)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[AnyCode]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def __getitem__(self, code: str) -> AnyCode:
        return self._by_code[code]

    def get(self, code: str) -> AnyCode | None:
        """Return the entry with exactly this code, or None."""
        return self._by_code.get(code)

    def find(self, text: str) -> AnyCode | None:
        """Return the entry whose code, label or synonym is `text`, or None.

        Letter case, accents of width, apostrophes, and the choice between space, hyphen and
        underscore do not matter.
        """
        return self._by_name.get(plain_name(text))


def is_chinese(language: str) -> bool:
    """Return whether a language tag such as `zh-Hant-TW` asks for Chinese."""
    return language.replace("_", "-").split("-")[0].casefold() == "zh"


def plain_name(text: str) -> str:
    """Return a name in the form it is compared in: lower case, single spaces, no apostrophes."""
    without_apostrophes = re.sub(r"['\u2019]", "", unicodedata.normalize("NFKC", text))
    return re.sub(r"[\s_\-/]+", " ", without_apostrophes).strip().casefold()


def _by_code(codes: Iterable[AnyCode]) -> dict[str, AnyCode]:
    found: dict[str, AnyCode] = {}
    for entry in codes:
        if entry.code in found:
            raise DuplicateNameError(entry.code)
        found[entry.code] = entry
    return found


def _by_name(codes: Iterable[AnyCode]) -> dict[str, AnyCode]:
    found: dict[str, AnyCode] = {}
    for entry in codes:
        for name in entry.names():
            if found.setdefault(plain_name(name), entry) is not entry:
                raise DuplicateNameError(f"{name}: {found[plain_name(name)].code} and {entry.code}")
    return found
