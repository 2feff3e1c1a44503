"""`/metrics` in Prometheus' text: what was counted on this host, and what waits in the database.

Who does not show METRICS_TOKEN is told that there is no such address.
"""

import hmac
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from api import problems
from diary.exposition import counted
from diary.queries.due_work import oldest_due_looks
from diary.queries.outbox import backlog
from reports.queries.due_work import oldest_due_report

PREFIX = "Bearer "


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer all measures to who knows the token."""
    if not _is_allowed(request.headers.get("Authorization", "")):
        return problems.not_found(request)
    waiting = CollectorRegistry()
    waiting.register(WaitingWork(now=timezone.now()))
    text = generate_latest(counted()) + generate_latest(waiting)
    return HttpResponse(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _is_allowed(header: str) -> bool:
    wanted = f"{PREFIX}{settings.METRICS_TOKEN}"
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(header.encode(), wanted.encode())


class WaitingWork(Collector):
    """Reads at each question what waits in the database, the same for all hosts."""

    def __init__(self, *, now: datetime) -> None:
        self._now = now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            waiting = tuple(_waiting(now=self._now))
        except Error:
            waiting = ()
        yield GaugeMetricFamily(
            "quiver_database_up", "Whether the database answers.", value=bool(waiting)
        )
        yield from waiting


def _waiting(*, now: datetime) -> Iterator[GaugeMetricFamily]:
    outbox = backlog(now=now)
    yield GaugeMetricFamily(
        "quiver_outbox_oldest_seconds",
        "How long the oldest message that should have been tried has waited.",
        value=outbox.oldest.total_seconds(),
    )
    yield GaugeMetricFamily("quiver_dead_letters", "Messages given up.", value=outbox.dead)
    looks = GaugeMetricFamily(
        "quiver_look_oldest_seconds", "How long the oldest due look has waited.", labels=["kind"]
    )
    for kind, waited in oldest_due_looks(now=now).items():
        looks.add_metric([kind.value], waited.total_seconds())
    yield looks
    yield GaugeMetricFamily(
        "quiver_report_oldest_seconds",
        "How long the oldest report has waited to be made or thrown away.",
        value=oldest_due_report(now=now).total_seconds(),
    )
