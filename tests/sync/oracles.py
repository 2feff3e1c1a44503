"""What must hold when every phone is in step again. Each oracle counts violations, by name.

Convergence alone does not see a lost edit: all phones can agree on a record that silently dropped
one. Hence `blind`: the author of every version must have seen the version before it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields

from diary.models import EntryVersion
from tests.phone.memory import Data
from tests.phone.merging import same
from tests.phone.phone import Ended, Phone
from tests.sync.service import history_of, phone_of, rows_of
from tests.sync.world import UNIQUE, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Violations:
    """How often each promise was broken."""

    lost: int = 0  # a text that nobody replaced is nowhere
    twice: int = 0  # an operation applied twice, or a text in two records
    skipped: int = 0  # a phone in step does not know a record, or only an older version
    diverged: int = 0  # a phone in step shows other data than the service holds
    blind: int = 0  # a version whose author had not seen the one before it

    def __add__(self, other: "Violations") -> "Violations":
        mine, theirs = asdict(self), asdict(other)
        return Violations(**{name: mine[name] + theirs[name] for name in mine})

    def __str__(self) -> str:
        return ", ".join(f"{each.name} {getattr(self, each.name)}" for each in fields(self))


NONE = Violations()


def violations(world: World) -> Violations:
    """Check a settled world."""
    return Violations(
        lost=len(world.written - world.replaced - set(_found(world))),
        twice=_applied_twice(world) + _in_two_records(world),
        blind=_blind(world),
        **_differences(world),
    )


def _found(world: World) -> Iterator[object]:
    """Yield every text that still is somewhere: in the diary, or on a phone that asks about it."""
    for _, data in rows_of(world.person.pk).values():
        yield from _values(data)
    for phone in world.phones:
        for question in phone.memory.to_ask:
            yield from _values(question.mine)
        for refused in phone.memory.needs_person:
            yield from _values(refused.operation.data)


def _values(data: Data | None) -> Iterator[object]:
    return ((name, data[name]) for name in UNIQUE if data and data.get(name))


def _applied_twice(world: World) -> int:
    return sum(answers.count("applied") > 1 for answers in world.ledger.answers.values())


def _in_two_records(world: World) -> int:
    rows = rows_of(world.person.pk).values()
    times = Counter(value for _, data in rows for value in _values(data))
    return sum(number - 1 for number in times.values())


def _differences(world: World) -> dict[str, int]:
    """Compare every phone, and a new one that pulls everything, with the rows of the service."""
    rows = rows_of(world.person.pk)
    skipped = diverged = 0
    for phone in [*world.phones, new_phone(world)]:
        copies = {key: copy for key, copy in phone.memory.copies.items() if copy.type != "alert"}
        diverged += len(copies.keys() - rows.keys())
        for key, (version, data) in rows.items():
            copy = copies.get(key)
            if copy is None or copy.version < version:
                skipped += 1
            elif copy.version > version or not same(copy.data, data):
                diverged += 1
    return {"skipped": skipped, "diverged": diverged}


def new_phone(world: World) -> Phone:
    """Return a further phone of the person that has just pulled the whole diary."""
    phone = phone_of(world.person)
    assert phone.sync() is Ended.IN_STEP
    return phone


def _blind(world: World) -> int:
    earlier: dict[tuple[str, object], EntryVersion] = {}
    found = 0
    for version in history_of(world.person.pk):
        sent = world.ledger.sent[str(version.op_id)]
        previous = earlier.get((version.type, version.record_id))
        seen = previous.data if previous else None
        found += not same(sent.before, seen) or sent.base != (previous.version if previous else 0)
        earlier[version.type, version.record_id] = version
    return found
