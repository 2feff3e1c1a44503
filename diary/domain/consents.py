"""Which texts people are asked to agree to, and what they have not agreed to yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

LONGEST = 100  # of a code or version


class ConsentsRefused(ValueError):
    """The setting is not an object of codes and versions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedConsent:
    """A version of a text, and whether the person agrees to it now."""

    code: str
    version: str
    given: bool


def asked_from(given: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the asked versions by code. Raises ConsentsRefused for what is no text."""
    for code, version in given.items():
        if not isinstance(version, str) or not 0 < len(version) <= LONGEST >= len(code) > 0:
            raise ConsentsRefused(f'{code}: must be a version, such as {{"keep_diary": "2026-11"}}')
    return dict(given)


def asked_consents(
    asked: Mapping[str, str], given: Iterable[tuple[str, str]]
) -> tuple[AskedConsent, ...]:
    """Return each asked text by code; `given` are the codes and versions agreed to now."""
    agreed = set(given)
    return tuple(
        AskedConsent(code=code, version=version, given=(code, version) in agreed)
        for code, version in sorted(asked.items())
    )
