"""The gate every text of a person passes before it reaches paper.

It removes what strict PDF output refuses or what could mislead a reader (control characters,
direction overrides), and marks what the fonts at hand cannot draw.
"""

import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass, field

MISSING = "\u25a1"  # a white square, which stands for a run of characters without a glyph
LONG_RUN = 28
BREAK_EVERY = 12
ZERO_WIDTH_SPACE = "\u200b"

_SPACES = re.compile(r"\s+")
# Chinese and Japanese break anywhere; everything else needs help from this length on.
_NARROW_RUN = re.compile(
    rf"[^\s\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffef\U00020000-\U0003ffff]{{{LONG_RUN},}}"
)
# Format characters that are drawn: number signs of Arabic and the like.
_DRAWN_FORMATS = frozenset(
    "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
)
_INVISIBLE = frozenset({"Cc", "Cf", "Cs"})
_VARIATION_SELECTORS = re.compile("[\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_MARKS = frozenset({"Mn", "Me"})
_NEVER_PRINTED = frozenset({"Co", "Cn"})
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
        becomes one square; `replaced` counts the characters of the squares that were not cut off.
        """
        marked, squares = self._marked(_visible(text))
        fitted = capped(_SPACES.sub(" ", marked).strip(), width)
        replaced = sum(squares[: fitted.count(MISSING)])
        return GatedText(text=_with_breaks(fitted), replaced=replaced)

    def _marked(self, text: str) -> tuple[str, list[int]]:
        """Put one square for each run that has no glyph, and take off marks of what is drawn.

        Returned beside the text: for each square, how many characters it stands for.

        A mark that normalization could not fold into its letter would be stacked over its
        neighbors. The scripts that need theirs have no glyphs here: there it counts as missing.
        """
        out: list[str] = []
        squares: list[int] = []
        in_missing = False
        for character in text:
            is_mark = unicodedata.category(character) in _MARKS
            if is_mark and not in_missing:
                continue
            in_missing = is_mark or not (character == " " or self._has_glyph(character))
            if in_missing and out and out[-1] == MISSING:
                squares[-1] += 1
                continue
            out.append(MISSING if in_missing else character)
            if out[-1] == MISSING:
                squares.append(int(in_missing))
        return "".join(out), squares

    def _has_glyph(self, character: str) -> bool:
        category = unicodedata.category(character)
        return ord(character) in self.printable and category not in _NEVER_PRINTED


def visual_width(text: str) -> int:
    """Return the number of columns a text takes: wide characters count two, marks none."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or character == ZERO_WIDTH_SPACE:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def _visible(text: str) -> str:
    """Return `text` normalized (NFC), on one line, without what is not seen on paper.

    Direction overrides, joiners, soft hyphens, tags and variation selectors leave no trace.
    """
    # A lone surrogate cannot be encoded at all, so it has to go before anything else looks.
    encodable = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    drawn = "".join(
        character
        for character in _VARIATION_SELECTORS.sub("", _SPACES.sub(" ", encodable))
        if character in _DRAWN_FORMATS or unicodedata.category(character) not in _INVISIBLE
    )
    return unicodedata.normalize("NFC", drawn)


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

    return _NARROW_RUN.sub(broken, text)
