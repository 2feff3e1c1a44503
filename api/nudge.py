"""Telling a worker that something is due. Only a hint: the sweep finds it without."""

import logging
from uuid import UUID

from celery.exceptions import CeleryError
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from diary.tasks import look_due

NUDGE_EXPIRES_SECONDS = 30  # later than this the sweep has been there

logger = logging.getLogger("quiver.nudge")


def nudge_look(person_id: UUID) -> None:
    """Ask a worker to look at what is due now. With Redis away, the sweep does it later."""
    try:
        look_due.apply_async(retry=False, expires=NUDGE_EXPIRES_SECONDS)
    except (CeleryError, KombuError, RedisError, OSError) as error:
        logger.warning("nudge failed person=%s class=%s", person_id, type(error).__name__)
