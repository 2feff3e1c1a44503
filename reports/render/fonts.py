"""The fonts the report is set in, from a package, and the code points they can draw."""

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from fontTools.ttLib import TTFont

from reports.domain.text_gate import TextGate

FONT_PACKAGE = "font_source_sans_pro"
FACES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold")


def font_files() -> tuple[Path, ...]:
    """Return the font files of the report; nothing else on the machine is used."""
    with as_file(files(FONT_PACKAGE) / "files") as folder:
        return tuple(folder / f"SourceSansPro-{face}.otf" for face in FACES)


@cache
def text_gate() -> TextGate:
    """Return the gate for these fonts. Italics may fall back to upright, so any face will do."""
    covered: set[int] = set()
    for path in font_files():
        with TTFont(path, lazy=True) as face:
            covered.update(face.getBestCmap())
    return TextGate(printable=frozenset(covered))
