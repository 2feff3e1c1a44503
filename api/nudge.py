"""Telling a worker that something is due. Only a hint: the sweep finds it without.

A thread of its own sends the hints, so that a request never waits for Redis: with Redis away the
client library tries for seconds before it gives up. Any number of hints that wait are one.
"""

import logging
import threading
from uuid import UUID

from celery.exceptions import CeleryError
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from diary.tasks import look_due

NUDGE_EXPIRES_SECONDS = 30  # later than this the sweep has been there

logger = logging.getLogger("quiver.nudge")
_asked = threading.Event()
_starting = threading.Lock()
_sender: threading.Thread | None = None


def nudge_look(_person_id: UUID) -> None:
    """Ask a worker, without waiting, to look at what is due."""
    global _sender  # noqa: PLW0603 - one thread per process, started by the first hint
    _asked.set()
    with _starting:
        if _sender is None or not _sender.is_alive():
            _sender = threading.Thread(target=_send_forever, name="nudge", daemon=True)
            _sender.start()


def send() -> bool:
    """Send one hint now; return False when Redis does not take it."""
    try:
        look_due.apply_async(retry=False, expires=NUDGE_EXPIRES_SECONDS)
    except (CeleryError, KombuError, RedisError, OSError) as error:
        logger.warning("nudge failed class=%s", type(error).__name__)
        return False
    return True


def _send_forever() -> None:
    while True:
        _asked.wait()
        _asked.clear()
        send()
