"""Where calls to addresses that came from phones may go: public https servers, and no other place.

A name, never a number; the host is looked up once, every address found must be public, and the
call then goes to that address.
"""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

HTTPS_PORT = 443
LONGEST_URL = 2048

_PRINTABLE = re.compile(r"[!-~]+\Z")
# The last label starts with a letter, so that no spelling of a number passes (0x7f.1, 2130706433).
_NAME = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])\Z"
)
# Leaves out what is mapped, translated, local or reserved.
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# Lead elsewhere, or are not for hosts; not every supported Python knows them as not global.
_NOT_FOR_HOSTS = tuple(
    ipaddress.ip_network(text)
    for text in (
        "192.0.0.0/24",  # protocol assignments, RFC 6890
        "192.88.99.0/24",  # relay to 6to4, RFC 7526
        "2001::/23",  # protocol assignments with Teredo, RFC 2928
        "2002::/16",  # 6to4 carries an IPv4 address, RFC 3056
        "3fff::/20",  # documentation, RFC 9637
    )
)


class Forbidden(Exception):
    """A call that must not be made. `code` is stable, `detail` a sentence without the address."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the operator allows beside public servers on port 443.

    `allowed_hosts` are names or numbers, as they stand in addresses, that may lie in a private
    network: a push server of one's own.
    """

    allowed_hosts: frozenset[str] = frozenset()
    ports: frozenset[int] = frozenset({HTTPS_PORT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where one call goes; `path` is what stands in the request line."""

    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Return scheme, host and port as RFC 6454 writes them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"https://{host}" if self.port == HTTPS_PORT else f"https://{host}:{self.port}"


def target_of(url: str, policy: Policy) -> Target:
    """Return where `url` leads; raises Forbidden when nothing may be sent there."""
    parts = _parts(url)
    port = _port(parts)
    host = parts.hostname or ""
    if port not in policy.ports:
        raise Forbidden("port", "This port is not allowed.")
    if host not in policy.allowed_hosts and not _NAME.match(host):
        raise Forbidden("host", "The host must be a full public name, not a number.")
    query = f"?{parts.query}" if parts.query else ""
    return Target(host=host, port=port, path=f"{parts.path or '/'}{query}")


def _parts(url: str) -> SplitResult:
    if len(url) > LONGEST_URL or not _PRINTABLE.match(url) or "\\" in url:
        raise Forbidden("url", f"This must be a URL of at most {LONGEST_URL} plain characters.")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Forbidden("url", "This is not a URL.") from None
    if parts.scheme != "https":
        raise Forbidden("not_https", "The URL must start with https://.")
    if "@" in parts.netloc or "#" in url:
        raise Forbidden("url", "The URL must hold neither a login nor a fragment.")
    return parts


def _port(parts: SplitResult) -> int:
    try:
        return HTTPS_PORT if parts.port is None else parts.port
    except ValueError:
        raise Forbidden("port", "This is not a port.") from None


def check_found(addresses: Sequence[str], target: Target, policy: Policy) -> None:
    """Raise Forbidden unless every address found for the target's host may be called.

    One private address among public ones is enough to refuse.
    """
    if target.host in policy.allowed_hosts:
        return
    if not all(is_public(address) for address in addresses):
        raise Forbidden("private_address", "The host lies in a private or reserved network.")


def is_public(address: str) -> bool:
    """Return whether a numeric address belongs to one host on the public internet.

    False for private, shared (CGNAT), loopback, link-local, multicast and reserved ranges, and for
    IPv6 forms that carry an IPv4 address.
    """
    ip = ipaddress.ip_address(address)
    if any(ip.version == network.version and ip in network for network in _NOT_FOR_HOSTS):
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip not in _GLOBAL_UNICAST:
        return False
    return ip.is_global and not ip.is_multicast
