"""Sharing a report by a link and a PIN: the limits, and what is kept of whoever looked."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

SECRET_BYTES = 32  # 256 bits: nobody guesses one, so unknown links need not be counted
SHORTEST_PIN = 6
LONGEST_PIN = 12
FEWEST_DIGITS = 3  # different ones in a PIN
MOST_WRONG_PINS = 5  # in the whole life of a link
LASTS_DAYS = 7
LONGEST_DAYS = 90
SESSION_LASTS = timedelta(minutes=30)
ONE_LOOK = timedelta(minutes=1)  # the same form again within it is no further line of the log
MOST_SHARES = 10  # those that can still be opened
LONGEST_RECIPIENT = 120

_DIGITS_IN_ORDER = "01234567890"
# The first name that a browser's line holds decides: most of them name others, too.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrom", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)


class SharedForm(StrEnum):
    """The forms in which a shared report can be read."""

    PAGE = "page"
    PDF = "pdf"
    FHIR = "fhir"


class ViewKind(StrEnum):
    """What somebody did with a link; each is a line of the log that the person sees."""

    OPENED = "opened"
    PAGE = "page"
    PDF = "pdf"
    FHIR = "fhir"


class ShareState(StrEnum):
    """Whether a link can be opened, and why not."""

    OPEN = "open"
    LOCKED = "locked"  # too many wrong PINs
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Whoever looks, as far as it is kept: a network and not an address, a browser's family."""

    recipient: str = ""
    network: str = ""
    browser: str = ""


def digest_of(token: str) -> str:
    """Return what is kept of a link's secret or of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def secret_in(pasted: str) -> str:
    """Return the secret of a link that was pasted whole, or of its part after the #."""
    return pasted.rpartition("#")[2].strip()


def digits_of(pin: str) -> str:
    """Return a PIN without the spaces and hyphens that people put between digits."""
    return "".join(pin.split()).replace("-", "")


def is_too_simple(pin: str) -> bool:
    """Return whether a PIN is among the first that anybody would try."""
    in_order = pin in _DIGITS_IN_ORDER or pin in _DIGITS_IN_ORDER[::-1]
    halves_alike = pin[: len(pin) // 2] * 2 == pin
    return in_order or halves_alike or len(set(pin)) < FEWEST_DIGITS


def state_of(
    *, ended_at: datetime | None, expires_at: datetime, wrong_pins: int, now: datetime
) -> ShareState:
    """Return how a link stands at `now`; that the person took it back counts first."""
    if ended_at is not None:
        return ShareState.REVOKED
    if expires_at <= now:
        return ShareState.EXPIRED
    return ShareState.LOCKED if wrong_pins >= MOST_WRONG_PINS else ShareState.OPEN


def network_of(address: str) -> str:
    """Return the /24 or /48 network of an internet address, nothing of what is no address."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return ""
    plain: IPv4Address | IPv6Address = found
    if isinstance(found, IPv6Address):
        plain = found.ipv4_mapped or IPv6Address(int(found))  # without a zone such as %eth0
    return str(ip_network((plain, 24 if plain.version == 4 else 48), strict=False))  # noqa: PLR2004


def browser_of(user_agent: str) -> str:
    """Return the family of a browser, `other` for what none of the known ones says of itself."""
    return next((family for mark, family in _BROWSERS if mark in user_agent), "other")


def printable_name(text: str) -> str:
    """Return a name somebody gave for themselves, in one line and cut to its greatest length."""
    shown = "".join(character for character in text if character.isprintable())
    return " ".join(shown.split())[:LONGEST_RECIPIENT]
