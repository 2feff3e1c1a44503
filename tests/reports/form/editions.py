"""The reports whose form is checked, each drawn once: diaries of every size, papers, languages."""

import sys
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from reports.domain.choices import Choices, Section
from reports.domain.leaving_out import chosen
from reports.domain.model import attachment, build_report
from reports.domain.shape import ReportModel
from reports.fonts.fetch import fetch
from reports.render.fonts import text_gate
from reports.render.pdf import render_pdf
from tests.reports.extremes import crowded_diary
from tests.reports.hostile import HOSTILE, diary_with
from tests.reports.samples import catalog_of, diary_of, edition, full_diary

NAME = "Lin Mei-Hua 林美華"

DIARIES = {
    "no_days": diary_of,
    "quiet": lambda: full_diary(0),
    "three": lambda: full_diary(3),
    "usual": lambda: full_diary(display_name=NAME),
    "thousands": lambda: full_diary(5000),
    "crowded": lambda: crowded_diary(300),
    "hostile": lambda: diary_with(*HOSTILE.values()),
    "left_out": lambda: chosen(full_diary(), Choices(left_out=tuple(Section))),
}
CHANGES = {"left_out": {"left_out": tuple(Section)}}  # of the edition
PAPERS = ("a4", "us-letter")
LANGUAGES = ("en", "zh-Hant")
EVERY = list(product(DIARIES, PAPERS, LANGUAGES))
SOME = [(diary, "a4", "en") for diary in DIARIES] + [
    ("usual", "us-letter", "zh-Hant"),
    ("crowded", "us-letter", "zh-Hant"),
    ("no_days", "a4", "zh-Hant"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One report on paper, the model it was drawn from, and the file that was attached."""

    diary: str
    paper: str
    language: str
    model: ReportModel
    attached: bytes
    content: bytes


@cache
def printed(diary, paper="a4", language="en"):
    """Return the report of one of `DIARIES`, drawn once a process."""
    model, attached = described(diary, paper=paper, language=language)
    return Printed(
        diary=diary,
        paper=paper,
        language=language,
        model=model,
        attached=attached,
        content=render_pdf(model, attached),
    )


@cache
def described(diary, language="en", **changes):
    """Return the model and the attachment of one of `DIARIES`."""
    entries = DIARIES[diary]()
    made = edition(language=language, **CHANGES.get(diary, {}), **changes)
    model = build_report(entries, edition=made, gate=text_gate(), catalog=catalog_of(language))
    return model, attachment(entries, model)


def main():
    """Write every edition into a folder, with and without attachment, for other eyes and tools."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    fetch()
    for diary, paper, language in EVERY:
        for attached in (True, False):
            model, content = described(diary, paper=paper, language=language, attachment=attached)
            name = f"{diary}-{paper}-{language}-{'3a' if attached else '2a'}.pdf"
            (folder / name).write_bytes(render_pdf(model, content))


if __name__ == "__main__":
    main()
