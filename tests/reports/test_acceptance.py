"""The list of what the report must be: every test it names exists."""

from tests.test_hazards import ROOT, functions_in, named_tests


def test_each_test_named_in_the_list_of_acceptance_exists():
    _, _, section = (ROOT / "docs/report.md").read_text("utf-8").partition("\n## Acceptance\n")

    named = named_tests(section)

    assert len(named) > 30
    assert [name for path, name in named if name not in functions_in(path)] == []
