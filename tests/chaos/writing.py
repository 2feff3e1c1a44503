"""The load: each person sends one episode with a warning sign until it is acknowledged.

What counts is what a phone knows: the moment of the acknowledgement, and the advice in it.
"""

import queue
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from config.run import HOST
from tests.phone.transport import HttpTransport, NoAnswer

WRITERS = 8
PAUSE_SECONDS = 0.2
ACCEPTED = {"applied", "duplicate"}
HTTP_OK = 200


@dataclass(slots=True, kw_only=True)
class Written:
    """What the writers know of one phase."""

    acknowledged: dict[int, float] = field(default_factory=dict)
    answer_seconds: list[float] = field(default_factory=list)
    unanswered: int = 0
    without_advice: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Who is to write, not before when, and for which phase."""

    person: int
    token: str
    at: float
    written: Written


class Writers:
    """Threads that carry out orders over HTTP."""

    def __init__(self, port: int) -> None:
        self._transport = HttpTransport(HOST, port, timeout=30)
        self._orders: queue.Queue[Order | None] = queue.Queue()
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self.failures: list[BaseException] = []
        self._threads = [threading.Thread(target=self._work) for _ in range(WRITERS)]
        for thread in self._threads:
            thread.start()

    def spread(self, people: Mapping[int, str], seconds: float) -> Written:
        """Let these persons write over the next seconds; return what will be known of it."""
        written, start = Written(), time.monotonic()
        for index, (person, token) in enumerate(people.items()):
            at = start + seconds * index / len(people)
            self._orders.put(Order(person=person, token=token, at=at, written=written))
        return written

    def raise_failure(self) -> None:
        """Raise what a writer has met that no phone should meet."""
        if self.failures:
            raise self.failures[0]

    def stop(self) -> None:
        """Stop, without waiting for acknowledgements."""
        self._stopped.set()
        for _ in self._threads:
            self._orders.put(None)
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        try:
            while (order := self._orders.get()) and not self._stopped.is_set():
                self._stopped.wait(max(0.0, order.at - time.monotonic()))
                self._write(order)
        except Exception as error:
            self.failures.append(error)
            raise

    def _write(self, order: Order) -> None:
        body = {"ops": [warning_sign()]}
        while not self._stopped.is_set():
            began = time.monotonic()
            result = self._sent(order.token, body)
            if result is not None:
                with self._lock:
                    note(order, result, began=began)
                return
            order.written.unanswered += 1
            self._stopped.wait(PAUSE_SECONDS)

    def _sent(self, token: str, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Return the result of the operation, None when the service did not answer it."""
        try:
            answer = self._transport.send("POST", "/v1/sync", body, {"X-Session-Token": token})
        except NoAnswer:
            return None
        if answer.status != HTTP_OK:
            return None
        [result] = answer.body["results"]
        if result["status"] not in ACCEPTED:
            raise AssertionError(f"the service refused what it was sent: {result['status']}")
        return dict(result)


def note(order: Order, result: Mapping[str, Any], *, began: float) -> None:
    now = time.monotonic()
    order.written.acknowledged[order.person] = now
    order.written.answer_seconds.append(now - began)
    order.written.without_advice += not result.get("advice")


def warning_sign() -> Mapping[str, Any]:
    """Return the operation that logs an episode an alert must follow."""
    now = datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="seconds")
    data = {
        "start": {"at": now, "time_zone": ""},
        "sites": [{"site": "upper_lip", "side": "left"}],
        "movement": "twitch",
        "strength": 4,
        "symptoms": [{"symptom": "seizure", "present": True, "onset": "sudden"}],
    }
    return {"op": str(uuid4()), "id": str(uuid4()), "type": "episode", "base": 0, "data": data}
