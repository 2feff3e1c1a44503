"""The fonts the report is set in and the code points they can draw; no font of the machine."""

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from reports.domain.text_gate import TextGate

FONT_PACKAGE = "font_source_sans_pro"
FACES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold")
FETCHED = Path(__file__).parents[1] / "fonts"
CHINESE_FACES = ("NotoSansTC_400Regular.ttf", "NotoSansTC_700Bold.ttf")


def font_files() -> tuple[Path, ...]:
    """Return the font files at hand; the Chinese ones are fetched and may be missing."""
    with as_file(files(FONT_PACKAGE) / "files") as folder:
        latin = tuple(folder / f"SourceSansPro-{face}.otf" for face in FACES)
    return latin + (_chinese_files() if can_print("zh-Hant") else ())


def _chinese_files() -> tuple[Path, ...]:
    return tuple(FETCHED / name for name in CHINESE_FACES)


def can_print(language: str) -> bool:
    """Return whether the fonts at hand can print a report in this language (`en`, `zh-Hant`).

    A text of a person in another script never stops a report: it becomes squares.
    """
    return not language.startswith("zh") or all(path.is_file() for path in _chinese_files())


@cache
def text_gate() -> TextGate:
    """Return the gate for the fonts at hand, read once per process (about 0.3 s).

    Italics and bold may fall back to another face, so any face will do.
    """
    from fontTools.ttLib import TTFont  # only a process that draws reports pays for it

    covered: set[int] = set()
    for path in font_files():
        with TTFont(path, lazy=True) as face:
            covered.update(face.getBestCmap())
    return TextGate(printable=frozenset(covered))
