"""What all log lines of one request, or of one task of a worker, have in common."""

from contextvars import ContextVar

REQUEST_ID: ContextVar[str | None] = ContextVar("request_id", default=None)
TASK_ID: ContextVar[str | None] = ContextVar("task_id", default=None)


def shared_fields() -> dict[str, str]:
    """Return the ids that belong on a line written now; none outside of requests and tasks."""
    ids = {"request_id": REQUEST_ID.get(), "task_id": TASK_ID.get()}
    return {name: value for name, value in ids.items() if value is not None}
