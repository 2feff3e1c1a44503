"""Whose reminder is due, and on which days the person was reminded."""

from django.conf import settings
from django.db import models


class ReminderDue(models.Model):
    """When to ask next whether a person is to be reminded. Holds no health data.

    `reminded_on` is the diary day of the last reminder of either kind, `silence_told_on` that of
    the last one after days without an entry.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)
    silence_told_on = models.DateField(null=True)

    class Meta:
        db_table = "reminder_due"
        indexes = [models.Index(fields=["due_at"], name="reminder_due_first")]

    def __str__(self) -> str:
        return str(self.person_id)
