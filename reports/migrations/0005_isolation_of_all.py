"""Row-level security for the queue of reports, and for the links and sessions of shares."""

from django.db import migrations

TABLES = ("report_due", "share_key", "share_session")
# No setting means no person, and no person means no row. FORCE binds the owner as well.
ENABLE = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY
"""
DISABLE = """
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY
"""
PERSON = "nullif(current_setting('app.person', true), '')::uuid"
DIGEST = "nullif(current_setting('app.digest', true), '')"
SWEEP = "current_user = 'quiver_sweep'"  # what it may do with its rows, column by column: `migrate`
OWN = f"FOR ALL USING (person_id = {PERSON}) WITH CHECK (person_id = {PERSON})"

# Table, name of the policy, and whom it lets do what.
POLICIES = (
    ("report_due", "own_rows_only", OWN),
    ("report_due", "due_for_everybody", f"USING ({SWEEP})"),
    ("share_key", "own_rows_only", OWN),
    ("share_key", "found_by_secret", f"FOR SELECT USING (secret_digest = {DIGEST})"),
    ("share_key", "due_for_everybody", f"FOR SELECT USING ({SWEEP})"),
    ("share_session", "own_rows_only", OWN),
    ("share_session", "found_by_token", f"FOR SELECT USING (token_digest = {DIGEST})"),
    ("share_session", "due_for_everybody", f"USING ({SWEEP})"),
)


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0004_sealed_reports'),
    ]

    operations = [
        *(
            migrations.RunSQL(ENABLE.format(table=table), DISABLE.format(table=table))
            for table in TABLES
        ),
        *(
            migrations.RunSQL(
                f"CREATE POLICY {name} ON {table} {rule}", f"DROP POLICY {name} ON {table}"
            )
            for table, name, rule in POLICIES
        ),
    ]
