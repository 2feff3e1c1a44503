"""What reading costs, counted and not timed: statements, and memory that is used at once.

A number that grows here is paid with every request; one that shrinks is put down.
"""

import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diary.models.people import Device
from tests.everybody import every
from tests.factories import NOW, episode, moment, operation, write

# Of its own transaction each, as in production: BEGIN and COMMIT are counted, too.
pytestmark = pytest.mark.django_db(transaction=True)

# Who is calling; BEGIN and for whom, what was asked for with the key of what is sealed, which is
# read by itself for a pull; COMMIT.
STATEMENTS = {
    "/v1/episodes?limit=50": 4,
    "/v1/check-ins?limit=50": 4,
    "/v1/episodes/{id}": 4,
    "/v1/sync?limit=500": 5,
    # The profile, all that rules judge by, and live alerts; no sealed word is among it here.
    "/v1/assessment": 6,
}
PAGE_BYTES = 300_000  # of which the answer is 45,000


def fill(phone, count: int):
    """Log this many episodes, each with a note, and return the last one's operation."""
    [device] = every(Device)
    operations = [
        operation(episode(start=moment(NOW.isoformat()), note="a note")) for _ in range(count)
    ]
    write(device.person, *operations)
    return operations[-1]


def warm(phone, path):
    """Ask three times: the reading is noted then, and its statements are prepared."""
    for _ in range(3):
        assert phone.get(path).status_code == 200


def statements_of(phone, path) -> list[str]:
    warm(phone, path)
    with CaptureQueriesContext(connection) as queries:
        phone.get(path)
    return [query["sql"] for query in queries]


def peak_of(phone, path) -> int:
    """Return the most bytes that Python held at once for an answer."""
    warm(phone, path)
    tracemalloc.start()
    try:
        phone.get(path)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("path", STATEMENTS)
def test_a_request_costs_so_many_statements_however_long_the_diary(phone, path):
    path_of_last = path.format(id=fill(phone, 60).id)
    few = statements_of(phone, path_of_last)

    fill(phone, 300)

    assert len(few) == STATEMENTS[path], "\n".join(few)
    assert len(statements_of(phone, path_of_last)) == STATEMENTS[path]


def test_the_vocabulary_that_is_known_costs_no_statement(phone):
    tag = phone.client.get("/v1/vocabulary").headers["ETag"]

    with CaptureQueriesContext(connection) as queries:
        answer = phone.client.get("/v1/vocabulary", headers={"If-None-Match": tag})

    assert (answer.status_code, answer.content, len(queries)) == (304, b"", 0)


def test_a_page_holds_no_more_in_memory_in_a_longer_diary(phone):
    fill(phone, 60)
    few = peak_of(phone, "/v1/episodes?limit=50")

    fill(phone, 600)
    many = peak_of(phone, "/v1/episodes?limit=50")

    assert many < few * 1.1
    assert many < PAGE_BYTES, many
