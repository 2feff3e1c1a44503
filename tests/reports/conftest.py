"""What the tests of the report share."""

from importlib.resources import files

import pytest

from reports.fonts.fetch import fetch
from reports.render.fonts import text_gate


@pytest.fixture(scope="session")
def template() -> str:
    return (files("reports") / "templates" / "report.typ").read_text(encoding="utf-8")


@pytest.fixture(scope="session", autouse=True)
def _chinese_font() -> None:
    """Fetch the font when `make setup` has not."""
    fetch()
    text_gate.cache_clear()


@pytest.fixture
def without_the_chinese_font(monkeypatch, tmp_path):
    monkeypatch.setattr("reports.render.fonts.FETCHED", tmp_path)
    text_gate.cache_clear()
    yield
    text_gate.cache_clear()
