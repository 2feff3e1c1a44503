"""`make bench`: Quiver beside a bare DRF service and PostgreSQL by itself, by turns, in one run.

It starts all of it on this machine. The exit status is 1 when a ratio is not what it has to be.
"""

import argparse
import json
import platform
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path

import psutil

from bench.figures import Measured, Rounds, quantile, ratios, table, verdicts
from bench.servers import BARE, QUIVER, Servers
from bench.stages import STARTED, Callers, Stage, get, over_http, session, stages, upload
from bench.yardstick.floor import Floor
from config.run import say, stop_with_parent

FOLDERS = "/var/tmp"  # noqa: S108 - PostgreSQL's own user must reach it; the name below is random
PHONES = 4  # of each person: the service counts the requests of each
EPISODES = 500  # of each person
WARM_UP = 40  # requests, at least
VERSIONS = ("django", "djangorestframework", "granian", "psycopg")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure as asked and print the tables; return 1 when a ratio is not met."""
    options = read_options(arguments)
    stop_with_parent()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="quiver-bench-", dir=FOLDERS))
    folder.chmod(0o755)
    servers = Servers(folder)
    try:
        servers.start()
        measured = measure(servers, options)
    finally:
        servers.stop()
        shutil.rmtree(folder, ignore_errors=True)
    found = ratios(measured)
    say(f"{table(measured)}\n\n{verdicts(found)}")
    return int(not all(ratio.is_met for ratio in found))


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the command line; `--quick` makes everything small."""
    parser = argparse.ArgumentParser(prog="python -m bench.side_by_side", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few persons, short rounds")
    parser.add_argument("--persons", type=int, help="who write; half as many read")
    parser.add_argument("--rounds", type=int, help="of all stages")
    parser.add_argument("--seconds", type=float, help="of each stage in each round, about")
    parser.add_argument("--workers", type=int, default=2, help="web processes of each service")
    parser.add_argument("--threads", type=int, default=1, help="of each web process")
    small = parser.parse_known_args(arguments)[0].quick
    parser.set_defaults(
        persons=12 if small else 50, rounds=3 if small else 7, seconds=0.5 if small else 2.0
    )
    return parser.parse_args(arguments)


def measure(servers: Servers, options: argparse.Namespace) -> Rounds:
    """Start both services, fill their diaries, and return what each stage measured by turns."""
    say(description(options))
    for service in (QUIVER, BARE):
        servers.serve(service, workers=options.workers, threads=options.threads)
    callers = fill(servers, options)
    with Floor(servers.database(BARE), servers.database("quiver", role="postgres")) as below:
        todo = stages(servers.port, callers, below)
        counts = {stage.name: warm_up(stage, seconds=options.seconds) for stage in todo}
        measured: dict[str, list[Measured]] = {stage.name: [] for stage in todo}
        for number in range(options.rounds):
            say(f"Round {number + 1} of {options.rounds} ...")
            for stage in todo:
                measured[stage.name].append(one_round(servers, stage, counts[stage.name]))
    return measured


def description(options: argparse.Namespace) -> str:
    """Return where and when this is, and what is measured."""
    versions = ", ".join(f"{name} {version(name)}" for name in VERSIONS)
    return (
        f"{STARTED:%Y-%m-%d}, {psutil.cpu_count()} cores ({processor()}), load"
        f" {psutil.getloadavg()[0]:.1f}, Python {platform.python_version()}, {versions}.\n"
        f"granian, {options.workers} workers of {options.threads} threads for each service; neither"
        f" task worker nor scheduler. {options.persons} persons write, half as many read;"
        f" {EPISODES} episodes each.\nLimits of requests and operations are out of the way."
    )


def processor() -> str:
    """Return the name of the processor, as far as the system tells."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def fill(servers: Servers, options: argparse.Namespace) -> Callers:
    """Make the persons of both services and their diaries; return who calls."""
    say("Filling diaries ...")
    order = json.dumps({"persons": options.persons, "episodes": EPISODES})
    bare = json.loads(servers.manage(BARE, "bench.yardstick.people", text=order))
    readers = max(1, options.persons // 2)
    order = json.dumps({"urls_of_person": [[]] * (options.persons + readers), "sessions": PHONES})
    made = json.loads(servers.manage(QUIVER, "tests.chaos.people", "make", text=order))
    by_phone = list(zip(*(one["tokens"] for one in made), strict=True))
    callers = Callers.of(
        writers=[token for phone in by_phone for token in phone[readers:]],
        readers=[token for phone in by_phone for token in phone[:readers]],
        bare=bare,
    )
    first = (session(token) for token in by_phone[0])
    to_quiver = partial(over_http, servers.port[QUIVER])
    to_quiver(first, upload, connections=options.workers)(len(made))
    # A phone's first call registers it, once in its life.
    to_quiver(callers.writers, get("/v1/profile"))(PHONES * options.persons)
    to_quiver(callers.readers, get("/v1/profile"))(PHONES * readers)
    return callers


def warm_up(stage: Stage, *, seconds: float) -> int:
    """Do the stage a while; return how often it can be done in so many seconds."""
    count = min(WARM_UP, stage.most)
    stage.drive(count)
    return max(count, min(stage.most, round(count / stage.drive(count).took * seconds)))


def one_round(servers: Servers, stage: Stage, count: int) -> Measured:
    """Do the stage so many times and return what that cost."""
    before = servers.cpu(stage.service)
    driven = stage.drive(count)
    after = servers.cpu(stage.service)
    web, postgresql = (
        1000 * (late - early) / count for early, late in zip(before, after, strict=True)
    )
    return Measured(
        rate=count / driven.took,
        p50=1000 * quantile(driven.times, 0.5),
        p99=1000 * quantile(driven.times, 0.99),
        web=web,
        postgresql=postgresql,
        client=1000 * driven.cpu / count,
    )


if __name__ == "__main__":
    sys.exit(main())
