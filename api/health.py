"""What an operator's machines ask: does the process live, and is all as it should be.

The answers hold counts and times, nothing about a person.
"""

import math
from datetime import datetime, timedelta
from typing import Any

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from diary.models import LookDue
from diary.queries.outbox import backlog

LATE_AFTER = timedelta(seconds=60)


@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """Answer without asking anything else: this process takes requests."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200, or 503 when the database, its tables or the outbox are not as they should be."""
    try:
        found = _found(now=timezone.now())
    except Error:
        found = {"database": "away"}
    faults = {name for name, state in found.items() if isinstance(state, str) and state != "ok"}
    return JsonResponse(
        {"status": "failing" if faults else "ok"} | found, status=503 if faults else 200
    )


def _found(*, now: datetime) -> dict[str, Any]:
    if _has_unapplied_migrations():
        return {"database": "ok", "migrations": "missing"}
    outbox = backlog(now=now)
    return {
        "database": "ok",
        "migrations": "ok",
        "outbox": "late" if outbox.oldest > LATE_AFTER else "ok",
        "oldest_undelivered_seconds": math.floor(outbox.oldest.total_seconds()),
        "dead_letters": outbox.dead,
        "failed_looks": LookDue.objects.failed().count(),
    }


def _has_unapplied_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
