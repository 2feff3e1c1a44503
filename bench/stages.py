"""What is measured: each kind of request to both services, and its floor in PostgreSQL."""

import json
import random
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle, islice
from typing import Any

from bench.clients import Driven, drive, request
from bench.servers import BARE, QUIVER
from bench.yardstick import floor

CONNECTIONS = 8
BATCH = floor.BATCH
PAGE = 50
SPREAD_MINUTES = 2 * 365 * 24 * 60
STARTED = datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - a client has its own clock

POST, BARE_POST = "POST, Quiver", "POST, bare DRF"
LIST, BARE_LIST = "list of 50, Quiver", "list of 50, bare DRF"

Headers = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One kind of work: `drive` does it so many times; each time concerns so many `rows`."""

    name: str
    service: str | None
    drive: Callable[[int], Driven]
    rows: int = 1
    most: int = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Callers:
    """The headers of those who call, by turns."""

    writers: Iterator[Headers]
    readers: Iterator[Headers]
    bare: Iterator[Headers]

    @classmethod
    def of(
        cls,
        *,
        writers: Sequence[str],
        readers: Sequence[str],
        bare: Sequence[str],
    ) -> "Callers":
        """Return the callers with these tokens."""
        return cls(
            writers=cycle(map(session, writers)),
            readers=cycle(map(session, readers)),
            bare=cycle({"Authorization": f"Token {token}"} for token in bare),
        )


def session(token: str) -> Headers:
    """Return what a phone of Quiver sends to say who it is."""
    return {"X-Session-Token": token}


def stages(ports: dict[str, int], callers: Callers, below: floor.Floor) -> list[Stage]:
    """Return all stages, those to be compared next to each other."""
    to_quiver = partial(over_http, ports[QUIVER])
    to_bare = partial(over_http, ports[BARE])
    quiver = partial(Stage, service=QUIVER)
    bare = partial(Stage, service=BARE)
    alone = partial(Stage, service=None)
    post = to_quiver(callers.writers, episode_post, expected=201)
    bare_post = to_bare(callers.bare, bare_episode_post, expected=201)
    page = to_quiver(callers.readers, get("/v1/episodes?limit=50"))
    bare_page = to_bare(callers.bare, get("/episodes/?limit=50"))
    return [
        quiver(name=POST, drive=post),
        bare(name=BARE_POST, drive=bare_post),
        alone(name="INSERT of one row", drive=partial(floor.drive, below.one_row)),
        quiver(name=LIST, drive=page, rows=PAGE),
        bare(name=BARE_LIST, drive=bare_page, rows=PAGE),
        alone(name="SELECT of 50", drive=partial(floor.drive, below.newest), rows=PAGE),
    ]


def over_http(
    port: int,
    callers: Iterator[Headers],
    make: Callable[[Headers], bytes],
    *,
    connections: int = CONNECTIONS,
    expected: int = 200,
) -> Callable[[int], Driven]:
    """Return what sends so many requests, each made beforehand for the next caller."""

    def send(count: int) -> Driven:
        requests = [make(headers) for headers in islice(callers, count)]
        return drive(port, requests, connections=connections, expected=expected)

    return send


def get(path: str) -> Callable[[Headers], bytes]:
    """Return what makes a GET of the path."""
    return partial(request, "GET", path)


def episode_post(headers: Headers) -> bytes:
    """Return the POST of one episode as a phone sends it, on some day of the last two years."""
    body = {"id": str(uuid.uuid4()), "data": episode(random.randrange(SPREAD_MINUTES))}  # noqa: S311 - not a secret
    return request("POST", "/v1/episodes", headers, json.dumps(body).encode())


def bare_episode_post(headers: Headers) -> bytes:
    """Return the POST of one episode to the yardstick."""
    start = STARTED - timedelta(minutes=random.randrange(SPREAD_MINUTES))  # noqa: S311 - not a secret
    body = {
        "kind": "twitch",
        "start": start.isoformat(),
        "end": (start + timedelta(seconds=20)).isoformat(),
        "severity": 4,
        "triggers": ["caffeine"],
        "notes": "after lunch",
    }
    return request("POST", "/episodes/", headers, json.dumps(body).encode())


def upload(headers: Headers) -> bytes:
    """Return the push of 500 new episodes, three hours apart, back from now."""
    operations = [
        {"op": str(uuid.uuid4()), "id": str(uuid.uuid4()), "type": "episode", "base": 0}
        | {"data": episode(180 * place)}
        for place in range(BATCH)
    ]
    return request("POST", "/v1/sync", headers, json.dumps({"ops": operations}).encode())


def episode(minutes_ago: int) -> dict[str, Any]:
    """Return what a phone usually says of an episode."""
    return {
        "start": {
            "at": (STARTED - timedelta(minutes=minutes_ago)).isoformat(),
            "time_zone": "Europe/Berlin",
        },
        "duration_seconds": 20,
        "sites": [{"site": "upper_lip", "side": "left"}],
        "movement": "twitch",
        "strength": 4,
        "triggers": [{"factor": "caffeine", "present": True}],
        "note": "after lunch",
    }
