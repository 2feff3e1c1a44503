"""An HTTPS server on loopback that answers as told and remembers what it was asked."""

import json
import ssl
import threading
from collections import deque
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme

from diary.channels.guard import Policy
from diary.channels.outgoing import Outgoing, dial, tls_context

HOST = "push.example.org"
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Asked:
    path: str
    headers: dict[str, str]
    body: bytes

    def json(self):
        return json.loads(self.body)


@dataclass(frozen=True)
class Told:
    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True
    asked: list[Asked]
    answers: deque[Told]

    def handle_error(self, request, client_address):
        """Let clients break off, as some tests want them to."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: QuietServer

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append(Asked(path=self.path, headers=headers, body=body))
        told = self.server.answers.popleft() if self.server.answers else Told()
        self.send_response(told.status)
        for name, value in told.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(told.body)))
        self.end_headers()
        self.wfile.write(told.body)

    def log_message(self, *args):
        """Say nothing: what was asked is in `asked`."""


class Server:
    """`answers` are given in turn, 201 when there are none; `asked` is what came."""

    def __init__(self, authority):
        self.authority = authority
        self._http = QuietServer((LOOPBACK, 0), Handler)
        self.asked = self._http.asked = []
        self.answers = self._http.answers = deque()
        self._http.socket = server_context(authority).wrap_socket(
            self._http.socket, server_side=True, do_handshake_on_connect=False
        )
        self.port = self._http.server_address[1]
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,))

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    @property
    def origin(self):
        return f"https://{HOST}:{self.port}"

    def outgoing(self, *, ports=(), **changes):
        """Return what sends requests here, to `ports` of this machine, and nowhere else."""
        ports = frozenset(ports or {self.port})
        steps = {"resolve": lambda host, port: [LOOPBACK], "connect": dial} | changes
        policy = steps.pop("policy", Policy(allowed_hosts=frozenset({HOST}), ports=ports))
        return Outgoing(policy, tls=client_context(self.authority), **steps)


@cache
def server_context(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST, "localhost").configure_cert(context)
    return context


@cache
def client_context(authority):
    with authority.cert_pem.tempfile() as ca_file:
        return tls_context(ca_file)


def new_authority():
    return trustme.CA()
