"""Cuts one host after the other, and two pairs, while phones write; nothing may be missing then."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from tests.chaos.rig import Account
from tests.chaos.servers import wait_for
from tests.chaos.writing import warning_sign
from tests.faults.figures import Row
from tests.faults.history import UNANSWERED
from tests.faults.phones import FOR_EVER, Habits
from tests.hosts.house import HTTP_OK, EitherWebHost, House, Neighborhood
from tests.phone.transport import NoAnswer

CUT_SECONDS = 10.0
PEOPLE = 4  # with two phones each
ARRIVAL_SECONDS = 120.0
PAUSE_SECONDS = 0.3
AWAY = ("web-1", "web-2", "work-1", "work-2", "redis", "postgresql")
APART = (("web-1", "postgresql"), ("work-1", "redis"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One thing that was broken: what was acknowledged meanwhile, and how soon all was well."""

    what: str
    acknowledged: int
    recovery_seconds: float


class Alarm(threading.Thread):
    """Somebody who logs a warning sign, and tries until it is acknowledged."""

    def __init__(self, house: House, account: Account) -> None:
        super().__init__(daemon=True)
        self._wire = EitherWebHost(house, timeout=5)
        self._headers = {"X-Session-Token": account.tokens[0]}
        self.advice: object = None

    def run(self) -> None:
        body = {"ops": [warning_sign()]}
        while True:
            try:
                answer = self._wire.send("POST", "/v1/sync", body, self._headers)
            except NoAnswer:
                answer = None
            if answer is not None and answer.status == HTTP_OK:
                self.advice = answer.body["results"][0]["advice"]
                return
            time.sleep(PAUSE_SECONDS)


def carry_out(house: House, size: float, *, say: Callable[[str], None]) -> Row:
    """Break one thing after the other; `size` is how long each stays so, 1 being ten seconds."""
    breaks = dict(all_breaks(house))
    urls = [[house.sink.url("well", number)] for number in range(len(breaks))]
    alarms = [Alarm(house, account) for account in house.accounts(urls)]
    phases = []
    with Neighborhood(house, PEOPLE, habits=Habits(timeout=5, at_once=3), port=1) as crowd:
        crowd.write(FOR_EVER)
        crowd.wait_for_writes()
        for (what, broken), alarm in zip(breaks.items(), alarms, strict=True):
            before = crowd.history.acknowledged
            with broken():
                alarm.start()
                time.sleep(CUT_SECONDS * size)
            healed = time.monotonic()
            meanwhile = crowd.history.acknowledged - before
            recovery = seconds_until_all_wrote(crowd, since=healed)
            phases.append(Phase(what=what, acknowledged=meanwhile, recovery_seconds=recovery))
            say(f"{what}: {meanwhile} acknowledged meanwhile, all well after {recovery:.1f} s")
        crowd.stop()
        late = arrivals(house, alarms, say=say)
        found = crowd.check()
    statuses = crowd.history.statuses
    return Row(
        times=len(phases),
        acked_lost=found.lost + late.lost,
        applied_twice=found.twice + late.twice,
        recovery_seconds=max(phase.recovery_seconds for phase in phases),
        note=(
            f"{crowd.history.acknowledged} operations, {statuses[503]} times 503,"
            f" {statuses[UNANSWERED]} unanswered, {len(alarms)} alerts"
        ),
        failures=found.others() + late.failures + stood_still(phases),
    )


def seconds_until_all_wrote(crowd: Neighborhood, *, since: float) -> float:
    """Return how long it took until each phone had a write acknowledged."""

    def have_all_written() -> bool:
        if crowd.failures:
            raise crowd.failures[0]
        written = {
            told.phone
            for told in list(crowd.history.told)
            if told.at >= since and (told.method, told.status) == ("POST", HTTP_OK)
        }
        return written >= crowd.phones.keys()

    wait_for(have_all_written)
    return time.monotonic() - since


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """What became of the alerts."""

    lost: int
    twice: int
    failures: tuple[str, ...]


def arrivals(house: House, alarms: list[Alarm], *, say: Callable[[str], None]) -> Arrivals:
    """Wait until every alert was acknowledged and has arrived; count those under two keys."""
    paths = [f"/well/{number}" for number in range(len(alarms))]
    began = time.monotonic()
    try:
        wait_for(
            lambda: all(path in house.sink.arrivals for path in paths), seconds=ARRIVAL_SECONDS
        )
    except TimeoutError:
        say("Not every alert has arrived.")
    say(f"The last alert arrived after {time.monotonic() - began:.1f} s.")
    keys = [{key for key, _ in house.sink.arrivals.get(path, ())} for path in paths]
    silent = sum(not alarm.advice for alarm in alarms)
    return Arrivals(
        lost=sum(not each for each in keys),
        twice=sum(len(each) > 1 for each in keys),
        failures=(f"without advice {silent}",) if silent else (),
    )


def stood_still(phases: list[Phase]) -> tuple[str, ...]:
    """Return in words where no entry was acknowledged, though another host could have."""
    still = [each.what for each in phases if not each.acknowledged]
    return tuple(f"nothing acknowledged: {what}" for what in still if what != "postgresql away")


def all_breaks(house: House) -> Iterator[tuple[str, Callable[[], AbstractContextManager[None]]]]:
    """Yield the name of everything that is broken in turn, and how."""
    for name in AWAY:
        yield f"{name} away", cut(house, name)
    for one, other in APART:
        yield f"{one} without {other}", parted(house, one, other)


def cut(house: House, name: str) -> Callable[[], AbstractContextManager[None]]:
    @contextmanager
    def broken() -> Iterator[None]:
        house.network.cut(house.hosts[name])
        yield
        house.network.mend(house.hosts[name])

    return broken


def parted(house: House, one: str, other: str) -> Callable[[], AbstractContextManager[None]]:
    @contextmanager
    def broken() -> Iterator[None]:
        house.hosts[one].lose(house.hosts[other])
        yield
        house.hosts[one].find(house.hosts[other])

    return broken
