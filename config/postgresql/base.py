"""The connection of the application, which spares round trips that come with every request."""

import select
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.backends.postgresql import base
from django.db.backends.utils import debug_transaction
from psycopg.pq import Escaping, TransactionStatus

TRUSTED_SECONDS = 1.0


class DatabaseWrapper(base.DatabaseWrapper):
    """Does not ask a kept connection `SELECT 1` again within a second, and begins with a setting.

    A server that ends a connection says so by itself. Only one that falls silent does not, and for
    that second a request finds it out by itself.
    """

    answered_at = float("-inf")
    _first_setting: tuple[bytes, bytes] | None = None

    @contextmanager
    def transaction_with(self, name: str, value: str) -> Iterator[None]:
        """Open a transaction that begins with a setting: both are one round trip.

        Call it outside any other transaction. The setting ends with this one.
        """
        self._first_setting = name.encode(), value.encode()
        try:
            with transaction.atomic(using=self.alias):
                self._must_have_begun()
                yield
        finally:
            self._first_setting = None

    def _must_have_begun(self) -> None:
        if self._first_setting is not None:
            raise transaction.TransactionManagementError("A transaction is open already.")

    def _start_transaction_under_autocommit(self) -> None:
        """Say BEGIN, which Django else leaves to psycopg, in a round trip of its own."""
        text = b"BEGIN"
        if self._first_setting is not None:
            # By libpq: psycopg's own composing takes longer than to begin.
            quoted = map(Escaping(self.connection.pgconn).escape_literal, self._first_setting)
            # `true`: until the transaction ends, never longer.
            text += b"; SELECT set_config(%s, %s, true)" % tuple(quoted)
            self._first_setting = None
        with debug_transaction(self, text.decode()), self.wrap_database_errors:
            self.connection.execute(text, prepare=False)

    def create_cursor(self, name: str | None = None) -> Any:
        if name is None or self.autocommit:
            return super().create_cursor(name)
        # To psycopg it looks as if there were no transaction: Django would keep rows beyond it.
        return self.connection.cursor(name, scrollable=False, withhold=False)

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
