# ruff: noqa: T201 - a script that says what it wrote
"""The catalogs of the report's words: what the code says beside what is translated.

`make messages` brings every catalog up to date with the code and compiles it; the tests compare.
"""

import io
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "reports"
LOCALES = SOURCES / "locale"
KEYWORDS = {
    "say": None,
    "to_say": None,
    "unfilled": None,
    "count": (1, 2),
    "say_in": ((1, "c"), 2),
    "to_say_in": ((1, "c"), 2),
}


def said_in_code() -> Catalog:
    """Return every message of the code with the modules it stands in, untranslated."""
    catalog = Catalog()
    found = extract_from_dir(SOURCES, keywords=KEYWORDS, comment_tags=("Translators:",))
    for path, _, message, comments, context in found:
        place = [(f"reports/{path}", 0)]
        catalog.add(message, locations=place, auto_comments=comments, context=context)
    return catalog


def catalog_files() -> tuple[Path, ...]:
    """Return the catalog of each language as text."""
    return tuple(sorted(LOCALES.glob("*/LC_MESSAGES/django.po")))


def read(path: Path) -> Catalog:
    """Return a catalog with its translations; the language is the name of its folder."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


def strings_of(message: Message) -> tuple[str, ...]:
    """Return the translations of a message: one, or one for each form of a count."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def as_text(catalog: Catalog) -> bytes:
    """Return a catalog as its file holds it: by module, without what the code no longer says."""
    content = io.BytesIO()
    write_po(
        content, catalog, width=100, sort_by_file=True, ignore_obsolete=True, include_lineno=False
    )
    return content.getvalue()


def compiled(catalog: Catalog) -> bytes:
    """Return a catalog as Django reads it; messages without a translation are left out."""
    content = io.BytesIO()
    write_mo(content, catalog)
    return content.getvalue()


def main() -> None:
    """Write each catalog anew and say what it still lacks."""
    for path in catalog_files():
        catalog = read(path)
        catalog.update(said_in_code(), no_fuzzy_matching=True, update_creation_date=False)
        path.write_bytes(as_text(catalog))
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        lacking = sum(not all(strings_of(message)) for message in catalog if message.id)
        print(f"{path.relative_to(ROOT)}: {len(catalog)} messages, {lacking} without translation")


if __name__ == "__main__":
    main()
