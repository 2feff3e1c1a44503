"""The person writes. It works without a network: every change goes into the queue first.

A record has at most one operation on its way. Further edits meanwhile become one operation that
waits for the answer, because only the answer says which version they start from.
"""

from dataclasses import replace

from tests.phone.ids import new_id
from tests.phone.memory import Data, Memory, Operation, Question, key_of


def log(memory: Memory, type: str, data: Data) -> str:
    """Record something new and return its id."""
    id = new_id()
    new = Operation(op=new_id(), type=type, id=id, base=0, data=data, before=None)
    memory.put_queued(new.key, new)
    return id


def change(memory: Memory, type: str, id: str, data: Data | None) -> None:
    """Replace the data of a record the phone shows; None deletes it."""
    key = key_of(type, id)
    queued = memory.queued(key)
    if queued and not queued[-1].sent:
        _change_unsent(memory, queued, data)
        return
    if queued:
        base, before = None, queued[-1].data
    else:
        copy = memory.copies.get(key) or memory.leftover[key]
        base, before = copy.version, copy.data
    new = Operation(op=new_id(), type=type, id=id, base=base, data=data, before=before)
    memory.put_queued(key, *queued, new)


def _change_unsent(memory: Memory, queued: tuple[Operation, ...], data: Data | None) -> None:
    """Fold a change into the operation that never left the phone."""
    *sent, unsent = queued
    if unsent.base == 0 and data is None:
        memory.put_queued(unsent.key)  # the service never heard of it
    else:
        memory.put_queued(unsent.key, *sent, replace(unsent, data=data))


def keep_mine(memory: Memory, question: Question) -> None:
    """The person wants the text that lost: it becomes an edit of what is there now.

    Where nothing is there any more it becomes a record of its own under a new id: a deleted id
    never lives again, so no phone can mistake the new record for the deleted one.
    """
    memory.to_ask.remove(question)
    shown = memory.shown(question.type)
    if question.id in shown:
        change(memory, question.type, question.id, question.mine)
    else:
        log(memory, question.type, question.mine)


def keep_theirs(memory: Memory, question: Question) -> None:
    """The person is content with what the service has."""
    memory.to_ask.remove(question)
