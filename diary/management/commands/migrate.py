"""Django's `migrate` as the tables' owner; it also keeps the application's roles and rights."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.utils import ProgrammingError
from psycopg import sql

from diary.management.patience import again_while_locked, wait_briefly
from diary.management.sweep_role import ensure_sweep_role, grant_sweep_rights

OWNER_ALIAS = "owner"
APPEND_ONLY_TABLES = (
    "access_log",
    "consent",
    "delivery_attempt",
    "entry_version",
    "erasure_tombstone",
    "look",
    "share_view",
)
READ_ONLY_TABLES = ("access_log_beginning", "django_migrations", "lineage")
CALLED_FUNCTIONS = (
    "access_log_turn",
    "device_of_session",
    "erase_person",
    "forget_access_log",
    "note_accesses",
)
MIGRATION_LOCK = 4_917_350_211  # any number, the same for all who migrate this database
WAIT_SECONDS = 300


class Command(migrate.Command):
    help = migrate.Command.help + " Then grant the application's roles their rights."

    def add_arguments(self, parser: Any) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database=OWNER_ALIAS)

    def handle(self, *args: Any, **options: Any) -> None:
        only_asking = options["plan"] or options["check_unapplied"]
        if only_asking or options["database"] != OWNER_ALIAS:
            super().handle(*args, **options)
            return
        connection = connections[OWNER_ALIAS]
        with connection.cursor() as cursor, _one_at_a_time(cursor):
            wait_briefly(connection)
            role = ensure_application_role(connection)
            ensure_sweep_role(connection, role)
            again_while_locked(partial(super().handle, *args, **options))
            grant_rights(connection, role)
            grant_sweep_rights(connection)


def ensure_application_role(connection: BaseDatabaseWrapper) -> str:
    """Create the application's role when it is missing and may be; return its name.

    Raises CommandError with the exact statements when an administrator has to run them, and when
    the role could pass by row-level security.
    """
    settings = connections[DEFAULT_DB_ALIAS].settings_dict
    assumed = settings["OPTIONS"].get("assume_role")
    role = str(assumed or settings["USER"])
    with connection.cursor() as cursor:
        if not _exists(cursor, role):
            _create(cursor, role, assumed=bool(assumed))
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone()[0]:
            raise CommandError(
                f'The application\'s role "{role}" may bypass row-level security. Run'
                f' `ALTER ROLE "{role}" NOSUPERUSER NOBYPASSRLS;` or let DATABASE_URL name another.'
            )
        if assumed:
            _ensure_membership(cursor, role)
    return role


def grant_rights(connection: BaseDatabaseWrapper, role: str) -> None:
    """Let the role use, but not own or change, the tables that this connection's role owns.

    Functions are for the role alone: PostgreSQL lets everybody call a new one.
    """
    name = sql.Identifier(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), current_schema()")
        database, schema = map(sql.Identifier, cursor.fetchone())
        statements = [
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, name),
            sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, name),
            *_table_rights(cursor, schema, name),
            *_function_rights(cursor, name),
        ]
        for statement in statements:
            cursor.execute(statement)


def _table_rights(
    cursor: CursorWrapper, schema: sql.Identifier, role: sql.Identifier
) -> list[sql.Composed]:
    statements = []
    for table, kind in _owned_relations(cursor):
        relation = sql.SQL("{}.{}").format(schema, sql.Identifier(table))
        if kind == "S":
            rights, refused = "GRANT USAGE ON SEQUENCE {} TO {}", ""
        elif table in READ_ONLY_TABLES:
            rights, refused = "GRANT SELECT ON {} TO {}", "INSERT, UPDATE, DELETE"
        elif table in APPEND_ONLY_TABLES:
            rights, refused = "GRANT SELECT, INSERT ON {} TO {}", "UPDATE, DELETE"
        else:
            rights, refused = "GRANT SELECT, INSERT, UPDATE, DELETE ON {} TO {}", ""
        statements.append(sql.SQL(rights).format(relation, role))
        if refused:
            revoke = sql.SQL(f"REVOKE {refused} ON {{}} FROM {{}}")
            statements.append(revoke.format(relation, role))
    return statements


def _function_rights(cursor: CursorWrapper, role: sql.Identifier) -> list[sql.Composed]:
    statements = []
    for name, signature in _owned_functions(cursor):
        function = sql.SQL(signature)
        if name in CALLED_FUNCTIONS:  # first: the version before serves meanwhile
            statements.append(sql.SQL("GRANT EXECUTE ON FUNCTION {} TO {}").format(function, role))
        statements.append(sql.SQL("REVOKE EXECUTE ON FUNCTION {} FROM PUBLIC").format(function))
    return statements


def _owned_functions(cursor: CursorWrapper) -> list[tuple[str, str]]:
    cursor.execute(
        """
        SELECT proname, oid::regprocedure::text FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace AND pg_has_role(proowner, 'USAGE')
          AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
        ORDER BY 2
        """
    )
    return [(str(name), str(signature)) for name, signature in cursor.fetchall()]


def _owned_relations(cursor: CursorWrapper) -> list[tuple[str, str]]:
    cursor.execute(
        """
        SELECT relname, relkind FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'S')
          AND pg_has_role(relowner, 'USAGE')
        ORDER BY relname
        """
    )
    return [(str(name), str(kind)) for name, kind in cursor.fetchall()]


def _exists(cursor: CursorWrapper, role: str) -> bool:
    cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
    return bool(cursor.fetchone()[0])


def _create(cursor: CursorWrapper, role: str, *, assumed: bool) -> None:
    if not assumed:
        raise CommandError(
            f'The role "{role}" of DATABASE_URL does not exist. As an administrator, run:'
            f" CREATE ROLE \"{role}\" LOGIN PASSWORD '...';"
        )
    try:
        cursor.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
    except ProgrammingError as error:
        if not _exists(cursor, role):  # another copy on this server may have been faster
            raise CommandError(_for_an_administrator(cursor, role)) from error


def _ensure_membership(cursor: CursorWrapper, role: str) -> None:
    cursor.execute("SELECT pg_has_role(current_user, %s, 'MEMBER')", [role])
    if cursor.fetchone()[0]:
        return
    try:
        cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
    except ProgrammingError as error:
        raise CommandError(_for_an_administrator(cursor, role)) from error


def _for_an_administrator(cursor: CursorWrapper, role: str) -> str:
    cursor.execute("SELECT current_user")
    return (
        "The owner's login may not create or join the application's role. As an administrator,"
        f' run: CREATE ROLE "{role}" NOLOGIN; GRANT "{role}" TO "{cursor.fetchone()[0]}";'
    )


@contextmanager
def _one_at_a_time(cursor: CursorWrapper) -> Iterator[None]:
    # Asked again and again rather than waited for: a waiting statement holds a snapshot, and an
    # index that another session builds concurrently would wait for that snapshot in turn.
    deadline = time.monotonic() + WAIT_SECONDS
    while not _try_lock(cursor):
        if time.monotonic() > deadline:
            raise CommandError("Another migration is still running. Try again when it has ended.")
        time.sleep(0.2)
    try:
        yield
    finally:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def _try_lock(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [MIGRATION_LOCK])
    return bool(cursor.fetchone()[0])
