"""What one person may ask for, what happens beyond, and what stays open when nobody counts."""

from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from redis.exceptions import ConnectionError as RedisConnectionError

from api import throttling
from api.limits import QUOTAS, Limit, limits_from
from api.parsers import MAX_BODY_BYTES
from diary.domain.sync import LARGEST_BATCH
from tests.api.accounts.steps import reauthenticate
from tests.api.conftest import is_problem
from tests.api.v1.test_records import create
from tests.api.v1.test_shares import order
from tests.sync.requests import create as operation

pytestmark = pytest.mark.django_db

LARGEST_BACKLOG = 10_000  # operations of a phone that lay in a drawer
DAY_AND_JITTER = 24 * 60 * 60 + throttling.LONGEST_JITTER_SECONDS


def webhook(phone):
    return phone.post("/v1/endpoints", {"kind": "webhook", "url": "https://example.org/hook"})


def import_file(phone):
    path = "/v1/imports?type=episode&dry_run=true"
    return phone.client.post(path, "start\n", "text/csv", headers=phone.headers())


DOORS = {
    Limit.OPERATIONS: lambda phone: phone.post("/v1/sync", {"ops": [operation()]}),
    Limit.IMPORTS: import_file,
    Limit.REPORTS: lambda phone: phone.post("/v1/reports", {}),
    Limit.ENDPOINTS: webhook,
    Limit.ERASURES: lambda phone: phone.post("/v1/erasure", {}),
    Limit.EXPORTS: lambda phone: phone.get("/v1/export"),
    Limit.SHARES: lambda phone: phone.post("/v1/shares", order(phone)),
    Limit.INVITATIONS: lambda phone: phone.post("/v1/followers", {"label": "Mother"}),
    Limit.CODES: lambda phone: phone.post("/v1/following", {"code": "no", "label": "Mother"}),
}
CLOSED = {Limit.EXPORTS, Limit.SHARES, Limit.INVITATIONS, Limit.CODES}
IN_MEMORY = {Limit.OPERATIONS}  # no entry waits for Redis


@pytest.fixture
def limited(settings):
    """Return a function that sets limits."""

    def limit(**most):
        settings.LIMITS = limits_from(most)

    return limit


@pytest.fixture
def redis_away(monkeypatch):
    """Return a function that takes Redis away, and gives a list that grows with each try."""
    tries = []

    def away(*arguments, **_):
        tries.append(arguments)
        raise RedisConnectionError

    def take_away():
        monkeypatch.setattr("tests.cache.CacheOfOneRun.add", away)
        return tries

    return take_away


def test_every_limit_but_that_of_requests_has_its_door():
    assert DOORS.keys() == set(Limit) - {Limit.REQUESTS}
    assert {limit for limit in DOORS if QUOTAS[limit].in_memory} == IN_MEMORY
    assert {limit for limit in DOORS if not QUOTAS[limit].fails_open} - IN_MEMORY == CLOSED


def test_a_phone_with_a_large_backlog_comes_nowhere_near_a_limit():
    batches = LARGEST_BACKLOG / LARGEST_BATCH

    assert QUOTAS[Limit.OPERATIONS].most >= 4 * LARGEST_BACKLOG
    assert QUOTAS[Limit.REQUESTS].most >= 10 * batches
    assert LARGEST_BATCH * 2_000 < MAX_BODY_BYTES


@pytest.mark.parametrize("limit", DOORS)
def test_beyond_a_limit_each_door_says_so_and_opens_again_the_next_day(phone, limited, limit):
    reauthenticate(phone)
    limited(**{limit: 1})

    first, second = DOORS[limit](phone), DOORS[limit](phone)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        reauthenticate(phone)
        tomorrow = DOORS[limit](phone)

    document = is_problem(second, 429, "too-many-requests")
    assert document["limit"] == limit
    assert 1 <= int(second.headers["Retry-After"]) <= DAY_AND_JITTER
    assert 429 not in (first.status_code, tomorrow.status_code)


def test_a_batch_beyond_the_limit_is_stored_when_it_comes_again(phone, limited):
    limited(operations_per_hour=2)
    batch = {"ops": [operation() for _ in range(3)]}

    refused = phone.post("/v1/sync", batch)
    kept = phone.get("/v1/episodes").json()["items"]
    limited()
    accepted = phone.post("/v1/sync", batch)

    assert (refused.status_code, kept) == (429, [])
    assert [each["status"] for each in accepted.json()["results"]] == ["applied"] * 3


def test_another_person_is_not_held_up(phone, signed_up, limited):
    neighbour = signed_up("neighbour@example.org")
    limited(operations_per_hour=1)

    statuses = [create(caller)[0].status_code for caller in (phone, phone, neighbour)]

    assert statuses == [201, 429, 201]


def test_a_device_that_floods_is_held_up_and_another_one_of_the_person_is_not(
    phone, another_phone, limited
):
    other = another_phone(phone.email)
    other.sign_in()
    limited(requests_per_minute=3)

    with time_machine.travel(timezone.now(), tick=False):  # within one minute of that device
        answers = [phone.get("/v1/profile") for _ in range(4)]
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        a_minute_later = phone.get("/v1/profile")

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    is_problem(answers[-1], 429, "too-many-requests")
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 67
    assert a_minute_later.status_code == 200
    assert create(other)[0].status_code == 201


@pytest.mark.parametrize("limit", DOORS)
def test_without_redis_a_diary_goes_on_and_what_hands_it_out_waits(phone, redis_away, limit):
    reauthenticate(phone)
    tries = redis_away()

    answer = DOORS[limit](phone)

    if limit in CLOSED:
        is_problem(answer, 503, "temporarily-unavailable")
    else:
        assert answer.status_code in (200, 201, 202, 422)
    assert len(tries) == (0 if limit in IN_MEMORY else 1)


def test_what_must_be_counted_asks_redis_each_time(phone, redis_away):
    reauthenticate(phone)
    tries = redis_away()

    for _ in range(2):
        is_problem(phone.get("/v1/export"), 503, "temporarily-unavailable")

    assert len(tries) == 2


def test_not_all_come_back_at_the_same_moment():
    waits = [throttling.with_jitter(600) for _ in range(20)]

    assert all(600 <= wait <= 660 for wait in waits)
    assert any(one != other for one, other in pairwise(waits))


def test_limits_can_be_set_and_what_is_none_is_refused():
    assert limits_from({"exports_per_day": 9})[Limit.EXPORTS] == 9
    assert limits_from({})[Limit.SHARES] == QUOTAS[Limit.SHARES].most
    for wrong in ({"exports": 1}, {"exports_per_day": 0}, {"exports_per_day": True}):
        with pytest.raises(ImproperlyConfigured, match="LIMITS"):
            limits_from(wrong)
