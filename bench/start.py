"""What it takes to start, and what the processes hold when they have nothing to do.

Starts all of it on this machine. The exit status is 1 when an idle process holds more than it may.
"""

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection

import psutil
import redis

from bench.bodies import STARTED, episode_post
from bench.clients import HOST, Target, drive, request
from bench.machine import machine
from bench.servers import QUIVER, Servers, started
from config.run import commands, say
from tests.chaos.servers import wait_for

MIB = 2**20
WEB_MIB, TASKS_MIB = 110, 130
QUIET_SECONDS = 0.2
WEB_WORKERS, THREADS = 2, 4  # as in the container
TASK = "reports.make_queued"


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What one process holds, in MiB: its share of all pages, and all pages it can see."""

    name: str
    pss: float
    rss: float
    most: float | None = None

    @classmethod
    def of(cls, name: str, process: psutil.Process, *, most: float | None = None) -> "Memory":
        """Return that of a running process; Linux only."""
        held = process.memory_full_info()
        return cls(name=name, pss=held.pss / MIB, rss=held.rss / MIB, most=most)

    @property
    def is_met(self) -> bool:
        return self.most is None or self.pss <= self.most

    def __str__(self) -> str:
        goal = (
            "" if self.most is None else f"<= {self.most:g} {'met' if self.is_met else 'NOT MET'}"
        )
        return f"| {self.name} | {self.pss:.0f} | {self.rss:.0f} | {goal} |"


def main() -> int:
    """Measure all of it; return 1 when a process holds more than it may."""
    parser = argparse.ArgumentParser(prog="python -m bench.start", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="of each start; medians are printed")
    runs = parser.parse_args().runs
    with started() as servers:
        say(f"{machine(STARTED)}\n\n| start | seconds | CPU seconds |\n|---|---|---|")
        check = ("manage", "check")
        say(row("`manage.py check`", runs, lambda: servers.manage(QUIVER, *check)))
        imports = ("bench.imports",)
        say(row("imports of a web process", runs, lambda: servers.manage(QUIVER, *imports)))
        web = web_workers(servers)
        tasks = task_worker(servers)
    say("\n| idle | PSS MiB | RSS MiB | goal |\n|---|---|---|---|")
    for held in (*web, *tasks):
        say(str(held))
    return int(not all(held.is_met for held in (*web, *tasks)))


def row(name: str, runs: int, start: Callable[[], object]) -> str:
    """Return the medians of the clock and of the CPU time of what is started and waited for."""
    took, cpu = [], []
    for _ in range(runs):
        before, begun = cpu_of_children(), time.perf_counter()
        start()
        took.append(time.perf_counter() - begun)
        cpu.append(cpu_of_children() - before)
    return f"| {name} | {statistics.median(took):.2f} | {statistics.median(cpu):.2f} |"


def cpu_of_children() -> float:
    """Return the CPU seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def web_workers(servers: Servers) -> list[Memory]:
    """Start them, say how long they take to answer, and return what the larger one then holds."""
    order = json.dumps({"urls_of_person": [[]], "sessions": 1})
    (person,) = json.loads(servers.manage(QUIVER, "tests.chaos.people", "make", text=order))
    phone = {"X-Session-Token": person["tokens"][0]}
    begun = time.perf_counter()
    servers.serve(QUIVER, workers=WEB_WORKERS, threads=THREADS)
    target = servers.targets[QUIVER]
    wait_for(lambda: is_alive(target.port))
    say(f"| web server to its first answer | {time.perf_counter() - begun:.2f} | |")
    page = partial(request, "GET", "/v1/episodes?limit=50", phone)
    for name in ("first request of a diary", "the next one"):
        took = of_each_worker(target, page, expected=200)
        say(f"| {name} | {took:.3f} | {cpu_of(target) / WEB_WORKERS:.2f} so far |")
    of_each_worker(target, partial(episode_post, phone), expected=201)
    idle = largest("web worker, one of two", target, most=WEB_MIB)
    of_each_worker(target, partial(request, "GET", "/v1/assessment", phone), expected=200)
    return [idle, largest("web worker after an assessment", target)]


def largest(name: str, target: Target, *, most: float | None = None) -> Memory:
    """Return what that worker holds which holds the most."""
    held = (Memory.of(name, process, most=most) for process in processes_of(target))
    return max(held, key=lambda memory: memory.pss)


def is_alive(port: int) -> bool:
    """Return whether the service answers: the port is open before the worker has started."""
    connection = HTTPConnection(HOST, port)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except ConnectionError:
        return False
    else:
        return True
    finally:
        connection.close()


def of_each_worker(target: Target, make: Callable[[], bytes], *, expected: int) -> float:
    """Send each worker a request at once; return the seconds until all have answered."""
    asked = [make() for _ in target.workers]
    return drive(target, asked, connections=len(asked), expected=expected).took


def cpu_of(target: Target) -> float:
    """Return the CPU seconds that the workers have used."""
    used = (process.cpu_times() for process in processes_of(target))
    return sum(float(each.user + each.system) for each in used)


def processes_of(target: Target) -> list[psutil.Process]:
    """Return the workers of the web server."""
    return [psutil.Process(pid) for pid in target.workers]


def task_worker(servers: Servers) -> list[Memory]:
    """Start a worker with a task waiting, say how long that takes, and return what it holds."""
    celery = ("celery", "--quiet", "-A", "config.celery")
    servers.manage(QUIVER, *celery, "call", TASK)
    with redis.Redis.from_url(servers.environment[QUIVER]["REDIS_URL"]) as client:
        if is_done(client):
            raise RuntimeError("no task waits")
        begun = time.perf_counter()
        worker = servers.launch(QUIVER, *commands(0)["worker"])
        wait_for(lambda: is_done(client))
    took = time.perf_counter() - begun - QUIET_SECONDS
    say(f"| task worker to the end of its first task | {took:.2f} | |")
    parent = psutil.Process(worker.pid)
    (child,) = parent.children()
    return [
        Memory.of("child of a task worker", child, most=TASKS_MIB),
        Memory.of("its parent", parent),
    ]


def is_done(client: redis.Redis) -> bool:
    """Return whether no message waits, and none is in work.

    On its way from the queue to the worker it is in neither for a moment, hence the second look.
    """
    waiting = ("quiver:celery", "quiver:unacked")
    if client.exists(*waiting):
        return False
    time.sleep(QUIET_SECONDS)
    return not client.exists(*waiting)


if __name__ == "__main__":
    sys.exit(main())
