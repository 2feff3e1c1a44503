"""The one table: an episode, without history, order, daily rows or rules."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class Episode(models.Model):
    """One episode of a person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False)
    kind = models.CharField(max_length=20)
    start = models.DateTimeField()
    end = models.DateTimeField(null=True)
    severity = models.PositiveSmallIntegerField()
    triggers = models.JSONField(default=list)
    notes = models.TextField(blank=True)
    objects: ClassVar = models.Manager["Episode"]()

    class Meta:
        app_label = "yardstick"
        db_table = "episode"
        indexes = [models.Index(fields=["person", "start"], name="episode_person_start")]
