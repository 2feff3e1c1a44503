"""The role of sweeps over all persons: ids, times and states of what is due, and nothing else."""

from collections.abc import Mapping
from types import MappingProxyType

from django.core.management import CommandError
from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from diary.models.isolation import SWEEP_ROLE

Columns = tuple[str, ...]
MOVES: Columns = ("due_at", "leased_until")
TRIED: Columns = (
    "state", "again", "attempts", "first_due_at", "set_at", "finished_at", "last_error", *MOVES,
)  # fmt: skip

# What it may do: table, then right, then the columns, none for a right to whole rows. A policy of
# each table lets its rows through.
SWEEP_RIGHTS: Mapping[str, Mapping[str, Columns]] = MappingProxyType(
    {
        "look_due": {
            "SELECT": ("person_id", "kind", "changed", "attempts", *MOVES), "UPDATE": MOVES,
        },
        "push_due": {
            "SELECT": ("person_id", "urgent", "set_at", "attempts", *MOVES),
            "UPDATE": ("set_at", *MOVES),
        },
        "reminder_due": {"SELECT": ("person_id", *MOVES), "UPDATE": MOVES},
        "report_due": {"SELECT": ("report_id", "person_id", *MOVES), "UPDATE": MOVES},
        "delivery": {
            "SELECT": (
                "id", "recipient_id", "subject_id", "about", "alert_ids", "endpoint_id", "kind",
                "urgent", "step", "created_at", *TRIED,
            ),
            "UPDATE": TRIED,
        },
        "delivery_attempt": {"INSERT": ("delivery_id", "number", "at", "outcome", "error")},
        "erasure": {"SELECT": ("person_id", "receipt", "erase_at", *MOVES), "UPDATE": MOVES},
        "share_key": {"SELECT": ("share_id", "person_id", "forget_at")},
        "share_session": {"SELECT": ("expires_at",), "DELETE": ()},
        # Where something can still arrive, without the address.
        "endpoint": {
            "SELECT": ("person_id", "id", "kind", "device_id", "created_at", "failing_since")
        },
        "diary_device": {"SELECT": ("person_id", "id", "session_digest", "revoked_at")},
        "django_session": {"SELECT": ("session_key",)},
        "diary_user": {"SELECT": ("id", "is_active")},
    }
)  # fmt: skip


def ensure_sweep_role(connection: BaseDatabaseWrapper, application: str) -> None:
    """Create the role when it is missing and let the application's role take it.

    Raises CommandError with the exact statements when an administrator has to run them, and when
    the role could pass by row-level security.
    """
    with connection.cursor() as cursor:
        _refuse_one_that_passes_by(cursor)
        try:
            if not _is_there(cursor):
                cursor.execute(_named("CREATE ROLE {sweep} NOLOGIN", application))
            if not _may_be_taken(cursor, application):
                cursor.execute(_named("GRANT {sweep} TO {application}", application))
        except DatabaseError as error:  # unless another copy on this server was faster
            if not (_is_there(cursor) and _may_be_taken(cursor, application)):
                raise CommandError(
                    "The owner's login may not create the role of the sweeps or grant it. As an"
                    f' administrator, run: CREATE ROLE "{SWEEP_ROLE}" NOLOGIN;'
                    f' GRANT "{SWEEP_ROLE}" TO "{application}";'
                ) from error


def grant_sweep_rights(connection: BaseDatabaseWrapper) -> None:
    """Give the role what SWEEP_RIGHTS says and take away all else, in one transaction."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema, role = sql.Identifier(cursor.fetchone()[0]), sql.Identifier(SWEEP_ROLE)
        for right in ("USAGE ON SCHEMA {}", "ALL ON ALL TABLES IN SCHEMA {}"):
            cursor.execute(sql.SQL(f"REVOKE {right} FROM {{}}").format(schema, role))
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, role))
        for table, rights in SWEEP_RIGHTS.items():
            relation = sql.SQL("{}.{}").format(schema, sql.Identifier(table))
            for right, columns in rights.items():
                names = sql.SQL(", ").join(map(sql.Identifier, columns))
                of_columns = sql.SQL("({})").format(names) if columns else sql.SQL("")
                statement = sql.SQL(f"GRANT {right} {{}} ON {{}} TO {{}}")
                cursor.execute(statement.format(of_columns, relation, role))


def _refuse_one_that_passes_by(cursor: CursorWrapper) -> None:
    cursor.execute(
        "SELECT FROM pg_roles WHERE rolname = %s AND (rolsuper OR rolbypassrls)", [SWEEP_ROLE]
    )
    if cursor.fetchone() is not None:
        raise CommandError(
            f'The role "{SWEEP_ROLE}" may bypass row-level security. Run'
            f' `ALTER ROLE "{SWEEP_ROLE}" NOSUPERUSER NOBYPASSRLS;`.'
        )


def _named(statement: str, application: str) -> sql.Composed:
    return sql.SQL(statement).format(
        sweep=sql.Identifier(SWEEP_ROLE), application=sql.Identifier(application)
    )


def _is_there(cursor: CursorWrapper) -> bool:
    cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [SWEEP_ROLE])
    return bool(cursor.fetchone()[0])


def _may_be_taken(cursor: CursorWrapper, application: str) -> bool:
    cursor.execute("SELECT pg_has_role(%s, %s, 'MEMBER')", [application, SWEEP_ROLE])
    return bool(cursor.fetchone()[0])
