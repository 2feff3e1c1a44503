"""`make run`: servers, migrations, a sample diary and all processes under one roof.

When a part ends by itself, everything is stopped and the exit status is 1: a half service would
look like a whole one.
"""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from django.core.exceptions import ImproperlyConfigured

from config import env, servers

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_SECONDS = 60
STOP_SECONDS = 20
PARENT_DEATH_SIGNAL = 1  # prctl(2), Linux
ROOT_IS_FINE = "ignore:You're running the worker with superuser"  # for development, it is

Processes = dict[str, subprocess.Popen[bytes]]


def main() -> int:
    """Run everything until a signal or the end of a part; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m config.run", description=__doc__)
    parser.add_argument("--stop-with-parent", action="store_true", help="end when make is killed")
    if parser.parse_args().stop_with_parent:
        stop_with_parent()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _ask_to_stop)
    processes: Processes = {}
    try:
        return serve(processes)
    except KeyboardInterrupt:
        return 0
    except ImproperlyConfigured as error:
        say(str(error))
        return 2
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stop(processes)


def serve(processes: Processes) -> int:
    """Start all parts in order, say where to look, and watch them."""
    port = env.env_int("PORT", default=8000)
    if not wait_until_free(port):
        say(f"Port {port} is in use. Stop what uses it, or choose another: make run PORT=8001")
        return 2
    env.set_development_defaults(ROOT)
    say("Starting PostgreSQL and Valkey ...")
    servers.databases()
    servers.redis_url()
    manage("migrate", "--verbosity", "0")
    sample = sample_diary(port)
    for name, command in commands(port).items():
        processes[name] = start(command)
    wait_until_served(port, processes)
    say(f"{sample}\nQuiver serves http://{HOST}:{port} - API: http://{HOST}:{port}/v1/docs")
    say("Mail is written to .data/mail. Ctrl-C stops everything.")
    return watch(processes)


def sample_diary(port: int) -> str:
    """Return what `sample_diary` prints; it is not made in a database that may be a real one."""
    if not (env.uses_embedded_database() or env.env_bool("DEBUG", default=False)):
        return "DATABASE_URL is set, so no sample diary was made: see manage.py sample_diary."
    return manage("sample_diary", "--base-url", f"http://{HOST}:{port}")


def commands(port: int) -> dict[str, tuple[str, ...]]:
    """Return the command of each part, in the order of starting."""
    workers = str(env.env_int("WEB_WORKERS", default=2))
    tasks = str(env.env_int("TASK_WORKERS", default=1))
    celery = ("celery", "--quiet", "-A", "config.celery")
    schedule = str(ROOT / ".data" / "beat-schedule")
    return {
        "web": (
            *("granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)),
            *("--workers", workers, "--blocking-threads", "4", "--no-ws"),
            *("--log-level", "warning", "config.wsgi:application"),
        ),
        "worker": (*celery, "worker", "--concurrency", tasks, "--without-gossip"),
        # Not with the worker's tasks: a long look must not stand in the way of an alert.
        "outbox": ("manage", "run_outbox"),
        "scheduler": (*celery, "beat", "--schedule", schedule, "--pidfile="),
    }


def start(command: tuple[str, ...]) -> subprocess.Popen[bytes]:
    """Start one part in a group of its own, so that Ctrl-C reaches it through us only."""
    return subprocess.Popen(
        [sys.executable, "-W", ROOT_IS_FINE, "-m", *command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=stop_with_parent,  # noqa: PLW1509 - we have one thread
    )


def manage(*arguments: str) -> str:
    """Run one management command and return what it printed; its failure is ours."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise ImproperlyConfigured(f"{done.stdout}manage.py {arguments[0]} failed; see above.")
    return done.stdout


def watch(processes: Processes) -> int:
    """Wait until a part ends by itself; return 1 after saying which."""
    while True:
        for name, process in processes.items():
            if process.poll() is not None:
                say(f"The {name} ended with status {process.returncode}; stopping the rest.")
                return 1
        time.sleep(0.3)


def stop(processes: Processes) -> None:
    """Stop the parts, the newest first; after a while, without asking."""
    if processes:
        say("Stopping ...")
    for process in reversed(processes.values()):
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_until_free(port: int, *, seconds: float = 5) -> bool:
    """Return whether the port is free, giving a run that was just killed time to let go."""
    deadline = time.monotonic() + seconds
    while answers(port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def wait_until_served(port: int, processes: Processes) -> None:
    """Wait for the web server to accept connections, or for a part to end."""
    deadline = time.monotonic() + START_SECONDS
    while not answers(port) and time.monotonic() < deadline:
        if any(process.poll() is not None for process in processes.values()):
            return
        time.sleep(0.1)


def answers(port: int) -> bool:
    """Return whether anything accepts connections on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def stop_with_parent() -> None:
    """Ask Linux to send us SIGTERM when our parent dies, even by kill -9. No-op elsewhere."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGTERM)


def say(text: str) -> None:
    """Print a line to the terminal at once."""
    print(text, flush=True)  # noqa: T201 - this is a command


def _ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
