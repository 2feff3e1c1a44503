"""What is kept of whoever looks, which PINs are refused, and how a link stands."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.domain.sharing import (
    LONGEST_RECIPIENT,
    MOST_WRONG_PINS,
    ShareState,
    browser_of,
    digits_of,
    is_too_simple,
    network_of,
    printable_name,
    secret_in,
    state_of,
)

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=7)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:abcd:12::1", "2001:db8:abcd::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("fe80::1%eth0", "fe80::/48"),
        ("unknown", ""),
        ("", ""),
    ],
)
def test_of_an_address_only_its_network_is_kept(address, network):
    assert network_of(address) == network


@given(st.ip_addresses())
def test_the_network_holds_the_address_and_at_least_256_others(address):
    network = ip_network(network_of(str(address)))

    own = getattr(address, "ipv4_mapped", None) or address
    assert ip_address(str(own)) in network
    assert network.num_addresses >= 256


@pytest.mark.parametrize(
    ("line", "family"),
    [
        ("Mozilla/5.0 (X11; Linux) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome"),
        ("Mozilla/5.0 AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge"),
        ("Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15", "Safari"),
        ("Mozilla/5.0 (iPad) AppleWebKit/605.1.15 CriOS/140.0 Safari/604.1", "Chrome"),
        ("Mozilla/5.0 (X11; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox"),
        ("curl/8.5.0", "other"),
        ("", "other"),
    ],
)
def test_of_a_browser_only_its_family_is_kept(line, family):
    assert browser_of(line) == family


@pytest.mark.parametrize(
    "pin", ["000000", "121212", "112211", "123456", "234567", "987654", "428428", "567890"]
)
def test_what_anybody_would_try_first_is_too_simple(pin):
    assert is_too_simple(pin)


@pytest.mark.parametrize("pin", ["428017", "135792", "20071984"])
def test_other_pins_will_do(pin):
    assert not is_too_simple(pin)


def test_a_pin_may_be_typed_in_groups():
    assert digits_of(" 428-017 ") == digits_of("42 80 17") == "428017"


@pytest.mark.parametrize("pasted", ["abc-_1", "https://q.example/s/#abc-_1", " #abc-_1\n"])
def test_a_link_may_be_pasted_whole_or_in_part(pasted):
    assert secret_in(pasted) == "abc-_1"


def test_a_name_is_one_printable_line():
    assert printable_name(" Dr.\x00 \u202eLin\n ") == "Dr. Lin"
    assert len(printable_name("L" * 500)) == LONGEST_RECIPIENT


@pytest.mark.parametrize(
    ("ended_at", "expires_at", "wrong_pins", "state"),
    [
        (None, LATER, 0, ShareState.OPEN),
        (None, LATER, MOST_WRONG_PINS - 1, ShareState.OPEN),
        (None, LATER, MOST_WRONG_PINS, ShareState.LOCKED),
        (None, NOW, 0, ShareState.EXPIRED),
        (None, NOW, MOST_WRONG_PINS, ShareState.EXPIRED),
        (NOW, LATER, MOST_WRONG_PINS, ShareState.REVOKED),
    ],
)
def test_how_a_link_stands(ended_at, expires_at, wrong_pins, state):
    found = state_of(ended_at=ended_at, expires_at=expires_at, wrong_pins=wrong_pins, now=NOW)

    assert found is state
