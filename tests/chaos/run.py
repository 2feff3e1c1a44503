"""One run: servers, persons, load and faults; at the end everything must have arrived once."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, fields

from tests.chaos.figures import Row, quantile, row_of, total
from tests.chaos.phases import EVERYTHING, PHASES, Phase
from tests.chaos.rig import Rig
from tests.chaos.servers import wait_for
from tests.chaos.service import WORKERS
from tests.chaos.sink import BAD_MANNERS, HOST
from tests.chaos.writing import Writers, Written

PATIENCE_SECONDS = 180  # for the last arrivals, once nothing is broken any more
ONE_BAD_OF = 5  # of the persons of the phase with bad endpoints, so many have one


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much of everything; `seconds` is how long the load lasts."""

    seconds: float
    alerts: int
    worker_kills: int
    outbox_kills: int
    redis_wipes: int
    postgresql_crashes: int

    def times(self, share: float) -> "Size":
        """Return a share of all of it."""
        each = {one.name: share * getattr(self, one.name) for one in fields(self)}
        seconds = each.pop("seconds")
        return Size(seconds=seconds, **{name: round(number) for name, number in each.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run has shown."""

    rows: tuple[Row, ...]
    faults: Counter[str]
    ended_alone: Counter[str]
    refused: int
    lost_answers: int
    unanswered: int
    slowest_recovery: float
    quiet_seconds: float
    stored: dict[str, int]


@dataclass(slots=True, kw_only=True)
class Chapter:
    """One phase with its persons and what became of them."""

    phase: Phase
    people: dict[int, str]
    written: Written = field(default_factory=Written)
    kills: int = 0


class Run:
    """The servers, the service, both ends of the traffic, and the faults between them."""

    def __init__(
        self,
        rig: Rig,
        size: Size,
        *,
        say: Callable[[str], None],
        pause: Callable[[float], None],
        phases: Sequence[Phase] = PHASES,
    ) -> None:
        self.rig, self.size, self.say, self.pause, self.phases = rig, size, say, pause, phases
        self.random = rig.random
        self.postgresql, self.valkey = self.rig.postgresql, self.rig.valkey
        self.sink, self.service = self.rig.sink, self.rig.service
        self.faults: Counter[str] = Counter()
        self.ready_again: list[float] = []

    def carry_out(self) -> Outcome:
        """Do everything to a rig that was started."""
        with ExitStack() as cleaning:
            chapters = self._people()
            writers = Writers(self.service.port)
            cleaning.callback(writers.stop)
            self._warm_up(writers)
            for chapter in chapters:
                self.say(f"{chapter.phase.name}: {len(chapter.people)} alerts ...")
                self._play(chapter, writers)
            self.service.only(set(EVERYTHING))
            return self._outcome(chapters, quiet_seconds=self._quiet(chapters))

    def _people(self) -> list[Chapter]:
        """Make everybody who will write, and return them by phase."""
        chapters = [Chapter(phase=phase, people={}) for phase in self.phases]
        shares = [round(phase.time * self.size.alerts) for phase in self.phases]
        numbers = [[next(self.rig.numbers) for _ in range(share)] for share in shares]
        urls = [
            self._urls(number, chapter.phase)
            for chapter, of_phase in zip(chapters, numbers, strict=True)
            for number in of_phase
        ]
        tokens = iter(self._tokens(urls))
        for chapter, of_phase in zip(chapters, numbers, strict=True):
            chapter.people = {number: next(tokens) for number in of_phase}
        return chapters

    def _warm_up(self, writers: Writers) -> None:
        """Let one alert go through, so that no fault meets a service half started."""
        number = next(self.rig.numbers)
        [token] = self._tokens([[self.sink.url("well", number)]])
        self.service.only(set(self.phases[0].parts))
        writers.spread({number: token}, 0)
        wait_for(lambda: f"/well/{number}" in self.sink.arrivals)

    def _tokens(self, urls_of_person: list[list[str]]) -> list[str]:
        return [account.tokens[0] for account in self.rig.accounts(urls_of_person)]

    def _urls(self, person: int, phase: Phase) -> list[str]:
        urls = [self.sink.url("well", person)]
        if phase.has_bad_endpoints and person % ONE_BAD_OF == 0:
            manner = BAD_MANNERS[person // ONE_BAD_OF % len(BAD_MANNERS)]
            urls.append(self.sink.url(manner, person))
        return urls

    def _play(self, chapter: Chapter, writers: Writers) -> None:
        """Let the persons of a phase write while its faults happen, spread over its time.

        A machine that is too slow for the load takes longer; then its last writes meet no faults.
        """
        phase, seconds = chapter.phase, chapter.phase.time * self.size.seconds
        before = self.faults["worker kills"] + self.faults["outbox kills"]
        self.service.only(set(phase.parts))
        self._make_redis(phase.redis)
        start = time.monotonic()
        chapter.written = writers.spread(chapter.people, seconds)
        for after, fault in self._plan(phase, seconds):
            self.pause(start + after - time.monotonic())
            fault()
        while len(chapter.written.acknowledged) < len(chapter.people):
            writers.raise_failure()
            self.pause(0.1)
        self.pause(start + seconds - time.monotonic())
        self._make_redis("up")
        if phase.has_bad_endpoints:
            self.sink.heal()
        chapter.kills = self.faults["worker kills"] + self.faults["outbox kills"] - before

    def _plan(self, phase: Phase, seconds: float) -> list[tuple[float, Callable[[], None]]]:
        """Return the faults of a phase and after how many seconds each happens, in order."""
        shares = (
            (phase.worker_kills * self.size.worker_kills, self._kill_worker),
            (phase.outbox_kills * self.size.outbox_kills, self._kill_outbox),
            (phase.redis_wipes * self.size.redis_wipes, self._wipe_redis),
            (phase.postgresql_crashes * self.size.postgresql_crashes, self._crash_postgresql),
        )
        planned = [
            ((index + self.random.random()) * seconds / round(count), fault)
            for count, fault in shares
            for index in range(round(count))
        ]
        return sorted(planned, key=lambda each: each[0])

    def _kill_worker(self) -> None:
        self.service.kill(self.random.choice(WORKERS))
        self.faults["worker kills"] += 1

    def _kill_outbox(self) -> None:
        self.service.kill("outbox")
        self.faults["outbox kills"] += 1

    def _wipe_redis(self) -> None:
        self.valkey.stop()
        self.valkey.start()
        self.faults["Redis wipes"] += 1

    def _crash_postgresql(self) -> None:
        self.postgresql.crash()
        self.postgresql.start()
        self.ready_again.append(time.monotonic())
        self.faults["PostgreSQL crashes"] += 1

    def _make_redis(self, state: str) -> None:
        self.valkey.start()
        if state == "away":
            self.valkey.stop()
        elif state == "full":
            self.valkey.fill()
        else:
            self.valkey.empty()

    def _quiet(self, chapters: Sequence[Chapter]) -> float:
        """Return how long it took, with nothing broken any more, until all had arrived.

        Then those that are sent once more, because their answer was lost, are waited for.
        """
        began = time.monotonic()
        expected = {
            url.partition(str(HOST))[2].partition("/")[2]
            for chapter in chapters
            for person in chapter.written.acknowledged
            for url in self._urls(person, chapter.phase)
        }
        try:
            wait_for(
                lambda: all(f"/{path}" in self.sink.arrivals for path in expected),
                seconds=PATIENCE_SECONDS,
            )
        except TimeoutError:
            self.say("Not everything has arrived.")
        took = time.monotonic() - began
        try:
            wait_for(lambda: "pending" not in self.rig.deliveries(), seconds=PATIENCE_SECONDS)
        except TimeoutError:
            self.say("Not every delivery has ended.")
        return took

    def _outcome(self, chapters: Sequence[Chapter], *, quiet_seconds: float) -> Outcome:
        rows = [
            row_of(one.phase.name, one.written, self.sink.arrivals, kills=one.kills)
            for one in chapters
        ]
        answers = [seconds for one in chapters for seconds in one.written.answer_seconds]
        return Outcome(
            rows=(*rows, total(rows, answer_p99=quantile(answers, 0.99))),
            faults=self.faults,
            ended_alone=self.service.ended_alone,
            refused=self.sink.refused,
            lost_answers=self.sink.lost_answers,
            unanswered=sum(one.written.unanswered for one in chapters),
            slowest_recovery=self._slowest_recovery(chapters),
            quiet_seconds=quiet_seconds,
            stored=self.rig.deliveries(),
        )

    def _slowest_recovery(self, chapters: Sequence[Chapter]) -> float:
        """Return the longest time from PostgreSQL's answering again to an acknowledged write."""
        moments = [at for one in chapters for at in one.written.acknowledged.values()]
        return max(
            (
                min((at - ready for at in moments if at >= ready), default=0.0)
                for ready in self.ready_again
            ),
            default=0.0,
        )
