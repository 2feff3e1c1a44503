"""What free text about the impact says on the diary's scale; most of it stays text."""

import re
from types import MappingProxyType
from typing import Any

from diary.domain import vocabulary as words

# The whole text, not a word in it, and only words that leave no doubt; docs/evaluation.md.
_LEVEL_OF_TEXT = MappingProxyType(
    {
        "annoying": "mild",
        "very annoying": "mild",
        "irritating": "mild",
        "uncomfortable": "mild",
        "bothersome": "mild",
        "embarrassing": "mild",
    }
)
# "cannot" and "can't" deny the ability, not the impact; "doesn" is what is left of "doesn't".
_DENIALS = frozenset({"no", "not", "none", "never", "without", "doesn", "don", "didn", "isn"})


def impact_data(text: str) -> dict[str, Any]:
    """Return `impact`, `interferes` and `note` for a text about the impact; empty when unsaid.

    An activity named in the text is one the twitching gets in the way of, unless the text denies
    anything. The text itself is always kept as the note.
    """
    if not text.strip():
        return {}
    level = words.IMPACT_LEVELS.get(_LEVEL_OF_TEXT.get(text.strip().casefold(), ""))
    named = words.IMPACT_LEVELS.find(text)
    data: dict[str, Any] = {"note": text, "interferes": _hindered(text)}
    if found := level or named:
        data["impact"] = found.value
    return data


def _hindered(text: str) -> list[str]:
    said = re.findall(r"[a-z]+", text.casefold())
    if _DENIALS.intersection(said):
        return []
    found = (words.INTERFERES.find(word) for word in said)
    return list(dict.fromkeys(code.code for code in found if code is not None))
