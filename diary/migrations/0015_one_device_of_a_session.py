"""Let the planner know that a session has one device, so that it finds the account by its key."""

from django.db import migrations


class Migration(migrations.Migration):

    old_version_serves = 'what the function returns stays as it is'

    dependencies = [
        ('diary', '0014_due_in_order'),
    ]

    operations = [
        migrations.RunSQL(
            'ALTER FUNCTION device_of_session(text) ROWS 1',
            'ALTER FUNCTION device_of_session(text) ROWS 1000',
        ),
    ]
