"""What a look says to the database, exactly: a statement more is one for each person a week."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diary.operations.looks import look_at
from diary.operations.statistical_looks import look_at_month, look_at_week
from tests.factories import NOW, episode, make_person, moment, operation, write

pytestmark = pytest.mark.django_db

MONTH = timedelta(days=31)
STATEMENTS = {look_at: 11, look_at_week: 9, look_at_month: 11}


@pytest.mark.parametrize("look", STATEMENTS, ids=lambda look: look.__name__)
@pytest.mark.parametrize("episodes", [1, 30])
def test_a_quiet_look_costs_the_same_statements_however_much_is_logged(look, episodes) -> None:
    alice = make_person()
    write(alice, *(_episode(place) for place in range(episodes)))
    look(alice.pk, now=NOW - MONTH)

    with CaptureQueriesContext(connection) as captured:
        look(alice.pk, now=NOW, changed=0)

    assert len(captured) == STATEMENTS[look]


def _episode(place: int):
    at = NOW - timedelta(days=40, hours=place)
    return operation(episode(start=moment(at.isoformat())))
