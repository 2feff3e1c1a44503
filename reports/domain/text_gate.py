"""The gate every text of a person passes before it reaches paper.

It removes what strict PDF output refuses or what could mislead a reader (control characters,
direction overrides), and marks what the fonts at hand cannot draw.
"""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass, field

MISSING = "\u25a1"  # white square: drawn by a typst built-in font, so always printable
LONG_RUN = 28
BREAK_EVERY = 12
ZERO_WIDTH_SPACE = "\u200b"

_SPACES = re.compile(r"[\s\u2028\u2029]+")
_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_INVISIBLE = frozenset("\u00ad\ufeff\u180e\u200b\u2060") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}
_WIDE = frozenset("WF")


@dataclass(frozen=True, slots=True, kw_only=True)
class GatedText:
    """A text that can be printed, and how many characters were replaced by a square."""

    text: str
    replaced: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextGate:
    """Cleans texts for the fonts whose code points are `printable`."""

    printable: Container[int] = field(repr=False)

    def clean(self, text: str, *, width: int) -> GatedText:
        """Return `text` as it may be printed in at most `width` columns.

        A wide (East Asian) character counts as two columns. A run of characters without a glyph
        becomes one square; `replaced` counts the characters, not the squares.
        """
        visible = _without_controls(_normal(text))
        marked, replaced = self._marked(visible)
        fitted = capped(_SPACES.sub(" ", marked).strip(), width)
        return GatedText(text=_with_breaks(fitted), replaced=replaced)

    def _marked(self, text: str) -> tuple[str, int]:
        out: list[str] = []
        replaced = 0
        for character in text:
            if character == " " or self._has_glyph(character):
                out.append(character)
                continue
            replaced += 1
            if not out or out[-1] != MISSING:
                out.append(MISSING)
        return "".join(out), replaced

    def _has_glyph(self, character: str) -> bool:
        code = ord(character)
        return code in self.printable and unicodedata.category(character) not in {"Co", "Cn"}


def visual_width(text: str) -> int:
    """Return the number of columns a text takes: wide characters count two, marks none."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or character == ZERO_WIDTH_SPACE:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def _normal(text: str) -> str:
    # A lone surrogate cannot be encoded at all, so it has to go before anything else looks.
    encodable = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _SPACES.sub(" ", unicodedata.normalize("NFC", encodable))


def _without_controls(text: str) -> str:
    return "".join(
        character
        for character in text
        if unicodedata.category(character) not in {"Cc", "Cs", "Mn", "Me"}
        and character not in _BIDI_CONTROLS
        and character not in _INVISIBLE
    )


def capped(text: str, width: int) -> str:
    """Return `text` in at most `width` columns, its end replaced by an ellipsis when cut."""
    if visual_width(text) <= width:
        return text
    taken = 0
    kept: list[str] = []
    for character in text:
        taken += _columns(character)
        if taken > width - 1:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "\u2026"


def _with_breaks(text: str) -> str:
    def broken(match: re.Match[str]) -> str:
        run = match.group()
        return ZERO_WIDTH_SPACE.join(
            run[start : start + BREAK_EVERY] for start in range(0, len(run), BREAK_EVERY)
        )

    return re.sub(rf"\S{{{LONG_RUN},}}", broken, text)
