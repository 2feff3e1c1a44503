"""The same phone over HTTP: sign-in, a round trip, and a service that is not there."""

import socket

import pytest

from diary.operations.people import open_verified_account
from tests.factories import PASSWORD, episode
from tests.phone.phone import Ended, Phone
from tests.phone.transport import HttpTransport
from tests.sync.service import rows_of


@pytest.fixture
def service(live_server):
    return HttpTransport(live_server.thread.host, live_server.thread.port)


def test_a_phone_signs_in_and_syncs_over_http(service):
    person = open_verified_account("alice@example.org", PASSWORD)
    phone = Phone(service)

    assert phone.sync() is Ended.SIGN_IN
    assert phone.sign_in("alice@example.org", PASSWORD).status == 200
    id = phone.log("episode", episode())
    assert phone.sync() is Ended.IN_STEP

    assert f"episode/{id}" in rows_of(person.pk)
    assert phone.memory.queue == {}


def test_a_service_that_is_not_there_costs_nothing_but_time(unused_port):
    phone = Phone(HttpTransport("127.0.0.1", unused_port))
    id = phone.log("episode", episode())

    assert [phone.sync(), phone.sync()] == [Ended.LATER, Ended.LATER]

    assert phone.failures == 2
    assert list(phone.shown("episode")) == [id]


@pytest.fixture
def unused_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        yield taken.getsockname()[1]
