"""The kinds of cell that hold several codes: apart by spaces, commas or semicolons.

An item may be a code, its label or a synonym; a label of several words stands alone or between
semicolons.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from diary.domain.imports.cells import Style, code_of
from diary.domain.imports.problem import CellProblem
from diary.domain.vocabulary import Code, CodeList

OWN = "own"
# The full-width signs of Chinese text part as their narrow twins do.
_BETWEEN_ITEMS = re.compile("[;\uff1b\n]")
_BETWEEN_CODES = re.compile("[\\s,\uff0c\u3001]+")
_COLON = re.compile("\\s*[:\uff1a]\\s*")


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of one vocabulary list."""

    codes: CodeList[Code]

    def read(self, text: str, style: Style) -> list[str]:
        return [code_of(self.codes, item) for item in _items(text, self.codes)]

    def write(self, value: Any) -> str:
        return " ".join(value)


@dataclass(frozen=True, slots=True)
class TaggedCodes:
    """Codes with words after colons, each of a list of its own: `upper_lip:left`."""

    codes: CodeList[Code]
    name: str
    tags: Mapping[str, CodeList[Code]]

    def read(self, text: str, style: Style) -> list[dict[str, Any]]:
        return [self._item(item) for item in _items(text, self.codes)]

    def write(self, value: Any) -> str:
        return " ".join(
            ":".join([item[self.name], *(item[tag] for tag in self.tags if item.get(tag))])
            for item in value
        )

    def _item(self, item: str) -> dict[str, Any]:
        head, *tags = item.split(":")
        found: dict[str, Any] = {self.name: code_of(self.codes, head)}
        for tag in tags:
            name, code = self._tag(tag)
            if name in found:
                raise CellProblem("said_twice", "After the colon the same thing is said twice.")
            found[name] = code
        return found

    def _tag(self, tag: str) -> tuple[str, str]:
        for name, codes in self.tags.items():
            if code := codes.find(tag):
                return name, code.code
        lists = " or ".join(f"`{codes.name}`" for codes in self.tags.values())
        raise CellProblem("unknown_code", f"After the colon goes a code of the list {lists}.")


@dataclass(frozen=True, slots=True)
class CodesOrOwnWords:
    """Codes, or the person's own words as `own:green tea`, which end at a semicolon."""

    codes: CodeList[Code]
    name: str

    def read(self, text: str, style: Style) -> list[dict[str, Any]]:
        return [self._item(item) for item in _items(text, self.codes)]

    def write(self, value: Any) -> str:
        return "; ".join(
            f"{OWN}:{item['own_label']}" if item[self.name] == OWN else item[self.name]
            for item in value
        )

    def _item(self, item: str) -> dict[str, Any]:
        head, _, label = item.partition(":")
        if head.casefold() == OWN:
            return {self.name: OWN, "own_label": label}
        return {self.name: code_of(self.codes, item)}


def _items(text: str, codes: CodeList[Code]) -> Iterator[str]:
    """Yield each item with plain colons: all between semicolons when it is one, else each word."""
    for part in _BETWEEN_ITEMS.split(text.strip()):
        own = _COLON.sub(":", part.strip(), count=1)
        item = _COLON.sub(":", part.strip())
        head, _, tags = item.partition(":")
        if head.casefold() == OWN:
            yield own
        elif codes.find(head) and not _BETWEEN_CODES.search(tags):
            yield item
        else:
            yield from filter(None, _BETWEEN_CODES.split(item))
