"""Carrying deliveries: claim, judge again, send outside any transaction, write down what became.

A crash between sending and writing down sends a second copy with the same key; the app shows one.
"""

import logging
import random
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta

from django.utils import timezone

from diary import measures
from diary.channels.base import Channel, Message, Outcome, Result
from diary.models import Delivery
from diary.operations.deliveries import Letter, claim_deliveries, judge, record
from diary.operations.outbox import plan_due_pushes
from diary.operations.reminders import remind_due

LEASE = timedelta(seconds=10)
SEND_SECONDS = 3.0  # below half a lease, so that no other worker takes over what is being sent
SENDERS = 16  # no more is claimed than begins at once; most of the time is waiting
PLAN_AT_ONCE = 8  # persons, between two looks at what has been sent
GLANCE_SECONDS = 0.2  # how long slow endpoints keep new urgent ones waiting

Channels = Mapping[str, Channel]
Clock = Callable[[], datetime]

logger = logging.getLogger("quiver.delivery")


def run_outbox(
    channels: Channels,
    *,
    again: bool = False,
    clock: Clock = timezone.now,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Decide what is to be told and send one lane, until nothing is left to do now.

    Return how much was done. Lanes are first tries and repeats (`again`): what fails never stands
    in the way of what works. Any number of processes may run it. Once `stop` says so nothing new is
    begun.
    """
    done = 0
    with ThreadPoolExecutor(max_workers=SENDERS) as pool:
        outbox = _Outbox(channels, pool, clock=clock, again=again)
        while True:
            begun = 0 if stop() else outbox.plan() + outbox.begin()
            done += begun
            if not begun and outbox.is_idle():
                return done
            outbox.settle()


class _Outbox:
    """One lane in one process. Only sending happens in threads; they never touch the database."""

    def __init__(
        self, channels: Channels, pool: ThreadPoolExecutor, *, clock: Clock, again: bool
    ) -> None:
        self._channels = channels
        self._pool = pool
        self._clock = clock
        self._again = again
        self._on_their_way: dict[Future[Result], Delivery] = {}

    def is_idle(self) -> bool:
        return not self._on_their_way

    def plan(self) -> int:
        """Decide for a few persons who are due; the lane of repeats leaves that to the other."""
        if self._again:
            return 0
        now = self._clock()
        told = plan_due_pushes(now=now, limit=PLAN_AT_ONCE, lease=LEASE)
        return told + remind_due(now=now, limit=PLAN_AT_ONCE, lease=LEASE)

    def begin(self) -> int:
        """Claim as many as there are free senders and let those begin."""
        free = SENDERS - len(self._on_their_way)
        now = self._clock()
        claimed = (
            claim_deliveries(now=now, until=now + LEASE, limit=free, again=self._again)
            if free
            else ()
        )
        for delivery in claimed:
            letter = self._judged(delivery)
            if letter is not None:
                sent = self._pool.submit(_send, self._channels, letter)
                self._on_their_way[sent] = delivery
        return len(claimed)

    def settle(self) -> None:
        """Write down what became of those that have been sent."""
        sent, _ = wait(self._on_their_way, timeout=GLANCE_SECONDS, return_when=FIRST_COMPLETED)
        for one in sent:
            self._record(self._on_their_way.pop(one), one.result())

    def _judged(self, delivery: Delivery) -> Letter | None:
        try:
            return judge(delivery, now=self._clock())
        except Exception as error:
            self._record(delivery, _failure("judging", delivery.id, error))
            return None

    def _record(self, delivery: Delivery, result: Result) -> None:
        measures.DELIVERIES.labels(delivery.kind, result.outcome.value).inc()
        try:
            record(delivery, result, now=self._clock(), jitter=random.random())  # noqa: S311 - no secret
        except Exception as error:  # its lease runs out, and a copy with the same key is sent
            _failure("recording", delivery.id, error)


def _send(channels: Channels, letter: Letter) -> Result:
    channel = channels.get(letter.kind)
    if channel is None:  # the operator has not configured it, or not any more
        return Result(outcome=Outcome.RETRY, error_class="not_configured")
    try:
        return channel.send(message_of(letter), letter.address, timeout=SEND_SECONDS)
    except Exception as error:
        return _failure("sending", letter.key, error)


def _failure(doing: str, delivery_id: object, error: Exception) -> Result:
    """Return what an unexpected error means: the others go on and this one is tried again."""
    name = type(error).__name__
    logger.error("%s failed delivery=%s class=%s", doing, delivery_id, name)
    return Result(outcome=Outcome.RETRY, error_class=name)


def message_of(letter: Letter) -> Message:
    """Return what is sent: the same key on every copy, and nothing about health."""
    return Message(
        key=str(letter.key),
        kind=letter.about.value,
        urgent=letter.urgent,
        subject_id=letter.alert,
    )
