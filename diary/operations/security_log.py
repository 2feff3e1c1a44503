"""What a guard of the service should hear of: one line per event, with codes and ids only.

The table of accesses is for the person; these lines are for whoever watches the whole service.
"""

import logging
from enum import StrEnum
from uuid import UUID

from diary.operations.origin import present_origin

logger = logging.getLogger("quiver.security")


class SecurityEvent(StrEnum):
    """What happened. ASVS 5.0, 16.3.1 to 16.3.4."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    REFUSED = "refused"
    THROTTLED = "throttled"
    CONTROL_FAILED = "control_failed"


_LEVELS = {SecurityEvent.SIGN_IN: logging.INFO, SecurityEvent.CONTROL_FAILED: logging.ERROR}


def log_security_event(
    event: SecurityEvent, *, person_id: UUID | None = None, **codes: object
) -> None:
    """Log an event. `codes` are ids and codes, never a text; the line has its request beside it."""
    known = {"person": person_id, "device": present_origin().device_id, **codes}
    fields = {name: str(value) for name, value in known.items() if value is not None}
    level = _LEVELS.get(event, logging.WARNING)
    logger.log(level, event.value, extra={"fields": fields})
