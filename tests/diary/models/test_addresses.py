"""What an endpoint is known by."""

import pytest

from diary.models.addresses import address_digest
from diary.models.isolation import acting_for
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_an_address_is_known_again_by_person_kind_and_place_alone():
    alice, bob = make_person("alice"), make_person("bob")

    with acting_for(alice.pk):
        digest = address_digest(alice.pk, "webhook", "https://a.example")
        again = address_digest(alice.pk, "webhook", "https://a.example")
        others = {
            address_digest(alice.pk, "web_push", "https://a.example"),
            address_digest(alice.pk, "webhook", "https://b.example"),
        }
    with acting_for(bob.pk):
        others |= {address_digest(bob.pk, "webhook", "https://a.example")}

    assert digest == again
    assert digest not in others
    assert "example" not in digest
