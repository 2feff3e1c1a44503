"""Where calls may go: names of public servers over https, and no other place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.channels.guard import Forbidden, Policy, Target, check_found, is_public, target_of

PUBLIC = Policy()
HOUSE = Policy(allowed_hosts=frozenset({"push.house.internal", "10.0.0.7"}), ports=frozenset({443}))
TARGET = target_of("https://push.example.org/a", PUBLIC)


def refusal(url, policy=PUBLIC):
    with pytest.raises(Forbidden) as refused:
        target_of(url, policy)
    return refused.value.code


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://push.example.org", ("push.example.org", 443, "/")),
        ("https://PUSH.Example.org:443/a/b?c=d", ("push.example.org", 443, "/a/b?c=d")),
        ("https://a_b.example.org/?", ("a_b.example.org", 443, "/")),
        ("https://xn--bcher-kva.example/x", ("xn--bcher-kva.example", 443, "/x")),
    ],
)
def test_a_public_name_over_https_is_a_target(url, target):
    host, port, path = target

    assert target_of(url, PUBLIC) == Target(host=host, port=port, path=path)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "8.8.8.8",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[fe80::1%25eth0]",
        "localhost",
        "push",
        "push.example.org.",
        "-push.example.org",
        "push..example.org",
        "",
    ],
)
def test_n13_a_number_or_a_local_name_is_refused_when_registered(host):
    assert refusal(f"https://{host}/path") in {"host", "url"}


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://push.example.org/", "not_https"),
        ("ftp://push.example.org/", "not_https"),
        ("//push.example.org/", "not_https"),
        ("https://push.example.org:8443/", "port"),
        ("https://push.example.org:0/", "port"),
        ("https://push.example.org:99999/", "port"),
        ("https://push.example.org:x/", "port"),
        ("https://user@push.example.org/", "url"),
        ("https://push.example.org@10.0.0.1/", "url"),
        ("https://push.example.org/#part", "url"),
        ("https://push.example.org\\@10.0.0.1/", "url"),
        ("https://push.example.org/a b", "url"),
        ("https://push.example.org/\r\nHost: inside", "url"),
        ("https://push.example.org/ü", "url"),
        ("https://[push.example.org/", "url"),
        ("https://push.example.org/" + "a" * 2048, "url"),
        ("", "url"),
    ],
)
def test_n13_anything_but_a_plain_https_address_on_port_443_is_refused(url, code):
    assert refusal(url) == code


def test_the_operators_own_push_server_may_have_a_private_name_or_number():
    assert target_of("https://push.house.internal/a", HOUSE).host == "push.house.internal"
    assert target_of("https://10.0.0.7/a", HOUSE).host == "10.0.0.7"
    check_found(["10.0.0.7"], target_of("https://push.house.internal/a", HOUSE), HOUSE)
    assert refusal("https://10.0.0.8/a", HOUSE) == "host"


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - to be refused
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.1",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::a00:1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::1",
        "3fff::1",
        "fc00::1",
        "fe80::1",
        "fe80::1%eth0",
        "ff02::1",
    ],
)
def test_n13_a_name_that_leads_to_a_private_or_reserved_address_is_refused(address):
    assert not is_public(address)
    with pytest.raises(Forbidden) as refused:
        check_found(["93.184.216.34", address], TARGET, PUBLIC)
    assert refused.value.code == "private_address"


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:2800:220:1:248:1893:25c8:1"])
def test_a_public_address_may_be_called(address):
    check_found([address], TARGET, PUBLIC)

    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_no_private_address_is_public_in_its_mapped_form_either(address):
    assert not is_public(f"::ffff:{address}")


@given(st.text("aZ09.:/@\\#?[]%-_ \r\u0130", max_size=30))
def test_what_is_called_is_what_stands_behind_https_and_nothing_hidden_later(text):
    try:
        target = target_of(f"https://{text}", PUBLIC)
    except Forbidden:
        return

    assert target.port == 443
    assert text.lower().startswith(target.host)
    assert text[len(target.host) :][:1] in {"", "/", "?", ":"}


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://push.example.org/a?b", "https://push.example.org"),
        ("https://push.example.org:443/", "https://push.example.org"),
        ("https://push.example.org:8443/", "https://push.example.org:8443"),
        ("https://[fd00::1]/", "https://[fd00::1]"),
    ],
)
def test_an_origin_is_written_without_the_default_port(url, origin):
    policy = Policy(allowed_hosts=frozenset({"fd00::1"}), ports=frozenset({443, 8443}))

    assert target_of(url, policy).origin == origin
