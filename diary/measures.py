"""What is counted of the running service. No label takes a value that a client or a person wrote.

Each process counts for itself; with METRICS_DIR all processes of a host write into that folder,
and any of them can tell the sums.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings

from diary.domain.findings import Level

# Reading it prepares the folder, for which the library looks once, when it is imported.
IS_SHARED = bool(settings.METRICS_DIR)

from prometheus_client import Counter, Histogram  # noqa: E402

QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)
SLOW = (0.01, 0.1, 0.5, 1.0, 5.0, 20.0, 60.0, 240.0)

REQUESTS = Counter("quiver_requests", "Requests answered, by route.", ["route", "method", "status"])
REQUEST_SECONDS = Histogram(
    "quiver_request_seconds", "Time to an answer, by route.", ["route"], buckets=QUICK
)
PROBLEMS = Counter(
    "quiver_problems",
    "Answers that were a problem, by its code: throttles, a busy database.",
    ["code"],
)
EMERGENCY_ADVICES = Counter(
    "quiver_emergency_advices", "Entries that were answered with emergency advice."
)
DELIVERIES = Counter(
    "quiver_deliveries", "Attempts to send, by way out and outcome.", ["kind", "outcome"]
)
TASK_SECONDS = Histogram(
    "quiver_task_seconds", "Time of a background task.", ["task"], buckets=SLOW
)
TASK_FAILURES = Counter("quiver_task_failures", "Background tasks that failed.", ["task"])


def count_emergencies(advice: Iterable[Iterable[Mapping[str, Any]]]) -> None:
    """Count the entries, each with its pieces of advice, that were answered with an emergency."""
    code = Level.EMERGENCY.code
    found = sum(any(one["level"] == code for one in of_entry) for of_entry in advice)
    EMERGENCY_ADVICES.inc(found)
