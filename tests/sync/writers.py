"""Sixteen writers at once, every way a row can be written, and readers that must miss none.

Each writer is a thread with a connection of its own. A transaction waits up to ten milliseconds
between writing and committing, and one in twenty is rolled back.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from celery import shared_task
from django.db import OperationalError, connection, connections
from psycopg.errors import LockNotAvailable

from diary.models import CheckIn, HistoryItem, RemedyTrial, User
from diary.models.isolation import acting_for
from tests.factories import NOW, episode, moment, operation, write_one
from tests.phone.phone import Ended, Phone
from tests.phone.transport import Answer, InsideTransport
from tests.sync.service import phone_of, rows_of

WRITERS = 16
LONGEST_PAUSE = 0.010
ROLLBACKS = 0.05
BUSY = "person_busy"  # on a slow machine others hold a diary for longer than one waits: try again
FIRST_DAY = date(1950, 1, 1)

Write = Callable[[UUID], str]  # writes one row in the open transaction, returns its key


class RolledBack(Exception):
    """The writer changed its mind."""


def _some_day() -> date:
    """Return a day long ago: the rules weigh the last weeks, and no day gets crowded."""
    return FIRST_DAY + timedelta(days=random.randrange(20_000))


def by_operation(person_id: UUID) -> str:
    """Write as a phone, the REST routes and imports do."""
    start = moment(f"{_some_day()}T08:00:00+00:00", "UTC")
    outcome = write_one(User(pk=person_id), operation(episode(start=start)))
    assert outcome.record is not None
    return f"episode/{outcome.record.id}"


@shared_task(name="tests.write_one_row", ignore_result=True)
def write_in_a_task(person_id: str) -> str:
    return by_operation(UUID(person_id))


def by_task(person_id: UUID) -> str:
    """Write as a Celery worker does: ids only, in the body of a task."""
    return str(write_in_a_task.run(str(person_id)))


def by_orm(person_id: UUID) -> str:
    """Write as an administrator's form does: `save` of one object."""
    row = RemedyTrial(
        person_id=person_id, id=uuid4(), received_at=NOW, remedy="rest", started_on=NOW.date()
    )
    row.save(force_insert=True)
    return f"remedy_trial/{row.id}"


def by_bulk_create(person_id: UUID) -> str:
    """Write with `bulk_create`, which calls no `save`."""
    day = FIRST_DAY + timedelta(days=random.randrange(10**4) * 9 + random.randrange(9))
    row = CheckIn(
        person_id=person_id,
        id=uuid4(),
        received_at=NOW,
        local_date=day,
        twitched="no",
        deleted=True,
    )
    CheckIn.objects.bulk_create([row])
    return f"check_in/{row.id}"


def by_sql(person_id: UUID) -> str:
    """Write with SQL by hand, a sequence number of one's own included: the trigger wins."""
    id = uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {HistoryItem._meta.db_table} (person_id, id, version, seq, deleted,"
            " received_at, kind, status, item, own_label, since, result, note, ext)"
            " VALUES (%s, %s, 1, 7, false, %s, 'condition', 'present', 'facial_palsy', '', NULL,"
            " '', '', '')",
            [person_id, id, NOW],
        )
    return f"history_item/{id}"


API_ONLY: Sequence[Write] = (by_operation,)
EVERY_WAY: Sequence[Write] = (by_operation, by_task, by_orm, by_bulk_create, by_sql)


@dataclass(slots=True)
class Result:
    """What the writers committed and what the readers were told."""

    committed: list[tuple[UUID, str]] = field(default_factory=list)
    rolled_back: int = 0
    ways: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    lost: int = 0
    twice: int = 0
    skipped: int = 0
    diverged: int = 0

    def __str__(self) -> str:
        return (
            f"{len(self.committed)} commits, {self.rolled_back} rolled back, {self.seconds:.0f} s;"
            f" lost {self.lost}, twice {self.twice}, skipped {self.skipped},"
            f" diverged {self.diverged}"
        )


class CountingTransport(InsideTransport):
    """The service, and how often it told each version of a record."""

    def __init__(self) -> None:
        super().__init__()
        self.told: Counter[tuple[str, int]] = Counter()

    def send(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        answer = super().send(method, path, body, headers)
        changes = answer.body.get("changes", ())
        self.told.update((f"{each['type']}/{each['id']}", each["version"]) for each in changes)
        return answer


def let_them_write(
    people: Sequence[User], *, commits: int, ways: Sequence[Write], seed: int = 0
) -> Result:
    """Let sixteen writers commit this many rows among these people while their phones read."""
    result = Result()
    readers = {person.pk: CountingTransport() for person in people}
    phones = {person.pk: phone_of(person, readers[person.pk]) for person in people}
    shares = [commits // WRITERS + (number < commits % WRITERS) for number in range(WRITERS)]
    done = threading.Event()
    started = time.monotonic()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(_closing, _read_until, done, list(phones.values()))
        writers = [
            pool.submit(_closing, _write, result, people, share, ways, random.Random(seed + number))
            for number, share in enumerate(shares)
        ]
        try:
            for writer in writers:
                writer.result()
        finally:
            done.set()  # or the reader would read on forever after a writer has failed
        reader.result()
    result.seconds = time.monotonic() - started
    for person_id, phone in phones.items():
        _compare(result, person_id, phone)
        result.twice += sum(times - 1 for times in readers[person_id].told.values())
    return result


def _closing(run: Callable[..., object], *args: object) -> object:
    try:
        return run(*args)
    finally:
        connections.close_all()


def _write(
    result: Result, people: Sequence[User], share: int, ways: Sequence[Write], chance: random.Random
) -> None:
    committed = 0
    while committed < share:
        person, way = chance.choice(people), chance.choice(ways)
        try:
            with acting_for(person.pk):
                key = way(person.pk)
                time.sleep(chance.random() * LONGEST_PAUSE)
                if chance.random() < ROLLBACKS:
                    raise RolledBack
        except RolledBack:
            result.rolled_back += 1
            continue
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            continue  # busy, as above
        committed += 1
        result.committed.append((person.pk, key))
        result.ways[way.__name__] += 1


def _read_until(done: threading.Event, phones: Sequence[Phone]) -> None:
    """Pull for every person in turn, over and over, and once more when nobody writes."""
    while True:
        is_last = done.is_set()
        for phone in phones:
            ended = phone.sync()
            assert ended is Ended.IN_STEP or (phone.why == BUSY and not is_last), phone.why
        if is_last:
            return


def _compare(result: Result, person_id: UUID, phone: Phone) -> None:
    """Count what is missing: in the tables (lost), on the phone that read all along (skipped)."""
    committed = [key for owner, key in result.committed if owner == person_id]
    rows = rows_of(person_id)
    copies = {key: copy for key, copy in phone.memory.copies.items() if copy.type != "alert"}
    result.lost += len(set(committed) - rows.keys())
    result.twice += len(rows.keys() - set(committed)) + len(committed) - len(set(committed))
    result.skipped += len(rows.keys() - copies.keys())
    result.diverged += sum(
        key not in rows or (copy.version, copy.data) != rows[key] for key, copy in copies.items()
    )
