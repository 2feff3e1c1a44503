"""Celery entry points: each reads the clock and calls one function."""

from celery import shared_task
from django.utils import timezone

from reports.operations import make_queued_reports
from reports.operations.shares import forget_shares

BATCH = 4  # a render takes a second of a core; other workers take the rest
FORGOTTEN_AT_ONCE = 100


@shared_task(name="reports.make_queued", ignore_result=True)
def make_queued() -> None:
    """Make the reports that were asked for, and throw away what has expired, shares included."""
    while make_queued_reports(now=timezone.now(), limit=BATCH):
        continue
    while forget_shares(now=timezone.now(), limit=FORGOTTEN_AT_ONCE):
        continue
