"""Several phones of one person, a faulty network between them and the service, and what is known.

Every value a person writes is unique, so that one can ask at the end where each of them is.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from unittest.mock import patch

from django.db import OperationalError, connection

from diary.models import User
from tests.factories import check_in, episode
from tests.phone.faults import DyingDisk, Fault, FaultyTransport, PhoneKilled, ShufflingTransport
from tests.phone.memory import Data, Memory, Operation, Question
from tests.phone.phone import Ended, Phone
from tests.phone.transport import Answer, InsideTransport, Transport
from tests.sync.service import session_of

FIELDS = ("note", "duration_seconds", "contractions")  # of an episode
CHECK_IN_FIELDS = ("note", "caffeine_mg", "exercise_minutes")
DATES = tuple(f"2026-03-0{day}" for day in range(1, 6))
UNIQUE = tuple(sorted({*FIELDS, *CHECK_IN_FIELDS}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How often things go wrong, from 0 to 1."""

    service_crash: float = 0.2
    lost_push_answer: float = 0.2
    lost_pull_answer: float = 0.2
    lost_request: float = 0.05
    phone_killed: float = 0.05
    bad_operation: float = 0.05


@dataclass(slots=True)
class Ledger:
    """What went over the wire, for the oracles."""

    sent: dict[str, Operation] = field(default_factory=dict)
    answers: dict[str, list[str]] = field(default_factory=dict)

    def times(self, status: str) -> int:
        return sum(answers.count(status) for answers in self.answers.values())


class WatchedPhone(Phone):
    """A phone that tells the ledger what it sends and what it is answered."""

    ledger: Ledger

    def _batch(self, most: int) -> list[Operation]:
        batch = super()._batch(most)
        self.ledger.sent |= {operation.op: operation for operation in batch}
        return batch

    def _take_batch(self, batch: list[Operation], answer: Mapping[str, Any]) -> None:
        for result in answer["results"]:
            self.ledger.answers.setdefault(result["op"], []).append(result["status"])
        super()._take_batch(batch, answer)


class CrashingService:
    """A service whose process may die in the middle of a request, or just before it commits."""

    def __init__(self, inner: Transport, chance: random.Random, rate: float) -> None:
        self.inner, self.chance, self.rate = inner, chance, rate

    def send(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        if method != "POST" or self.chance.random() >= self.rate:
            return self.inner.send(method, path, body, headers)
        if self.chance.random() < 0.5:
            with patch.object(connection, "commit", side_effect=OperationalError):
                return self.inner.send(method, path, body, headers)
        with connection.execute_wrapper(_dying_at(self.chance.randrange(5, 25))):
            return self.inner.send(method, path, body, headers)


def _dying_at(statement: int) -> Any:
    numbers = count(1)

    def execute(run: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        if next(numbers) == statement:
            raise OperationalError
        return run(sql, params, many, context)

    return execute


class World:
    """The phones of one person. Every method is one thing that can happen."""

    def __init__(
        self, person: User, *, phones: int, chance: random.Random, rates: Rates | None = None
    ) -> None:
        self.person, self.chance = person, chance
        self.rates = rates or Rates()
        self.calm = False
        self.ledger = Ledger()
        self.numbers = count(1)
        self.replaced: set[object] = set()  # values that somebody saw and replaced or deleted
        self.written: set[object] = set()
        self.phones = [self._new_phone() for _ in range(phones)]

    def _new_phone(self, disk: DyingDisk | None = None) -> WatchedPhone:
        network: Transport = CrashingService(InsideTransport(), self.chance, 0.0)
        network = ShufflingTransport(FaultyTransport(network, self._fault), self.chance)
        phone = WatchedPhone(network, disk or DyingDisk(), page=self.chance.choice([1, 3, 500]))
        phone.ledger = self.ledger
        if not phone.memory.session_token:
            phone.memory.session_token = session_of(self.person)
            phone.disk.save(phone.memory)
        return phone

    def _fault(self, method: str) -> Fault:
        if self.calm:
            return Fault.NONE
        lost = self.rates.lost_push_answer if method == "POST" else self.rates.lost_pull_answer
        [fault] = self.chance.choices(
            [Fault.LOST_ANSWER, Fault.LOST_REQUEST, Fault.KILLED_BEFORE_THE_ANSWER, Fault.NONE],
            [lost, self.rates.lost_request, self.rates.phone_killed, 1],
        )
        return fault

    # What the person does

    def log_episode(self, phone: int) -> None:
        data = episode(**self._fresh(self.chance.choice(FIELDS)))
        if self.chance.random() < self.rates.bad_operation:
            data["strength"] = 99
        self.phones[phone].log("episode", data)

    def log_check_in(self, phone: int) -> None:
        """Check in on a date that this phone shows no check-in of."""
        taken = {data["local_date"] for data in self.phones[phone].shown("check_in").values()}
        free = [date for date in DATES if date not in taken]
        if free:
            fresh = self._fresh(self.chance.choice(CHECK_IN_FIELDS))
            self.phones[phone].log("check_in", check_in(self.chance.choice(free), **fresh))

    def edit(self, phone: int) -> None:
        found = self._some_record(phone)
        if found is None:
            return
        type, id, data = found
        name = self.chance.choice(FIELDS if type == "episode" else CHECK_IN_FIELDS)
        self._replace(data, name)
        self.phones[phone].edit(type, id, **self._fresh(name))

    def delete(self, phone: int) -> None:
        found = self._some_record(phone)
        if found is not None:
            type, id, data = found
            self._replace(data, *UNIQUE)
            self.phones[phone].delete(type, id)

    def answer_question(self, phone: int) -> None:
        """Decide about two texts; what was deleted elsewhere is left open: nothing replaces it."""
        memory = self.phones[phone].memory
        open_ones = [each for each in memory.to_ask if self._can_be_decided(memory, each)]
        if not open_ones:
            return
        question = self.chance.choice(open_ones)
        mine = self.chance.random() < 0.5
        shown = self.phones[phone].shown(question.type)[question.id]
        lost, kept = (shown, question.mine) if mine else (question.mine, shown)
        changed = (name for name in UNIQUE if lost.get(name) != kept.get(name))
        self._replace(lost, *changed)
        self.phones[phone].answer_question(question, mine=mine)

    def _can_be_decided(self, memory: Memory, question: Question) -> bool:
        return question.reason == "both_changed" and question.id in memory.shown(question.type)

    def _some_record(self, phone: int) -> tuple[str, str, Data] | None:
        records = [
            (type, id, data)
            for type in ("episode", "check_in")
            for id, data in self.phones[phone].shown(type).items()
        ]
        return self.chance.choice(records) if records else None

    def _fresh(self, name: str) -> dict[str, Any]:
        number = next(self.numbers)
        value: object = f"text {number}" if name == "note" else number
        self.written.add((name, value))
        return {name: value}

    def _replace(self, data: Data, *names: str) -> None:
        self.replaced |= {(name, data[name]) for name in names if data.get(name)}

    # What happens

    def sync(self, phone: int) -> Ended | None:
        """Make a round trip; None when the phone died in it and was started again."""
        disk = self.phones[phone].disk
        assert isinstance(disk, DyingDisk)
        if not self.calm and self.chance.random() < self.rates.phone_killed:
            disk.die(at_save=self.chance.randrange(3), kept=self.chance.random() < 0.5)
        self._let_the_service_crash(phone)
        try:
            return self.phones[phone].sync()
        except PhoneKilled:
            self.restart(phone)
            return None
        finally:
            disk.dies_after = None

    def restart(self, phone: int) -> None:
        """Kill the phone and start it again from its disk."""
        disk = self.phones[phone].disk
        assert isinstance(disk, DyingDisk)
        self.phones[phone] = self._new_phone(disk)

    def _let_the_service_crash(self, phone: int) -> None:
        shuffling = self.phones[phone].transport
        assert isinstance(shuffling, ShufflingTransport)
        assert isinstance(shuffling.inner, FaultyTransport)
        assert isinstance(shuffling.inner.inner, CrashingService)
        shuffling.inner.inner.rate = 0.0 if self.calm else self.rates.service_crash

    def settle(self) -> None:
        """Let the network work again until every phone is in step with the service."""
        self.calm = True
        for _ in range(4):
            ended = {self.sync(phone) for phone in range(len(self.phones))}
            assert ended == {Ended.IN_STEP}, ended

    def begin_together(self, records: int = 3) -> None:
        """Let every phone know the same few records, so that they have something to dispute."""
        self.calm = True
        for _ in range(records):
            self.phones[0].log("episode", episode(**self._fresh(FIELDS[0])))
        for phone in range(len(self.phones)):
            self.sync(phone)
        self.calm = False

    def step(self) -> None:
        """Let one of these things happen to one phone."""
        often: dict[Callable[[int], object], int] = {
            self.log_episode: 3,
            self.log_check_in: 2,
            self.edit: 6,
            self._edit_several: 6,
            self.delete: 1,
            self.answer_question: 1,
            self.sync: 10,
            self.restart: 1,
        }
        [action] = self.chance.choices(list(often), list(often.values()))
        action(self.chance.randrange(len(self.phones)))

    def _edit_several(self, phone: int) -> None:
        for _ in range(3):
            self.edit(phone)
