"""One service inside this process, called as its server calls it: what a request costs exactly.

Reads `{"requests": {stage: [request, ...]}, "profile": false}`. Counts what the last request of a
stage says to PostgreSQL and Redis, after the others have warmed everything up, or profiles all.
"""

import cProfile
import io
import json
import pstats
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any
from wsgiref.util import setup_testing_defaults

import redis
from django.db import connection
from django.utils.module_loading import import_string
from psycopg.pq import Trace

from config import env

Application = Callable[[dict[str, Any], Callable[..., object]], Iterable[bytes]]
OWN = r"/(api|diary|rest_framework)/"
LINES = 30  # of each part of a profile


def main() -> None:
    """Count or profile what is asked for."""
    application: Application = import_string(sys.argv[1].replace(":", "."))
    order = json.load(sys.stdin)
    look = profiled if order["profile"] else counted
    found = {
        stage: look(application, [text.encode("latin-1") for text in requests])
        for stage, requests in order["requests"].items()
    }
    json.dump(found, sys.stdout)


def counted(application: Application, requests: Sequence[bytes]) -> dict[str, int]:
    """Return the statements, the round trips and the Redis commands of the last request."""
    *before, last = requests
    for request in [*before, *reads([last])]:
        call(application, request)
    with redis.Redis.from_url(env.env_str("REDIS_URL")) as client:
        commands = redis_commands(client)
        with traced() as lines:
            call(application, last)
        commands = redis_commands(client) - commands
    ways = [line[0] for line in lines]
    return {
        "statements": sum("\tCommandComplete\t" in line for line in lines),
        "round_trips": sum(pair == ("F", "B") for pair in pairwise(ways)),
        "redis": commands - 1,  # the first time of asking
    }


def reads(requests: Sequence[bytes]) -> list[bytes]:
    """Return those that can be sent twice; the first time within the hour, a read is noted."""
    return [request for request in requests if request.startswith(b"GET ")]


@contextmanager
def traced() -> Iterator[list[str]]:
    """Collect the messages of Django's connection, both ways, as libpq writes them down."""
    connection.ensure_connection()
    wire = connection.connection.pgconn
    lines: list[str] = []
    with tempfile.TemporaryFile("w+", errors="replace") as file:
        wire.trace(file.fileno())
        wire.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
        yield lines
        wire.untrace()
        file.seek(0)
        lines += [line for line in file if re.match(r"[FB]\t\d+\t", line)]


def redis_commands(client: redis.Redis) -> int:
    """Return how many commands Redis has carried out."""
    return int(client.info("stats")["total_commands_processed"])


def profiled(application: Application, requests: Sequence[bytes]) -> str:
    """Return where the CPU time of the requests went: our own functions, then all by themselves."""
    for request in [*requests[:1], *reads(requests)]:
        call(application, request)
    profile = cProfile.Profile(time.process_time)
    for request in requests[1:]:
        profile.runcall(call, application, request)
    text = io.StringIO()
    stats = pstats.Stats(profile, stream=text)
    stats.sort_stats("cumulative").print_stats(OWN, LINES)
    stats.sort_stats("tottime").print_stats(LINES)
    return text.getvalue()


def call(application: Application, request: bytes) -> None:
    """Send one request through the application; raise when it is refused."""
    statuses: list[str] = []
    answer = application(environ(request), lambda status, *_: statuses.append(status))
    try:
        body = b"".join(answer)
    finally:
        answer.close()  # type: ignore[attr-defined]
    if statuses[0] >= "4":
        raise RuntimeError(f"{statuses[0]}: {body[:300]!r}")


def environ(request: bytes) -> dict[str, Any]:
    """Return the request as WSGI hands it over."""
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    path, _, query = target.partition("?")
    made: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "wsgi.input": io.BytesIO(body),
    }
    for line in lines:
        name, _, value = line.partition(": ")
        key = name.upper().replace("-", "_")
        made[key if key.startswith("CONTENT_") else f"HTTP_{key}"] = value
    setup_testing_defaults(made)
    return made


if __name__ == "__main__":
    main()
