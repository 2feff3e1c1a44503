"""`make bench`: Quiver beside a bare DRF service and PostgreSQL by itself, by turns, in one run.

It starts all of it on this machine. The exit status is 1 when a ratio is not what it has to be.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from functools import partial
from itertools import cycle
from typing import Any

from bench.bodies import STARTED, upload
from bench.figures import Measured, Rounds, Said, quantile, ratios, table, verdicts
from bench.machine import machine
from bench.servers import APPLICATIONS, BARE, QUIVER, Servers, started
from bench.stages import (
    ASSESSMENT_PATH,
    CONNECTIONS,
    LIST_PATH,
    PULL_PATH,
    Callers,
    OverHttp,
    Stage,
    get,
    stages,
)
from bench.yardstick.floor import Floor
from config.run import say

PHONES = 4  # of each person: the service counts the requests of each
EPISODES = 500  # of each person
COUNTED, PROFILED = 8, 20  # requests of each stage in one process


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure as asked and print the tables; return 1 when a ratio is not met."""
    options = read_options(arguments)
    with started() as servers:
        say(description(options))
        callers = fill(servers, options)
        servers.settle()
        with Floor(servers.database(BARE), servers.database("quiver", role="postgres")) as below:
            todo = stages(servers.targets, callers, below, uploads=options.uploads)
            inside = look_inside(servers, todo, profile=options.profile)
            if options.profile:
                say("\n".join(f"{name}\n{text}" for name, text in inside.items()))
                return 0
            measured = measure(servers, todo, options)
    found = ratios(measured)
    said = {name: Said(**counts) for name, counts in inside.items()}
    say(f"{table(measured, said)}\n\n{verdicts(found)}")
    return int(not all(ratio.is_met for ratio in found))


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the command line; `--quick` makes everything small."""
    parser = argparse.ArgumentParser(prog="python -m bench.side_by_side", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few persons, short rounds")
    parser.add_argument("--persons", type=int, help="who write; half as many read")
    parser.add_argument("--rounds", type=int, help="of all stages")
    parser.add_argument("--seconds", type=float, help="of each stage in each round, about")
    parser.add_argument("--uploads", type=int, help="batches of 500 in each round")
    parser.add_argument("--workers", type=int, default=2, help="web processes of each service")
    parser.add_argument("--threads", type=int, default=4, help="of each web process")
    parser.add_argument("--profile", action="store_true", help="print where the time goes, only")
    quick = parser.parse_known_args(arguments)[0].quick
    sizes = {"persons": 50, "rounds": 7, "seconds": 2.0, "uploads": 8}
    small = {"persons": 12, "rounds": 3, "seconds": 0.3, "uploads": 3}
    parser.set_defaults(**small if quick else sizes)
    return parser.parse_args(arguments)


def description(options: argparse.Namespace) -> str:
    """Return where and when this is, and what is measured."""
    return (
        f"{machine(STARTED)}\n"
        f"granian, {options.workers} workers of {options.threads} threads for each service; neither"
        f" task worker nor scheduler. {options.persons} persons write, half as many read;"
        f" {EPISODES} episodes each.\nThe limits of requests and operations are out of the way."
    )


def fill(servers: Servers, options: argparse.Namespace) -> Callers:
    """Start both services, make their persons and diaries, and return who calls."""
    order = {"persons": options.persons, "episodes": EPISODES}
    bare = json.loads(servers.manage(BARE, "bench.yardstick.people", text=json.dumps(order)))
    for service in (QUIVER, BARE):
        servers.serve(service, workers=options.workers, threads=options.threads)
    readers = max(1, options.persons // 2)
    # Each batch of a warm-up, of a round and of what is counted is the first of somebody.
    uploaders = options.uploads * (options.rounds + 2) + PROFILED
    callers = Callers(
        writers=cycle(phones(servers, options.persons)),
        readers=cycle(phones(servers, readers)),
        uploaders=iter(phones(servers, uploaders, each=1)),
        bare=cycle([{"Authorization": f"Token {token}"} for token in bare]),
    )
    to_quiver = partial(OverHttp, target=servers.targets[QUIVER])
    for people, number in ((callers.writers, options.persons), (callers.readers, readers)):
        to_quiver(callers=people, make=upload)(number)
        # A phone's first call registers it, once in its life.
        to_quiver(callers=people, make=get("/v1/profile"))(number * (PHONES - 1))
    # A phone's first read within the hour is noted, and each worker remembers that for itself.
    for path in (LIST_PATH, PULL_PATH, ASSESSMENT_PATH):
        asked = to_quiver(callers=callers.readers, make=get(path))
        asked(readers * PHONES * options.workers)
    return callers


def phones(servers: Servers, persons: int, *, each: int = PHONES) -> list[dict[str, str]]:
    """Make persons; return what each phone sends to say who it is, neighbors of other persons."""
    order = {"urls_of_person": [[]] * persons, "sessions": each}
    made = json.loads(servers.manage(QUIVER, "tests.chaos.people", "make", text=json.dumps(order)))
    by_phone = zip(*(person["tokens"] for person in made), strict=True)
    return [{"X-Session-Token": token} for tokens in by_phone for token in tokens]


def look_inside(servers: Servers, todo: Sequence[Stage], *, profile: bool) -> dict[str, Any]:
    """Return for each stage of a service what a request said, or where the time of some goes."""
    found: dict[str, Any] = {}
    number = PROFILED if profile else COUNTED
    for service, application in APPLICATIONS.items():
        requests = {
            stage.name: [one.decode("latin-1") for one in stage.drive.requests(number)]
            for stage in todo
            if stage.service == service and isinstance(stage.drive, OverHttp)
        }
        order = json.dumps({"requests": requests, "profile": profile})
        found |= json.loads(servers.manage(service, "bench.inside", application, text=order))
    return found


def measure(servers: Servers, todo: Sequence[Stage], options: argparse.Namespace) -> Rounds:
    """Return what each stage measured in each round."""
    counts = {stage.name: warm_up(stage, seconds=options.seconds) for stage in todo}
    measured: dict[str, list[Measured]] = {stage.name: [] for stage in todo}
    for number in range(options.rounds):
        say(f"Round {number + 1} of {options.rounds} ...")
        for stage in todo:
            measured[stage.name].append(one_round(servers, stage, counts[stage.name]))
    return measured


def warm_up(stage: Stage, *, seconds: float) -> int:
    """Do the stage a while; return how often it can be done in so many seconds."""
    count = min(CONNECTIONS, stage.most)
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
        rows=stage.rows * count / driven.took,
        p50=1000 * quantile(driven.times, 0.5),
        p99=1000 * quantile(driven.times, 0.99),
        web=web,
        postgresql=postgresql,
        client=1000 * driven.cpu / count,
    )


if __name__ == "__main__":
    sys.exit(main())
