"""The other side of the webhooks: a TLS server on loopback that also refuses, forgets and dawdles.

Paths are `/<manner>/<person>`. `well` answers, but for some that it refuses and some whose
acknowledgement is lost on the way; the other manners never answer well until they are healed.
"""

import asyncio
import json
import random
import ssl
import threading
import time
from collections import defaultdict
from pathlib import Path

import trustme

REFUSED_SHARE = 0.05
LOST_ANSWER_SHARE = 0.05
HOST, LOOPBACK = "localhost", "127.0.0.1"
SILENCE_SECONDS = 30
BAD_MANNERS = ("error", "busy", "silent", "drip", "tls")

OK = b"HTTP/1.1 204 No Content\r\n\r\n"
REFUSED = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
BUSY = b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"


class Sink:
    """Remembers which key arrived for whom and when; runs in a thread of its own.

    `port` has a certificate of the authority in `ca_file`, `foreign_port` one of nobody's.
    """

    def __init__(self, folder: Path, *, seed: int, host: str = HOST) -> None:
        self.host = host
        self.arrivals: dict[str, list[tuple[str, float]]] = defaultdict(list)
        self.refused = self.lost_answers = 0
        self.is_healed = False
        self.port = self.foreign_port = 0
        self.ca_file = folder / "authority.pem"
        self._random = random.Random(seed)
        authority = trustme.CA()
        authority.cert_pem.write_to_path(str(self.ca_file))
        self._authority = authority
        self._contexts = [server_context(one, host) for one in (authority, trustme.CA())]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="sink")

    def start(self) -> None:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._serve(), self._loop).result(timeout=10)

    def stop(self) -> None:
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(timeout=10)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()

    def url(self, manner: str, person: int) -> str:
        """Return the address of one endpoint."""
        port = self.foreign_port if manner == "tls" else self.port
        return f"https://{self.host}:{port}/{manner}/{person}"

    def heal(self) -> None:
        """Answer well at every path from now on."""
        self.is_healed = True
        self._authority.issue_cert(self.host).configure_cert(self._contexts[1])

    async def _serve(self) -> None:
        address = LOOPBACK if self.host == HOST else self.host
        self._servers = [
            await asyncio.start_server(self._meet, address, 0, ssl=context, backlog=512)
            for context in self._contexts
        ]
        self.port, self.foreign_port = (
            server.sockets[0].getsockname()[1] for server in self._servers
        )

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            path, body = await read_request(reader)
            await self._answer(path, json.loads(body)["key"], writer)
            await writer.drain()
        except (asyncio.IncompleteReadError, OSError):
            pass  # the sender was killed
        finally:
            writer.close()

    async def _answer(self, path: str, key: str, writer: asyncio.StreamWriter) -> None:
        manner = "well" if self.is_healed else path.split("/")[1]
        if manner == "well":
            self._answer_well(path, key, writer)
        elif manner == "drip":
            for byte in OK:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(1)
        elif manner == "silent":
            await asyncio.sleep(SILENCE_SECONDS)
        else:
            writer.write(BUSY if manner == "busy" else REFUSED)

    def _answer_well(self, path: str, key: str, writer: asyncio.StreamWriter) -> None:
        fate = self._random.random()
        if fate < REFUSED_SHARE:
            self.refused += 1
            writer.write(REFUSED)
            return
        self.arrivals[path].append((key, time.monotonic()))
        if fate < REFUSED_SHARE + LOST_ANSWER_SHARE:
            self.lost_answers += 1
            return
        writer.write(OK)


async def read_request(reader: asyncio.StreamReader) -> tuple[str, bytes]:
    """Return path and body of one POST."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii")
    [length] = [
        int(line.split(":")[1]) for line in head.lower().splitlines() if "content-length:" in line
    ]
    return head.split(" ")[1], await reader.readexactly(length)


def server_context(authority: trustme.CA, host: str) -> ssl.SSLContext:
    """Return the TLS side of a server whose certificate this authority gave."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(host).configure_cert(context)
    return context
