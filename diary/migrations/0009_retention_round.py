"""How far the daily round of retention has come."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('diary', '0008_consents'),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionRound',
            fields=[
                ('id', models.SmallIntegerField(primary_key=True, serialize=False)),
                ('parts_done', models.PositiveIntegerField(default=0)),
                ('begun_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'retention_round',
            },
        ),
    ]
