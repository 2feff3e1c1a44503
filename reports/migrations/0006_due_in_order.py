"""Let the planner know that a sweep sees the rows: diary migration 0014 says why."""

from django.db import migrations

SWEEP = "current_user = 'quiver_sweep'"


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0005_isolation_of_all"),
    ]

    old_version_serves = (
        "which rows a policy lets through stays as it is; a table is held for a moment"
    )
    operations = [
        migrations.RunSQL(
            f"ALTER POLICY due_for_everybody ON report_due USING (coalesce({SWEEP}, false))",
            f"ALTER POLICY due_for_everybody ON report_due USING ({SWEEP})",
        )
    ]
