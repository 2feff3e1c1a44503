"""The parts of others that are shipped: the pins of requirements.txt and the fetched fonts."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements.txt"
FONTS = ROOT / "reports" / "fonts" / "package-lock.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One version of a package, with the hashes (`sha256`, hexadecimal) of its files.

    `registry` is `pypi` or `npm`; `license` is what the lock file says, empty for pip's.
    """

    registry: str
    name: str
    version: str
    algorithm: str = "sha256"
    hashes: tuple[str, ...]
    license: str = ""


def shipped_parts() -> tuple[Part, ...]:
    """Return every part of others that runs, or is printed, where this service does."""
    return (*pip_parts(REQUIREMENTS), *npm_parts(FONTS))


def pip_parts(requirements: Path) -> tuple[Part, ...]:
    """Return the pins of a requirements file, those of other platforms included."""
    return tuple(_pip_part(line) for line in requirement_lines(requirements))


def requirement_lines(requirements: Path) -> Iterator[str]:
    """Yield each requirement with its hashes as one line."""
    whole = requirements.read_text("utf-8").replace("\\\n", " ")
    for line in whole.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


def _pip_part(line: str) -> Part:
    words, *hashes = line.split("--hash=sha256:")
    requirement = Requirement(words.strip())
    [pin] = requirement.specifier
    return Part(
        registry="pypi",
        name=canonicalize_name(requirement.name),
        version=pin.version,
        hashes=tuple(one.strip() for one in hashes),
    )


def npm_parts(lock: Path) -> tuple[Part, ...]:
    """Return the packages of an npm lock file."""
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    return tuple(
        _npm_part(path.rpartition("node_modules/")[2], entry)
        for path, entry in packages.items()
        if path
    )


def _npm_part(name: str, entry: dict[str, str]) -> Part:
    algorithm, _, encoded = entry["integrity"].partition("-")
    return Part(
        registry="npm",
        name=name,
        version=entry["version"],
        algorithm=algorithm,
        hashes=(base64.b64decode(encoded).hex(),),
        license=entry["license"],
    )
