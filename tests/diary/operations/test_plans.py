"""How a write finds what it must know: by key, however many entries the person has."""

import re

import pytest
from django.db import connection
from psycopg import sql

from diary.domain.wire.records import RecordType
from diary.models.isolation import acting_for
from diary.queries.before_write import before_write
from diary.queries.recent import recent_diary
from tests.factories import NOW, episode, make_person, operation, write

pytestmark = pytest.mark.django_db

PERSONS, ENTRIES = 25, 40
PARAMETER = re.compile(r"%\((\w+)\)s")


@pytest.fixture
def alice():
    """One of some persons with some entries each; PostgreSQL knows how many."""
    people = [make_person(f"person{number}") for number in range(PERSONS)]
    for person in people:
        write(person, *(operation(episode()) for _ in range(ENTRIES)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE episode, entry_version")
        cursor.execute("SET LOCAL enable_seqscan = off")
    return people[0]


def plan_of(person, read) -> str:
    """Return the plan of the statement that `read` runs, made once for all values."""
    plans = []

    def explained(execute, text, params, many, context):
        names = list(dict.fromkeys(PARAMETER.findall(text)))
        numbered = PARAMETER.sub(lambda name: f"${names.index(name[1]) + 1}", text)
        values = sql.SQL(", ").join(sql.Literal(params[name]) for name in names).as_string()
        execute(f"PREPARE planned AS {numbered}", None, many, context)
        execute(f"EXPLAIN (COSTS OFF) EXECUTE planned ({values})", None, many, context)
        plans.append("\n".join(line for (line,) in context["cursor"].fetchall()))
        execute("DEALLOCATE planned", None, many, context)
        return execute(text, params, many, context)

    with acting_for(person.pk), connection.cursor() as cursor:
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        with connection.execute_wrapper(explained):
            read()
    return plans[0]


def test_what_a_batch_names_is_read_by_its_key(alice) -> None:
    one = operation(episode())

    plan = plan_of(
        alice,
        lambda: before_write(
            alice.pk, op_ids=[one.op_id], ids={RecordType.EPISODE: [one.id]}, dates=[]
        ),
    )

    assert "Index Scan using episode_pkey" in plan
    assert "Index Scan using entry_version_pkey" in plan


def test_the_days_of_a_batch_are_read_by_their_date(alice) -> None:
    plan = plan_of(alice, lambda: recent_diary(alice.pk, today=NOW.date(), days=[NOW.date()]))

    assert "Index Scan using episode_by_local_date" in plan
    assert "Index Scan using check_in_one_per_local_date" in plan
    assert "Index Scan using episode_telling" in plan
