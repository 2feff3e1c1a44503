"""Phones that write until everything they wrote is acknowledged, whatever happens meanwhile."""

import json
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from config.run import HOST
from tests.chaos.rig import Account, Rig
from tests.chaos.servers import wait_for
from tests.faults.checker import URGENT_SYMPTOM, Copies, Diary, Violations, check
from tests.faults.history import HeardTransport, History
from tests.phone.memory import Copy
from tests.phone.phone import Ended, Phone, system_clock
from tests.phone.transport import HttpTransport, Transport

RETRY_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 1.0  # after "try later"; a real phone has more patience
SETTLE_SECONDS = 60.0
FOR_EVER = 10**9  # operations, for phones that write until they are stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What the phones do: `at_once` entries at most between two round trips, `phones` a person.

    The entries are spread over `days`: rules weigh each day that a batch touches.
    """

    phones: int = 2
    at_once: int = 9
    edits: float = 0.15
    warning_signs: float = 0.05
    timeout: float = 10.0
    days: int = 60
    pause: float = 0.03


class Crowd:
    """The phones of some persons, a thread for each, and the history of all they sent.

    `told`: each person has an endpoint, so that alerts are delivered.
    """

    def __init__(
        self,
        rig: Rig,
        people: int,
        *,
        habits: Habits | None = None,
        port: int | None = None,
        told: bool = False,
    ) -> None:
        self.rig, self.habits = rig, habits or Habits()
        self.port = port or rig.service.port
        self.history = History(Path(rig.folder) / f"history-{time.monotonic_ns()}.jsonl")
        # One session more, for the phone that pulls everything at the end.
        urls = [[rig.sink.url("well", next(rig.numbers))] if told else [] for _ in range(people)]
        self.accounts = rig.accounts(urls, sessions=self.habits.phones + 1)
        self.phones = {
            f"{account.id}/{number}": self._phone(account, number)
            for account in self.accounts
            for number in range(self.habits.phones)
        }
        self.failures: list[BaseException] = []
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []

    def _phone(self, account: Account, number: int) -> Phone:
        phone = Phone(HeardTransport(self.wire(), self.history, f"{account.id}/{number}"))
        phone.memory.session_token = account.tokens[number]
        phone.disk.save(phone.memory)
        return phone

    def wire(self) -> Transport:
        """Return a way from a phone to the service."""
        return HttpTransport(HOST, self.port, timeout=self.habits.timeout)

    def write(self, operations: int) -> None:
        """Let the phones share this many operations; return at once."""
        share = -(-operations // len(self.phones))
        for name, phone in self.phones.items():
            chance = random.Random(f"{name}/{self.rig.random.random()}")
            thread = threading.Thread(target=self._work, args=(phone, share, chance))
            self._threads.append(thread)
            thread.start()

    @property
    def is_writing(self) -> bool:
        """Whether any phone still has something to write; raises what a phone should not meet."""
        if self.failures:
            raise self.failures[0]
        return any(thread.is_alive() for thread in self._threads)

    def until_written(self, act: Callable[[], None], *, every: int) -> int:
        """Do something after each so many acknowledged operations; return how often."""
        times = 0
        while self.is_writing:
            if self.history.acknowledged >= every * (times + 1):
                act()
                times += 1
            time.sleep(0.005)
        return times

    def wait_for_writes(self, number: int = 20) -> None:
        """Wait until so many more operations are acknowledged."""
        enough = self.history.acknowledged + number
        wait_for(lambda: self.history.acknowledged >= enough)

    def stop(self) -> None:
        """Let no phone write any more; what waits in their queues is sent by `check`."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()
        self.history.close()

    def check(self) -> Violations:
        """Bring all phones in step and return what is wrong by then."""
        self._settle(list(self.phones.values()))
        fresh = {
            f"{account.id}/new": self._phone(account, self.habits.phones)
            for account in self.accounts
        }
        self._settle(list(fresh.values()))
        shown = {
            name: (name.partition("/")[0], copies_of(phone))
            for name, phone in (self.phones | fresh).items()
        }
        return check(self.history.exchanges(), self.diaries(), shown)

    def diaries(self) -> dict[str, Diary]:
        """Return what is stored of each person."""
        order = json.dumps([str(account.id) for account in self.accounts])
        stored = json.loads(self.rig.service.manage("tests.faults.stored", text=order))
        return {person: Diary(**diary) for person, diary in stored.items()}

    def _work(self, phone: Phone, share: int, chance: random.Random) -> None:
        """Write and sync until the share is written and nothing waits any more."""
        written = 0
        try:
            while not self._stopped.is_set():
                if written < share:
                    number = chance.randint(1, min(share - written, self.habits.at_once))
                    self.write_some(phone, number, chance)
                    written += number
                ended = phone.sync()
                if ended is Ended.IN_STEP and written == share and not phone.memory.queue:
                    return
                self._stopped.wait(self._pause_after(ended, phone, chance))
        except Exception as error:
            self.failures.append(error)
            raise

    def _pause_after(self, ended: Ended, phone: Phone, chance: random.Random) -> float:
        """Return how long to wait before the next round trip. Raises when no waiting helps."""
        if ended is Ended.IN_STEP:
            return chance.random() * self.habits.pause
        if ended is not Ended.LATER:
            raise AssertionError(f"a phone was told: {ended} {phone.why}")
        return min(LONGEST_WAIT_SECONDS, phone.retry_after) + chance.random() * RETRY_SECONDS

    def write_some(self, phone: Phone, number: int, chance: random.Random) -> None:
        """Let the person write so many entries; nothing is sent."""
        for _ in range(number):
            known = [each.id for each in phone.memory.copies.values() if is_free(phone, each)]
            if known and chance.random() < self.habits.edits:
                phone.edit("episode", chance.choice(known), note=f"{chance.random()}")
            else:
                phone.log("episode", self.episode(chance))

    def episode(self, chance: random.Random) -> dict[str, Any]:
        """Return the data of a new episode, of any of the days or with a warning sign of now."""
        now, symptoms = system_clock().replace(microsecond=0), []
        at = now - timedelta(minutes=chance.randrange(self.habits.days * 24 * 60))
        if chance.random() < self.habits.warning_signs:
            at, symptoms = now, [{"symptom": URGENT_SYMPTOM, "present": True, "onset": "sudden"}]
        return {
            "start": {"at": at.isoformat(), "time_zone": "UTC"},
            "sites": [{"site": "upper_lip", "side": "left"}],
            "movement": "twitch",
            "strength": chance.randrange(1, 11),
            "symptoms": symptoms,
        }

    def _settle(self, phones: Sequence[Phone]) -> None:
        """Sync until every phone has heard what all others wrote."""
        deadline = time.monotonic() + SETTLE_SECONDS
        for _ in range(2):
            for phone in phones:
                while phone.sync() is not Ended.IN_STEP:
                    if time.monotonic() > deadline:
                        raise TimeoutError(f"a phone was not in step in time: {phone.why}")
                    time.sleep(0.1)


def is_free(phone: Phone, copy: Copy) -> bool:
    """Return whether an edit of this copy becomes an operation of its own."""
    return copy.type == "episode" and copy.data is not None and not phone.memory.queued(copy.key)


def copies_of(phone: Phone) -> Copies:
    """Return the version and data of every record a phone knows, without alerts."""
    return {
        key: (copy.version, copy.data)
        for key, copy in phone.memory.copies.items()
        if copy.type != "alert"
    }
