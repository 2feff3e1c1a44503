"""Everything that tells who is calling, by one statement."""

from django.db import migrations

# A function, as its plan is kept by each connection: to plan these joins takes longer than to run
# them. No row of a person is needed to be asked for: each of the three may be missing.
SESSION_OF = """
CREATE FUNCTION session_of(wanted text) RETURNS TABLE (
    device diary_device, person diary_user, session_data text, expire_date timestamptz
)
LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
        SELECT held, holder, stored.session_data, stored.expire_date
        FROM (SELECT wanted AS digest) AS asked
        LEFT JOIN device_of_session(asked.digest) AS held ON true
        LEFT JOIN django_session AS stored ON stored.session_key = asked.digest
        LEFT JOIN diary_user AS holder ON holder.id = held.person_id;
END
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('diary', '0011_isolation_of_all'),
        ('sessions', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(SESSION_OF, "DROP FUNCTION session_of(text)"),
    ]
