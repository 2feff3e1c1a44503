"""F15: a rule raises on every diary; entries are kept, and the alerts come when it is mended."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from diary.domain.words.advice import UNCHECKED
from tests.chaos.rig import Rig
from tests.chaos.servers import wait_for
from tests.faults.figures import Row
from tests.faults.history import results_of
from tests.faults.phones import Crowd, Habits

POISONED = "E3"  # as in tests/faults/poisoned.py, which breaks the rule of whoever imports it
OPERATIONS = 2_000
PEOPLE = 10  # with two phones each
FAR = 10**9


def run(rig: Rig, size: float) -> Row:
    """Let phones write while the rule fails, mend it, and wait for the alerts it owes."""
    with Crowd(rig, PEOPLE, habits=Habits(warning_signs=0.4)) as crowd:
        with failing_rule(rig):
            crowd.write(max(100, round(OPERATIONS * size)))
            crowd.until_written(lambda: None, every=FAR)
        began = time.monotonic()
        told = entries_told(crowd)
        owed = {each.person for each in told if each.is_sign}
        rig.service.only({"outbox", "worker-1", "beat-1"})
        for phone in crowd.phones.values():
            crowd.write_some(phone, 1, rig.random)  # a write makes the look due at once
            phone.sync()
        missing = wait_for_alerts(crowd, owed)
        seconds = time.monotonic() - began
        found = crowd.check()
    unchecked = sum(UNCHECKED in each.rules for each in told)
    return Row(
        times=unchecked,
        acked_lost=found.lost,
        applied_twice=found.twice,
        recovery_seconds=seconds,
        note=f"{len(told)} entries, {unchecked} told that they could not be checked",
        failures=(
            *found.others(),
            *((f"alerts missing for {len(missing)}",) if missing else ()),
            *(("an entry was not told",) if unchecked < len(told) else ()),
        ),
    )


@contextmanager
def failing_rule(rig: Rig) -> Iterator[None]:
    """Serve with a rule that raises."""
    environment = rig.service.environment
    whole = environment["DJANGO_SETTINGS_MODULE"]
    rig.service.only(set())
    environment["DJANGO_SETTINGS_MODULE"] = "tests.faults.poisoned"
    try:
        rig.service.serve_with()
        yield
    finally:
        environment["DJANGO_SETTINGS_MODULE"] = whole
        rig.service.serve_with()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry that was applied: whose, whether it is a warning sign, and the rules told of."""

    person: str
    is_sign: bool
    rules: frozenset[str]


def entries_told(crowd: Crowd) -> list[Told]:
    """Return every entry that was applied."""
    told = []
    for exchange in crowd.history.exchanges():
        sent = {each["op"]: each for each in (exchange["sent"] or {}).get("ops", ())}
        for result in results_of(exchange["status"], exchange["answer"]):
            if result["status"] == "applied":
                one = Told(
                    person=exchange["phone"].partition("/")[0],
                    is_sign=bool(sent[result["op"]]["data"]["symptoms"]),
                    rules=frozenset(each["rule"] for each in result["advice"]),
                )
                told.append(one)
    return told


def wait_for_alerts(crowd: Crowd, owed: set[str]) -> set[str]:
    """Return the persons whose alert has not come in time."""

    def warned() -> set[str]:
        found = set()
        for name, phone in crowd.phones.items():
            phone.sync()
            alerts = [each for each in phone.memory.copies.values() if each.type == "alert"]
            if any(each.data and each.data["rule"] == POISONED for each in alerts):
                found.add(name.partition("/")[0])
        return found

    try:
        wait_for(lambda: owed <= warned())
    except TimeoutError:
        return owed - warned()
    return set()
