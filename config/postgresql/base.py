"""The connection of the application. Django asks a kept one `SELECT 1` before each request."""

import select
from time import monotonic

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

TRUSTED_SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """Does not ask again within a second: a server that ends a connection says so by itself.

    Only one that falls silent does not, and for that second a request finds it out by itself.
    """

    answered_at = float("-inf")

    def is_usable(self) -> bool:
        now = monotonic()
        if self.answered_at > now - TRUSTED_SECONDS and self._is_quiet():
            return True
        usable: bool = super().is_usable()
        if usable:
            self.answered_at = now
        return usable

    def _is_quiet(self) -> bool:
        """Return whether it is open, in no transaction, and was told nothing it did not ask for."""
        if self.connection is None or self.connection.closed or self.errors_occurred:
            return False
        if self.connection.info.transaction_status is not TransactionStatus.IDLE:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return not waiting.poll(0)
