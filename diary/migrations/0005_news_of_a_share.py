"""Somebody may be told that what they share was opened."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('diary', '0004_following_and_reminders'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='delivery',
            name='delivery_about_is_known',
        ),
        migrations.RemoveConstraint(
            model_name='delivery',
            name='delivery_of_alerts_names_them',
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('about__in', ['alert', 'reminder', 'share'])), name='delivery_about_is_known'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about', 'alert'), models.Q(('alert_ids', []), _negated=True)), models.Q(('about__in', ['reminder', 'share']), ('alert_ids', [])), _connector='OR'), name='delivery_of_alerts_names_them'),
        ),
    ]
