"""A network between phones and the service that cuts, stalls, delays and drips.

Each connection carries one request, as the phones of this repository send them, and meets one fate.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from config.run import HOST

DRIP_BYTES = 200  # ten times a second
DRIP_SECONDS = 0.1
CHUNK_BYTES = 65_536


class Fate(Enum):
    """What happens to one connection."""

    NONE = auto()
    DELAY = auto()
    CUT_AFTER_THE_REQUEST = auto()
    CUT_IN_THE_ANSWER = auto()
    HALF_CLOSED = auto()  # the service sees the end of the phone's side and may still answer
    STALL = auto()  # half of the request, then nothing for a long time
    DRIP = auto()  # 2 kB a second, both ways


@dataclass(frozen=True, slots=True)
class Ends:
    """The reader and writer of one side of a connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def give(self, content: bytes) -> None:
        self.writer.write(content)
        await self.writer.drain()


class Proxy:
    """Listens on a port of its own, in a thread of its own."""

    def __init__(
        self,
        target_port: int,
        next_fate: Callable[[], Fate],
        *,
        stall_seconds: float = 30.0,
        delay_seconds: float = 0.3,
    ) -> None:
        self.target_port, self.next_fate = target_port, next_fate
        self.stall_seconds, self.delay_seconds = stall_seconds, delay_seconds
        self.port = 0
        self.met: Counter[Fate] = Counter()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy")

    def start(self) -> None:
        self._thread.start()
        self._run(self._serve())

    def heal(self) -> None:
        """Harm no connection from now on."""
        self.next_fate = lambda: Fate.NONE

    def close(self) -> None:
        """Drop every connection and stop."""
        if self._thread.is_alive():
            self._run(self._close())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    async def _serve(self) -> None:
        self._server = await asyncio.start_server(self._meet, HOST, 0, backlog=512)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        phone, service = Ends(reader, writer), None
        # Either side may go away at any moment: the phone has no patience, the service is killed.
        # And this side when the proxy is closed.
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            try:
                request = await read_request(reader)
                service = Ends(*await asyncio.open_connection(HOST, self.target_port))
                fate = self.next_fate()
                self.met[fate] += 1
                await self._carry(fate, request, phone, service)
            finally:
                for end in (phone, service):
                    if end is not None:
                        end.writer.transport.abort()

    async def _carry(self, fate: Fate, request: bytes, phone: Ends, service: Ends) -> None:
        if fate is Fate.STALL:
            await service.give(request[: len(request) // 2])
            await asyncio.sleep(self.stall_seconds)
            await service.give(request[len(request) // 2 :])
        elif fate is Fate.DRIP:
            await drip(request, service)
        else:
            await asyncio.sleep(self.delay_seconds if fate is Fate.DELAY else 0)
            await service.give(request)
        if fate is Fate.CUT_AFTER_THE_REQUEST:
            return
        if fate is Fate.HALF_CLOSED:
            service.writer.write_eof()
        await self._answer(fate, phone, service)

    async def _answer(self, fate: Fate, phone: Ends, service: Ends) -> None:
        """Pass the answer on until a side ends; the phone does when it has read all of it."""
        gone = asyncio.create_task(phone.reader.read(1))
        try:
            while chunk := await first_of(service.reader.read(CHUNK_BYTES), gone):
                if fate is Fate.CUT_IN_THE_ANSWER:
                    await phone.give(chunk[: len(chunk) // 2])
                    return
                if fate is Fate.DRIP:
                    await drip(chunk, phone)
                else:
                    await asyncio.sleep(self.delay_seconds if fate is Fate.DELAY else 0)
                    await phone.give(chunk)
        finally:
            gone.cancel()


async def first_of(read: Coroutine[Any, Any, bytes], gone: asyncio.Task[bytes]) -> bytes:
    """Return what is read, nothing when the other side goes away first."""
    reading = asyncio.create_task(read)
    await asyncio.wait({reading, gone}, return_when=asyncio.FIRST_COMPLETED)
    if not reading.done():
        reading.cancel()
        return b""
    return reading.result()


async def drip(content: bytes, to: Ends) -> None:
    """Give 2 kB a second."""
    for start in range(0, len(content), DRIP_BYTES):
        await to.give(content[start : start + DRIP_BYTES])
        await asyncio.sleep(DRIP_SECONDS)


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """Return head and body of one request as they came."""
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().splitlines() if line.startswith(b"content-length:")]
    return head + await reader.readexactly(int(lengths[0].split(b":")[1]) if lengths else 0)
