"""The Celery app. PostgreSQL holds what is due; a lost or doubled message does no harm."""

import os
import time
from contextvars import ContextVar
from typing import Any

from celery import Celery, Task
from celery.signals import (
    setup_logging,
    task_failure,
    task_postrun,
    task_prerun,
    worker_process_init,
    worker_ready,
)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings

from api.log_context import TASK_ID
from config import servers
from config.observation import observe
from diary import measures
from diary.exposition import serve_counts

VISIBILITY_SECONDS = 300  # an unacknowledged message returns to the queue after this
TIME_LIMIT_SECONDS = 240  # below it: a task that outlives it is started again beside itself
DELIVERY_SWEEP_EVERY_SECONDS = 2
SWEEP_EVERY_SECONDS = 5
SLOW_SWEEP_EVERY_SECONDS = 60  # nobody waits for the statistics of the week

app = Celery("quiver")
app.conf.update(
    broker_url=servers.broker_url(settings.REDIS_URL),
    # A worker that starts or runs while Redis is away waits for it, however long.
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={
        "visibility_timeout": VISIBILITY_SECONDS,
        # As they come, a killed worker's messages return only at each hundredth second.
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        # A Redis that does not answer must not hold anybody.
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "health_check_interval": 25,
        "global_keyprefix": "quiver:",  # the cache may share this Redis
    },
    accept_content=["json"],  # a pickled message could run code
    task_serializer="json",
    task_acks_late=True,  # a worker that is killed gives its task back
    task_reject_on_worker_lost=True,  # so does one whose child alone is killed
    worker_prefetch_multiplier=1,  # and it held no more than that one
    task_ignore_result=True,
    task_time_limit=TIME_LIMIT_SECONDS,
    task_soft_time_limit=TIME_LIMIT_SECONDS - 40,
    worker_soft_shutdown_timeout=20,  # a deployment lets running tasks end
    timezone="UTC",
    # Two schedulers do no harm: a sweep claims what is due, and what is claimed is not due.
    beat_schedule={
        name: {
            "task": task,
            "kwargs": arguments,
            "schedule": seconds,
            # Without workers the sweeps must not pile up: one is as good as many.
            "options": {"expires": seconds},
        }
        for name, task, arguments, seconds in (
            ("send what is due", "diary.run_outbox", {}, DELIVERY_SWEEP_EVERY_SECONDS),
            (
                "send again what failed",
                "diary.run_outbox",
                {"again": True},
                DELIVERY_SWEEP_EVERY_SECONDS,
            ),
            ("look at what is due", "diary.look_due", {"kind": "state"}, SWEEP_EVERY_SECONDS),
            (
                "look at the week",
                "diary.look_due",
                {"kind": "weekly"},
                SLOW_SWEEP_EVERY_SECONDS,
            ),
            (
                "look at the month",
                "diary.look_due",
                {"kind": "monthly"},
                SLOW_SWEEP_EVERY_SECONDS,
            ),
            ("make the reports asked for", "reports.make_queued", {}, SWEEP_EVERY_SECONDS),
            ("let go of what is old", "diary.let_go", {}, SLOW_SWEEP_EVERY_SECONDS),
            ("erase who asked for it", "diary.erase_due", {}, SLOW_SWEEP_EVERY_SECONDS),
        )
    },
)
app.autodiscover_tasks()

_began: ContextVar[float] = ContextVar("began")  # of the task of this process or thread


@setup_logging.connect
def keep_our_logging(**_: object) -> None:
    """Leave logging as the settings made it: Celery's own lines quote exceptions."""


@task_prerun.connect
def note_the_start(task_id: str, **_: object) -> None:
    """Let every line of the task carry its id, and remember when it began."""
    TASK_ID.set(task_id)
    _began.set(time.perf_counter())


@task_postrun.connect
def note_the_end(task: Task[..., Any], **_: object) -> None:
    """Count how long the task took; later lines of this process carry no task."""
    TASK_ID.set(None)
    measures.TASK_SECONDS.labels(task.name).observe(time.perf_counter() - _began.get())


@task_failure.connect
def note_the_failure(sender: Task[..., Any], **_: object) -> None:
    """Count a task that raised, was stopped by its time limit or lost its process."""
    measures.TASK_FAILURES.labels(sender.name).inc()


@worker_ready.connect
def tell_the_counts(**_: object) -> None:
    """Let Prometheus ask this worker for what its processes have counted."""
    serve_counts()


@worker_process_init.connect
def trace_the_tasks(**_: object) -> None:
    """Trace each process of a worker from its own beginning: threads do not outlive a fork."""
    observe()
