"""A bounded closed loop: each connection sends its next request when the last was answered.

One process and one selector, with requests that are ready as bytes: the client shares the cores
with what it measures, so it has to be cheap, and says what it cost.
"""

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import psutil

HOST = "127.0.0.1"
HEAD_END = b"\r\n\r\n"
CHUNK = 262_144
DIALS = 200  # for an even spread, of which a dial is one with a chance of about one in four


class RefusedError(Exception):
    """The service answered with a status that is not expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Driven:
    """What one drive measured; seconds. `cpu` is what the client itself has computed."""

    took: float
    times: tuple[float, ...]
    cpu: float
    last: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A service on this machine: its port, and the processes that answer there."""

    port: int
    workers: tuple[int, ...]


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """Return a whole HTTP/1.1 request for a connection that is kept."""
    sent = {"Host": HOST, **headers}
    if method != "GET":
        sent |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def drive(target: Target, requests: Sequence[bytes], *, connections: int, expected: int) -> Driven:
    """Send all requests over so many connections; raise RefusedError at an unexpected status."""
    waiting = iter(requests)
    times: list[float] = []
    last = b""
    with selectors.DefaultSelector() as selector:
        open_ = _dialed(target, min(connections, len(requests)))
        cpu, started = time.process_time(), time.perf_counter()
        for each in open_:
            selector.register(each.socket, selectors.EVENT_READ, each)
            each.send(waiting)
        while len(times) < len(requests):
            for key, _ in selector.select():
                answer = key.data.receive(expected)
                if answer is not None:
                    times.append(time.perf_counter() - key.data.sent)
                    last = answer
                    key.data.send(waiting)
        took, cpu = time.perf_counter() - started, time.process_time() - cpu
        for each in open_:
            each.socket.close()
    return Driven(took=took, times=tuple(times), cpu=cpu, last=last)


def _dialed(target: Target, number: int) -> list["_Connection"]:
    """Return connections, an equal share at each worker.

    A worker takes whatever it is the first to see, by chance up to seven of eight; the other one
    would idle through the whole stage, where the many connections of a proxy even out.
    """
    for _ in range(DIALS):
        made = [_Connection(target.port) for _ in range(number)]
        if _is_even(made, target.workers):
            return made
        for each in made:
            each.socket.close()
    raise RefusedError("no even spread of connections over the workers")


def _is_even(made: Sequence["_Connection"], workers: Sequence[int]) -> bool:
    ours = {each.socket.getsockname()[1] for each in made}
    held: list[int] = []
    while sum(held) < len(made):  # until each is taken by a worker
        held = [
            sum(
                bool(taken.raddr) and taken.raddr.port in ours for taken in worker.net_connections()
            )
            for worker in map(psutil.Process, workers)
        ]
    return max(held) - min(held) <= bool(len(made) % len(workers))


class _Connection:
    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent = 0.0
        self.received = bytearray()
        self.whole = 0  # length of the answer, head included, once its head is here

    def send(self, waiting: Iterator[bytes]) -> None:
        following = next(waiting, None)
        if following is not None:
            self.received.clear()
            self.whole = 0
            self.sent = time.perf_counter()
            self.socket.sendall(following)

    def receive(self, expected: int) -> bytes | None:
        """Return the body once all of it is here."""
        part = self.socket.recv(CHUNK)
        if not part:
            raise RefusedError("the connection was closed")
        self.received += part
        if not self.whole:
            self._read_head(expected)
        if not self.whole or len(self.received) < self.whole:
            return None
        return bytes(self.received.partition(HEAD_END)[2])

    def _read_head(self, expected: int) -> None:
        end = self.received.find(HEAD_END)
        if end < 0:
            return
        head = bytes(self.received[:end]).lower()
        status = int(head[9:12])
        if status != expected:
            raise RefusedError(f"{status}: {bytes(self.received[end:][:300])!r}")
        if b"transfer-encoding" in head:
            raise RefusedError("an answer has to say its length")
        _, _, length = head.partition(b"content-length:")
        self.whole = end + len(HEAD_END) + int(length.split(b"\r\n")[0] or 0)
