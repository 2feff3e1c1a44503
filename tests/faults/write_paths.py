"""Every request of the contract that writes, made from its own examples with ids that exist."""

import json
import random
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from tests.chaos.service import ROOT
from tests.phone.phone import system_clock

CONTRACT = ROOT / "docs" / "openapi.json"
METHODS = ("post", "put", "patch", "delete")
OTHERS_ALERTS = "alerts of those one follows"
ACTIONS = ("ack", "snooze", "seen")
# They end the sessions of the writers themselves, and ask for the password again.
LEFT_OUT = ("/v1/devices", "/v1/erasure")
CONSENT = "keep_diary"  # of the example


@dataclass(frozen=True, slots=True, kw_only=True)
class WritePath:
    """One method of one route, with the bodies that its examples name."""

    method: str
    route: str
    content_type: str
    examples: tuple[Any, ...]
    query: str = ""

    @property
    def collection(self) -> str:
        """The part of the route before the id: `/v1/episodes`."""
        return self.route.partition("/{")[0]

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, ready to be sent."""

    path: WritePath
    url: str
    body: Any
    headers: Mapping[str, str]


def write_paths(contract: Path = CONTRACT) -> tuple[WritePath, ...]:
    """Return all write paths of the contract, without those that would end the run."""
    document = json.loads(contract.read_text("utf-8"))
    return tuple(
        path
        for route, methods in document["paths"].items()
        if not route.startswith(LEFT_OUT)
        for method in METHODS
        if method in methods
        for path in _read(method, route, methods[method])
    )


def _read(method: str, route: str, operation: Mapping[str, Any]) -> Iterator[WritePath]:
    content = operation.get("requestBody", {}).get("content", {})
    for content_type, described in content.items() or [("application/json", {})]:
        examples = tuple(each["value"] for each in described.get("examples", {}).values())
        yield WritePath(
            method=method.upper(),
            route=route,
            content_type=content_type,
            examples=examples or (None,),
            query="?type=episode&time_zone=UTC" if content_type == "text/csv" else "",
        )


@dataclass(slots=True)
class News:
    """What the writers know of each other: invitations, and where a webhook answers."""

    url: str
    codes: list[str]


class Known:
    """What the writers of one person know: ids with their versions, by collection."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._records: dict[str, dict[str, int]] = {}

    def take(self, collection: str, record: Mapping[str, Any]) -> None:
        """Remember a record of an answer."""
        if "id" in record:
            with self._lock:
                records = self._records.setdefault(collection, {})
                records[str(record["id"])] = int(record.get("version", 1))

    def some(self, collection: str, chance: random.Random) -> tuple[str, int]:
        """Return an id and its version; one of nothing when none is known."""
        with self._lock:
            records = self._records.get(collection)
            return chance.choice(list(records.items())) if records else (str(uuid4()), 1)


def request_of(path: WritePath, known: Known, news: News, chance: random.Random) -> Request:
    """Return a request on this path about something that exists, as far as anybody knows."""
    id, version = known.some(path.collection, chance)
    alert, _ = known.some(OTHERS_ALERTS, chance)
    action = chance.choice(ACTIONS)
    url = path.route.format(id=id, alert=alert, action=action, code=CONSENT) + path.query
    body = chance.choice(path.examples)
    if isinstance(body, dict):
        body = renewed(body, _replacements(path, known, news, chance))
    elif isinstance(body, str):
        # The example shows a wrong cell, too; with another year its lines are new ones.
        body = body.replace("eleven", "9").replace("2024", str(chance.randrange(2000, 2024)))
        body = body.encode()
    headers = {"Content-Type": path.content_type}
    if "{id}" in path.route:
        headers["If-Match"] = f'W/"{version}"'
    return Request(path=path, url=quote(url, safe="/?=&"), body=body, headers=headers)


def _replacements(
    path: WritePath, known: Known, news: News, chance: random.Random
) -> dict[str, Any]:
    """Return what an example's values of these names become: days of its own, things that exist."""
    day = system_clock() - timedelta(days=chance.randrange(60))
    found = {
        "report": known.some("/v1/reports", chance)[0],
        "until": (system_clock() + timedelta(days=1)).isoformat(),
        "local_date": day.date().isoformat(),
        "at": day.replace(microsecond=0).isoformat(),
        "url": news.url,
    }
    if path.collection == "/v1/following" and news.codes:
        found["code"] = chance.choice(news.codes)
    return found


def renewed(value: Any, replaced: Mapping[str, Any], name: str = "") -> Any:
    """Return an example with these values replaced, and new ids."""
    if name in ("id", "op"):
        return str(uuid4())
    if name in replaced:
        return replaced[name]
    if isinstance(value, dict):
        return {key: renewed(each, replaced, key) for key, each in value.items()}
    return [renewed(each, replaced) for each in value] if isinstance(value, list) else value
