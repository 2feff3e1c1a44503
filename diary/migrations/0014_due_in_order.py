"""Let the planner know that a sweep sees the rows, so that it reads what is due in order."""

from django.db import migrations

TABLES = ("look_due", "push_due", "reminder_due", "erasure", "delivery")
BEFORE = "current_user = 'quiver_sweep'"
# The same, and never null. Of a bare comparison of two values PostgreSQL assumes that it holds for
# one row in 200: it would read and sort all that is due, to have enough. Of this, one in two.
AFTER = f"coalesce({BEFORE}, false)"


class Migration(migrations.Migration):
    dependencies = [
        ("diary", "0013_telling_episodes"),
    ]

    old_version_serves = (
        "which rows a policy lets through stays as it is; a table is held for a moment"
    )
    operations = [
        migrations.RunSQL(
            f"ALTER POLICY due_for_everybody ON {table} USING ({AFTER})",
            f"ALTER POLICY due_for_everybody ON {table} USING ({BEFORE})",
        )
        for table in TABLES
    ]
