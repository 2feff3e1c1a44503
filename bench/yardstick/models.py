"""Two tables of episodes, a short one and one of all that Quiver keeps, without what it owes."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models


class Episode(models.Model):
    """One episode of a person, as a first version of an app would keep it."""

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


class WholeEpisode(models.Model):
    """One episode with each column of Quiver's table, none of them sealed, and one index."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False)
    version = models.PositiveIntegerField(default=1)
    seq = models.BigIntegerField(default=0)
    deleted = models.BooleanField(default=False)
    received_at = models.DateTimeField(auto_now_add=True)
    start_at = models.DateTimeField()
    start_offset_minutes = models.SmallIntegerField(default=0)
    start_time_zone = models.TextField(blank=True)
    start_zone_source = models.TextField(default="device")
    start_precision = models.TextField(default="minute")
    local_date = models.DateField()
    time_flags = models.JSONField(default=list)
    skew_ms = models.BigIntegerField(null=True)
    end_at = models.DateTimeField(null=True)
    end_offset_minutes = models.SmallIntegerField(null=True)
    end_time_zone = models.TextField(blank=True)
    end_zone_source = models.TextField(default="device")
    end_precision = models.TextField(default="minute")
    duration_seconds = models.PositiveIntegerField(null=True)
    sites = models.JSONField(default=list)
    movement = models.TextField(null=True)
    visible = models.BooleanField(null=True)
    strength = models.PositiveSmallIntegerField(null=True)
    contractions = models.PositiveIntegerField(null=True)
    directions = models.JSONField(default=list)
    continuous = models.BooleanField(null=True)
    at_rest = models.BooleanField(null=True)
    in_action = models.BooleanField(null=True)
    asleep = models.BooleanField(null=True)
    eyes_closed = models.BooleanField(null=True)
    stops_with_action = models.BooleanField(null=True)
    rhythmic = models.BooleanField(null=True)
    suppressible = models.BooleanField(null=True)
    urge_before = models.BooleanField(null=True)
    contexts = models.JSONField(default=list)
    eye_closure = models.TextField(null=True)
    triggers = models.JSONField(default=list)
    video_recorded = models.BooleanField(null=True)
    symptoms = models.JSONField(default=list)
    impact = models.PositiveSmallIntegerField(null=True)
    interferes = models.JSONField(default=list)
    distress = models.PositiveSmallIntegerField(null=True)
    remedies = models.JSONField(default=list)
    reported_by = models.TextField(default="self")
    note = models.TextField(blank=True)
    note_for_doctor = models.BooleanField(default=False)
    ext = models.JSONField(default=dict)
    objects: ClassVar = models.Manager["WholeEpisode"]()

    class Meta:
        app_label = "yardstick"
        db_table = "whole_episode"
        indexes = [models.Index(fields=["person", "-start_at"], name="whole_episode_by_start")]
