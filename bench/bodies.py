"""The requests that write, as a phone sends them."""

import json
import random
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.clients import request
from bench.yardstick.floor import BATCH

SPREAD_MINUTES = 2 * 365 * 24 * 60
STARTED = datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - a client has its own clock

Headers = dict[str, str]


def episode_post(headers: Headers) -> bytes:
    """Return the POST of one episode on some day of the last two years.

    All of them today would make a day nobody has, and each write weighs the days it touches.
    """
    minutes_ago = random.randrange(SPREAD_MINUTES)  # noqa: S311 - not a secret
    body = {"id": str(uuid.uuid4()), "data": episode(minutes_ago)}
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


def whole_episode_post(headers: Headers) -> bytes:
    """Return the POST of one episode to the yardstick's table of all columns."""
    start = STARTED - timedelta(minutes=random.randrange(SPREAD_MINUTES))  # noqa: S311 - not a secret
    body = whole_episode(start) | {
        "start_at": start.isoformat(),
        "local_date": start.date().isoformat(),
    }
    return request("POST", "/whole-episodes/", headers, json.dumps(body).encode())


def whole_episode(start: datetime) -> dict[str, Any]:
    """Return the columns that `episode` fills."""
    return {
        "start_at": start,
        "start_offset_minutes": 60,
        "start_time_zone": "Europe/Berlin",
        "local_date": start.date(),
        "duration_seconds": 20,
        "sites": [{"site": "upper_lip", "side": "left"}],
        "movement": "twitch",
        "strength": 4,
        "triggers": [{"factor": "caffeine", "present": True}],
        "note": "after lunch",
    }


def upload(headers: Headers) -> bytes:
    """Return the push of 500 new episodes."""
    return request("POST", "/v1/sync", headers, json.dumps({"ops": new_episodes(BATCH)}).encode())


def new_episodes(number: int) -> list[dict[str, Any]]:
    """Return operations that create so many episodes, three hours apart, back from now."""
    return [new("episode", episode(180 * place)) for place in range(number)]


def new(type_: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return the operation that creates a record."""
    ids = {"op": str(uuid.uuid4()), "id": str(uuid.uuid4())}
    return {**ids, "type": type_, "base": 0, "data": data}


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
