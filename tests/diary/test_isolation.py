"""Row-level security and the counter's trigger, on the real database and the application's role."""

import re
import uuid
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from django.db.models import Model

from diary.models import CheckIn, Device, Episode, Follow, PersonSync, User
from diary.models.isolation import acting_for, knowing
from diary.models.sealing import Sealed, SealedField
from tests.diary.rows import fill_every_table, personal_models, row_of, writable_models
from tests.factories import NOW, episode, make_person, operation, write, write_one

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
TABLES = [model._meta.db_table for model in personal_models()]


def rows_seen() -> dict[str, int]:
    return {model._meta.db_table: model._default_manager.count() for model in writable_models()}


def nobody_sees_a_row() -> None:
    """Fail when a row of a personal table is seen although nobody is acting."""
    assert {table for table, count in rows_seen().items() if count} == set()


def test_the_application_role_owns_nothing_and_cannot_pass_by_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles"
            " WHERE rolname = current_user"
        )
        rights = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        owned = cursor.fetchone()[0]

    assert rights == (False, False, False)
    assert owned == 0


@pytest.mark.parametrize("table", TABLES)
def test_every_personal_table_forces_row_level_security(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass",
            [table],
        )
        flags = cursor.fetchone()

    assert flags == (True, True)


def test_without_a_person_no_row_of_any_table_is_seen() -> None:
    fill_every_table(make_person())

    nobody_sees_a_row()


def test_acting_for_one_person_hides_the_rows_of_another_in_every_table() -> None:
    alice, bob = make_person("alice"), make_person("bob")
    fill_every_table(alice)
    fill_every_table(bob)

    with acting_for(alice.pk):
        assert set(rows_seen().values()) == {1}


@pytest.mark.parametrize("model", writable_models(), ids=lambda model: model._meta.db_table)
def test_a_row_cannot_be_forged_for_another_person(
    model: type[Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = make_person("alice"), make_person("bob")
    forged = row_of(model, bob)
    # As by somebody who has his key; without it nothing can be sealed for him.
    monkeypatch.setattr(SealedField, "pre_save", lambda *_args, **_options: Sealed(b"forged"))

    with (
        acting_for(alice.pk),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        forged.save(force_insert=True)


def test_deleting_everything_deletes_only_ones_own() -> None:
    alice, bob = make_person("alice"), make_person("bob")
    write_one(alice, operation(episode()))
    write_one(bob, operation(episode()))

    with acting_for(alice.pk):
        Episode.objects.all().delete()

    with acting_for(bob.pk):
        assert Episode.objects.count() == 1


def test_the_setting_ends_with_the_block() -> None:
    alice = make_person()

    with acting_for(alice.pk):
        pass

    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.person', true), '')")
        assert cursor.fetchone()[0] == ""


def test_acting_for_a_second_person_inside_is_refused() -> None:
    alice, bob = make_person("alice"), make_person("bob")

    with pytest.raises(RuntimeError), acting_for(alice.pk), acting_for(bob.pk):
        pass


def test_raw_sql_cannot_choose_a_sequence_number() -> None:
    alice = make_person()
    outcome = write_one(alice, operation(episode()))
    assert outcome.record is not None

    with acting_for(alice.pk), connection.cursor() as cursor:
        cursor.execute("UPDATE episode SET seq = 999, strength = 5")

    with acting_for(alice.pk):
        row = Episode.objects.get(person_id=alice.pk)
        counter = PersonSync.objects.get(person_id=alice.pk)
    assert row.seq == counter.seq == outcome.record.seq + 1


def test_bulk_create_is_stamped_too() -> None:
    alice = make_person()
    rows = [
        CheckIn(
            person_id=alice.pk,
            id=uuid.uuid4(),
            received_at=NOW,
            local_date=NOW.date().replace(day=day),
            twitched="no",
        )
        for day in (1, 2, 3)
    ]

    with acting_for(alice.pk):
        CheckIn.objects.bulk_create(rows)
        stamped = list(CheckIn.objects.order_by("seq").values_list("seq", flat=True))

    assert stamped == [1, 2, 3]


def test_version_history_and_looks_cannot_be_changed_by_the_application() -> None:
    alice = make_person()
    write(alice, operation(episode()))

    for statement in ("UPDATE entry_version SET version = 9", "DELETE FROM look"):
        with (
            acting_for(alice.pk),
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_a_pooled_connection_carries_nobody_to_the_next_request() -> None:
    alice = make_person()
    write_one(alice, operation(episode()))
    first = connections["default"].connection

    seen = Episode.objects.count()

    assert connections["default"].connection is first
    assert seen == 0
    assert User.objects.count() == 1


def test_who_knows_the_digest_of_a_secret_sees_the_row_that_keeps_it_and_no_other() -> None:
    alice, bob = make_person("alice"), make_person("bob")
    fill_every_table(alice)
    fill_every_table(bob)

    with knowing(str(alice.pk)):
        seen = {table: count for table, count in rows_seen().items() if count}

    assert seen == {"share_key": 1, "share_session": 1}
    nobody_sees_a_row()


def test_a_device_is_found_by_its_session_in_one_statement_that_leaves_nothing_behind(
    django_assert_num_queries,
) -> None:
    alice = make_person()
    with acting_for(alice.pk):
        row = row_of(Device, alice)
        row.session_digest = "digest"
        row.save(force_insert=True)

    with django_assert_num_queries(1):
        found = Device.objects.of_session("digest")

    assert found is not None
    assert (found.person_id, found.session_digest) == (alice.pk, "digest")
    assert Device.objects.of_session("another") is None
    assert not Device.objects.exists()


def test_a_follower_may_end_a_following_and_change_nothing_else_of_it() -> None:
    alice, bob = make_person("alice"), make_person("bob")
    with acting_for(alice.pk):
        row = row_of(Follow, alice)
        row.follower_id = bob.pk
        row.save(force_insert=True)

    with acting_for(bob.pk):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Follow.objects.update(may_log=True)
        assert Follow.objects.update(ended_at=NOW) == 1


# A setting or role that outlives its transaction would be the next request's.
LASTING = re.compile(
    r"set_config\([^)]*,\s*false\s*\)|[\"']SET (SESSION )?(ROLE|app)\b", re.IGNORECASE
)


def test_no_setting_or_role_of_ours_outlives_its_transaction() -> None:
    allowed = {"diary/management/patience.py"}  # limits of the owner's own connection, which ends
    lasting = {
        str(path.relative_to(ROOT))
        for folder in ("api", "config", "diary", "reports")
        for path in ROOT.glob(f"{folder}/**/*.py")
        if LASTING.search(path.read_text("utf-8"))
    }

    assert lasting == allowed
