"""Celery entry points: each reads the clock and calls one function."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from diary.domain.look_slots import LookKind
from diary.operations.looks import look_at_due

LONGEST_SWEEP = timedelta(minutes=2)  # then the next sweep goes on; well below the time limit


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
