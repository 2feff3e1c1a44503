"""Row-level security and the counter's trigger, on the real database and the application's role."""

import uuid

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, connections, transaction

from diary.models import CheckIn, DailyRow, Episode, PersonSync, User
from diary.models.isolation import acting_for
from tests.factories import NOW, episode, make_person, operation, write, write_one

pytestmark = pytest.mark.django_db

# Read before anybody acts, or by sweeps over all persons; ids and times only, no diary data.
OUTSIDE = {"user", "device", "lookdue", "reportdue", "pushdue", "reminderdue"}
# A delivery is claimed by sweeps and touches two persons, who follows and who is followed: ids,
# states and sealed addresses. What was said lies behind row-level security, in `alert_push`.
OUTSIDE |= {"endpoint", "follow", "delivery", "deliveryattempt"}
# By these a link is found before it is known whose report it opens; names lie behind, in `share`.
OUTSIDE |= {"sharekey", "sharesession"}
# Claimed by a sweep, and read when the person is gone; ids, times and digests.
OUTSIDE |= {"erasure", "erasuretombstone"}
OUTSIDE |= {"retentionround"}  # one row, about nobody


def personal_tables() -> list[str]:
    return [
        model._meta.db_table
        for label in ("diary", "reports")
        for model in apps.get_app_config(label).get_models()
        if model._meta.model_name not in OUTSIDE and "." not in model._meta.db_table
    ]


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


@pytest.mark.parametrize("table", personal_tables())
def test_every_personal_table_forces_row_level_security(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass",
            [table],
        )
        flags = cursor.fetchone()

    assert flags == (True, True)


def test_without_a_person_no_row_is_seen() -> None:
    alice = make_person()
    write_one(alice, operation(episode()))

    assert Episode.objects.count() == 0
    assert DailyRow.objects.count() == 0


def test_acting_for_one_person_hides_the_rows_of_another() -> None:
    alice, bob = make_person("alice"), make_person("bob")
    write_one(alice, operation(episode()))
    write_one(bob, operation(episode()))

    with acting_for(alice.pk):
        owners = set(Episode.objects.values_list("person_id", flat=True))

    assert owners == {alice.pk}


def test_a_row_cannot_be_forged_for_another_person() -> None:
    alice, bob = make_person("alice"), make_person("bob")
    with acting_for(alice.pk):
        forged = CheckIn(
            person_id=bob.pk,
            id=uuid.uuid4(),
            received_at=NOW,
            local_date=NOW.date(),
            twitched="no",
        )

        with pytest.raises(ProgrammingError), transaction.atomic():
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
