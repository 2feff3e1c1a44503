"""Celery entry points: each reads the clock and calls one function."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from diary.operations.looks import look_at_due


@shared_task(name="diary.look_due", ignore_result=True)
def look_due() -> None:
    """Look at every person whose state look is due, until none is left."""
    while look_at_due(now=timezone.now(), limit=settings.LOOK_BATCH, lease=settings.LOOK_LEASE):
        continue
