"""Text that is safe in a spreadsheet, and the text it was made from.

What a spreadsheet would run as a formula, or read as a number or date and write differently, gets
an apostrophe in front. So does what already begins with such apostrophes, otherwise taking one off
would not give the text back.
"""

import re

# The full-width signs run in spreadsheets of East Asian languages.
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
# Shortened, rounded, or turned into a date or a truth: 0012, 1e5, 1/2, 50%, March 5, TRUE.
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_VALUE = re.compile(
    r"'*[^\S\r\n]*(?:"
    r"[.,]?\d[\d.,:/\-e+% \t\u00a0\u5e74\u6708\u65e5]*"
    rf"|(?=.*\d)[\d.,/\- ]*{_MONTH}[\d.,/\- ]*"
    r"|true|false"
    r")\Z",
    re.IGNORECASE,
)


def safe_text(text: str) -> str:
    """Return the person's own words in the form in which a spreadsheet leaves them as they are."""
    return f"'{text}" if _VALUE.match(text) else safe_cell(text)


def safe_cell(text: str) -> str:
    """Return codes, numbers or dates with an apostrophe before each line that could run.

    Lines end with LF.
    """
    return "\n".join(f"'{line}" if _FORMULA.match(line) else line for line in _lines(text))


def original_text(text: str) -> str:
    """Return the text that `safe_text` was given, or a text that needed nothing unchanged."""
    if text.startswith("'") and _VALUE.match(text):
        return text[1:]
    return "\n".join(
        line[1:] if line.startswith("'") and _FORMULA.match(line) else line for line in _lines(text)
    )


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
