"""Row-level security for what is found before it is known whose it is, or due for everybody."""

from django.db import migrations

TABLES = (
    "delivery",
    "delivery_attempt",
    "diary_device",
    "endpoint",
    "erasure",
    "follow",
    "look_due",
    "push_due",
    "reminder_due",
)
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
BOTH_SIDES = f"recipient_id = {PERSON} OR subject_id = {PERSON}"
OWN = f"FOR ALL USING (person_id = {PERSON}) WITH CHECK (person_id = {PERSON})"

# Table, name of the policy, and whom it lets do what.
POLICIES = (
    ("look_due", "own_rows_only", OWN),
    ("look_due", "due_for_everybody", f"USING ({SWEEP})"),
    ("push_due", "own_rows_only", OWN),
    ("push_due", "due_for_everybody", f"USING ({SWEEP})"),
    ("reminder_due", "own_rows_only", OWN),
    ("reminder_due", "due_for_everybody", f"USING ({SWEEP})"),
    ("erasure", "own_rows_only", OWN),
    ("erasure", "due_for_everybody", f"USING ({SWEEP})"),
    ("endpoint", "own_rows_only", OWN),
    ("endpoint", "ways_to_followers", f"FOR SELECT USING ({SWEEP})"),
    ("diary_device", "own_rows_only", OWN),
    ("diary_device", "found_by_session", f"FOR SELECT USING (session_digest = {DIGEST})"),
    ("diary_device", "signed_in_or_not", f"FOR SELECT USING ({SWEEP})"),
    ("follow", "own_rows_only", OWN),
    ("follow", "followed_by_me", f"FOR SELECT USING (follower_id = {PERSON})"),
    (
        "follow",
        "ended_by_follower",
        f"FOR UPDATE USING (follower_id = {PERSON})"
        f" WITH CHECK (follower_id = {PERSON} AND ended_at IS NOT NULL)",
    ),
    (
        "follow",
        "taken_up_by_code",
        f"FOR UPDATE USING (code_digest = {DIGEST})"
        f" WITH CHECK (code_digest = {DIGEST} AND follower_id = {PERSON})",
    ),
    ("follow", "gone_with_follower", f"FOR DELETE USING (follower_id = {PERSON})"),
    ("follow", "found_by_code", f"FOR SELECT USING (code_digest = {DIGEST})"),
    ("delivery", "read_by_both_sides", f"FOR SELECT USING ({BOTH_SIDES})"),
    ("delivery", "written_by_subject", f"FOR INSERT WITH CHECK (subject_id = {PERSON})"),
    ("delivery", "let_go_by_both_sides", f"FOR DELETE USING ({BOTH_SIDES})"),
    ("delivery", "due_for_everybody", f"USING ({SWEEP})"),
    (
        "delivery_attempt",
        "read_with_its_delivery",
        "FOR SELECT USING (EXISTS (SELECT FROM delivery WHERE delivery.id = delivery_id))",
    ),
    ("delivery_attempt", "tried_by_sweeps", f"FOR INSERT WITH CHECK ({SWEEP})"),
)
# One statement, as it is asked with every request; the setting ends with the call.
DEVICE_OF_SESSION = """
CREATE FUNCTION device_of_session(wanted text) RETURNS SETOF diary_device
LANGUAGE plpgsql AS $$
DECLARE
    before text := coalesce(current_setting('app.digest', true), '');
BEGIN
    PERFORM set_config('app.digest', wanted, true);
    RETURN QUERY SELECT * FROM diary_device WHERE session_digest = wanted;
    PERFORM set_config('app.digest', before, true);
END
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('diary', '0010_sealed_words'),
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
        migrations.RunSQL(DEVICE_OF_SESSION, "DROP FUNCTION device_of_session(text)"),
    ]
