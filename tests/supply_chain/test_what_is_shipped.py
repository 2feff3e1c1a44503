"""What is shipped is pinned by hash, listed with its license, and in the bill of materials."""

import json
import re

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from supply_chain.licenses import (
    ALLOWED,
    PAGE,
    READ,
    UnknownLicense,
    license_of,
    licenses_in,
    page,
)
from supply_chain.parts import ROOT, Part, requirement_lines, shipped_parts
from supply_chain.sbom import bill_of_materials

REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))
LOCKS = sorted(path for path in ROOT.rglob("package-lock.json") if "node_modules" not in path.parts)
PINNED = r"[\w.-]+==[\w.]+( ; [^\\]+?)?(\s+--hash=sha256:[0-9a-f]{64})+"
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def relative(path):
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="module")
def bill():
    return bill_of_materials()


@pytest.mark.parametrize("path", REQUIREMENTS, ids=relative)
def test_every_requirement_is_one_version_with_its_hashes(path):
    lines = list(requirement_lines(path))

    loose = [line for line in lines if not re.fullmatch(PINNED, line)]
    assert lines
    assert loose == []


@pytest.mark.parametrize("path", LOCKS, ids=relative)
def test_every_npm_package_is_locked_by_its_integrity(path):
    packages = json.loads(path.read_text("utf-8"))["packages"]

    locked = {name: entry.get("integrity", "") for name, entry in packages.items() if name}
    assert locked
    assert {name for name, given in locked.items() if not given.startswith("sha512-")} == set()


def test_nothing_is_installed_but_by_hash():
    tracked = [ROOT / "Makefile", ROOT / "tests" / "node.py", ROOT / "reports/fonts/fetch.py"]
    text = "".join(path.read_text("utf-8") for path in tracked)

    pip = re.findall(r"pip install\b.*", text)
    npm = set(re.findall(r'"(\w+)", "--ignore-scripts"', text))
    assert len(pip) >= 2
    assert all("--require-hashes" in command for command in pip)
    assert npm == {"ci"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=relative)
def test_actions_are_pinned_by_commit(path):
    used = re.findall(r"uses: (\S+)", path.read_text("utf-8"))

    assert used
    assert [one for one in used if not re.search(r"@[0-9a-f]{40}$", one)] == []


def test_the_page_of_licenses_lists_what_is_installed():
    assert PAGE.read_text("utf-8") == page(), "Run make licenses and read what has changed."


def test_every_license_is_allowed():
    found = {part.name: licenses_in(license_of(part)) for part in shipped_parts()}

    assert {name: found[name] - ALLOWED for name in found if found[name] - ALLOWED} == {}


def test_every_license_that_is_allowed_and_every_note_is_needed():
    parts = shipped_parts()

    assert set(READ) - {part.name for part in parts} == set()
    assert ALLOWED - set().union(*(licenses_in(license_of(part)) for part in parts)) == set()


@pytest.mark.parametrize("stated", ["", "BSD", "see the license file"])
def test_a_license_that_nobody_read_is_noticed(stated):
    part = Part(registry="npm", name="new", version="1", hashes=("00",), license=stated)

    with pytest.raises(UnknownLicense, match="new"):
        license_of(part)


def test_the_bill_is_valid_cyclonedx(bill):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill) is None


def test_every_pin_is_in_the_bill_with_its_hashes_and_license(bill):
    listed = {
        (one["purl"], one["licenses"][0]["expression"]): {
            file["content"] for place in one["externalReferences"] for file in place["hashes"]
        }
        for one in json.loads(bill)["components"]
    }

    pins = re.findall(r"(?m)^([\w.-]+)==([^ ;]+)", (ROOT / "requirements.txt").read_text("utf-8"))
    versions = {purl.split("?")[0] for purl, _ in listed}
    assert {f"pkg:pypi/{name}@{version}" for name, version in pins} <= versions
    assert all(expression and hashes for (_, expression), hashes in listed.items())
    text = (ROOT / "requirements.txt").read_text("utf-8")
    assert set(re.findall(r"sha256:([0-9a-f]{64})", text)) <= set().union(*listed.values())


def test_the_fetched_font_is_in_the_bill(bill):
    fonts = [one for one in json.loads(bill)["components"] if one["purl"].startswith("pkg:npm/")]

    assert [one["name"] for one in fonts] == ["noto-sans-tc"]
    assert fonts[0]["licenses"] == [{"expression": "MIT AND OFL-1.1"}]
