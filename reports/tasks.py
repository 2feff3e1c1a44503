"""Celery entry points: each reads the clock and calls one function."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from reports.operations import make_queued_reports, make_report

BATCH = 4  # a render takes a second of a core; other workers take the rest


@shared_task(name="reports.make", ignore_result=True)
def make(*, person_id: str, report_id: str) -> None:
    """Make one report that was just asked for."""
    make_report(UUID(person_id), UUID(report_id), now=timezone.now())


@shared_task(name="reports.make_queued", ignore_result=True)
def make_queued() -> None:
    """Make the reports no message arrived for, and throw away expired ones."""
    while make_queued_reports(now=timezone.now(), limit=BATCH):
        continue
