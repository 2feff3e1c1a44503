"""The documents name what exists: routes, commands, links between them, and the version."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import URLResolver, get_resolver

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("bench/*.md")])


def text_of(name):
    return (ROOT / name).read_text("utf-8")


def routes(prefix="v1/"):
    """Return the paths of the API with `{name}` for each variable part."""
    included = [each for each in get_resolver().url_patterns if isinstance(each, URLResolver)]
    [api] = [each for each in included if str(each.pattern) == prefix]
    return {re.sub(r"<\w+:(\w+)>", r"{\1}", f"/v1/{each.pattern}") for each in api.url_patterns}


def test_each_route_is_in_the_description_of_the_api():
    text = text_of("docs/api.md")
    like_any_record = {route for route in routes() if route.endswith(("/{id}", "/{id}/versions"))}

    unnamed = {route for route in routes() - like_any_record if route not in text}

    assert len(routes()) > 20
    assert unnamed == {"/v1/alerts/{id}/{action}"}  # its three actions are listed instead


def test_the_description_of_the_api_names_no_route_that_does_not_exist():
    path = r"/v1/(?:insights/)?[a-z-]+(?:/\{id\})?(?:/(?:pdf|csv|fhir)\b)?"
    named = set(re.findall(path, text_of("docs/api.md")))

    assert named - routes() == {"/v1/auth"}  # that one lies below /_allauth/app


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_in_the_documents_exist(document):
    text = document.read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))

    made = set(re.findall(r"(?:^|`)make ([a-z]+)", text, re.MULTILINE))
    managed = set(re.findall(r"manage\.py ([a-z_]+)", text))

    assert made - targets == set()
    assert managed - set(get_commands()) == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document):
    for target, section in re.findall(
        r"\]\(([^)#\s:]*)(?:#([^)]+))?\)", document.read_text("utf-8")
    ):
        found = document.parent / target if target else document
        assert found.exists(), target
        if section:
            headings = re.findall(r"^#+ (.+)$", found.read_text("utf-8"), re.MULTILINE)
            assert section in {anchor_of(heading) for heading in headings}, section


def anchor_of(heading):
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def test_the_changelog_ends_with_the_version_of_the_package():
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    released = re.findall(
        r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", text_of("CHANGELOG.md"), re.M
    )

    assert released[0] == version


def test_the_opening_of_the_readme_says_what_this_is_not():
    opening = text_of("README.md").split("\n\n")[1]

    assert "no medical device" in opening
    assert "no diagnosis" in opening
