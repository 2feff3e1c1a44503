"""A PostgreSQL and a Valkey of the benchmark's own, and both services on the production server."""

import base64
import json
import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil
import psycopg

from api.limits import Limit
from bench.clients import Target
from config.embedded import postgresql_server, valkey_server
from config.run import answers, stop_with_parent
from tests.chaos.servers import wait_for
from tests.chaos.service import free_port, kill_group, web_command

FOLDERS = "/var/tmp"  # noqa: S108 - PostgreSQL's own user must reach it; the name below is random
ROOT = Path(__file__).resolve().parent.parent
QUIVER, BARE = "quiver", "yardstick"
APPLICATIONS = {QUIVER: "config.wsgi:application", BARE: "bench.yardstick.wsgi:application"}
NO_LIMIT = 10**9
LOG = "servers.log"
STOP_SECONDS = 20


@contextmanager
def started() -> Iterator["Servers"]:
    """Start PostgreSQL and Valkey in a folder of their own, which is removed at the end."""
    stop_with_parent()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(
        prefix="quiver-bench-", dir=FOLDERS, ignore_cleanup_errors=True
    ) as folder:
        Path(folder).chmod(0o755)
        servers = Servers(Path(folder))
        try:
            servers.start()
            yield servers
        finally:
            servers.stop()


class Servers:
    """The two servers and, once started, a web server for each of the two services."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._log = (folder / LOG).open("ab")
        self._cleaning = ExitStack()
        self.web: dict[str, subprocess.Popen[bytes]] = {}
        self.targets: dict[str, Target] = {}
        self.environment: dict[str, dict[str, str]] = {}
        (folder / "run").mkdir()

    def start(self) -> None:
        """Start PostgreSQL and Valkey, with the tables of Quiver and an empty second database."""
        sockets = self.folder / "run"
        self._cleaning.callback(self._log.close)
        self._cleaning.callback(postgresql_server.stop, home=self.folder)
        postgresql_server.start(home=self.folder, sockets=sockets)
        self._cleaning.callback(valkey_server.stop, sockets=sockets)
        valkey = valkey_server.start(home=self.folder, sockets=sockets)
        with psycopg.connect(self.database("quiver"), autocommit=True) as owner:
            owner.execute(f"CREATE DATABASE {BARE} TEMPLATE template0 ENCODING 'UTF8'")
        shared = {
            "PATH": os.defpath,
            "SECRET_KEY": secrets.token_urlsafe(50),
            "REDIS_URL": f"unix://{quote(str(valkey))}",
        }
        self.environment[QUIVER] = shared | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATA_KEYS": f"only:{base64.b64encode(bytes(32)).decode()}",
            "DATABASE_URL": self.database("quiver", role=postgresql_server.APPLICATION),
            "DATABASE_OWNER_URL": self.database("quiver"),
            "LOG_LEVEL": "WARNING",
            "LIMITS": json.dumps(dict.fromkeys(Limit, NO_LIMIT)),
        }
        self.environment[BARE] = shared | {
            "DJANGO_SETTINGS_MODULE": "bench.yardstick.settings",
            "DATABASE_URL": self.database(BARE),
        }
        self.manage(QUIVER, "manage", "migrate", "--verbosity", "0")

    def database(self, name: str, *, role: str = postgresql_server.OWNER) -> str:
        """Return the address of a database of this PostgreSQL."""
        where = urlencode({"host": self.folder / "run" / "postgresql", "port": 5432})
        return f"postgresql://{role}@/{name}?{where}"

    def settle(self) -> None:
        """Do what PostgreSQL would do by itself within minutes of filling tables."""
        for name in ("quiver", BARE):
            with psycopg.connect(self.database(name, role="postgres"), autocommit=True) as admin:
                admin.execute("VACUUM ANALYZE")

    def manage(self, service: str, *arguments: str, text: str = "") -> str:
        """Run one program of this repository for a service and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=self.environment[service],
            input=text,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout

    def serve(self, service: str, *, workers: int, threads: int) -> None:
        """Start granian for a service and wait until it answers."""
        port = free_port()
        command = web_command(port, workers=workers, threads=threads)
        self.web[service] = self.launch(service, *command[:-1], APPLICATIONS[service])
        wait_for(lambda: self.web[service].poll() is not None or answers(port))
        if self.web[service].poll() is not None:
            raise RuntimeError((self.folder / LOG).read_text())
        processes = psutil.Process(self.web[service].pid).children()
        self.targets[service] = Target(port=port, workers=tuple(each.pid for each in processes))

    def launch(self, service: str, *command: str) -> subprocess.Popen[bytes]:
        """Start a process of a service, to be stopped at the end."""
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", *command],
            cwd=ROOT,
            env=self.environment[service],
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
            preexec_fn=stop_with_parent,  # noqa: PLW1509 - it only calls prctl
        )
        self._cleaning.callback(self._end, process)
        return process

    def cpu(self, service: str | None) -> tuple[float, float]:
        """Return the CPU seconds that a service's web processes and PostgreSQL have used."""
        postmaster = self.folder / "postgresql" / "postmaster.pid"
        return (
            _cpu_of(self.web[service].pid) if service else 0.0,
            _cpu_of(int(postmaster.read_text().split()[0])),
        )

    def stop(self) -> None:
        """Stop everything, however far the start has come."""
        self._cleaning.close()

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            kill_group(process)


def _cpu_of(pid: int) -> float:
    """Return the CPU seconds of a process, its living children and those it has waited for."""
    process = psutil.Process(pid)
    own = process.cpu_times()
    total = own.user + own.system + own.children_user + own.children_system
    for child in process.children(recursive=True):
        try:
            times = child.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return float(total)
