"""Addresses of endpoints at rest."""

import pytest
from cryptography.fernet import InvalidToken

from diary.models.addresses import address_digests, opened_address, sealed_address

ADDRESS = {"url": "https://push.example.org/abc", "auth": "secret"}


def test_a_sealed_address_shows_nothing_and_opens_again():
    sealed = sealed_address(ADDRESS)

    assert b"example" not in sealed
    assert opened_address(memoryview(sealed)) == ADDRESS
    assert sealed_address(ADDRESS) != sealed


def test_an_address_opens_under_a_key_that_was_replaced_and_not_without_it(settings):
    sealed = sealed_address(ADDRESS)
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key"

    with pytest.raises(InvalidToken):
        opened_address(sealed)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert opened_address(sealed) == ADDRESS


def test_a_digest_knows_an_address_again_by_kind_and_place_alone():
    [digest] = address_digests("webhook", "https://a.example")

    assert address_digests("webhook", "https://a.example") == (digest,)
    assert address_digests("web_push", "https://a.example") != (digest,)
    assert address_digests("webhook", "https://b.example") != (digest,)
    assert "example" not in digest


def test_an_address_stored_under_a_key_that_was_replaced_is_known_still(settings):
    [before] = address_digests("email", "a@example.org")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another key"
    settings.SECRET_KEY_FALLBACKS = [old]

    first, *others = address_digests("email", "a@example.org")

    assert first != before
    assert others == [before]
