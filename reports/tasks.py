"""Celery entry points: each reads the clock and calls one function."""

from celery import shared_task
from django.utils import timezone

from reports.operations import make_queued_reports

BATCH = 4  # a render takes a second of a core; other workers take the rest


@shared_task(name="reports.make_queued", ignore_result=True)
def make_queued() -> None:
    """Make the reports that were asked for, and throw away expired ones."""
    while make_queued_reports(now=timezone.now(), limit=BATCH):
        continue
