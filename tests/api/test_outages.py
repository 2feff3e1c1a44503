"""F7: PostgreSQL away, out of connections or a standby: 503 in time, and nobody restarts anything.

A PostgreSQL and a web server of their own: what is done to them would disturb all other tests.
"""

import base64
import json
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace

import psutil
import psycopg
import pytest

from config.run import HOST
from tests.chaos.servers import PostgreSQL, wait_for
from tests.chaos.service import Service
from tests.sync.requests import create as operation

IN_TIME_SECONDS = 3.5
RECOVERED_SECONDS = 5
WEB_PROCESSES = 2
COOKIE = "share=0123456789012345678901234567890123456789012"


@pytest.fixture(scope="module")
def world(migrated):
    """A service that was asked once, so that its connections stand, and a phone's token."""
    folder = Path(tempfile.mkdtemp(prefix="quiver-outages-", dir="/var/tmp"))
    folder.chmod(0o755)
    postgresql, service = PostgreSQL(folder), Service(folder)
    service.environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATA_KEYS": f"only:{base64.b64encode(bytes(32)).decode()}",
        "DATABASE_URL": postgresql.url("quiver_app"),
        "DATABASE_OWNER_URL": postgresql.url("quiver_owner"),
        "REDIS_URL": "unix:///nonexistent/valkey.sock",
        "LOG_LEVEL": "WARNING",
    }
    try:
        service.migrate(postgresql, migrated)
        wanted = json.dumps({"urls_of_person": [[]], "sessions": 1})
        [person] = json.loads(service.manage("tests.chaos.people", "make", text=wanted))
        service.start()
        yield SimpleNamespace(postgresql=postgresql, service=service, token=person["tokens"][0])
    finally:
        service.stop()
        postgresql.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def administrator(world) -> Iterator[psycopg.Connection]:
    socket = world.postgresql.sockets / "postgresql"
    with psycopg.connect(
        host=str(socket), port=5432, user="postgres", dbname="quiver", autocommit=True
    ) as connection:
        yield connection


def ask(world, method, path, body=None):
    """Return status, headers, text and seconds of one request of the phone."""
    began = time.monotonic()
    connection = HTTPConnection(HOST, world.service.port, timeout=30)
    headers = {
        "X-Session-Token": world.token,
        "Content-Type": "application/json",
        "Cookie": COOKIE,
    }
    connection.request(method, path, body and json.dumps(body), headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text, time.monotonic() - began


def push(world):
    return ask(world, "POST", "/v1/sync", {"ops": [operation()]})


DOORS = {
    "push": push,
    "read": lambda world: ask(world, "GET", "/v1/episodes"),
    "account": lambda world: ask(world, "GET", "/_allauth/app/v1/auth/session"),
    "shared report": lambda world: ask(world, "GET", "/s/report"),
}


def disconnect(connection):
    connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'quiver_app'"
    )


@contextmanager
def stopped(world):
    world.postgresql.stop()
    yield
    world.postgresql.start()


@contextmanager
def out_of_connections(world):
    with administrator(world) as connection:
        connection.execute("ALTER ROLE quiver_app CONNECTION LIMIT 0")
        disconnect(connection)
        yield
        connection.execute("ALTER ROLE quiver_app CONNECTION LIMIT -1")


@contextmanager
def standby(world):
    with administrator(world) as connection:
        connection.execute("ALTER DATABASE quiver SET default_transaction_read_only = on")
        disconnect(connection)
        yield
        connection.execute("ALTER DATABASE quiver RESET default_transaction_read_only")


def processes(world):
    web = world.service._running["web"]
    return {each.pid for each in psutil.Process(web.pid).children(recursive=True)} | {web.pid}


def is_open(world):
    return {name: door(world)[0] for name, door in DOORS.items()} == {
        "push": 200,
        "read": 200,
        "account": 200,
        "shared report": 404,  # the cookie opens nothing, and that is known
    }


@pytest.mark.parametrize("fault", [stopped, out_of_connections])
def test_f7_every_door_answers_503_in_time_and_opens_again_by_itself(world, fault):
    assert is_open(world)
    before = processes(world)

    with fault(world):
        answers = {name: door(world) for name, door in DOORS.items()}

    wait_for(lambda: is_open(world), seconds=RECOVERED_SECONDS)
    for status, headers, _, seconds in answers.values():
        assert (status, headers["Retry-After"]) == (503, "5")
        assert seconds <= IN_TIME_SECONDS
    assert processes(world) == before
    assert not world.service.ended_alone


def test_f7_a_phone_is_told_that_its_entry_was_not_kept_and_a_reader_sees_a_page(world):
    with stopped(world):
        pushed, page = push(world), DOORS["shared report"](world)

    wait_for(lambda: is_open(world), seconds=RECOVERED_SECONDS)
    assert json.loads(pushed[2])["code"] == "temporarily_unavailable"
    assert "keep the entry and send it again" in pushed[2]
    assert page[1]["Content-Type"] == "text/html; charset=utf-8"
    assert "The service does not answer." in page[2]


def test_f7_a_write_to_a_standby_is_an_outage_and_the_next_one_finds_the_primary(world):
    assert is_open(world)

    with standby(world):
        pushed = push(world)
        read = DOORS["read"](world)

    assert (pushed[0], pushed[1]["Retry-After"], read[0]) == (503, "5", 200)
    afterwards = [push(world)[0] for _ in range(9)]
    assert afterwards.count(503) <= WEB_PROCESSES  # each notices by itself, at its first write
    assert afterwards[-1] == 200
