"""After a restore nobody who was erased is back, and no cursor of before goes on."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from diary.models import ErasureTombstone, PersonSync, User
from diary.models.isolation import acting_for
from diary.operations.erasure_list import tombstone_of, write_down
from diary.queries.erasure import was_restored
from tests.erasure.test_nothing_is_left import HIS_LOG
from tests.erasure.world import full_life, names_of, tables_naming
from tests.factories import episode, make_person, operation, write_one

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)

RECEIPT = "7K2QD-0W9VB-XM3TE-4HNRA"


@pytest.fixture
def restored():
    """A database whose server is not the one that wrote last."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT timeline FROM lineage")
        [before] = cursor.fetchone()
        cursor.execute("UPDATE lineage SET timeline = 'FFFFFFFF'")
        yield
        cursor.execute("UPDATE lineage SET timeline = %s", [before])


def erased_once(person) -> None:
    """Write to the list that a person was erased; the backup knows nothing of it."""
    write_down(tombstone_of(person.pk, RECEIPT, on=date(2026, 3, 9)))


def test_every_diary_gets_an_epoch_of_its_own_and_stays_isolated(capsys, erasure_list) -> None:
    people = [make_person("alice"), make_person("bob")]
    for person in people:
        write_one(person, operation(episode()))
    before = {epoch_of(person) for person in people}
    write_down(tombstone_of(uuid4(), RECEIPT, on=date(2026, 3, 9)))

    call_command("after_restore")

    after = {epoch_of(person) for person in people}
    assert len(before | after) == 4
    assert PersonSync.objects.count() == 0  # outside acting_for nothing is seen
    assert capsys.readouterr().out == "Erased again: 0. New epochs: 2.\n"


def test_who_was_erased_and_is_back_goes_again_with_everything(capsys) -> None:
    alice, bob = full_life()
    erased_once(alice)
    erased_once(alice)

    call_command("after_restore")

    assert tables_naming(*names_of(alice)) == HIS_LOG
    assert User.objects.get() == bob
    assert ErasureTombstone.objects.get().erased_on == date(2026, 3, 9)
    assert "Erased again: 1." in capsys.readouterr().out


def test_a_second_run_and_a_list_in_parts_change_nothing_more(capsys, tmp_path, settings) -> None:
    alice, bob = make_person("alice"), make_person("bob")
    for name, person in (("one", alice), ("two", bob)):
        settings.ERASURE_LIST = str(tmp_path / name)
        erased_once(person)

    for _ in range(2):
        call_command("after_restore", str(tmp_path / "one"), str(tmp_path / "two"))

    assert not User.objects.exists()
    assert [line.split(".")[0] for line in capsys.readouterr().out.splitlines()] == [
        "Erased again: 2",
        "Erased again: 0",
    ]


def test_a_missing_list_is_no_empty_one(restored) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("after_restore")

    assert was_restored()


def test_a_list_of_a_lost_key_is_not_passed_over(restored, settings) -> None:
    alice = make_person("alice")
    erased_once(alice)
    key, settings.SECRET_KEY = settings.SECRET_KEY, "another key"

    with pytest.raises(CommandError, match="SECRET_KEY_FALLBACKS"):
        call_command("after_restore")
    assert was_restored()

    settings.SECRET_KEY_FALLBACKS = [key]
    call_command("after_restore")
    assert not User.objects.exists()


def test_a_torn_line_is_told_and_holds_nothing_up(erasure_list, capsys) -> None:
    alice = make_person("alice")
    erased_once(alice)
    erasure_list.write_text(erasure_list.read_text() + '\n{"key": "01')

    call_command("after_restore")

    assert "1 lines were torn" in capsys.readouterr().out
    assert not User.objects.exists()


def test_readyz_is_red_until_a_restored_database_was_put_right(client, restored, erasure_list):
    erasure_list.parent.mkdir()
    erasure_list.touch()

    before = client.get("/readyz")
    call_command("after_restore")
    after = client.get("/readyz")

    assert (before.status_code, before.json()["restored"]) == (503, "run after_restore")
    assert (after.status_code, after.json()["restored"]) == (200, "ok")


def epoch_of(person):
    with acting_for(person.pk):
        return PersonSync.objects.get().epoch
