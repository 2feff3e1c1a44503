"""What goes wrong between a phone and a service, on purpose and repeatable."""

import random
from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import Any

from tests.phone.memory import Disk, Memory
from tests.phone.transport import Answer, NoAnswer, Transport


class PhoneKilled(Exception):
    """The phone died at this point; only its disk is left."""


class Fault(Enum):
    """What happens to one request."""

    NONE = auto()
    LOST_REQUEST = auto()
    LOST_ANSWER = auto()
    KILLED_BEFORE_SENDING = auto()
    KILLED_BEFORE_THE_ANSWER = auto()


class FaultyTransport:
    """A transport to which something happens. `next_fault` is asked once for each request."""

    def __init__(self, inner: Transport, next_fault: Callable[[str], Fault]) -> None:
        self.inner, self.next_fault = inner, next_fault

    def send(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        fault = self.next_fault(method)
        if fault is Fault.KILLED_BEFORE_SENDING:
            raise PhoneKilled
        if fault is Fault.LOST_REQUEST:
            raise NoAnswer
        answer = self.inner.send(method, path, body, headers)
        if fault is Fault.KILLED_BEFORE_THE_ANSWER:
            raise PhoneKilled
        if fault is Fault.LOST_ANSWER:
            raise NoAnswer
        return answer


class ShufflingTransport:
    """A transport that puts the operations of each batch into another order."""

    def __init__(self, inner: Transport, chance: random.Random) -> None:
        self.inner, self.chance = inner, chance

    def send(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        if isinstance(body, dict) and "ops" in body:
            body = body | {"ops": self.chance.sample(body["ops"], len(body["ops"]))}
        return self.inner.send(method, path, body, headers)


class DyingDisk(Disk):
    """A disk whose phone dies at one of its saves: just before it, or just after."""

    def __init__(self) -> None:
        super().__init__()
        self.dies_after: int | None = None
        self.save_is_kept = False

    def die(self, *, at_save: int, kept: bool) -> None:
        """Let the phone die at its save number `at_save` from now, counted from 0."""
        self.dies_after, self.save_is_kept = at_save, kept

    def save(self, memory: Memory) -> None:
        if self.dies_after == 0:
            self.dies_after = None
            if self.save_is_kept:
                super().save(memory)
            raise PhoneKilled
        if self.dies_after is not None:
            self.dies_after -= 1
        super().save(memory)
