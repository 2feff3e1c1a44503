"""F17 and F19: to the next version and back while phones write.

Two web processes behind a proxy take turns. Half way a transaction holds the table that the
migration of the next version changes.
"""

import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg

from config.run import HOST, answers, stop_with_parent
from tests.chaos.rig import Rig
from tests.chaos.servers import wait_for
from tests.chaos.service import ROOT, free_port, kill_group
from tests.faults.checker import Violations
from tests.faults.figures import Row
from tests.faults.history import UNANSWERED
from tests.faults.next_version import make_next_version
from tests.faults.phones import FOR_EVER, Crowd, Habits
from tests.faults.proxy import Fate, Proxy

ROUNDS = 4  # each restarts both hosts
EVERY_SECONDS = 20.0
HELD_SECONDS = 6.0
STOP_SECONDS = 60
PEOPLE = 5
OPERATIONS = 2_000
BUSY = 503
WAITING = (
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'episode'::regclass"
    " AND mode = 'AccessExclusiveLock'"
)
WEB = (
    *("granian", "--interface", "wsgi", "--no-ws", "--workers", "1", "--blocking-threads", "1"),
    *("--workers-kill-timeout", "30", "--log-level", "warning", "--host", HOST),
    "config.wsgi:application",
)


class Host:
    """One web process that runs the code of a folder."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, code: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", *WEB, "--port", str(self.port)],
            cwd=code,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=stop_with_parent,  # noqa: PLW1509 - it only calls prctl
        )
        wait_for(lambda: answers(self.port))

    def stop(self) -> int:
        """Return the status with which the process ended after SIGTERM."""
        if self.process is None:
            raise RuntimeError("The host has not been started.")
        self.process.terminate()
        return self.process.wait(STOP_SECONDS)

    def close(self) -> None:
        if self.process is not None:
            kill_group(self.process)


class Balancer(Proxy):
    """Leads each connection to the next host that takes one, as the proxy of a site does."""

    def __init__(self, hosts: list[Host]) -> None:
        self._hosts = hosts
        super().__init__(0, lambda: Fate.NONE)

    @property
    def target_port(self) -> int:
        self._hosts.append(self._hosts.pop(0))
        return next((one.port for one in self._hosts if answers(one.port)), self._hosts[0].port)

    @target_port.setter
    def target_port(self, _port: int) -> None:
        """There is no one target."""


def roll(rig: Rig, size: float) -> Row:
    """Restart both hosts again and again: to the next version, and back to this one."""
    rig.service.only({"outbox", "worker-1"})
    code = make_next_version(rig.folder)
    every, rounds = max(2.0, EVERY_SECONDS * min(1.0, size * 10)), max(2, round(ROUNDS * size))
    hosts = [Host(rig.service.environment) for _ in range(2)]
    balancer, statuses = Balancer(list(hosts)), []
    with closing(hosts[0]), closing(hosts[1]), closing(balancer):
        for host in hosts:
            host.start(ROOT)
        balancer.start()
        with Crowd(rig, PEOPLE, habits=Habits(timeout=20), port=balancer.port) as crowd:
            crowd.write(FOR_EVER)
            waited = migrate_under_a_lock(rig, code)
            for number in range(rounds):
                for host in hosts:
                    time.sleep(every)
                    statuses.append(host.stop())
                    host.start(code if number % 2 == 0 else ROOT)
            crowd.stop()
            found = crowd.check()
    return row_of(crowd, found, statuses, waited=waited)


def row_of(crowd: Crowd, found: Violations, statuses: list[int], *, waited: float) -> Row:
    answered = crowd.history.statuses
    crashes = sum(number for status, number in answered.items() if status >= 500 and status != BUSY)
    return Row(
        times=len(statuses),
        acked_lost=found.lost,
        applied_twice=found.twice,
        note=(
            f"{crowd.history.acknowledged} operations; {answered[BUSY]} answered 503,"
            f" {answered[UNANSWERED]} not at all; the migration took {waited:.0f} s behind a lock"
        ),
        failures=(
            *found.others(),
            *([f"{crashes} answers were another 5xx"] if crashes else []),
            *([f"ended with {statuses}"] if any(statuses) else []),
        ),
    )


def migrate_under_a_lock(rig: Rig, code: Path) -> float:
    """Migrate to the next version while a transaction holds its table; return the seconds."""
    began = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        with psycopg.connect(rig.postgresql.url("quiver_owner")) as reader:
            reader.execute("LOCK TABLE episode IN ACCESS SHARE MODE")  # as any long read does
            migration = pool.submit(migrate, rig, code)
            wait_for(lambda: reader.execute(WAITING).fetchone() != (0,))
            time.sleep(HELD_SECONDS)
        migration.result()
    return time.monotonic() - began


def migrate(rig: Rig, code: Path) -> None:
    command = [sys.executable, "-W", "ignore", "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=code, env=rig.service.environment, check=True)


def go_back(rig: Rig, size: float) -> Row:
    """Let this version write on the tables of the next one."""
    migrate(rig, make_next_version(rig.folder))
    rig.service.only({"outbox", "worker-1"})
    with Crowd(rig, PEOPLE) as crowd:
        crowd.write(max(200, round(OPERATIONS * size)))
        crowd.until_written(lambda: None, every=FOR_EVER)
        found = crowd.check()
    return Row(
        times=1,
        acked_lost=found.lost,
        applied_twice=found.twice,
        note=f"{crowd.history.acknowledged} operations of this version on the next one's tables",
        failures=found.others(),
    )
