"""Hearing from PostgreSQL that somebody's alerts have changed, and waking who listens for it."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from diary.operations.outbox import NEWS

MOST_STREAMS = 500  # of one process: below the usual limit of 1,024 open files
MOST_OF_PERSON = 5
CHECK_SECONDS = 30.0  # how long a connection that has died goes unnoticed
PAUSE_SECONDS = 1.0

logger = logging.getLogger("quiver.live")


class Listeners:
    """The open streams of this process by person, and one connection that hears for all."""

    def __init__(self) -> None:
        self._events: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._hearing: asyncio.Task[None] | None = None
        self._hears = False

    def has_room(self, person_id: UUID) -> bool:
        """Return whether this process and this person may have one more stream."""
        of_person = len(self._events.get(str(person_id), ()))
        all_of_them = sum(map(len, self._events.values()))
        return of_person < MOST_OF_PERSON and all_of_them < MOST_STREAMS

    @contextmanager
    def listening(self, person_id: UUID) -> Iterator[asyncio.Event]:
        """Yield an event that is set once news can be heard, and again whenever there is some."""
        news, person = asyncio.Event(), str(person_id)
        self._events[person].add(news)
        if self._hears:
            news.set()
        if self._hearing is None or self._hearing.done():
            self._hearing = asyncio.ensure_future(self._hear())
        try:
            yield news
        finally:
            self._events[person].discard(news)
            if not self._events[person]:
                del self._events[person]

    async def _hear(self) -> None:
        while self._events:
            try:
                await self._hear_over_one_connection()
            except (psycopg.Error, TimeoutError) as error:
                logger.warning("listening failed class=%s", type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _hear_over_one_connection(self) -> None:
        async with await psycopg.AsyncConnection.connect(
            **_parameters(), autocommit=True
        ) as database:
            await database.execute(f"LISTEN {NEWS}")
            self._hears = True
            self._wake(*self._events)  # there may have been news while nobody heard it
            try:
                while self._events:
                    async for told in database.notifies(timeout=CHECK_SECONDS):
                        self._wake(told.payload)
                    async with asyncio.timeout(CHECK_SECONDS):
                        await database.execute("SELECT 1")
            finally:
                self._hears = False

    def _wake(self, *people: str) -> None:
        for person in people:
            for news in self._events.get(person, ()):
                news.set()


def _parameters() -> dict[str, Any]:
    parameters = connection.get_connection_params()
    return {
        name: value
        for name, value in parameters.items()
        if name not in {"context", "cursor_factory", "autocommit"}
    }
