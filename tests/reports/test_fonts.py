"""The fonts of the report: fetched once, listed with their license, and missed aloud."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from diary.domain.vocabulary import ALL_LISTS
from reports.checks import check_fonts
from reports.fonts import fetch as fetching
from reports.fonts.fetch import fetch
from reports.render.fonts import CHINESE_FACES, FETCHED, can_print, font_files, text_gate
from tests.reports.messages import catalog_files, read, said_in_code, strings_of


@pytest.fixture
def installs(monkeypatch):
    """Return the folders npm was asked to fill, in place of asking it."""
    asked: list[Path] = []
    monkeypatch.setattr(fetching, "_install", asked.append)
    return asked


@pytest.fixture
def folder(tmp_path):
    for name in ("package.json", "package-lock.json"):
        shutil.copy(FETCHED / name, tmp_path)
    return tmp_path


def test_the_fonts_are_fetched_once_whoever_asks(folder, installs):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fetch, [folder] * 8))

    assert installs == [folder]


def test_another_version_in_the_lock_file_is_fetched(folder, installs):
    fetch(folder)
    (folder / "package-lock.json").write_text("{}")

    fetch(folder)

    assert len(installs) == 2


def test_a_failed_fetch_is_tried_again(folder, installs, monkeypatch):
    monkeypatch.setattr(fetching, "_install", _fails)
    with pytest.raises(OSError, match="no network"):
        fetch(folder)
    monkeypatch.setattr(fetching, "_install", installs.append)

    fetch(folder)

    assert installs == [folder]


def _fails(folder):
    raise OSError("no network")


def test_the_lock_file_names_the_content_of_the_package():
    lock = (FETCHED / "package-lock.json").read_text()

    assert '"integrity": "sha512-' in lock
    assert tuple(Path(name).name for name in fetching.KEPT[:2]) == CHINESE_FACES


@pytest.mark.parametrize(("name", "weight"), [(CHINESE_FACES[0], 400), (CHINESE_FACES[1], 700)])
def test_the_fetched_faces_are_the_ones_the_template_names(name, weight, template):
    with TTFont(FETCHED / name) as face:
        family, heavy = face["name"].getDebugName(1), face["OS/2"].usWeightClass
        han = face.getBestCmap()

    assert f'"{family}"' in template
    assert heavy == weight
    assert all(ord(character) in han for character in "西替利嗪炔雌醇眼瞼痙攣癲癇，。：；（）「」")


def test_every_font_stands_beside_its_license():
    licenses = [FETCHED / "LICENSE_FONT", font_files()[0].parent / "LICENSE.txt"]

    assert all("SIL Open Font License" in path.read_text("utf-8") for path in licenses)


def test_the_gate_knows_the_characters_of_all_fonts():
    assert all(ord(character) in text_gate().printable for character in "aé嗪▲●◆□")


def test_every_word_the_report_can_say_has_its_glyphs():
    catalogs = [said_in_code(), *map(read, catalog_files())]
    said = {text for catalog in catalogs for m in catalog for text in (m.id, *strings_of(m))}
    labels = {text for codes in ALL_LISTS for code in codes for text in code.names()}
    characters = set("".join(text for found in (said, labels) for text in map("".join, found)))

    assert len(catalogs) == 2
    assert len(characters) > 500
    assert {c for c in characters if ord(c) not in text_gate().printable} <= {"\n", "\u2060"}


@pytest.mark.usefixtures("without_the_chinese_font")
def test_a_missing_chinese_font_is_said_and_english_goes_on():
    assert [warning.id for warning in check_fonts()] == ["reports.W001"]
    assert (can_print("en"), can_print("zh-Hant")) == (True, False)
    assert text_gate().clean("Lin 林美華", width=40).text == "Lin □"


def test_with_all_fonts_there_is_nothing_to_warn_of():
    assert check_fonts() == []
    assert can_print("zh-Hant")
