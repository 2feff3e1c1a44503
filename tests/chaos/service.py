"""The service's processes, started as `make run` starts them, and started again when killed."""

import os
import random
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import psutil

from config.run import HOST, answers, stop_with_parent
from tests.chaos.servers import PostgreSQL, wait_for

ROOT = Path(__file__).resolve().parents[2]
STOP_SECONDS = 20
WATCH_EVERY_SECONDS = 0.1
CELERY = ("celery", "--quiet", "-A", "config.celery")
QUIET = ("--loglevel", "WARNING")
WORKERS = ("worker-1", "worker-2", "worker-3")


class Service:
    """The processes that are to run; what is killed or ends is started again, as by systemd."""

    def __init__(self, folder: Path) -> None:
        self.environment: dict[str, str] = {}
        self.own: dict[str, dict[str, str]] = {}  # variables of single parts
        self.most_memory = resource.RLIM_INFINITY  # bytes of address space, of each process
        self.port = free_port()
        self.ended_alone: Counter[str] = Counter()
        self._log = (folder / "service.log").open("ab")
        self._commands = commands(folder, self.port)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._lock = threading.RLock()
        self._stopped = threading.Event()
        self._watch = threading.Thread(target=self._keep_running, name="supervisor")

    def manage(self, *arguments: str, text: str = "") -> str:
        """Run one program of this repository to its end and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=self.environment,
            input=text,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            check=True,
        )
        return done.stdout

    def migrate(self, postgresql: PostgreSQL, kept: Path | None) -> None:
        """Start PostgreSQL with all tables; the first time they are kept there for the next ones.

        To make them takes ten seconds of a processor.
        """
        if kept and kept.exists():
            postgresql.begin_with(kept)
            postgresql.start()
            return
        postgresql.start()
        self.manage("manage", "migrate", "--verbosity", "0")
        if kept:
            postgresql.stop()
            postgresql.keep(kept)
            postgresql.start()

    def start(self) -> None:
        """Start the web server and watch over whatever is to run."""
        self._watch.start()
        self.only({"web"})
        wait_for(lambda: answers(self.port))

    def only(self, parts: set[str]) -> None:
        """Let these parts run and, beside the web server, no others."""
        with self._lock:
            for name in set(self._running) - parts - {"web"}:
                self._end(self._running.pop(name))
            for name in parts - set(self._running):
                self._launch(name)

    def serve_with(self, *, workers: int = 2, threads: int = 4) -> None:
        """Start the web server anew with so many workers and threads of each."""
        with self._lock:
            self._commands["web"] = web_command(self.port, workers=workers, threads=threads)
            self._end(self._running["web"])
            self._launch("web")
        wait_for(lambda: answers(self.port))

    def kill(self, name: str) -> None:
        """Kill a part with all its children at once; it is started again."""
        with self._lock:
            kill_group(self._running[name])
            self._launch(name)

    def kill_child(self, name: str, chance: random.Random) -> None:
        """Kill one child of a part: its master starts another, or ends and is started again."""
        with self._lock:
            children = psutil.Process(self._running[name].pid).children()
        if children:
            chance.choice(children).kill()

    def processes(self, name: str) -> list[psutil.Process]:
        """Return the processes of a part, its own first; none when it has just been killed."""
        with self._lock:
            pid = self._running[name].pid
        try:
            own = psutil.Process(pid)
            return [own, *own.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def stop(self) -> None:
        self._stopped.set()
        if self._watch.is_alive():
            self._watch.join()
        with self._lock:
            for process in self._running.values():
                process.terminate()
            for process in self._running.values():
                self._end(process)
            self._running.clear()
        self._log.close()

    def _launch(self, name: str) -> None:
        self._running[name] = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", *self._commands[name]],
            cwd=ROOT,
            env=self.environment | self.own.get(name, {}),
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
            preexec_fn=self._prepare,  # noqa: PLW1509 - it only calls prctl and setrlimit
        )

    def _prepare(self) -> None:
        stop_with_parent()
        resource.setrlimit(resource.RLIMIT_AS, (self.most_memory, self.most_memory))

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            kill_group(process)

    def _keep_running(self) -> None:
        while not self._stopped.wait(WATCH_EVERY_SECONDS):
            with self._lock:
                ended = [name for name, one in self._running.items() if one.poll() is not None]
                for name in ended:
                    self.ended_alone[name] += 1
                    kill_group(self._running[name])
                    self._launch(name)


def commands(folder: Path, port: int) -> dict[str, tuple[str, ...]]:
    """Return the command of each part."""
    worker = (*CELERY, "worker", "--concurrency", "1", "--without-gossip", "--without-mingle")
    return {
        "web": web_command(port, workers=2, threads=4),
        "outbox": ("manage", "run_outbox"),
        **{name: (*worker, "--hostname", f"{name}@chaos", *QUIET) for name in WORKERS},
        **{
            name: (*CELERY, "beat", "--schedule", str(folder / name), "--pidfile=", *QUIET)
            for name in ("beat-1", "beat-2")
        },
    }


def web_command(port: int, *, workers: int, threads: int) -> tuple[str, ...]:
    return (
        *("granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(threads)),
        *("--no-ws", "--log-level", "warning", "config.wsgi:application"),
    )


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and its children; they are a group of their own."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
