"""All that a phone must keep on disk. Whatever is not in here is gone when the phone dies.

The memory is saved as a whole at four moments, each time before anything else happens:
 1. when the person has written something, before the screen says "saved";
 2. before a batch is sent: its operations count as sent from then on, arrived or not;
 3. when the answer to a batch has been worked in, together with the cursor;
 4. when a page of changes has been stored, together with its cursor.
Cursor and records in one save: a cursor that is ahead of the records would skip some for ever.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

Data = Mapping[str, Any]
Key = str  # "episode/0c7d1a52-...": ids are unique within a type


def key_of(type: str, id: str) -> Key:
    return f"{type}/{id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A record as the service has it, as far as this phone knows. `data` None: deleted."""

    type: str
    id: str
    version: int
    data: Data | None

    @property
    def key(self) -> Key:
        return key_of(self.type, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One change that the service has not confirmed. `data` None deletes.

    `op` is made here, once, before the first send. It is what makes sending again harmless, so the
    content under it never changes once the operation was sent.
    `base` is the version the person saw, 0 for a new record. None: not known yet, because an
    earlier operation on the same record is still on its way; such an operation waits. To guess
    "the version after mine" is wrong: it may be taken by another phone's edit.
    `before` is the record the person saw, for the merge after a conflict.
    """

    op: str
    type: str
    id: str
    base: int | None
    data: Data | None
    before: Data | None
    sent: bool = False

    @property
    def key(self) -> Key:
        return key_of(self.type, self.id)

    def as_sent(self) -> dict[str, Any]:
        """Return the operation as it goes over the wire."""
        content = {"deleted": True} if self.data is None else {"data": self.data}
        return {"op": self.op, "id": self.id, "type": self.type, "base": self.base} | content


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Two texts that cannot both stand: the person decides, and until then neither is lost.

    `reason` is `both_changed` (`theirs` is on the service, `mine` is kept here), `deleted` (it was
    deleted elsewhere while it was edited here), `gone` (the service no longer knows it) or `older`
    (the service knows an earlier version only).
    """

    reason: str
    type: str
    id: str
    mine: Data
    theirs: Data | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """An operation that the service will never take as it is, with what is wrong in it."""

    operation: Operation
    errors: tuple[Data, ...]


@dataclass(slots=True, kw_only=True)
class Memory:
    """The phone's disk. `copies` are what the service said, `queue` what it does not know yet.

    `leftover` holds the copies from before a resync until the service has told everything anew.
    """

    device_id: str
    session_token: str = ""
    cursor: str | None = None
    copies: dict[Key, Copy] = field(default_factory=dict)
    queue: dict[Key, tuple[Operation, ...]] = field(default_factory=dict)
    to_ask: list[Question] = field(default_factory=list)
    needs_person: list[Refused] = field(default_factory=list)
    leftover: dict[Key, Copy] = field(default_factory=dict)
    resync_reason: str = ""

    def queued(self, key: Key) -> tuple[Operation, ...]:
        """Return the operations on a record: none, one, or one that was sent and one that waits."""
        return self.queue.get(key, ())

    def put_queued(self, key: Key, *operations: Operation) -> None:
        """Make these the operations on a record; it keeps its place in the queue."""
        if operations:
            self.queue[key] = operations
        else:
            self.queue.pop(key, None)

    def waiting(self) -> Iterator[Operation]:
        """Yield the whole queue, the oldest record first."""
        return (operation for operations in self.queue.values() for operation in operations)

    def shown(self, type: str) -> dict[str, Data]:
        """Return what the person sees, by id: the copies with the queue on top."""
        known = self.leftover | self.copies
        records = {copy.id: copy.data for copy in known.values() if copy.type == type}
        records |= {each.id: each.data for each in self.waiting() if each.type == type}
        return {id: data for id, data in records.items() if data is not None}

    def snapshot(self) -> "Memory":
        """Return an independent memory of this moment; everything inside is immutable."""
        parts = ("copies", "queue", "to_ask", "needs_person", "leftover")
        return replace(self, **{name: getattr(self, name).copy() for name in parts})

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Memory":
        stored = json.loads(text)
        return cls(
            **stored
            | {
                "copies": {key: Copy(**copy) for key, copy in stored["copies"].items()},
                "leftover": {key: Copy(**copy) for key, copy in stored["leftover"].items()},
                "queue": {
                    key: tuple(Operation(**each) for each in operations)
                    for key, operations in stored["queue"].items()
                },
                "to_ask": [Question(**each) for each in stored["to_ask"]],
                "needs_person": [_refused(each) for each in stored["needs_person"]],
            }
        )


def _refused(stored: dict[str, Any]) -> Refused:
    return Refused(operation=Operation(**stored["operation"]), errors=tuple(stored["errors"]))


class Disk:
    """Where the memory survives. A save happens whole or not at all, as a database does it."""

    def __init__(self) -> None:
        self._kept: Memory | None = None

    def save(self, memory: Memory) -> None:
        self._kept = memory.snapshot()

    def load(self) -> Memory:
        """Return what was saved last, read from its text. Raises LookupError if nothing was."""
        if self._kept is None:
            raise LookupError("nothing was saved")
        return Memory.from_json(self._kept.to_json())
