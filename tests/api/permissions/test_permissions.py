"""Who may call what: every method of every route, by everybody who might try."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from uuid import uuid4

import pytest
from django.urls import get_resolver

from tests.api.accounts.routes import METHODS, example_of, patterns
from tests.api.permissions.world import CANARY, World, example_body, route_of
from tests.api.staff.desk import HOST

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("matrix.txt")
# What others may do to the diary: log what they see, if the person lets them.
MAY_WRITE = {("logger", "POST", "/v1/following/{follow}/episodes")}
# A stream with its open end, tests/api/v1/test_live.py; and what depends on how the service is just
# now, whoever asks, tests/api/test_health.py.
ELSEWHERE = {("GET", "/v1/live"), ("GET", "/readyz")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One method of one route, and the status that each caller gets."""

    method: str
    path: str
    status_of: dict[str, int]


def rows() -> Iterator[Row]:
    head, *lines = [
        line.split() for line in TABLE.read_text("utf-8").splitlines() if line and line[0] != "#"
    ]
    for method, path, *statuses in lines:
        cells = zip(head[2:], statuses, strict=True)
        asked = {name: int(status) for name, status in cells if status != "-"}
        yield Row(method=method, path=path, status_of=asked)


def served() -> Iterator[tuple[str, str]]:
    """Yield every method and route of the service, by its URL configuration."""
    for path, pattern in patterns(get_resolver()):
        view = getattr(pattern.callback, "view_class", None)
        for method in METHODS:
            if hasattr(view, method) if view else method == "get":
                yield method.upper(), path


@pytest.fixture(autouse=True)
def _texts_of_the_examples(settings):
    settings.CONSENTS_ASKED = {"keep_diary": "2026-11"}


def test_every_route_has_a_row_and_every_row_its_route() -> None:
    example = dict.fromkeys(World.NAMES, str(uuid4()))
    told = {(row.method, route_of(row.path.format(**example))) for row in rows()}

    assert told | ELSEWHERE == {(method, as_told(path)) for method, path in served()}


def as_told(path: str) -> str:
    return path.replace("<uuid:", "{").replace("<str:", "{").replace(">", "}")


def test_everybody_gets_what_the_table_says_and_no_word_of_somebody_elses(signed_up) -> None:
    world = World(signed_up)
    found, told_too_much, wrote = {}, set(), set()

    for row in rows():
        for name in row.status_of:
            cell = (name, row.method, row.path)
            call = world.call(world.callers[name], row.method, row.path)
            found[cell] = call.status
            if name != "owner" and CANARY.encode() in call.content:
                told_too_much.add(cell)
            if name != "owner" and call.has_changed_the_diary:
                wrote.add(cell)

    expected = {
        (name, row.method, row.path): status
        for row in rows()
        for name, status in row.status_of.items()
    }
    assert {cell: status for cell, status in found.items() if status != expected[cell]} == {}
    assert told_too_much == set()
    assert wrote == MAY_WRITE


def test_what_is_not_yours_is_answered_like_what_is_not_there(signed_up) -> None:
    world = World(signed_up)
    nothing = {name: str(uuid4()) for name in world.names}
    other = world.callers["other"]

    differing = []
    for row in rows():
        if "{" in row.path:
            not_yours = world.call(other, row.method, row.path)
            not_there = world.call(other, row.method, row.path, names=nothing)
            if not_yours.said() != not_there.said():
                differing.append((row.method, row.path))

    assert differing == []


def test_none_of_them_gets_further_than_the_sign_in_of_the_staff_site(signed_up, settings):
    settings.ADMIN_HOST = HOST
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
    world = World(signed_up)
    inside = [
        example_of(path)
        for path, _ in patterns(get_resolver("api.staff.urls"))
        if path not in {"/sign-in", "/sign-out"}
    ]

    found = {
        (name, path): caller.client(HOST).get(path).status_code
        for name, caller in world.callers.items()
        for path in inside
    }

    assert len(inside) >= 3
    assert {cell: status for cell, status in found.items() if status != HTTPStatus.SEE_OTHER} == {}


def test_a_field_that_nobody_knows_is_refused(signed_up) -> None:
    world = World(signed_up)
    owner = world.callers["owner"]

    taken = [
        (row.method, row.path)
        for row in rows()
        if row.path.startswith("/v1/") and example_body(row.method, world.address(row.path))
        if world.call(owner, row.method, row.path, more={"is_staff": True}).status < 400
    ]

    assert taken == []
