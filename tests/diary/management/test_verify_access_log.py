"""The command finds every way to tamper with the table, as whoever owns it could."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connections, transaction

from diary.domain.access_log import Access, Action
from diary.operations.access_log import note_access
from tests.factories import NOW, make_person

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)


@pytest.fixture
def people():
    people = [make_person("alice"), make_person("bob")]
    for person in people:
        for what in ("episodes", "alerts", "sync", "export"):
            note_access(person.pk, Access(action=Action.VIEWED, what=what), now=NOW)
    return people


@pytest.fixture
def anchor(people, tmp_path):
    path = tmp_path / "anchor"
    call_command("verify_access_log", write_anchor=path)
    return path


def tamper(person, statement):
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('app.person', %s, true)", [str(person.pk)])
        cursor.execute(statement)
        assert cursor.rowcount > 0


MOVE = (
    "UPDATE access_log SET number = CASE number WHEN 2 THEN 102 ELSE 2 END WHERE number IN (2, 3);"
    "UPDATE access_log SET number = 3 WHERE number = 102"
)
INSERT = (
    "INSERT INTO access_log"
    " (person_id, number, at, action, what, actor, network, previous_hash, hash)"
    " SELECT person_id, 5, at, action, 'profile', actor, network, hash, sha256('x')"
    " FROM access_log WHERE number = 4"
)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE access_log SET what = 'x' WHERE number = 2", "row 2: its contents"),
        ("UPDATE access_log SET action = 'unknown' WHERE number = 2", "row 2: its contents"),
        ("UPDATE access_log SET device_id = gen_random_uuid() WHERE number = 4", "row 4: its con"),
        ("DELETE FROM access_log WHERE number = 2", "row 3: a row is missing"),
        ("DELETE FROM access_log WHERE number = 1", "row 2: a row is missing"),
        (MOVE, "row 2: "),
        (INSERT, "row 5: its contents"),
    ],
)
def test_tampering_is_found_and_named(people, capsys, statement: str, said: str) -> None:
    alice, bob = people
    tamper(alice, statement)

    with pytest.raises(CommandError, match=r"^1 logs are not as they were written\.$"):
        call_command("verify_access_log")

    told = capsys.readouterr().err
    assert f"person {alice.pk} {said}" in told
    assert str(bob.pk) not in told


@pytest.mark.parametrize("kept", [3, 0])
def test_a_tail_that_was_cut_off_is_found_against_the_anchor(people, anchor, capsys, kept) -> None:
    tamper(people[0], f"DELETE FROM access_log WHERE number > {kept}")

    call_command("verify_access_log")  # by itself the rest is a chain
    with pytest.raises(CommandError):
        call_command("verify_access_log", anchor=anchor)

    assert f"row {kept + 1}: it is missing" in capsys.readouterr().err


def test_a_log_that_went_on_fits_its_anchor(people, anchor, capsys) -> None:
    note_access(people[0].pk, Access(action=Action.VIEWED), now=NOW)

    call_command("verify_access_log", anchor=anchor)

    assert capsys.readouterr().out == "2 logs are as they were written.\n"


def test_accounts_of_the_anchor_that_are_gone_are_counted(people, anchor, capsys) -> None:
    people[0].delete()

    call_command("verify_access_log", anchor=anchor)

    assert "1 accounts of the anchor do not exist any more." in capsys.readouterr().out


def test_a_file_that_is_no_anchor_is_refused(people, anchor) -> None:
    anchor.write_text(anchor.read_text().replace(" 4 ", " 3 "))

    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_access_log", anchor=anchor)


def test_no_anchor_is_written_of_a_broken_log(people, anchor) -> None:
    before = anchor.read_text()
    tamper(people[0], "UPDATE access_log SET what = 'x'")

    with pytest.raises(CommandError):
        call_command("verify_access_log", write_anchor=anchor)

    assert anchor.read_text() == before
