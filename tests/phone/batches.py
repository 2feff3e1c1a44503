"""Which operations go out together. The service takes 500 at once, in at most one mebibyte."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.phone.memory import Memory, Operation

MOST_OPERATIONS = 500
MOST_BYTES = 1_000_000  # 1 MiB less room for the envelope


def next_batch(memory: Memory, *, most: int = MOST_OPERATIONS) -> list[Operation]:
    """Return the oldest operations that can go out; one too large for any batch goes alone."""
    batch: list[Operation] = []
    room = MOST_BYTES
    for operation in memory.waiting():
        if operation.base is None:
            continue  # it waits for the answer to the operation before it
        room -= len(json.dumps(operation.as_sent()).encode())
        if batch and (room < 0 or len(batch) == most):
            break
        batch.append(operation)
    return batch


def body_of(batch: Sequence[Operation], *, sent_at: str) -> dict[str, Any]:
    """Return the request body. `sent_at` shows the service a wrong clock; it decides nothing."""
    return {"sent_at": sent_at, "ops": [operation.as_sent() for operation in batch]}


def mark_as_sent(memory: Memory, batch: Sequence[Operation]) -> list[Operation]:
    """Note that these may reach the service from now on; return them as they are in the queue."""
    marked = [replace(operation, sent=True) for operation in batch]
    for operation in marked:
        followers = memory.queued(operation.key)[1:]
        memory.put_queued(operation.key, operation, *followers)
    return marked
