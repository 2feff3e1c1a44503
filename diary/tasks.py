"""Celery entry points: each reads the clock and calls one function."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from diary.channels.configured import configured_channels
from diary.delivery import run_outbox as carry
from diary.domain.look_slots import LookKind
from diary.operations.erasure import erase_due
from diary.operations.looks import look_at_due
from diary.operations.retention import let_go_of_next_part

LONGEST_SWEEP = timedelta(minutes=2)  # then the next sweep goes on; well below the time limit
ERASED_AT_ONCE = 10
LONGEST_DELIVERY = timedelta(seconds=20)  # the worker has other work to do, too


@shared_task(name="diary.run_outbox", ignore_result=True)
def run_outbox(*, again: bool = False) -> None:
    """Send first tries, or repeats, until none is due or time is up."""
    until = timezone.now() + LONGEST_DELIVERY
    carry(configured_channels(), again=again, stop=lambda: timezone.now() >= until)


@shared_task(name="diary.look_due", ignore_result=True)
def look_due(kind: str = LookKind.STATE.value) -> None:
    """Look at every person whose look of this kind is due, until none is left or time is up."""
    until = timezone.now() + LONGEST_SWEEP
    while (now := timezone.now()) < until:
        if not look_at_due(
            now=now,
            limit=settings.LOOK_BATCH,
            lease=settings.LOOK_LEASE,
            kind=LookKind(kind),
        ):
            return


@shared_task(name="diary.erase_due", ignore_result=True)
def erase_what_is_due() -> None:
    """Tell those who asked to be erased, and erase those whose days of grace are over."""
    until = timezone.now() + LONGEST_SWEEP
    while (now := timezone.now()) < until:
        if not erase_due(now=now, limit=ERASED_AT_ONCE):
            return


@shared_task(name="diary.let_go", ignore_result=True)
def let_go() -> None:
    """Go on with today's round over all persons, until it is over or time is up."""
    until = timezone.now() + LONGEST_SWEEP
    while (now := timezone.now()) < until:
        if not let_go_of_next_part(now=now):
            return
