"""The role of sweeps: all persons, and of them nothing but what is due."""

from contextlib import AbstractContextManager

import pytest
from django.core.management import CommandError
from django.db import ProgrammingError, connection, connections
from django.db.models import Model

from diary.management import sweep_role
from diary.management.sweep_role import SWEEP_RIGHTS, ensure_sweep_role
from diary.models import Alert, Endpoint, PushDue
from diary.models.isolation import SWEEP_ROLE, acting_for, sweeping
from tests.diary.rows import fill_every_table, personal_models, row_of
from tests.factories import make_person

pytestmark = pytest.mark.django_db
UNTOLD = [model for model in personal_models() if model._meta.db_table not in SWEEP_RIGHTS]
# The texts among its columns: codes, classes of errors, and digests; never what somebody wrote.
TEXTS = {
    "delivery.about", "delivery.kind", "delivery.last_error", "delivery.state",
    "delivery_attempt.error", "delivery_attempt.outcome", "diary_device.session_digest",
    "django_session.session_key", "endpoint.kind", "erasure.receipt", "look_due.kind",
}  # fmt: skip


def refused() -> AbstractContextManager[object]:
    return pytest.raises(ProgrammingError, match="permission denied")


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize("model", UNTOLD, ids=lambda model: model._meta.db_table)
def test_a_sweep_may_not_read_the_diary(model: type[Model]) -> None:
    with refused(), sweeping():
        model._default_manager.exists()


def test_a_sweep_sees_what_is_due_for_everybody() -> None:
    for name in ("alice", "bob"):
        fill_every_table(make_person(name))

    with sweeping():
        assert PushDue.objects.count() == 2
        assert Endpoint.objects.values("id").count() == 2


@pytest.mark.parametrize("column", ["address", "label", "address_digest"])
def test_a_sweep_sees_no_address_and_no_label(column: str) -> None:
    with refused(), sweeping():
        list(Endpoint.objects.values_list(column))


def test_the_texts_a_sweep_may_read_are_codes_and_digests() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.column_privileges"
            " JOIN information_schema.columns USING (table_schema, table_name, column_name)"
            " WHERE grantee = %s AND table_schema = current_schema()"
            " AND data_type IN ('text', 'character varying', 'bytea', 'jsonb')",
            [SWEEP_ROLE],
        )
        assert {name for (name,) in cursor.fetchall()} == TEXTS


def test_a_sweep_writes_no_row_of_a_queue() -> None:
    alice = make_person()

    with refused(), sweeping():
        row_of(PushDue, alice).save(force_insert=True)


def test_the_role_ends_with_the_block_and_with_an_error() -> None:
    before = role()

    with sweeping():
        inside = role()
    with pytest.raises(KeyError), sweeping():
        raise KeyError

    assert (inside, role()) == (SWEEP_ROLE, before)


def test_a_sweep_within_acting_for_somebody_gives_the_person_back() -> None:
    alice = make_person()
    fill_every_table(alice)

    with acting_for(alice.pk):
        with sweeping():
            pass
        assert Alert.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_role_ends_with_the_transaction_on_a_connection_that_is_kept() -> None:
    before = role()

    with sweeping():
        pass

    assert role() == before


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_role_of_the_sweeps_that_passes_by_security_is_refused(monkeypatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolsuper LIMIT 1")
        monkeypatch.setattr(sweep_role, "SWEEP_ROLE", cursor.fetchone()[0])

    with pytest.raises(CommandError, match="may bypass row-level security"):
        ensure_sweep_role(connections["owner"], role())
