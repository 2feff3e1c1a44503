"""Telling a worker that somebody waits. Only a hint: the sweep finds it without.

A thread of its own sends the hints, so that a request never waits for Redis: with Redis away the
client library tries for seconds before it gives up. Any number of hints that wait are one.
"""

import logging
import threading
from typing import Any

from celery import Task
from celery.exceptions import CeleryError
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from diary.tasks import run_outbox
from reports.tasks import make_queued

EXPIRES_SECONDS = 30  # later than this the sweep has been there

logger = logging.getLogger("quiver.nudge")


class Hint:
    """Hints to run one task, without arguments, as soon as a worker can."""

    def __init__(self, task: "Task[..., Any]") -> None:
        self.task = task
        self._asked = threading.Event()
        self._starting = threading.Lock()
        self._sender: threading.Thread | None = None

    def give(self) -> None:
        """Ask for the task without waiting. The first hint of a process starts its thread."""
        self._asked.set()
        with self._starting:
            if self._sender is None or not self._sender.is_alive():
                self._sender = threading.Thread(target=self._send_forever, daemon=True)
                self._sender.start()

    def send(self) -> bool:
        """Send one hint now; return False when Redis does not take it."""
        try:
            self.task.apply_async(retry=False, expires=EXPIRES_SECONDS)
        except (CeleryError, KombuError, RedisError, OSError) as error:
            logger.warning("hint failed task=%s class=%s", self.task.name, type(error).__name__)
            return False
        return True

    def _send_forever(self) -> None:
        while True:
            self._asked.wait()
            self._asked.clear()
            self.send()


REPORT = Hint(make_queued)
OUTBOX = Hint(run_outbox)


def give_outbox() -> None:
    """Say that an alert was stored; the settings let every write and look call this."""
    OUTBOX.give()
