"""Receipts of erasures, and the lines of the list that outlives a restored backup."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

# Crockford's base 32: nobody takes an I, L or O for a digit when they read the number aloud.
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "-": "", " ": ""})
GROUPS, GROUP = 4, 5  # 100 bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What stays of an erased account: keyed digest of its id, the day, digest of its receipt.

    `key` names the key of `person`, so that a list nobody holds the key of any more is noticed.
    """

    key: str
    person: str
    erased_on: date
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureList:
    """The lines of a list, each once, and how many could not be read."""

    tombstones: tuple[Tombstone, ...]
    unreadable: int


def new_receipt() -> str:
    """Return a random receipt number, such as 7K2QD-0W9VB-XM3TE-4HNRA."""
    digits = "".join(secrets.choice(DIGITS) for _ in range(GROUPS * GROUP))
    return "-".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


def receipt_digest(receipt: str) -> str:
    """Return the SHA-256 of a receipt number, however somebody has typed it."""
    return hashlib.sha256(receipt.upper().translate(READ_AS).encode()).hexdigest()


def line_of(tombstone: Tombstone) -> str:
    """Return a tombstone as one line of the list, without its end."""
    return json.dumps(asdict(tombstone) | {"erased_on": tombstone.erased_on.isoformat()})


def read_lines(lines: Iterable[str]) -> ErasureList:
    """Return what the lines of a list say. Empty ones are nothing; what is torn is counted."""
    written = [line for line in lines if line.strip()]
    read = [_tombstone(line) for line in written]
    found = tuple(dict.fromkeys(each for each in read if each is not None))
    return ErasureList(tombstones=found, unreadable=read.count(None))


def _tombstone(line: str) -> Tombstone | None:
    try:
        fields = json.loads(line)
        return Tombstone(**fields | {"erased_on": date.fromisoformat(fields["erased_on"])})
    except (ValueError, TypeError, KeyError):
        return None
