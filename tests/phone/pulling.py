"""Hearing what other phones and the service wrote.

A cursor is opaque: it is kept and sent back, never read, compared by size or made up.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.phone.answers import copy_of, store
from tests.phone.memory import Copy, Data, Memory, Question
from tests.phone.merging import same


def take_page(memory: Memory, page: Mapping[str, Any]) -> bool:
    """Store a page of changes with its cursor; return whether there is more."""
    _store_all(memory, page["changes"])
    memory.cursor = page["cursor"]
    if not page["more"]:
        _finish_resync(memory)
    return bool(page["more"])


def take_jump(memory: Memory, answer: Mapping[str, Any]) -> None:
    """Move the cursor past one's own batch, so that it need not be pulled.

    Only if the batch started exactly where this phone stands: otherwise another phone wrote in
    between, and a jump would skip its records for ever.
    """
    if memory.cursor is not None and answer["from"] == memory.cursor:
        _store_all(memory, answer["changes"])
        memory.cursor = answer["to"]


def start_over(memory: Memory, reason: str) -> None:
    """The service cannot say what changed since this cursor: hear everything again.

    The queue stays: what was never confirmed is the one thing only this phone has.
    """
    memory.leftover = memory.leftover | memory.copies
    memory.copies = {}
    memory.cursor = None
    memory.resync_reason = reason


def _finish_resync(memory: Memory) -> None:
    """Drop what the service no longer has, but ask first where it may have been lost there.

    `too_old` means deletions were forgotten, so a missing record was deleted. After a restored
    backup (`epoch`, `ahead`) a missing record, or a later version, may exist on this phone only.
    """
    for key, copy in memory.leftover.items():
        settled = copy.data is None or key in memory.queue or copy.type == "alert"
        if settled or memory.resync_reason == "too_old":
            continue
        now = memory.copies.get(key)
        if now is None:
            _ask(memory, copy, "gone", theirs=None)
        elif now.version < copy.version and not same(now.data, copy.data):
            _ask(memory, copy, "older", theirs=now.data)
    memory.leftover, memory.resync_reason = {}, ""


def _ask(memory: Memory, copy: Copy, reason: str, *, theirs: Data | None) -> None:
    mine = copy.data or {}
    memory.to_ask.append(
        Question(reason=reason, type=copy.type, id=copy.id, mine=mine, theirs=theirs)
    )


def _store_all(memory: Memory, records: Sequence[Mapping[str, Any]]) -> None:
    for record in records:
        store(memory, copy_of(record))
