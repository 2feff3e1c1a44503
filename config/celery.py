"""The Celery app. PostgreSQL holds what is due; a lost or doubled message does no harm."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings

from config import env

VISIBILITY_SECONDS = 300  # an unacknowledged message returns to the queue after this
TIME_LIMIT_SECONDS = 240  # below it, so that no task runs twice at once
SWEEP_EVERY_SECONDS = 5
SLOW_SWEEP_EVERY_SECONDS = 60  # nobody waits for the statistics of the week

app = Celery("quiver")
app.conf.update(
    broker_url=env.broker_url(settings.REDIS_URL),
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    broker_transport_options={
        "visibility_timeout": VISIBILITY_SECONDS,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "health_check_interval": 25,
        "global_keyprefix": "quiver:",
    },
    accept_content=["json"],
    task_serializer="json",
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    task_time_limit=TIME_LIMIT_SECONDS,
    task_soft_time_limit=TIME_LIMIT_SECONDS - 40,
    worker_prefetch_multiplier=1,
    worker_soft_shutdown_timeout=20,
    timezone="UTC",
    beat_schedule={
        name: {
            "task": task,
            "args": arguments,
            "schedule": seconds,
            # Without workers the sweeps must not pile up: one is as good as many.
            "options": {"expires": seconds},
        }
        for name, task, arguments, seconds in (
            ("look at what is due", "diary.look_due", ("state",), SWEEP_EVERY_SECONDS),
            ("look at the week", "diary.look_due", ("weekly",), SLOW_SWEEP_EVERY_SECONDS),
            ("look at the month", "diary.look_due", ("monthly",), SLOW_SWEEP_EVERY_SECONDS),
            ("make the reports asked for", "reports.make_queued", (), SWEEP_EVERY_SECONDS),
        )
    },
)
app.autodiscover_tasks()
