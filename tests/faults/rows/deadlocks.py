"""F14: many writers on a few diaries, over every way to write there is."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence

import psycopg

from config.run import HOST
from tests.chaos.rig import Rig
from tests.faults.figures import Row
from tests.faults.history import UNAVAILABLE
from tests.faults.write_paths import OTHERS_ALERTS, Known, News, WritePath, request_of, write_paths
from tests.phone.transport import HttpTransport, NoAnswer

SECONDS = 600.0
WRITERS = 32
PEOPLE = 6
ENOUGH = 100  # requests on each way to write: by then one of them should have been accepted
CRASHED = 500
LOOK_AROUND = 0.05  # of the requests read the alerts and whom one follows
READ = ("/v1/alerts", "/v1/following", "/v1/reports")


def run(rig: Rig, size: float) -> Row:
    """Let everybody write everything at once; PostgreSQL counts the deadlocks."""
    rig.service.serve_with(workers=2, threads=WRITERS // 2)
    rig.service.only({"outbox", "worker-1", "beat-1"})
    try:
        hunt = Hunt(rig)
        before = deadlocks(rig)
        hunt.carry_out(max(5.0, SECONDS * size))
    finally:
        rig.service.serve_with()
    return Row(
        times=sum(hunt.statuses.values()),
        note=(
            f"{len(hunt.accepted)} of {len(set(map(str, hunt.paths)))} ways to write accepted,"
            f" {hunt.statuses[UNAVAILABLE]} answers busy"
        ),
        failures=tuple(failures_of(hunt, deadlocks(rig) - before)),
    )


def failures_of(hunt: "Hunt", deadlocks: int) -> Iterator[str]:
    if deadlocks:
        yield f"deadlocks {deadlocks}"
    if hunt.broken_off:
        yield f"writers broke off: {', '.join(hunt.broken_off)}"
    if crashes := hunt.statuses[CRASHED]:
        yield f"crashes {crashes}"
    if hunt.never_accepted and sum(hunt.statuses.values()) > ENOUGH * len(hunt.paths):
        yield f"never accepted: {hunt.never_accepted}"


def deadlocks(rig: Rig) -> int:
    """Return how many PostgreSQL has seen so far."""
    time.sleep(1.5)  # its processes report what they counted once a second
    with psycopg.connect(rig.postgresql.url("postgres")) as admin:
        found = admin.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = 'quiver'")
        return int((found.fetchone() or (0,))[0])


class Hunt:
    """The writers, and what they were answered."""

    def __init__(self, rig: Rig) -> None:
        self.rig = rig
        self.paths = write_paths()
        self.statuses: Counter[int] = Counter()
        self.accepted: set[str] = set()
        self.broken_off: list[str] = []  # of writers: our own mistakes, not the service's
        self.news = News(url=rig.sink.url("well", 0), codes=[])
        self._wire = HttpTransport(HOST, rig.service.port, timeout=30)
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    @property
    def never_accepted(self) -> str:
        return ", ".join(sorted({str(path) for path in self.paths} - self.accepted))

    def carry_out(self, seconds: float) -> None:
        """Let the writers write for so long."""
        accounts = self.rig.accounts([[self.rig.sink.url("well", 0)]] * PEOPLE)
        known = [Known() for _ in accounts]
        threads = [
            threading.Thread(
                target=self._write,
                args=(accounts[number % PEOPLE].tokens[0], known[number % PEOPLE], number),
            )
            for number in range(WRITERS)
        ]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        self._stopped.set()
        for thread in threads:
            thread.join()

    def _write(self, token: str, known: Known, number: int) -> None:
        chance = random.Random(number)
        while not self._stopped.is_set():
            try:
                if chance.random() < LOOK_AROUND:
                    self._look_around(token, known)
                else:
                    self._send(chance.choice(self.paths), token, known, chance)
            except NoAnswer:
                with self._lock:
                    self.statuses[0] += 1
            except Exception as error:
                self.broken_off.append(type(error).__name__)
                raise

    def _send(self, path: WritePath, token: str, known: Known, chance: random.Random) -> None:
        request = request_of(path, known, self.news, chance)
        headers = {"X-Session-Token": token, **request.headers}
        answer = self._wire.send(path.method, request.url, request.body, headers)
        with self._lock:
            self.statuses[answer.status] += 1
            if answer.status < 300:
                self.accepted.add(str(path))
                if path.collection == "/v1/followers" and "code" in answer.body:
                    self.news.codes = [*self.news.codes[-PEOPLE:], str(answer.body["code"])]
        if answer.status < 300:
            self._remember(path.collection, [answer.body.get("record", answer.body)], known)

    def _look_around(self, token: str, known: Known) -> None:
        for collection in READ:
            self._read(collection, collection, token, known)
        followed, _ = known.some("/v1/following", random.Random())
        self._read(f"/v1/following/{followed}/alerts", OTHERS_ALERTS, token, known)

    def _read(self, url: str, collection: str, token: str, known: Known) -> None:
        answer = self._wire.send("GET", url, None, {"X-Session-Token": token})
        self._remember(collection, answer.body.get("items", ()), known)

    def _remember(
        self, collection: str, records: Sequence[dict[str, object]], known: Known
    ) -> None:
        for record in records:
            known.take(collection, record)
