"""Every migration to come lets the version before it serve on."""

import pytest
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader

from tests.upgrade.rules import complaints

# These were written before the first release that people upgrade from.
BASE_LINE = {"diary": 19, "reports": 9}
FLAG = models.CheckConstraint(condition=models.Q(flag=True), name="flag_is_set")


def migration_of(*steps, **attributes):
    kind = type("Migration", (Migration,), {"operations": list(steps), **attributes})
    return kind("0099_of_a_test", "diary")


def later_migrations():
    loader = MigrationLoader(connection=None)
    return [
        migration
        for (app, name), migration in loader.disk_migrations.items()
        if app in BASE_LINE and int(name[:4]) > BASE_LINE[app]
    ]


def test_every_migration_to_come_lets_the_version_before_it_serve_on():
    found = {str(one): complaints(one) for one in later_migrations()}

    assert {name: texts for name, texts in found.items() if texts} == {}


def test_a_last_step_names_an_earlier_migration_of_its_app():
    known = MigrationLoader(connection=None).disk_migrations

    for one in later_migrations():
        earlier = getattr(one, "last_step_of", None)
        assert earlier is None or ((one.app_label, earlier) in known and earlier < one.name)


@pytest.mark.parametrize(
    ("step", "word"),
    [
        (operations.RemoveField("episode", "note"), "last_step_of"),
        (operations.DeleteModel("Episode"), "last_step_of"),
        (operations.AlterField("episode", "note", models.TextField()), "last_step_of"),
        (operations.RenameField("episode", "note", "remark"), "old name"),
        (operations.RenameModel("Episode", "Bout"), "old name"),
        (operations.AlterModelTable("Episode", "bout"), "old name"),
        (operations.AddField("episode", "flag", models.BooleanField()), "db_default"),
        (operations.AddField("episode", "flag", models.BooleanField(default=True)), "db_default"),
        (operations.AddIndex("episode", models.Index(fields=["note"], name="x")), "Concurrently"),
        (operations.AddConstraint("episode", FLAG), "NotValid"),
        (
            operations.AddConstraint(
                "episode", models.UniqueConstraint(fields=["note"], name="one_note")
            ),
            "concurrently first",
        ),
        (operations.RunPython(lambda apps, editor: None), "in batches"),
        (operations.RunSQL("UPDATE episode SET flag = true", "SELECT 1"), "old_version_serves"),
    ],
)
def test_what_would_break_or_hold_the_old_version_is_refused(step, word):
    inside = operations.SeparateDatabaseAndState(database_operations=[step])

    for one in (step, inside):
        [complaint] = complaints(migration_of(one))
        assert word in complaint


@pytest.mark.parametrize(
    "step",
    [
        operations.AddField("episode", "flag", models.BooleanField(null=True)),
        operations.AddField("episode", "flag", models.BooleanField(db_default=True)),
        operations.CreateModel("Fresh", [("id", models.UUIDField(primary_key=True))]),
        AddIndexConcurrently("episode", models.Index(fields=["note"], name="x")),
        AddConstraintNotValid("episode", FLAG),
    ],
)
def test_what_the_old_version_does_not_notice_is_fine(step):
    assert complaints(migration_of(step, atomic=False)) == []


def test_a_new_table_may_have_what_it_likes():
    made = operations.CreateModel("Fresh", [("flag", models.BooleanField(primary_key=True))])
    index = models.Index(fields=["flag"], name="fresh_by_flag")

    steps = (made, operations.AddIndex("fresh", index), operations.AddConstraint("fresh", FLAG))

    assert complaints(migration_of(*steps)) == []


def test_the_last_of_three_steps_and_sql_with_a_reason_are_fine():
    moved = operations.RunPython(lambda apps, editor: None, operations.RunPython.noop)

    assert (
        complaints(migration_of(operations.RemoveField("episode", "note"), last_step_of="x")) == []
    )
    assert (
        complaints(migration_of(operations.RunSQL("X", "Y"), old_version_serves="it is new")) == []
    )
    assert complaints(migration_of(moved, atomic=False)) == []
