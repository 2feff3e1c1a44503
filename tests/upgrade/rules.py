"""What a migration must not do while the version before it still serves.

A migration may name two things about itself:

    last_step_of = "0012_stop_reading_x"    an earlier release has stopped using what this tightens
    old_version_serves = "why its SQL neither breaks the old version nor holds a table for long"
"""

from typing import Any

from django.db.migrations import Migration, operations
from django.db.migrations.operations.base import Operation
from django.db.models import Field

TIGHTENING = (operations.RemoveField, operations.DeleteModel, operations.AlterField)
RENAMING = (operations.RenameField, operations.RenameModel, operations.AlterModelTable)
HOLDING: dict[type[Operation], str] = {
    operations.AddIndex: "use AddIndexConcurrently in a migration with atomic = False.",
    operations.AddConstraint: (
        "use AddConstraintNotValid, and ValidateConstraint in the next; for a unique one, build its"
        " index concurrently first."
    ),
}


def complaints(migration: Migration) -> list[str]:
    """Return what is wrong with a migration, in words for whoever wrote it."""
    steps = [inner for one in migration.operations for inner in on_the_database(one)]
    new = {one.name.lower() for one in steps if isinstance(one, operations.CreateModel)}
    return [
        f"{one.describe()}: {objection}"
        for one in steps
        if getattr(one, "model_name", "").lower() not in new  # nobody uses what is made here
        if (objection := objection_to(one, migration))
    ]


def on_the_database(one: Operation) -> list[Operation]:
    """Return what an operation does to the database."""
    if isinstance(one, operations.SeparateDatabaseAndState):
        return list(one.database_operations)
    return [one]


def objection_to(one: Operation, migration: Migration) -> str:
    """Return why the old version could not serve on, "" when it can."""
    if isinstance(one, RENAMING):
        return "the old version knows the old name; add the new one beside it."
    if isinstance(one, TIGHTENING) and not hasattr(migration, "last_step_of"):
        return "name the release before that stopped needing it (last_step_of)."
    if isinstance(one, operations.AddField) and not old_version_may_insert(one.field):
        return "the old version inserts no value; make it null or give it a db_default."
    if isinstance(one, operations.RunPython) and (migration.atomic or not one.reversible):
        return "move data in batches, with atomic = False and a way back."
    if isinstance(one, operations.RunSQL) and not hasattr(migration, "old_version_serves"):
        return "say why the old version serves on (old_version_serves)."
    return HOLDING.get(type(one), "")


def old_version_may_insert(field: "Field[Any, Any]") -> bool:
    """Return whether a row without this column may be inserted."""
    return bool(field.null or field.has_db_default())
