"""What an operator's machines ask: does the process live, and is all as it should be.

The answers hold counts and times, nothing about a person.
"""

import math
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from diary.queries.disk import has_room
from diary.queries.due_work import failed_looks, oldest_due_looks
from diary.queries.erasure import was_restored
from diary.queries.outbox import backlog
from reports.queries.due_work import oldest_due_report

OUTBOX_LATE_AFTER = timedelta(seconds=60)
LOOKS_LATE_AFTER = timedelta(minutes=15)  # three leases: two workers in a row did not end them
REPORTS_LATE_AFTER = timedelta(minutes=10)
# Without these people are served and told all the same; later, or without signing in anew.
MERELY_DEGRADING = frozenset({"redis", "reports"})


@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """Answer without asking anything else: this process takes requests."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200, or 503 when the database, its tables, the outbox or looks are not as they should.

    What merely degrades the service is named in a 200.
    """
    found = {"redis": _redis()} | _stored(now=timezone.now())
    faults = {name for name, state in found.items() if isinstance(state, str) and state != "ok"}
    is_failing = bool(faults - MERELY_DEGRADING)
    status = "failing" if is_failing else "degraded" if faults else "ok"
    return JsonResponse({"status": status} | found, status=503 if is_failing else 200)


def _redis() -> str:
    """Return `ok`, `away` or `full`: a Redis without memory answers and takes nothing."""
    try:
        cache.set("readyz", 1, timeout=1)
    except RedisError as error:
        return "full" if "OOM" in str(error) else "away"
    return "ok"


def _stored(*, now: datetime) -> dict[str, Any]:
    try:
        if _has_unapplied_migrations():
            return {"database": "ok", "migrations": "missing"}
        return {"database": "ok", "migrations": "ok"} | _waiting(now=now)
    except Error:
        return {"database": "away"}


def _waiting(*, now: datetime) -> dict[str, Any]:
    outbox = backlog(now=now)
    look = max(oldest_due_looks(now=now).values())
    report = oldest_due_report(now=now)
    return {
        "disk": "ok" if has_room() else "full",
        "restored": "run after_restore" if was_restored() else "ok",
        "outbox": "late" if outbox.oldest > OUTBOX_LATE_AFTER else "ok",
        "oldest_undelivered_seconds": math.floor(outbox.oldest.total_seconds()),
        "dead_letters": outbox.dead,
        "failed_looks": failed_looks(),
        "looks": "late" if look > LOOKS_LATE_AFTER else "ok",
        "oldest_look_seconds": math.floor(look.total_seconds()),
        "reports": "late" if report > REPORTS_LATE_AFTER else "ok",
        "oldest_report_seconds": math.floor(report.total_seconds()),
    }


def _has_unapplied_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
