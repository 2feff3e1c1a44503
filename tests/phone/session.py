"""A phone session from sign-in to resync, told request by request, for docs/api.md.

    python -m tests.phone.session http://127.0.0.1:8000 person@example.org "a passphrase"

prints it from a running service. The person should have an empty diary.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from tests.phone.phone import Ended, Phone, system_clock
from tests.phone.transport import Answer, HttpTransport, NoAnswer, Transport


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request, and the answer the phone got; None where it got lost."""

    title: str
    method: str
    path: str
    body: Any
    answer: Answer | None

    def __str__(self) -> str:
        lines = [f"## {self.title}", f"{self.method} {self.path}"]
        lines += [json.dumps(self.body, ensure_ascii=False)] if self.body is not None else []
        if self.answer is None:
            return "\n".join([*lines, "-> no answer"])
        return "\n".join(
            [*lines, f"-> {self.answer.status}", json.dumps(self.answer.body, ensure_ascii=False)]
        )


class Listener:
    """A transport that remembers what went over it, and loses one answer when told to."""

    def __init__(self, inner: Transport) -> None:
        self.inner = inner
        self.title = ""
        self.exchanges: list[Exchange] = []
        self.loses_next_answer = False

    def send(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        answer: Answer | None = self.inner.send(method, path, body, headers)
        if self.loses_next_answer:
            answer, self.loses_next_answer = None, False
        self.exchanges.append(
            Exchange(title=self.title, method=method, path=path, body=body, answer=answer)
        )
        if answer is None:
            raise NoAnswer
        return answer


def tell(transport: Transport, email: str, password: str) -> list[Exchange]:
    """Let a phone and a second one live through a session; return the first phone's exchanges."""
    listener = Listener(transport)
    phone, other = Phone(listener), Phone(transport)
    listener.title = "Sign in"
    phone.sign_in(email, password)
    other.sign_in(email, password)
    listener.title = "First pull"
    assert phone.sync() is Ended.IN_STEP
    id = offline_day(phone, listener)
    lost_answer(phone, listener)
    conflict(phone, other, listener, id)
    resync(phone, listener)
    assert other.sync() is Ended.IN_STEP
    assert phone.shown("episode").keys() == other.shown("episode").keys()
    return listener.exchanges


def offline_day(phone: Phone, listener: Listener) -> str:
    """Log without a network, one entry with a mistake in it, and send; return the episode's id."""
    listener.title = "An offline day"
    id = phone.log("episode", {"start": this_morning(), "strength": 4})
    phone.edit("episode", id, note="At the desk")
    today = this_morning()["at"][: len("2026-11-21")]
    phone.log("check_in", {"local_date": today, "twitched": "yes", "stress": 11})
    assert phone.push() is Ended.IN_STEP
    [refused] = phone.memory.needs_person
    assert refused.operation.type == "check_in"
    return id


def lost_answer(phone: Phone, listener: Listener) -> None:
    """Send a warning sign, hear nothing, send the same again."""
    listener.title = "A lost answer"
    sudden = {"symptom": "one_sided_weakness", "present": True, "onset": "sudden"}
    phone.log("episode", {"start": this_morning(), "symptoms": [sudden]})
    listener.loses_next_answer = True
    assert phone.sync() is Ended.LATER
    assert phone.push() is Ended.IN_STEP
    assert phone.advice


def conflict(phone: Phone, other: Phone, listener: Listener, id: str) -> None:
    """Edit what another phone has edited meanwhile; both edits stand."""
    listener.title = "A conflict"
    other.sync()
    other.edit("episode", id, strength=7)
    other.sync()
    phone.edit("episode", id, note="At the desk, after coffee")
    assert phone.sync() is Ended.IN_STEP
    shown = phone.shown("episode")[id]
    assert (shown["strength"], shown["note"]) == (7, "At the desk, after coffee")


def resync(phone: Phone, listener: Listener) -> None:
    """Come with a cursor from before a restored backup, and start over."""
    listener.title = "A resync"
    version, _, seq = str(phone.memory.cursor).split(".")
    phone.memory.cursor = f"{version}.{'0' * 32}.{seq}"
    assert phone.sync() is Ended.IN_STEP


def this_morning() -> dict[str, str]:
    """Return a moment of the last hours, as a phone writes it."""
    at = system_clock().replace(minute=0, second=0, microsecond=0)
    return {"at": at.isoformat(), "time_zone": "UTC"}


def main() -> None:
    base, email, password = sys.argv[1:]
    address = urlsplit(base)
    transport = HttpTransport(str(address.hostname), address.port or 80)
    print("\n\n".join(map(str, tell(transport, email, password))))  # noqa: T201 - a command


if __name__ == "__main__":
    main()
