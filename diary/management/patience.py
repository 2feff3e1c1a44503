"""Changing tables while the service runs: short waits for a lock, again and again."""

import time
from collections.abc import Callable

from django.core.management import CommandError
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import DeadlockDetected, LockNotAvailable

# Everybody who comes later waits behind the one who waits for a table. So this is shorter than the
# application's own DATABASE_LOCK_TIMEOUT: its requests wait a moment, and none is refused.
LOCK_TIMEOUT = "2s"
PAUSE_SECONDS = 1.0
TRY_FOR_SECONDS = 300


def wait_briefly(connection: BaseDatabaseWrapper) -> None:
    """Let each statement of this connection give up soon on a lock, and run as long as it takes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
        cursor.execute("SELECT set_config('statement_timeout', '0', false)")


def again_while_locked(act: Callable[[], object], *, try_for: float = TRY_FOR_SECONDS) -> None:
    """Call `act` until no lock stands in its way; what it has finished before must stay finished.

    Raises CommandError after `try_for` seconds.
    """
    deadline = time.monotonic() + try_for
    while True:
        try:
            act()
            return
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected | LockNotAvailable):
                raise
            if time.monotonic() > deadline:
                raise CommandError(
                    "A table has been in use for too long. What was migrated stays so; end the long"
                    " transaction (see pg_stat_activity) and run migrate again."
                ) from error
        time.sleep(PAUSE_SECONDS)
