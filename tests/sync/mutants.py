"""Six ways to break the protocol. Each has made a service or a phone lose entries somewhere."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest

from diary.domain.sync import Counter, Status
from diary.models import PersonSync
from diary.operations import records
from diary.operations.counter import lock_counter
from diary.queries.sync import Changes, changes_since
from tests.phone.memory import Memory
from tests.phone.pulling import _store_all

GAP = 0.02  # seconds in which others can commit


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One fault, and the test of this folder that must notice it."""

    break_it: Callable[[pytest.MonkeyPatch], None]
    killer: str

    @property
    def name(self) -> str:
        return self.break_it.__name__


def no_row_lock(patch: pytest.MonkeyPatch) -> None:
    """A write reads the counter without locking it."""

    def read_counter(person_id: UUID) -> Counter:
        found = PersonSync.objects.filter(person_id=person_id).first()
        if found is None:
            return lock_counter(person_id)
        return Counter(epoch=found.epoch, seq=found.seq, floor=found.floor)

    patch.setattr(records, "lock_counter", read_counter)


def no_operation_id_check(patch: pytest.MonkeyPatch) -> None:
    """An operation that is already applied is applied again."""
    patch.setattr(records, "_earlier_versions", lambda person_id, operations: {})


def counter_after_rows(patch: pytest.MonkeyPatch) -> None:
    """The pull reads the rows, then the counter, in two snapshots."""

    def in_two_snapshots(person_id: UUID, seq: int, *, limit: int) -> Changes | None:
        found = changes_since(person_id, seq, limit=limit)
        if found is None or found.more:
            return found
        time.sleep(GAP)
        later = PersonSync.objects.get(person_id=person_id)
        return replace(found, counter=replace(found.counter, seq=later.seq), seq=later.seq)

    patch.setattr("api.v1.sync.changes_since", in_two_snapshots)


def always_jump(patch: pytest.MonkeyPatch) -> None:
    """The phone takes the end of its own batch as its cursor, wherever the batch started."""

    def jump(memory: Memory, answer: Mapping[str, Any]) -> None:
        _store_all(memory, answer["changes"])
        memory.cursor = answer["to"]

    patch.setattr("tests.phone.phone.take_jump", jump)


def no_tombstones(patch: pytest.MonkeyPatch) -> None:
    """The pull leaves deleted records out."""

    def living(person_id: UUID, seq: int, *, limit: int) -> Changes | None:
        found = changes_since(person_id, seq, limit=limit)
        if found is None:
            return None
        return replace(found, records=tuple(each for each in found.records if not each.deleted))

    patch.setattr("api.v1.sync.changes_since", living)


def base_version_not_checked(patch: pytest.MonkeyPatch) -> None:
    """An edit overwrites whatever is there."""
    patch.setattr(records, "status_of_write", lambda held, *, base_version: Status.APPLIED)


MUTANTS = (
    Mutant(
        break_it=no_row_lock,
        killer="test_conflicts.test_s5_of_two_edits_at_the_same_moment_exactly_one_is_applied",
    ),
    Mutant(
        break_it=no_operation_id_check,
        killer="test_retries.test_s1_a_batch_sent_fifty_times_is_one_row_with_the_same_versions_and_advice",
    ),
    Mutant(
        break_it=counter_after_rows,
        killer="test_many_writers.test_s11_sixteen_writers_and_a_cursor_that_never_skips",
    ),
    Mutant(
        break_it=always_jump,
        killer="test_cursors.test_s14_a_phone_whose_cursor_is_not_from_does_not_jump"
        "_and_misses_nothing",
    ),
    Mutant(
        break_it=no_tombstones,
        killer="test_cursors.test_s13_tombstones_are_told_and_nothing_is_told_twice_at_rest",
    ),
    Mutant(
        break_it=base_version_not_checked,
        killer="test_conflicts.test_s5_of_two_edits_one_is_applied_and_the_other_is_shown"
        "_the_winner",
    ),
)
