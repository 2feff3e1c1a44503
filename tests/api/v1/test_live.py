"""Streams of hints, driven as an ASGI server drives them, over a real PostgreSQL."""

import asyncio
import os
import socket
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import pytest
from django.db import connections, transaction

from api import listening
from api.listening import MOST_OF_PERSON, Listeners
from api.v1 import live
from api.v1.live import Streams
from diary.models import User
from diary.models.isolation import acting_for
from diary.operations.outbox import make_push_due
from tests.api.conftest import is_problem

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/v1/live"
SOON = 10.0


class Stream:
    """One connection as a server sees it: what was sent, and a way to hang up."""

    def __init__(self, streams, headers, *, method="GET", path=PATH):
        self.sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.gone = asyncio.Event()
        self.method = method
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": b"",
            "headers": [
                (name.lower().encode(), value.encode())
                for name, value in {"Host": "localhost", **headers}.items()
            ],
        }
        self.served = asyncio.ensure_future(streams(scope, self.receive, self.sent.put))

    async def receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def next(self):
        return await asyncio.wait_for(self.sent.get(), SOON)

    async def begun(self):
        start = await self.next()
        if start["status"] == 200 and self.method == "GET":
            assert await self.event() == live.PING
        return start["status"], {name.decode(): value.decode() for name, value in start["headers"]}

    async def event(self):
        return (await self.next())["body"]

    async def hang_up(self):
        self.gone.set()
        await asyncio.wait_for(self.served, SOON)


@asynccontextmanager
async def streams_of(*phones, streams=None):
    streams = streams or Streams(Listeners())
    opened = [Stream(streams, phone.headers()) for phone in phones]
    yield opened
    for stream in opened:
        await stream.hang_up()


def change_alerts_of(phone):
    person = User.objects.get(email=phone.email)
    with acting_for(person.pk):
        make_push_due(person.pk, urgent=False, now=person.date_joined)


async def in_thread(function, *arguments):
    def call():
        try:
            return function(*arguments)
        finally:
            connections.close_all()

    return await asyncio.to_thread(call)


def run(story):
    asyncio.run(story())


def test_a_stream_begins_with_a_hint_and_gives_one_when_an_alert_has_changed(phone):
    async def story():
        async with streams_of(phone) as [stream]:
            status, headers = await stream.begun()
            first = await stream.event()
            await in_thread(change_alerts_of, phone)
            then = await stream.event()

        assert (status, headers["content-type"]) == (200, "text/event-stream")
        assert headers["cache-control"] == "no-store"
        assert headers["x-request-id"]
        assert "content-length" not in headers
        assert first == then == b"event: pull\ndata:\n\n"

    run(story)


def test_a_hint_is_for_that_person_only(phone, signed_up):
    stranger = signed_up("stranger@example.org")

    async def story():
        streams = Streams(Listeners())
        async with streams_of(phone, stranger, streams=streams) as [mine, theirs]:
            for stream in (mine, theirs):
                await stream.begun()
                await stream.event()
            await in_thread(change_alerts_of, phone)
            assert await mine.event() == live.PULL
            await asyncio.sleep(0.2)
            assert theirs.sent.empty()

    run(story)


def test_a_change_that_is_rolled_back_gives_no_hint(phone, monkeypatch):
    monkeypatch.setattr(live, "PING_SECONDS", 0.3)

    def change_nothing():
        with transaction.atomic():
            change_alerts_of(phone)
            transaction.set_rollback(True)

    async def story():
        async with streams_of(phone) as [stream]:
            await stream.begun()
            await stream.event()
            await in_thread(change_nothing)
            assert await stream.event() == live.PING

    run(story)


def test_a_quiet_stream_is_kept_open_by_pings_and_ends_in_time(phone, monkeypatch):
    monkeypatch.setattr(live, "PING_SECONDS", 0.2)
    monkeypatch.setattr(live, "LONGEST_SECONDS", 1.5)
    monkeypatch.setattr(listening, "CHECK_SECONDS", 0.1)

    async def story():
        async with streams_of(phone) as [stream]:
            await stream.begun()
            bodies: list[bytes] = []
            while not bodies or bodies[-1] != b"":
                bodies.append(await stream.event())

        assert live.PING in bodies
        assert stream.served.done()

    run(story)


def test_a_device_that_is_signed_out_hears_nothing_more(phone, another_phone):
    other = another_phone(phone.email)
    other.sign_in()

    async def story():
        async with streams_of(other) as [stream]:
            await stream.begun()
            await stream.event()
            await in_thread(other.delete, "/_allauth/app/v1/auth/session")
            await in_thread(change_alerts_of, phone)
            assert await stream.event() == b""

    run(story)


def test_nobody_who_is_not_signed_in_may_listen(another_phone):
    async def story():
        async with streams_of(another_phone()) as [stream]:
            status, headers = await stream.begun()

        assert status == 401
        assert headers["content-type"] == "application/problem+json"
        assert headers["www-authenticate"] == 'X-Session-Token realm="quiver"'

    run(story)


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [("GET", "/v1/episodes", 404), ("POST", PATH, 405), ("HEAD", PATH, 200)],
)
def test_this_process_does_nothing_but_stream(phone, method, path, expected):
    async def story():
        stream = Stream(Streams(Listeners()), phone.headers(), method=method, path=path)
        status, _ = await stream.begun()
        last = await stream.next()
        await stream.hang_up()

        assert status == expected
        assert "more_body" not in last

    run(story)


def test_a_person_has_room_for_a_few_streams(phone):
    async def story():
        listeners = Listeners()
        streams = Streams(listeners)
        async with streams_of(*[phone] * MOST_OF_PERSON, streams=streams) as opened:
            assert [(await stream.begun())[0] for stream in opened] == [200] * MOST_OF_PERSON
            async with streams_of(phone, streams=streams) as [more]:
                status, headers = await more.begun()
        async with streams_of(phone, streams=streams) as [later]:
            assert (await later.begun())[0] == 200

        assert (status, headers["retry-after"]) == (429, "60")

    run(story)


def test_after_postgresql_was_away_everybody_is_told_to_pull(phone, monkeypatch):
    monkeypatch.setattr(listening, "PAUSE_SECONDS", 0.1)
    made, connect = [], psycopg.AsyncConnection.connect

    async def remembered(*arguments, **parameters):
        made.append(await connect(*arguments, **parameters))
        return made[-1]

    monkeypatch.setattr(psycopg.AsyncConnection, "connect", remembered)

    async def story():
        async with streams_of(phone) as [stream]:
            await stream.begun()
            await stream.event()
            with socket.socket(fileno=os.dup(made[0].fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)
            assert await stream.event() == live.PULL

    run(story)
    assert len(made) == 2


def test_a_server_that_offers_more_than_http_is_told_no():
    async def story():
        line: asyncio.Queue[Any] = asyncio.Queue()
        with pytest.raises(ValueError, match="HTTP"):
            await Streams(Listeners())({"type": "lifespan"}, line.get, line.put)

    run(story)


def test_the_web_processes_know_no_such_address(phone):
    is_problem(phone.get(PATH), 404)
