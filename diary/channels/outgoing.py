"""One HTTPS request to a guarded address: no redirect, no proxy, no second look-up, bounded time.

http.client of the standard library is used because it does one exchange over the socket it is
given and nothing else; what must not happen here then needs no switching off.
"""

import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from typing import TYPE_CHECKING, cast

from diary.channels.guard import Forbidden, Policy, Target, check_found, target_of
from diary.channels.limits import Deadline, call_within

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

LONGEST_BODY = 3 * 1024
LONGEST_ANSWER = 4 * 1024

Resolver = Callable[[str, int], Sequence[str]]
Dial = Callable[[str, int, float], socket.socket]


class Unanswered(Exception):
    """There was no usable answer; another time there may be one. `code` is stable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An HTTP answer. `headers` have lower-case names; `body` is empty unless it was asked for."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


class DeadlineSocket(ssl.SSLSocket):
    """A TLS socket whose reads and writes all together end at one deadline."""

    deadline: Deadline

    def recv_into(
        self, buffer: "WriteableBuffer", nbytes: int | None = None, flags: int = 0
    ) -> int:
        self.settimeout(self.deadline.left())
        return super().recv_into(buffer, nbytes, flags)

    def send(self, data: "ReadableBuffer", flags: int = 0) -> int:
        self.settimeout(self.deadline.left())
        return super().send(data, flags)


def found_by_system(host: str, port: int) -> Sequence[str]:
    """Return the addresses the system's resolver gives for a host, the preferred first."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def dial(address: str, port: int, timeout: float) -> socket.socket:
    """Return a TCP connection to a numeric address."""
    return socket.create_connection((address, port), timeout=timeout)


def tls_context(ca_file: str = "") -> ssl.SSLContext:
    """Return a context that trusts the system's authorities and those in `ca_file`."""
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(cafile=ca_file)
    context.sslsocket_class = DeadlineSocket
    return context


class Outgoing:
    """Sends guarded requests; usable from many threads at once.

    `resolve` and `connect` are the two steps between name and socket.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        tls: ssl.SSLContext,
        resolve: Resolver = found_by_system,
        connect: Dial = dial,
    ) -> None:
        self.policy = policy
        self._tls = tls
        self._resolve = resolve
        self._connect = connect

    def post(
        self,
        url: str,
        body: bytes,
        headers: Mapping[str, str],
        *,
        deadline: Deadline,
        read_body: bool = False,
    ) -> Answer:
        """Return the answer to one POST, a redirect included.

        Raises Forbidden when the call must not be made, and Unanswered with `dns`, `unreachable`,
        `tls`, `timeout`, `bad_answer` or `answer_too_long`.
        """
        target = target_of(url, self.policy)
        if len(body) > LONGEST_BODY:
            raise Forbidden("body_too_long", f"At most {LONGEST_BODY} bytes are sent.")
        try:
            connection = self._open(target, deadline)
            with closing(connection):
                connection.request("POST", target.path, body=body, headers=dict(headers))
                with connection.getresponse() as response:
                    return _answer(response, read_body=read_body)
        except TimeoutError:
            raise Unanswered("timeout") from None
        except ssl.SSLError:
            raise Unanswered("tls") from None
        except OSError:
            raise Unanswered("unreachable") from None
        except (HTTPException, ValueError):
            raise Unanswered("bad_answer") from None

    def _open(self, target: Target, deadline: Deadline) -> HTTPSConnection:
        addresses = self._addresses(target, deadline)
        check_found(addresses, target, self.policy)
        with closing(self._reach(addresses, target.port, deadline)) as raw:
            raw.settimeout(deadline.left())
            # The handshake as a whole has that limit; a secured socket takes `raw` over.
            secured = cast(
                "DeadlineSocket", self._tls.wrap_socket(raw, server_hostname=target.host)
            )
        secured.deadline = deadline
        connection = HTTPSConnection(target.host, target.port, context=self._tls)
        connection.sock = secured  # it has one, so it looks up and opens nothing itself
        return connection

    def _addresses(self, target: Target, deadline: Deadline) -> Sequence[str]:
        try:
            found = call_within(deadline, lambda: self._resolve(target.host, target.port))
        except socket.gaierror:
            raise Unanswered("dns") from None
        if not found:
            raise Unanswered("dns")
        return found

    def _reach(self, addresses: Sequence[str], port: int, deadline: Deadline) -> socket.socket:
        """Return a connection to the first address that takes one; each has a share of the time."""
        for waiting, address in zip(range(len(addresses), 1, -1), addresses, strict=False):
            try:
                return self._connect(address, port, deadline.left() / waiting)
            except OSError:
                continue
        return self._connect(addresses[-1], port, deadline.left())


def _answer(response: HTTPResponse, *, read_body: bool) -> Answer:
    body = response.read(LONGEST_ANSWER + 1) if read_body else b""
    if len(body) > LONGEST_ANSWER:
        raise Unanswered("answer_too_long")
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(status=response.status, headers=headers, body=body)
