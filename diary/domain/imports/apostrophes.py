"""Text that is safe in a spreadsheet, and the text it was made from.

A line that a spreadsheet would run as a formula gets an apostrophe in front. So does a line that
already begins with such apostrophes, otherwise taking one off would not give the text back.
"""

import re

_FORMULA = re.compile(r"'*[\s\u00a0]*[=+\-@\t\r]")


def safe_text(text: str) -> str:
    """Return `text` with an apostrophe before each line that could run; lines end with LF."""
    return "\n".join(f"'{line}" if _FORMULA.match(line) else line for line in _lines(text))


def original_text(text: str) -> str:
    """Return the text that `safe_text` was given, or a text without such lines unchanged."""
    return "\n".join(
        line[1:] if line.startswith("'") and _FORMULA.match(line) else line for line in _lines(text)
    )


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
