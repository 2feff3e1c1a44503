"""What a batch wrote, for the access log: how many records of which type, and by whom."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from diary.domain.access_log import Access, Action, Actor
from diary.domain.following import Observer


def accesses_of(
    versions: Iterable[Mapping[str, Any]], *, observer: Observer | None
) -> Iterator[Access]:
    """Yield what is noted of versions that one batch has written: one for edits, one for deletes.

    Which records they were, the versions themselves say.
    """
    versions = list(versions)
    for action, deleted in ((Action.EDITED, False), (Action.DELETED, True)):
        counts = Counter(row["type"] for row in versions if row["deleted"] is deleted)
        if counts:
            yield Access(
                action=action,
                what=" ".join(f"{type_}={count}" for type_, count in sorted(counts.items())),
                actor=Actor.PERSON if observer is None else Actor.FOLLOWER,
                actor_id=None if observer is None else observer.person_id,
                device_id=versions[0]["device_id"],
            )
