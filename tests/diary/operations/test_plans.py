"""How a write finds what it must know: by key, however many entries the person has."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections
from psycopg import sql

from diary.domain.wire.records import RecordType
from diary.models.isolation import acting_for
from diary.queries.before_write import before_write
from diary.queries.recent import recent_diary
from tests.factories import NOW, check_in, episode, make_person, moment, operation, write

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)

PERSONS, ENTRIES = 25, 40
PARAMETER = re.compile(r"%\((\w+)\)s")


@pytest.fixture
def alice():
    """One of some persons with some days of entries each; PostgreSQL knows how many."""
    people = [make_person(f"person{number}") for number in range(PERSONS)]
    days = [str(NOW.date() - timedelta(days=number)) for number in range(ENTRIES)]
    for person in people:
        write(
            person,
            *(operation(episode(start=moment(f"{day}T11:00:00+01:00"))) for day in days),
            *(operation(check_in(day), type=RecordType.CHECK_IN) for day in days),
        )
    with connections["owner"].cursor() as cursor:  # of others PostgreSQL leaves it undone
        cursor.execute("ANALYZE")
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
    ids = {RecordType.EPISODE: [uuid4()], RecordType.CHECK_IN: [uuid4()]}

    plan = plan_of(
        alice, lambda: before_write(alice.pk, op_ids=[uuid4()], ids=ids, dates=[NOW.date()])
    )

    assert "Index Scan using episode_pkey" in plan
    assert "Index Scan using check_in_pkey" in plan
    assert "Index Scan using check_in_one_per_local_date" in plan
    assert "Index Scan using entry_version_pkey" in plan


def test_the_days_of_a_batch_are_read_by_their_date(alice) -> None:
    plan = plan_of(alice, lambda: recent_diary(alice.pk, today=NOW.date(), days=[NOW.date()]))

    assert "Index Scan using episode_by_local_date" in plan
    assert "Index Scan using check_in_one_per_local_date" in plan
    assert "Index Scan using episode_telling" in plan
