"""The proxy does to a connection what its fate says."""

import socket
import threading
import time
from contextlib import contextmanager, suppress

import pytest

from tests.faults.proxy import Fate, Proxy
from tests.phone.transport import HttpTransport, NoAnswer

HOST = "127.0.0.1"
BODY = {"note": "x" * 1000}
ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{"done": 123}'


class Service:
    """Answers one request for each connection, and remembers what came and how it ended."""

    def __init__(self):
        self.listener = socket.create_server((HOST, 0))
        self.port = self.listener.getsockname()[1]
        self.requests = []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, connection):
        with connection:
            received = b""
            while b'"}' not in received:
                chunk = connection.recv(65536)
                if not chunk:
                    self.requests.append(received)
                    return
                received += chunk
            self.requests.append(received)
            with suppress(ConnectionError):  # a cut is what it is for
                connection.sendall(ANSWER)
                connection.recv(1)


@contextmanager
def wire(fate, **options):
    """A transport through a proxy whose every connection meets this fate."""
    service = Service()
    proxy = Proxy(service.port, lambda: fate, **options)
    proxy.start()
    try:
        yield HttpTransport(HOST, proxy.port, timeout=2), service, proxy
    finally:
        proxy.close()
        service.listener.close()


def send(transport):
    return transport.send("POST", "/", BODY, {})


def arrived(service):
    """Wait until the service has read a request, or its end, and return it."""
    deadline = time.monotonic() + 5
    while not service.requests and time.monotonic() < deadline:
        time.sleep(0.01)
    return service.requests[0]


@pytest.mark.parametrize("fate", [Fate.NONE, Fate.HALF_CLOSED])
def test_an_unharmed_connection_carries_request_and_answer(fate):
    with wire(fate) as (transport, service, proxy):
        assert send(transport).body == {"done": 123}
        assert arrived(service).endswith(b'xxx"}')
        assert proxy.met == {fate: 1}


@pytest.mark.parametrize("fate", [Fate.CUT_AFTER_THE_REQUEST, Fate.CUT_IN_THE_ANSWER])
def test_a_cut_leaves_the_request_with_the_service_and_the_phone_without_an_answer(fate):
    with wire(fate) as (transport, service, _):
        with pytest.raises(NoAnswer):
            send(transport)
        assert arrived(service).endswith(b'xxx"}')


def test_a_delay_holds_request_and_answer_back():
    with wire(Fate.DELAY, delay_seconds=0.2) as (transport, _, _):
        began = time.monotonic()

        assert send(transport).status == 200

        assert time.monotonic() - began >= 0.4


def test_a_stall_shows_the_service_half_a_request_until_it_goes_on():
    with wire(Fate.STALL, stall_seconds=0.5) as (transport, service, _):
        began = time.monotonic()

        assert send(transport).status == 200

        assert time.monotonic() - began >= 0.5
        assert arrived(service).endswith(b'xxx"}')


def test_a_phone_without_patience_ends_a_long_stall_for_itself_only():
    with wire(Fate.STALL, stall_seconds=60) as (transport, service, _):
        with pytest.raises(NoAnswer):
            send(transport)
        assert service.requests == []


def test_a_drip_brings_two_kilobytes_a_second():
    with wire(Fate.DRIP) as (transport, service, _):
        began = time.monotonic()

        assert send(transport).status == 200

        seconds = time.monotonic() - began
        assert len(arrived(service)) / 2000 - 0.1 <= seconds < 2


def test_a_service_that_is_away_is_no_answer():
    with socket.socket() as taken:
        taken.bind((HOST, 0))  # bound, but nobody listens
        proxy = Proxy(taken.getsockname()[1], lambda: Fate.NONE)
        proxy.start()
        try:
            with pytest.raises(NoAnswer):
                send(HttpTransport(HOST, proxy.port, timeout=2))
        finally:
            proxy.close()
