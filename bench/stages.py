"""What is measured: each kind of request to both services, and its floor in PostgreSQL."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from itertools import cycle, islice

from bench import bodies
from bench.bodies import Headers
from bench.clients import HOST, Driven, drive, request
from bench.servers import BARE, QUIVER
from bench.yardstick import floor

CONNECTIONS = 8
PAGE = 50
POST, BARE_POST = "POST, Quiver", "POST, bare DRF"
LIST, BARE_LIST = "list of 50, Quiver", "list of 50, bare DRF"
PULL = "pull of 500, Quiver"
PUSH, UNNEST, MULTI_ROW = "push of 500, Quiver", "unnest upsert of 500", "INSERT of 500"


@dataclass(frozen=True, slots=True, kw_only=True)
class OverHttp:
    """Requests to one service, each made beforehand for the next caller."""

    port: int
    callers: Iterator[Headers]
    make: Callable[[Headers], bytes]
    connections: int = CONNECTIONS
    expected: int = 200

    def requests(self, count: int) -> list[bytes]:
        """Return the next requests."""
        return [self.make(headers) for headers in islice(self.callers, count)]

    def __call__(self, count: int) -> Driven:
        """Send so many."""
        requests = self.requests(count)
        return drive(self.port, requests, connections=self.connections, expected=self.expected)


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
    ports: dict[str, int], callers: Callers, below: floor.Floor, *, uploads: int
) -> list[Stage]:
    """Return all stages, those to be compared next to each other."""
    return [
        *writing(ports, callers, below),
        *reading(ports, callers, below),
        *batches(ports[QUIVER], callers, below, uploads=uploads),
        *small_reads(ports[QUIVER], callers),
    ]


def writing(ports: dict[str, int], callers: Callers, below: floor.Floor) -> list[Stage]:
    """Return the stages of one new episode."""
    ours = OverHttp(
        port=ports[QUIVER], callers=callers.writers, make=bodies.episode_post, expected=201
    )
    theirs = OverHttp(
        port=ports[BARE], callers=callers.bare, make=bodies.bare_episode_post, expected=201
    )
    return [
        Stage(name=POST, service=QUIVER, drive=ours),
        Stage(name=BARE_POST, service=BARE, drive=theirs),
        Stage(name="INSERT of one row", drive=partial(floor.drive, below.one_row)),
    ]


def reading(ports: dict[str, int], callers: Callers, below: floor.Floor) -> list[Stage]:
    """Return the stages that read fifty episodes, and 500 changes."""
    get_ours = partial(OverHttp, port=ports[QUIVER], callers=callers.readers)
    page, pull = get_ours(make=get("/v1/episodes?limit=50")), get_ours(make=get("/v1/sync"))
    theirs = OverHttp(port=ports[BARE], callers=callers.bare, make=get("/episodes/?limit=50"))
    return [
        Stage(name=LIST, service=QUIVER, drive=page, rows=PAGE),
        Stage(name=BARE_LIST, service=BARE, drive=theirs, rows=PAGE),
        Stage(name=PULL, service=QUIVER, drive=pull, rows=floor.BATCH),
        Stage(name="SELECT of 50", drive=partial(floor.drive, below.newest), rows=PAGE),
    ]


def batches(port: int, callers: Callers, below: floor.Floor, *, uploads: int) -> list[Stage]:
    """Return the stages of 500 new episodes, all over one connection."""
    push = OverHttp(port=port, callers=callers.uploaders, make=bodies.upload, connections=1)
    batch = partial(Stage, rows=floor.BATCH, most=uploads)
    return [
        batch(name=PUSH, service=QUIVER, drive=push),
        batch(name=UNNEST, drive=partial(floor.drive, below.unnest)),
        batch(name=MULTI_ROW, drive=partial(floor.drive, below.multi_row)),
    ]


def small_reads(port: int, callers: Callers) -> list[Stage]:
    """Return the stages of what an app asks for whenever it is opened."""
    tag = {"If-None-Match": entity_tag(port, "/v1/vocabulary")}
    assessment = OverHttp(port=port, callers=callers.readers, make=get("/v1/assessment"))
    vocabulary = OverHttp(port=port, callers=cycle([tag]), make=get("/v1/vocabulary"), expected=304)
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
