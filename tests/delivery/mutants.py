"""Ways to break the outbox, each of which has lost or doubled messages somewhere."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from diary import delivery
from diary.channels.base import Message
from diary.domain.deliveries import planned
from diary.models import Delivery
from diary.operations import outbox
from diary.operations.deliveries import Letter, judge, record
from tests.delivery.world import ARRIVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One fault, and the test of this folder that must notice it."""

    break_it: Callable[[pytest.MonkeyPatch], None]
    killer: str

    @property
    def name(self) -> str:
        return self.break_it.__name__


def mark_before_send(patch: pytest.MonkeyPatch) -> None:
    """A delivery is written down as delivered, then sent."""

    def marked(one: Delivery, *, now: datetime) -> Letter | None:
        letter = judge(one, now=now)
        if letter is not None:
            record(one, ARRIVED, now=now, jitter=0)
        return letter

    patch.setattr(delivery, "judge", marked)


def no_lease(patch: pytest.MonkeyPatch) -> None:
    """A lease is over when it is taken."""
    patch.setattr(delivery, "LEASE", timedelta(seconds=-1))


def no_dedupe_key(patch: pytest.MonkeyPatch) -> None:
    """The same news to the same endpoint is another delivery each time it is planned."""

    def anew(*args: Any, **options: Any) -> tuple[Any, ...]:
        return tuple(replace(one, id=uuid4()) for one in planned(*args, **options))

    patch.setattr(outbox, "planned", anew)


def new_key_for_each_copy(patch: pytest.MonkeyPatch) -> None:
    """What is sent carries a key of its own each time."""
    real = delivery.message_of

    def message_of(letter: Letter) -> Message:
        return replace(real(letter), key=str(uuid4()))

    patch.setattr(delivery, "message_of", message_of)


MUTANTS = (
    Mutant(
        break_it=mark_before_send,
        killer="test_sending.test_n8_a_crash_before_sending_loses_nothing",
    ),
    Mutant(
        break_it=no_lease,
        killer="test_many_workers.test_n10_five_outboxes_at_once_send_nothing_twice",
    ),
    Mutant(
        break_it=no_dedupe_key,
        killer="test_telling.test_planning_again_what_was_planned_writes_no_second_delivery",
    ),
    Mutant(
        break_it=new_key_for_each_copy,
        killer="test_sending.test_n8_a_crash_between_sending_and_marking_sends_a_copy_with_the"
        "_same_key",
    ),
)
