"""`write_rule_document` brings the page of rules up to date and says when it is not."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from diary.domain.rules.document import rule_document

PAGE = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")


@pytest.fixture
def stale(tmp_path):
    path = tmp_path / "rules.md"
    path.write_text(PAGE.replace("version 1.", "version 0."), encoding="utf-8")
    return path


def test_the_page_is_written_anew(stale):
    call_command("write_rule_document", str(stale))

    assert stale.read_text(encoding="utf-8") == PAGE


def test_the_check_writes_nothing_and_refuses_a_stale_page(stale):
    before = stale.read_text(encoding="utf-8")

    with pytest.raises(CommandError, match="write_rule_document"):
        call_command("write_rule_document", str(stale), check=True)

    assert stale.read_text(encoding="utf-8") == before


def test_the_check_accepts_the_page_of_the_project():
    call_command("write_rule_document", check=True)


def test_a_page_without_the_heading_to_start_from_is_refused():
    with pytest.raises(ValueError, match="substring not found"):
        rule_document("# Rules\n")
