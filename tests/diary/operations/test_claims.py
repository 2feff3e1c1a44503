"""Claims at size: by which plan PostgreSQL finds the first rows that are due."""

from datetime import timedelta

import pytest
from django.db import connection, connections
from psycopg import sql

from diary.domain.look_slots import LookKind
from diary.models import LookDue, User
from diary.operations import claims
from diary.operations.due_looks import claim_looks
from tests.everybody import seeing_everybody
from tests.factories import NOW

PERSONS, CLAIMED = 2_000, 20
CLAIMED_IN_ORDER = {"delivery", "erasure", "look_due", "push_due", "reminder_due", "report_due"}


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_a_claim_reads_the_first_due_rows_in_order_and_sorts_none(monkeypatch) -> None:
    make_weekly_looks_due()
    monkeypatch.setattr(
        claims, "_CLAIM", sql.SQL(f"EXPLAIN (COSTS OFF) {claims._CLAIM.as_string()}")
    )

    told = claim_looks(LookKind.WEEKLY, now=NOW, limit=CLAIMED, lease=timedelta(minutes=5))

    plan = "\n".join(str(line) for line, *_ in told)
    assert "Index Scan using look_due_by_time" in plan
    assert "Sort" not in plan


@pytest.mark.django_db
def test_all_that_is_claimed_in_order_is_let_through_alike() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, qual FROM pg_policies"
            " WHERE policyname = 'due_for_everybody' AND tablename = ANY(%s)",
            [list(CLAIMED_IN_ORDER)],
        )
        rules = dict(cursor.fetchall())

    assert rules.keys() == CLAIMED_IN_ORDER
    assert set(rules.values()) == {"COALESCE((CURRENT_USER = 'quiver_sweep'::name), false)"}


def make_weekly_looks_due() -> None:
    people = User.objects.bulk_create(
        User(email=f"{number}@example.org") for number in range(PERSONS)
    )
    with seeing_everybody():
        LookDue.objects.bulk_create(
            LookDue(person=person, kind=LookKind.WEEKLY, due_at=NOW - timedelta(seconds=number))
            for number, person in enumerate(people)
        )
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE look_due")
