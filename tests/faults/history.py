"""Every request of the simulated phones and what came back, in the order of the answers."""

import json
import math
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.phone.answers import CONFIRMED
from tests.phone.transport import Answer, Transport

UNANSWERED = 0
HTTP_OK = 200
UNAVAILABLE = 503


class Told(NamedTuple):
    """What a phone was told, when and after how many seconds."""

    phone: str
    method: str
    status: int
    retry_after: float
    at: float
    seconds: float


class History:
    """A file with one line for each exchange, and the few figures that a run is steered by."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.acknowledged = 0
        self.acknowledged_at: list[float] = []
        self.told: list[Told] = []
        self._file = path.open("w")
        self._lock = threading.Lock()

    def note(
        self, phone: str, request: tuple[str, str, Any], answer: Answer | None, began: float
    ) -> None:
        """Write down one exchange; `answer` None when there was none."""
        method, path, sent = request
        status, body = (answer.status, answer.body) if answer else (UNANSWERED, {})
        now = time.monotonic()
        exchange = {"phone": phone, "method": method, "path": path, "sent": sent}
        text = json.dumps(exchange | {"status": status, "answer": body})
        with self._lock:
            self._file.write(f"{text}\n")
            self.told.append(
                Told(
                    phone=phone,
                    method=method,
                    status=status,
                    retry_after=answer.retry_after if answer else 0.0,
                    at=now,
                    seconds=now - began,
                )
            )
            if confirmed := sum(each["status"] in CONFIRMED for each in results_of(status, body)):
                self.acknowledged += confirmed
                self.acknowledged_at.append(now)

    def exchanges(self) -> Iterator[Mapping[str, Any]]:
        """Yield what was written so far."""
        with self._lock:
            self._file.flush()
        with self.path.open() as lines:
            yield from map(json.loads, lines)

    def slowest_recovery(self, healed_at: Sequence[float]) -> float:
        """Return the longest time from one of these moments to the next acknowledged write."""
        with self._lock:
            acknowledged = sorted(self.acknowledged_at)
        gaps = (
            min((at - healed for at in acknowledged if at >= healed), default=0.0)
            for healed in healed_at
        )
        return max(gaps, default=0.0)

    @property
    def statuses(self) -> Counter[int]:
        """How often each status was answered; 0 stands for no answer."""
        return Counter(each.status for each in self.told)

    def push_seconds(self, *, since: float = 0.0, until: float = math.inf) -> list[float]:
        """Return how long each push took that was carried out between two moments."""
        return [
            each.seconds
            for each in self.told
            if (each.method, each.status) == ("POST", HTTP_OK) and since <= each.at <= until
        ]

    def close(self) -> None:
        self._file.close()


def results_of(status: int, body: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return what became of each operation, nothing when the answer does not say."""
    return body.get("results", ()) if status == HTTP_OK else ()


class HeardTransport:
    """A transport whose every exchange goes into the history."""

    def __init__(self, inner: Transport, history: History, phone: str) -> None:
        self.inner, self.history, self.phone = inner, history, phone

    def send(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        began = time.monotonic()
        answer: Answer | None = None
        try:
            answer = self.inner.send(method, path, body, headers)
            return answer
        finally:
            self.history.note(self.phone, (method, path, body), answer, began)
