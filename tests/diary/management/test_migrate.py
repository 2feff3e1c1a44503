"""What `migrate` gives to the application's role, and when it refuses."""

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections, transaction

from diary.management.commands.migrate import APPEND_ONLY_TABLES, ensure_application_role

# Each function of the schema, and who may call it beside its owner. PUBLIC is "-".
CALLERS = {
    "access_log_turn(uuid,boolean)": {"application"},
    "device_of_session(text)": {"application"},
    "erase_person(uuid)": {"application"},
    "forget_access_log(timestamp with time zone)": {"application"},
    "note_accesses(jsonb)": {"application"},
    "stamp_seq()": set(),  # of a trigger; PostgreSQL calls it
}
pytestmark = pytest.mark.django_db(databases=["default", "owner"])


def application_may(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError:
        return False
    return True


@pytest.fixture
def application_settings(monkeypatch):
    settings = connections["default"].settings_dict
    changed = {**settings, "OPTIONS": {**settings["OPTIONS"]}}
    monkeypatch.setattr(connections["default"], "settings_dict", changed)
    return changed


def test_the_application_owns_no_table():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE pg_has_role(relowner, 'USAGE')")
        owned = cursor.fetchone()[0]

    assert owned == 0


@pytest.mark.parametrize("table", APPEND_ONLY_TABLES)
def test_the_application_may_add_to_history_but_not_change_it(table):
    assert application_may(f"SELECT count(*) FROM {table}")
    assert not application_may(f"UPDATE {table} SET id = id")
    assert not application_may(f"DELETE FROM {table}")


def test_the_application_may_neither_change_tables_nor_forge_migrations():
    assert application_may("SELECT count(*) FROM django_migrations")
    assert not application_may("DELETE FROM django_migrations")
    assert not application_may("ALTER TABLE episode DISABLE ROW LEVEL SECURITY")
    assert not application_may("CREATE TABLE mine (id int)")


def callers_of_functions():
    options = connections["default"].settings_dict
    application = options["OPTIONS"].get("assume_role", options["USER"])
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT oid::regprocedure::text, array(SELECT grantee::regrole::text"
            " FROM aclexplode(coalesce(proacl, acldefault('f', proowner)))"
            " WHERE grantee <> proowner) FROM pg_proc"
            " WHERE pronamespace = current_schema()::regnamespace"
        )
        return {
            function: {"application" if role == application else role for role in roles}
            for function, roles in cursor.fetchall()
        }


def test_each_function_is_called_by_the_application_alone():
    assert callers_of_functions() == CALLERS


def test_a_function_that_a_migration_adds_is_closed_to_everybody_by_the_same_run():
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE FUNCTION added() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    before = callers_of_functions()

    call_command("migrate", interactive=False, verbosity=0)

    assert before["added()"] == {"-"}
    assert callers_of_functions() == {**CALLERS, "added()": set()}


def test_a_second_run_changes_nothing(capsys):
    call_command("migrate", interactive=False)

    assert "No migrations to apply." in capsys.readouterr().out


def test_a_login_that_is_missing_is_named_with_the_statement_to_run(application_settings):
    application_settings["USER"] = "nobody_here"
    application_settings["OPTIONS"].pop("assume_role", None)

    with pytest.raises(CommandError, match='CREATE ROLE "nobody_here" LOGIN PASSWORD'):
        ensure_application_role(connections["owner"])


def test_a_role_that_passes_by_row_level_security_is_refused(application_settings):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolsuper LIMIT 1")
        application_settings["USER"] = cursor.fetchone()[0]
    application_settings["OPTIONS"].pop("assume_role", None)

    with pytest.raises(CommandError, match="may bypass row-level security"):
        ensure_application_role(connections["owner"])
