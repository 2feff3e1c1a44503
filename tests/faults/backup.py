"""Backups of the rig's PostgreSQL as docs/operations.md has them, and a restore to a moment."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg

from config.embedded import postgresql_server
from tests.chaos.rig import Rig
from tests.chaos.servers import wait_for

TABLES = ("alert", "check_in", "daily_row", "diary_user", "entry_version", "episode", "person_sync")


class Backup:
    """A base backup, the archive of the write-ahead log, and what stood in the tables when."""

    def __init__(self, rig: Rig, *, archive_timeout: int) -> None:
        self.server, self.archive_timeout = rig.postgresql, archive_timeout
        self.data = rig.folder / "postgresql"
        self.base, self.wal = rig.folder / "backup", rig.folder / "wal"
        self.made_at = 0.0

    def make(self) -> None:
        """Switch the archive on, which takes a restart, and make the base backup."""
        for folder in (self.base, self.wal):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(mode=0o700)
            postgresql_server._give_away(folder)
        self._set(
            archive_mode="on",
            archive_command=f"test ! -f {self.wal}/%f && cp %p {self.wal}/%f",
            archive_timeout=str(self.archive_timeout),
        )
        connect = ("-h", str(self.server.sockets / "postgresql"), "-U", "postgres")
        how = ("--checkpoint=fast", "--wal-method=none")
        postgresql_server._run("pg_basebackup", *connect, "-D", str(self.base), *how)
        self.made_at = time.time()

    def newest_restorable(self) -> float:
        """Return the time up to which everything could be restored now."""
        [[archived_at]] = self.ask("SELECT last_archived_time FROM pg_stat_archiver")
        return max(self.made_at, archived_at.timestamp() if archived_at else 0.0)

    def wait_until_archived(self) -> None:
        """Wait until what is committed by now could be restored."""
        [[file]] = self.ask("SELECT pg_walfile_name(pg_current_wal_lsn())")
        wait_for(
            lambda: self.ask(f"SELECT last_archived_wal >= '{file}' FROM pg_stat_archiver")[0][0],
            seconds=2 * self.archive_timeout + 60,
        )

    def restore(self, moment: datetime) -> None:
        """Put the base backup in place and go on to a moment, with the server as it crashed."""
        shutil.rmtree(self.data)
        self.base.rename(self.data)
        with (self.data / "postgresql.auto.conf").open("a") as file:
            file.write(f"restore_command = 'cp {self.wal}/%f %p'\n")
            file.write(f"recovery_target_time = '{moment.isoformat()}'\n")
            file.write("recovery_target_action = 'promote'\n")
        signal = self.data / "recovery.signal"
        signal.touch()
        postgresql_server._give_away(signal)
        self.server.start()
        wait_for(lambda: self.ask("SELECT pg_is_in_recovery()") == [(False,)])

    def end(self) -> None:
        """Leave the server as it was before, for the next fault."""
        self._set(archive_mode="off", archive_command="", archive_timeout="0")

    @contextmanager
    def standstill(self) -> Iterator[None]:
        """Let every writer wait for a moment; none is refused."""
        with self._connected() as connection, connection.transaction():
            connection.execute("LOCK TABLE person_sync IN EXCLUSIVE MODE")
            yield

    def checksums(self) -> dict[str, str]:
        """Return one checksum over all rows of each table that matters."""
        text = "SELECT md5(coalesce(string_agg(row::text, ' ' ORDER BY row::text), '')) FROM {} row"
        return {table: self.ask(text.format(table))[0][0] for table in TABLES}

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query that sees everything."""
        with self._connected() as connection:
            return connection.execute(question).fetchall()

    def _set(self, **settings: str) -> None:
        with self._connected() as connection:
            for name, value in settings.items():
                connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        self.server.stop()
        self.server.start()

    @contextmanager
    def _connected(self) -> Iterator[psycopg.Connection]:
        host = str(self.server.sockets / "postgresql")
        with psycopg.connect(host=host, user="postgres", dbname="quiver", autocommit=True) as one:
            yield one
