"""Measure a running service on this machine: a bounded closed loop per stage, figures as a table.

Each thread keeps one connection and sends its next request when the last is answered, so the load
never exceeds the concurrency. Loopback only. Writes go to the diary of the token's person.
"""

import argparse
import json
import math
import random
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
MOST_THREADS = 8
MOST_REQUESTS = 20_000
LONGEST_STAGE = 60.0  # seconds
SPREAD_MINUTES = 2 * 365 * 24 * 60
REPORT_WAIT = 30.0  # seconds
REPORT_POLL = 0.02  # seconds


class RefusedError(Exception):
    """The service answered with a status that the stage does not expect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where the service is and who asks."""

    host: str
    port: int
    token: str


@dataclass(slots=True)
class Client:
    """One persistent connection of one thread."""

    target: Target
    connection: HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = HTTPConnection(self.target.host, self.target.port, timeout=30)

    def send(self, method: str, path: str, body: Any = None, *, expected: int) -> bytes:
        """Return the body of the answer. Raises RefusedError for any other status."""
        headers = {"X-Session-Token": self.target.token}
        content = None
        if body is not None:
            content = json.dumps(body)
            headers["Content-Type"] = "application/json"
        self.connection.request(method, path, content, headers)
        answer = self.connection.getresponse()
        content_back = answer.read()
        if answer.status != expected:
            raise RefusedError(f"{method} {path.partition('?')[0]}: {answer.status}")
        return content_back


Request = Callable[[Client], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One kind of request, repeated. `prepare` comes before each and is not in its time."""

    name: str
    request: Request
    threads: int
    requests: int
    seconds: float
    prepare: Request | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one stage measured; times in seconds, of successful requests only."""

    stage: Stage
    took: float
    times: tuple[float, ...]
    errors: tuple[str, ...]


def post_episode(client: Client) -> object:
    """Log one episode with what a phone usually sends, on some day of the last two years.

    All of them today would make a day nobody has, and each write weighs the days it touches.
    """
    now = datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - a client has its own clock
    at = now - timedelta(minutes=random.randrange(SPREAD_MINUTES))  # noqa: S311 - not a secret
    body = {
        "id": str(uuid.uuid4()),
        "data": {
            "start": {"at": at.isoformat(), "time_zone": "UTC"},
            "duration_seconds": 20,
            "sites": [{"site": "upper_lip", "side": "left"}],
            "movement": "twitch",
            "strength": 4,
            "symptoms": [{"symptom": "face_droop", "present": False}],
        },
    }
    return client.send("POST", "/v1/episodes", body, expected=201)


def list_episodes(client: Client) -> object:
    """Read the newest page of fifty episodes."""
    page = json.loads(client.send("GET", "/v1/episodes?limit=50", expected=200))
    if not page["items"]:
        raise RefusedError("GET /v1/episodes: no items")
    return page


def make_report(client: Client) -> object:
    """Ask for a report, wait until it is ready and download it."""
    report = json.loads(client.send("POST", "/v1/reports", {}, expected=202))
    deadline = time.monotonic() + REPORT_WAIT
    while report["state"] != "ready":
        if report["state"] == "failed" or time.monotonic() > deadline:
            raise RefusedError(f"report: {report['state']}")
        time.sleep(REPORT_POLL)
        report = json.loads(client.send("GET", f"/v1/reports/{report['id']}", expected=200))
    pdf = client.send("GET", f"/v1/reports/{report['id']}/pdf", expected=200)
    if not pdf.startswith(b"%PDF-"):
        raise RefusedError("report: not a PDF")
    return pdf


def run(stage: Stage, target: Target) -> Result:
    """Run one stage on its threads until its count or its time is used up."""
    share = math.ceil(stage.requests / stage.threads)
    started = time.perf_counter()
    deadline = started + stage.seconds
    with ThreadPoolExecutor(stage.threads) as pool:
        loops = [pool.submit(loop, stage, target, share, deadline) for _ in range(stage.threads)]
        done = [each.result() for each in loops]
    took = time.perf_counter() - started
    return Result(
        stage=stage,
        took=took,
        times=tuple(seconds for times, _ in done for seconds in times),
        errors=tuple(error for _, errors in done for error in errors),
    )


def loop(
    stage: Stage, target: Target, requests: int, deadline: float
) -> tuple[list[float], list[str]]:
    """Send requests one after the other; return the times of the good and the words of the bad."""
    client = Client(target)
    times: list[float] = []
    errors: list[str] = []
    for _ in range(requests):
        if time.perf_counter() > deadline:
            break
        try:
            if stage.prepare is not None:
                stage.prepare(client)
            before = time.perf_counter()
            stage.request(client)
        except (RefusedError, HTTPException, OSError) as error:
            errors.append(str(error) or type(error).__name__)
            client.connection.close()
        else:
            times.append(time.perf_counter() - before)
    client.connection.close()
    return times, errors


def quantile(times: Sequence[float], share: float) -> float:
    """Return the smallest time that at least this share of the requests did not exceed."""
    return sorted(times)[max(0, math.ceil(share * len(times)) - 1)] if times else math.nan


def row(result: Result) -> str:
    """Return the table row of one stage; milliseconds."""
    p50, p99 = (1000 * quantile(result.times, share) for share in (0.5, 0.99))
    rate = len(result.times) / result.took
    return (
        f"| {result.stage.name} | {result.stage.threads} | {len(result.times)} | {rate:.1f} "
        f"| {p50:.1f} | {p99:.1f} | {p99 / p50:.1f} | {len(result.errors)} |"
    )


def stages(options: argparse.Namespace) -> list[Stage]:
    """Return the stages in order; reports are few, because each is a child process."""
    kinds: list[tuple[str, Request, int, int, Request | None]] = []
    for name, request in (("one episode POST", post_episode), ("list of 50", list_episodes)):
        kinds += [(name, request, n, options.requests, None) for n in options.threads]
    # The same report of the same data is not made twice, so each follows a new episode.
    kinds += [("report, asked to downloaded", make_report, 1, options.reports, post_episode)]
    return [
        Stage(
            name=name,
            request=request,
            threads=threads,
            requests=count,
            seconds=options.seconds,
            prepare=prepare,
        )
        for name, request, threads, count, prepare in kinds
        if count
    ]


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the command line, within its bounds; anything outside ends with a message."""
    parser = argparse.ArgumentParser(prog="bench/api.py", description=__doc__)
    parser.add_argument("--token", required=True, help="a session token, as make run prints it")
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, MOST_THREADS])
    parser.add_argument("--requests", type=int, default=400, help="per stage, reports aside")
    parser.add_argument("--reports", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=20.0, help="longest time of one stage")
    options = parser.parse_args(arguments)
    url = urlsplit(options.url)
    if url.scheme != "http" or url.hostname not in LOOPBACK:
        parser.error("--url must be an http:// address of this machine")
    if not all(1 <= n <= MOST_THREADS for n in options.threads):
        parser.error(f"--threads must be 1 to {MOST_THREADS}")
    if not (0 <= options.requests <= MOST_REQUESTS and 0 <= options.reports <= MOST_REQUESTS):
        parser.error(f"--requests and --reports must be 0 to {MOST_REQUESTS}")
    if not 0 < options.seconds <= LONGEST_STAGE:
        parser.error(f"--seconds must be above 0 and at most {LONGEST_STAGE:.0f}")
    options.target = Target(host=url.hostname, port=url.port or 80, token=options.token)
    return options


def main() -> int:
    """Run all stages; return 1 when any request failed."""
    options = read_options()
    say("| stage | threads | requests | a second | p50 ms | p99 ms | p99/p50 | errors |")
    say("|---|---|---|---|---|---|---|---|")
    failed = False
    for stage in stages(options):
        result = run(stage, options.target)
        say(row(result))
        for error in sorted(set(result.errors)):
            say(f"  {result.errors.count(error)} times: {error}")
        failed = failed or bool(result.errors) or not result.times
    return int(failed)


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201 - this is a command


if __name__ == "__main__":
    sys.exit(main())
