"""What the answer to each operation does to the memory. No operation leaves it without an answer.

| Status | The phone |
|---|---|
| `applied`, `duplicate`, `already_deleted` | takes it out of the queue; the copy is what it sent |
| `conflict` | merges and sends again under a new operation id, or asks the person |
| `invalid`, `op_reused`, anything unknown | takes it out and shows it to the person |
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tests.phone.ids import new_id
from tests.phone.memory import Copy, Data, Memory, Operation, Question, Refused
from tests.phone.merging import merge, same

CONFIRMED = frozenset({"applied", "duplicate", "already_deleted"})


def take_results(
    memory: Memory, batch: Sequence[Operation], results: Sequence[Mapping[str, Any]]
) -> list[Data]:
    """Work in the answers to a batch; return the advice to show at once, unchanged."""
    by_op = {result["op"]: result for result in results}
    advice: list[Data] = []
    for operation in batch:
        result = by_op.get(operation.op)
        if result is None:
            continue  # not answered: it stays in the queue as it is
        if result["status"] in CONFIRMED:
            _confirmed(memory, operation, result)
        elif result["status"] == "conflict":
            _conflict(memory, operation, result.get("server"))
        else:
            refused(memory, operation, result.get("errors") or [{"code": result["status"]}])
        advice += result.get("advice", ())
    return advice


def store(memory: Memory, copy: Copy) -> None:
    """Keep what the service said, unless something newer is known already."""
    known = memory.copies.get(copy.key)
    if known is None or known.version <= copy.version:
        memory.copies[copy.key] = copy


def copy_of(record: Mapping[str, Any]) -> Copy:
    """Return a record of the wire as a copy."""
    return Copy(
        type=record["type"],
        id=record["id"],
        version=record["version"],
        data=None if record["deleted"] else record["data"],
    )


def _confirmed(memory: Memory, operation: Operation, result: Mapping[str, Any]) -> None:
    """The operation is done. A duplicate was done before: its first answer got lost.

    `version` is the one this operation made, so a later edit may build on it: its author saw it.
    """
    version = result["version"]
    store(
        memory,
        Copy(type=operation.type, id=operation.id, version=version, data=operation.data),
    )
    follower = _take_out(memory, operation)
    if follower is not None:
        memory.put_queued(follower.key, replace(follower, base=version))


def _conflict(memory: Memory, operation: Operation, record: Mapping[str, Any] | None) -> None:
    """Somebody else was first. Nothing the person wrote here may get lost by it."""
    follower = _take_out(memory, operation)
    memory.put_queued(operation.key)
    mine = operation.data if follower is None else follower.data
    if record is None:
        memory.copies.pop(operation.key, None)
        _ask_unless_deleting(memory, operation, mine, reason="gone")
        return
    theirs = copy_of(record)
    store(memory, theirs)
    if theirs.data is None:
        _ask_unless_deleting(memory, operation, mine, reason="deleted")
    elif mine is not None:  # a deletion of what somebody edited loses: the edit stays
        _merge_or_ask(memory, theirs, before=operation.before, mine=mine)


def _ask_unless_deleting(
    memory: Memory, operation: Operation, mine: Data | None, *, reason: str
) -> None:
    if mine is not None:
        memory.to_ask.append(
            Question(reason=reason, type=operation.type, id=operation.id, mine=mine, theirs=None)
        )


def _merge_or_ask(memory: Memory, theirs: Copy, *, before: Data | None, mine: Data) -> None:
    """Merge into the service's record, which a second check-in of a date finds under another id."""
    assert theirs.data is not None
    merged = merge(before=before, mine=mine, theirs=theirs.data)
    if merged is None or memory.queued(theirs.key):
        memory.to_ask.append(
            Question(
                reason="both_changed",
                type=theirs.type,
                id=theirs.id,
                mine=mine,
                theirs=theirs.data,
            )
        )
    elif not same(merged, theirs.data):
        new = Operation(
            op=new_id(),  # other content is another operation
            type=theirs.type,
            id=theirs.id,
            base=theirs.version,
            data=merged,
            before=theirs.data,
        )
        memory.put_queued(new.key, new)


def refused(memory: Memory, operation: Operation, errors: Sequence[Data]) -> None:
    """Set an operation aside for the person. What they wrote since takes its place in the queue."""
    follower = _take_out(memory, operation)
    memory.needs_person.append(Refused(operation=operation, errors=tuple(errors)))
    if follower is None:
        return
    if follower.data is None and operation.base == 0:
        memory.put_queued(follower.key)  # nothing to delete: the service never took it
    else:
        changed = replace(follower, base=operation.base, before=operation.before)
        memory.put_queued(follower.key, changed)


def _take_out(memory: Memory, operation: Operation) -> Operation | None:
    """Remove an operation from the queue and return the one that waits for it."""
    rest = tuple(each for each in memory.queued(operation.key) if each.op != operation.op)
    memory.put_queued(operation.key, *rest)
    return rest[0] if rest else None
