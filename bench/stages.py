"""What is measured: each kind of request to both services, and its floor in PostgreSQL."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from http.client import HTTPConnection
from itertools import cycle, islice

from bench import bodies
from bench.bodies import Headers
from bench.clients import HOST, Driven, RefusedError, Target, drive, request
from bench.servers import BARE, QUIVER
from bench.yardstick import floor

CONNECTIONS = 8
PAGE = 50
POST, BARE_POST = "POST, Quiver", "POST, bare DRF"
LIST, BARE_LIST = "list of 50, Quiver", "list of 50, bare DRF"
WHOLE_POST, WHOLE_LIST = (f"{name}, same columns" for name in (BARE_POST, BARE_LIST))
PULL = "pull of 500, Quiver"
LIST_PATH, PULL_PATH, ASSESSMENT_PATH = "/v1/episodes?limit=50", "/v1/sync", "/v1/assessment"
PUSH, UNNEST, MULTI_ROW = "push of 500, Quiver", "unnest upsert of 500", "INSERT of 500"


@dataclass(frozen=True, slots=True, kw_only=True)
class OverHttp:
    """Requests to one service, each made beforehand for the next caller.

    The last answer must hold a text so many times: a fast answer of nothing would not count.
    """

    target: Target
    callers: Iterator[Headers]
    make: Callable[[Headers], bytes]
    connections: int = CONNECTIONS
    expected: int = 200
    holds: tuple[bytes, int] | None = None

    def requests(self, count: int) -> list[bytes]:
        """Return the next requests."""
        return [self.make(headers) for headers in islice(self.callers, count)]

    def __call__(self, count: int) -> Driven:
        """Send so many; raise RefusedError when that is not what is answered."""
        requests = self.requests(count)
        driven = drive(self.target, requests, connections=self.connections, expected=self.expected)
        if self.holds and driven.last.count(self.holds[0]) != self.holds[1]:
            raise RefusedError(f"not {self.holds}: {driven.last[:300]!r}")
        return driven


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One kind of work: `drive` does it so many times; each time concerns so many `rows`."""

    name: str
    drive: OverHttp | Callable[[int], Driven]
    service: str | None = None
    rows: int = 1
    most: int = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Callers:
    """Who calls, by turns; the diaries of the uploaders are empty, and each calls once."""

    writers: Iterator[Headers]
    readers: Iterator[Headers]
    uploaders: Iterator[Headers]
    bare: Iterator[Headers]


def stages(
    targets: Mapping[str, Target], callers: Callers, below: floor.Floor, *, uploads: int
) -> list[Stage]:
    """Return all stages, those to be compared next to each other."""
    return [
        *writing(targets, callers, below),
        *reading(targets, callers, below),
        *batches(targets[QUIVER], callers, below, uploads=uploads),
        *small_reads(targets[QUIVER], callers),
    ]


def writing(targets: Mapping[str, Target], callers: Callers, below: floor.Floor) -> list[Stage]:
    """Return the stages of one new episode."""
    ours = OverHttp(
        target=targets[QUIVER], callers=callers.writers, make=bodies.episode_post, expected=201
    )
    theirs = OverHttp(
        target=targets[BARE], callers=callers.bare, make=bodies.bare_episode_post, expected=201
    )
    whole = replace(theirs, make=bodies.whole_episode_post)
    return [
        Stage(name=POST, service=QUIVER, drive=ours),
        Stage(name=BARE_POST, service=BARE, drive=theirs),
        Stage(name=WHOLE_POST, service=BARE, drive=whole),
        Stage(name="INSERT of one row", drive=partial(floor.drive, below.one_row)),
    ]


def reading(targets: Mapping[str, Target], callers: Callers, below: floor.Floor) -> list[Stage]:
    """Return the stages that read fifty episodes, and 500 changes."""
    ours = partial(OverHttp, target=targets[QUIVER], callers=callers.readers)
    page = ours(make=get(LIST_PATH), holds=(b'"movement"', PAGE))
    pull = ours(make=get(PULL_PATH), holds=(b'"movement"', floor.BATCH))
    theirs = OverHttp(
        target=targets[BARE],
        callers=callers.bare,
        make=get("/episodes/?limit=50"),
        holds=(b'"kind"', PAGE),
    )
    whole = replace(theirs, make=get("/whole-episodes/?limit=50"), holds=(b'"movement"', PAGE))
    return [
        Stage(name=LIST, service=QUIVER, drive=page, rows=PAGE),
        Stage(name=BARE_LIST, service=BARE, drive=theirs, rows=PAGE),
        Stage(name=WHOLE_LIST, service=BARE, drive=whole, rows=PAGE),
        Stage(name=PULL, service=QUIVER, drive=pull, rows=floor.BATCH),
        Stage(name="SELECT of 50", drive=partial(floor.drive, below.newest), rows=PAGE),
    ]


def batches(target: Target, callers: Callers, below: floor.Floor, *, uploads: int) -> list[Stage]:
    """Return the stages of 500 new episodes, all over one connection."""
    push = OverHttp(
        target=target,
        callers=callers.uploaders,
        make=bodies.upload,
        connections=1,
        holds=(b'"applied"', floor.BATCH),
    )
    batch = partial(Stage, rows=floor.BATCH, most=uploads)
    return [
        batch(name=PUSH, service=QUIVER, drive=push),
        batch(name=UNNEST, drive=partial(floor.drive, below.unnest)),
        batch(name=MULTI_ROW, drive=partial(floor.drive, below.multi_row)),
    ]


def small_reads(target: Target, callers: Callers) -> list[Stage]:
    """Return the stages of what an app asks for whenever it is opened."""
    tag = {"If-None-Match": entity_tag(target.port, "/v1/vocabulary")}
    assessment = OverHttp(target=target, callers=callers.readers, make=get(ASSESSMENT_PATH))
    vocabulary = OverHttp(
        target=target, callers=cycle([tag]), make=get("/v1/vocabulary"), expected=304
    )
    return [
        Stage(name="assessment, Quiver", service=QUIVER, drive=assessment),
        Stage(name="vocabulary unchanged (304), Quiver", service=QUIVER, drive=vocabulary),
    ]


def get(path: str) -> Callable[[Headers], bytes]:
    """Return what makes a GET of the path."""
    return partial(request, "GET", path)


def entity_tag(port: int, path: str) -> str:
    """Return the ETag of what is at the path."""
    connection = HTTPConnection(HOST, port)
    connection.request("GET", path)
    tag = connection.getresponse().headers["ETag"]
    connection.close()
    return str(tag)
