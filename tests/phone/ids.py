"""Ids made on the phone: it must be able to log without a network."""

import secrets
import time
from uuid import UUID


def new_id() -> str:
    """Return a UUIDv7 (RFC 9562): the time in milliseconds, then 74 random bits.

    Ids that grow with time keep the service's indexes small. Any UUID is accepted.
    """
    milliseconds = time.time_ns() // 1_000_000
    number = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    return str(UUID(int=number | 0b10 << 62 | secrets.randbits(62)))
