"""What a batch wrote, for the access log: how many records of which type, and by whom."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from diary.domain.access_log import Access, Action, Actor
from diary.domain.following import Observer
from diary.operations.access_log import note_access_if_possible


def note_written(
    versions: Iterable[Mapping[str, Any]], *, observer: Observer | None, now: datetime
) -> None:
    """Note versions that one batch has written for one person: a row for edits, one for deletes.

    Which records they were, the versions themselves say. Call it last in the transaction. The write
    goes on when it cannot be noted.
    """
    versions = list(versions)
    for action, deleted in ((Action.EDITED, False), (Action.DELETED, True)):
        counts = Counter(row["type"] for row in versions if row["deleted"] is deleted)
        if counts:
            access = Access(
                action=action,
                what=" ".join(f"{type_}={count}" for type_, count in sorted(counts.items())),
                actor=Actor.PERSON if observer is None else Actor.FOLLOWER,
                actor_id=None if observer is None else observer.person_id,
                device_id=versions[0]["device_id"],
            )
            note_access_if_possible(versions[0]["person_id"], access, now=now)
