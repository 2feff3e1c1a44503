"""One guarded request: looked up once, no redirect, bounded in time and size, whatever answers."""

import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress

import pytest

from diary.channels.guard import Forbidden, Policy
from diary.channels.limits import Deadline, call_within
from diary.channels.outgoing import LONGEST_ANSWER, LONGEST_BODY, Unanswered, dial
from tests.diary.channels.servers import HOST, LOOPBACK, Told, new_authority, server_context


def post(outgoing, url, *, body=b"{}", seconds=3.0, read_body=False):
    return outgoing.post(url, body, {}, deadline=Deadline(seconds), read_body=read_body)


def failure(outgoing, url, **options):
    try:
        post(outgoing, url, **options)
    except (Forbidden, Unanswered) as failed:
        return failed.code
    return None


def test_a_request_arrives_as_it_was_made(server):
    answer = server.outgoing().post(
        f"{server.origin}/push/1?a=b", b'{"t":1}', {"TTL": "60"}, deadline=Deadline(3)
    )

    [asked] = server.asked
    assert answer.status == 201
    assert (asked.path, asked.body) == ("/push/1?a=b", b'{"t":1}')
    assert asked.headers["ttl"] == "60"
    assert asked.headers["host"] == f"{HOST}:{server.port}"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_n13_a_redirect_is_an_answer_and_not_followed(server, status):
    server.answers.append(Told(status, {"Location": f"{server.origin}/elsewhere"}))

    answer = post(server.outgoing(), f"{server.origin}/push")

    assert answer.status == status
    assert [asked.path for asked in server.asked] == ["/push"]


def test_n13_the_name_is_looked_up_once_and_exactly_that_address_is_called(server):
    found = iter([["93.184.216.34"], ["127.0.0.1"]])  # what a rebinding name server answers
    dialed = []

    def connect(address, port, timeout):
        dialed.append((address, port))
        return dial(LOOPBACK, server.port, timeout)

    outgoing = server.outgoing(
        policy=Policy(), resolve=lambda host, port: next(found), connect=connect
    )
    post(outgoing, f"https://{HOST}/push")

    assert dialed == [("93.184.216.34", 443)]
    assert next(found) == ["127.0.0.1"]
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "found",
    [
        ["127.0.0.1"],
        ["::1"],
        ["::ffff:10.0.0.1"],
        ["169.254.169.254"],
        ["93.184.216.34", "10.0.0.1"],
    ],
)
def test_n13_a_name_that_leads_inside_is_never_dialed(server, found):
    dialed = []
    outgoing = server.outgoing(
        policy=Policy(), resolve=lambda host, port: found, connect=lambda *to: dialed.append(to)
    )

    assert failure(outgoing, f"https://{HOST}/push") == "private_address"
    assert dialed == []


def test_n13_the_names_of_this_machine_lead_nowhere(server):
    policy = Policy(ports=frozenset({server.port}))
    outgoing = server.outgoing(policy=policy, resolve=lambda host, port: [LOOPBACK])

    assert failure(outgoing, f"{server.origin}/push") == "private_address"
    assert failure(outgoing, f"https://localhost:{server.port}/push") == "host"
    assert server.asked == []


def test_n13_no_proxy_of_the_environment_comes_between(server, monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert post(server.outgoing(), f"{server.origin}/push").status == 201


def test_the_next_address_is_tried_when_one_takes_no_connection(server):
    def connect(address, port, timeout):
        if address == "10.0.0.1":
            raise ConnectionRefusedError
        return dial(LOOPBACK, port, timeout)

    outgoing = server.outgoing(resolve=lambda *name: ["10.0.0.1", "10.0.0.2"], connect=connect)

    assert post(outgoing, f"{server.origin}/push").status == 201


def test_nobody_listening_is_unreachable(server):
    with socket.socket() as reserved:
        reserved.bind((LOOPBACK, 0))  # bound and not listening: refused, and nobody else's
        port = reserved.getsockname()[1]
        policy = Policy(allowed_hosts=frozenset({HOST}), ports=frozenset({port}))
        outgoing = server.outgoing(policy=policy)

        assert failure(outgoing, f"https://{HOST}:{port}/push") == "unreachable"


def test_a_certificate_of_another_authority_is_refused(server):
    server.authority = new_authority()

    assert failure(server.outgoing(), f"{server.origin}/push") == "tls"
    assert server.asked == []


def test_a_certificate_for_another_name_is_refused(server):
    other = "other.example.org"
    policy = Policy(allowed_hosts=frozenset({other}), ports=frozenset({server.port}))

    code = failure(server.outgoing(policy=policy), f"https://{other}:{server.port}/push")

    assert code == "tls"
    assert server.asked == []


def test_a_name_that_does_not_exist_is_another_time(server):
    def nothing(host, port):
        raise socket.gaierror

    assert failure(server.outgoing(resolve=nothing), f"{server.origin}/push") == "dns"
    assert failure(server.outgoing(resolve=lambda *name: []), f"{server.origin}/push") == "dns"


def test_a_slow_look_up_ends_at_the_deadline(server):
    answered = threading.Event()

    started = time.monotonic()
    code = failure(
        server.outgoing(resolve=lambda *name: answered.wait(10)),
        f"{server.origin}/push",
        seconds=0.2,
    )
    answered.set()

    assert code == "timeout"
    assert time.monotonic() - started < 2


@contextmanager
def raw_server(authority, talk):
    """A server for one request, which `talk` answers; it is told when to stop."""
    stopped = threading.Event()

    def serve(listener):
        accepted, _ = listener.accept()
        with server_context(authority).wrap_socket(accepted, server_side=True) as secured:
            asked = b""
            while not asked.endswith(b"{}"):
                asked += secured.recv(4096)
            talk(secured, stopped)

    with socket.create_server((LOOPBACK, 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        yield listener.getsockname()[1]
        stopped.set()
        thread.join()


@pytest.mark.parametrize("sent", [b"X: y\r\n", b"x"], ids=["headers", "one line"])
def test_n13_a_server_that_drips_is_left_at_the_deadline(server, sent):
    def drip(secured, stopped):
        secured.sendall(b"HTTP/1.1 200 OK\r\n")
        while not stopped.wait(0.05):
            with suppress(OSError):
                secured.sendall(sent)

    with raw_server(server.authority, drip) as port:
        policy = Policy(allowed_hosts=frozenset({HOST}), ports=frozenset({port}))

        started = time.monotonic()
        code = failure(server.outgoing(policy=policy), f"https://{HOST}:{port}/push", seconds=0.4)
        waited = time.monotonic() - started

    assert code == "timeout"
    assert 0.3 < waited < 1.5


def test_n13_a_server_that_never_says_hello_is_left_at_the_deadline(server):
    with socket.create_server((LOOPBACK, 0)) as listener:
        port = listener.getsockname()[1]
        policy = Policy(allowed_hosts=frozenset({HOST}), ports=frozenset({port}))
        outgoing = server.outgoing(policy=policy)

        assert failure(outgoing, f"https://{HOST}:{port}/push", seconds=0.3) == "timeout"


def test_n13_a_body_is_sent_up_to_three_kilobytes(server):
    assert post(server.outgoing(), f"{server.origin}/push", body=b"a" * LONGEST_BODY).status == 201
    assert LONGEST_BODY == 3072
    assert (
        failure(server.outgoing(), f"{server.origin}/push", body=b"a" * (LONGEST_BODY + 1))
        == "body_too_long"
    )
    assert len(server.asked) == 1


def test_n13_an_answer_is_read_up_to_a_limit_and_only_when_it_is_wanted(server):
    long = b"a" * (LONGEST_ANSWER + 1)
    server.answers.extend([Told(200, body=long[:-1]), Told(200, body=long), Told(200, body=long)])
    outgoing, url = server.outgoing(), f"{server.origin}/push"

    assert post(outgoing, url, read_body=True).body == long[:-1]
    assert failure(outgoing, url, read_body=True) == "answer_too_long"
    assert post(outgoing, url).body == b""


def test_what_is_no_http_is_a_bad_answer(server):
    def speak(secured, stopped):
        secured.sendall(b"hello\r\n\r\n")

    with raw_server(server.authority, speak) as port:
        policy = Policy(allowed_hosts=frozenset({HOST}), ports=frozenset({port}))

        assert failure(server.outgoing(policy=policy), f"https://{HOST}:{port}/") == "bad_answer"


def test_a_call_with_a_deadline_tells_what_went_wrong_in_it():
    def fail():
        raise ssl.SSLError

    with pytest.raises(ssl.SSLError):
        call_within(Deadline(1), fail)
    with pytest.raises(TimeoutError):
        Deadline(0).left()
