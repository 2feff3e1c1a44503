"""Where the logs of all persons stood at one moment, in a file to be kept somewhere else.

One line per person: id, number and hash of the last row; then the SHA-256 of those lines. Against
it a log that was cut off, or made anew from its beginning, is found.
"""

import hashlib
from collections.abc import Mapping
from uuid import UUID

from diary.domain.access_log import Link


class AnchorUnreadable(Exception):
    """The file is no anchor, or not all of it."""


def anchor_text(ends: Mapping[UUID, Link]) -> str:
    """Return an anchor for these ends of chains."""
    lines = "".join(f"{person} {end.number} {end.hash.hex()}\n" for person, end in ends.items())
    return lines + _seal_of(lines)


def read_anchor(text: str) -> dict[UUID, Link]:
    """Return where each person's log stood. Raises AnchorUnreadable."""
    *listed, seal = text.splitlines(keepends=True) or [""]
    if seal != _seal_of("".join(listed)):
        raise AnchorUnreadable("The anchor is not whole: its last line does not fit the others.")
    return dict(map(_read_line, listed))


def _seal_of(lines: str) -> str:
    return f"sha256 {hashlib.sha256(lines.encode()).hexdigest()}\n"


def _read_line(line: str) -> tuple[UUID, Link]:
    person_id, number, digest = line.split()
    return UUID(person_id), Link(number=int(number), hash=bytes.fromhex(digest))
