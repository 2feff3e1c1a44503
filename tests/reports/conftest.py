"""What the tests of the report share."""

from importlib.resources import files

import pytest


@pytest.fixture(scope="session")
def template() -> str:
    return (files("reports") / "templates" / "report.typ").read_text(encoding="utf-8")
