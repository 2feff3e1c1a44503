"""The tables of what people record: one typed table per synced type.

Field meanings, units and bounds are those of `diary.domain.entries`; JSON columns hold the lists of
the wire models in the order they were sent. What may hold the person's own words is sealed as a
whole; scores, codes and times are not, because the statistics count them. Times are an instant with
the offset of the device's clock; wall time is their sum, so the two can never disagree.
"""

from django.db import models
from django.db.models import F, Q

from diary.domain import entries
from diary.domain.rules.urgent import SUSTAINED
from diary.models.base import (
    SyncedRecord,
    holds_a_list,
    list_field,
    one_of,
    person_first,
    within,
)
from diary.models.sealing import SealedJSONField, SealedTextField

MIN_OFFSET_MINUTES, MAX_OFFSET_MINUTES = -12 * 60, 14 * 60


class Experience(SyncedRecord):
    """What episodes, check-ins and the intake ask alike."""

    symptoms = list_field()
    impact = models.PositiveSmallIntegerField(null=True)
    interferes = list_field()
    distress = models.PositiveSmallIntegerField(null=True)
    remedies = SealedJSONField(default=list)
    reported_by = models.TextField(default=entries.Reporter.SELF.value)
    note = SealedTextField(default="")
    note_for_doctor = models.BooleanField(default=False)
    ext = SealedJSONField(default=dict)

    class Meta:
        abstract = True


def experience_constraints(table: str) -> list[models.CheckConstraint]:
    """Return the constraints of the columns of `Experience` for one table."""
    return [
        within(table, "impact", 0, 3),
        within(table, "distress", 0, 10),
        one_of(table, "reported_by", list(entries.Reporter)),
        *holds_a_list(table, "symptoms", "interferes"),
    ]


class Episode(Experience):
    """One bout of twitching. `local_date` is fixed at capture and never recomputed."""

    start_at = models.DateTimeField()
    start_offset_minutes = models.SmallIntegerField()
    start_time_zone = models.TextField(default="")
    start_zone_source = models.TextField(default="device")
    start_precision = models.TextField(default=entries.MomentPrecision.MINUTE.value)
    local_date = models.DateField()
    time_flags = list_field()
    skew_ms = models.BigIntegerField(null=True)
    end_at = models.DateTimeField(null=True)
    end_offset_minutes = models.SmallIntegerField(null=True)
    end_time_zone = models.TextField(default="")
    end_zone_source = models.TextField(default="device")
    end_precision = models.TextField(default=entries.MomentPrecision.MINUTE.value)
    duration_seconds = models.PositiveIntegerField(null=True)
    sites = list_field()
    movement = models.TextField(null=True)
    visible = models.BooleanField(null=True)
    strength = models.PositiveSmallIntegerField(null=True)
    contractions = models.PositiveIntegerField(null=True)
    directions = list_field()
    continuous = models.BooleanField(null=True)
    at_rest = models.BooleanField(null=True)
    in_action = models.BooleanField(null=True)
    asleep = models.BooleanField(null=True)
    eyes_closed = models.BooleanField(null=True)
    stops_with_action = models.BooleanField(null=True)
    rhythmic = models.BooleanField(null=True)
    suppressible = models.BooleanField(null=True)
    urge_before = models.BooleanField(null=True)
    contexts = list_field()
    eye_closure = models.TextField(null=True)
    triggers = SealedJSONField(default=list)
    video_recorded = models.BooleanField(null=True)

    class Meta:
        db_table = "episode"
        constraints = [
            person_first("episode"),
            *experience_constraints("episode"),
            *holds_a_list("episode", "sites", "directions", "contexts", "time_flags"),
            within("episode", "strength", 0, 10),
            within("episode", "duration_seconds", 0, 604_800),
            within("episode", "start_offset_minutes", MIN_OFFSET_MINUTES, MAX_OFFSET_MINUTES),
            within("episode", "end_offset_minutes", MIN_OFFSET_MINUTES, MAX_OFFSET_MINUTES),
            models.CheckConstraint(
                name="episode_does_not_end_before_it_starts",
                condition=Q(end_at__isnull=True) | Q(end_at__gte=F("start_at")),
            ),
            models.CheckConstraint(
                name="episode_end_has_an_offset",
                condition=Q(end_at__isnull=True) | Q(end_offset_minutes__isnull=False),
            ),
        ]
        indexes = [
            # The list page and the daily row of one date.
            models.Index(
                fields=["person", "-start_at", "-id"],
                name="episode_by_start",
                condition=Q(deleted=False),
            ),
            models.Index(
                fields=["person", "local_date"],
                name="episode_by_local_date",
                condition=Q(deleted=False),
            ),
            # What warning-sign rules read with each write, however many others a month holds.
            models.Index(
                fields=["person", "local_date"],
                name="episode_telling",
                condition=Q(deleted=False) & (~Q(symptoms=[]) | Q(movement__in=sorted(SUSTAINED))),
            ),
        ]


class CheckIn(Experience):
    """The daily check-in: at most one per local date."""

    local_date = models.DateField()
    twitched = models.TextField()
    warning_signs_asked = models.BooleanField(default=False)
    caffeine_mg = models.PositiveIntegerField(null=True)
    sleep_hours = models.FloatField(null=True)
    stress = models.PositiveSmallIntegerField(null=True)
    ill = models.BooleanField(null=True)
    alcohol_units = models.FloatField(null=True)
    screen_hours = models.FloatField(null=True)
    exercise_minutes = models.PositiveIntegerField(null=True)
    low_fluid = models.BooleanField(null=True)
    medicines_changed = models.BooleanField(null=True)
    factors = SealedJSONField(default=list)
    recorded_at = models.DateTimeField(null=True)
    recorded_offset_minutes = models.SmallIntegerField(null=True)
    recorded_time_zone = models.TextField(default="")
    recorded_zone_source = models.TextField(default="device")
    recorded_precision = models.TextField(default=entries.MomentPrecision.MINUTE.value)

    class Meta:
        db_table = "check_in"
        constraints = [
            person_first("check_in"),
            *experience_constraints("check_in"),
            one_of("check_in", "twitched", list(entries.Twitched)),
            within("check_in", "caffeine_mg", 0, 10_000),
            within("check_in", "sleep_hours", 0, 24),
            within("check_in", "stress", 0, 10),
            within("check_in", "alcohol_units", 0, 100),
            within("check_in", "screen_hours", 0, 24),
            within("check_in", "exercise_minutes", 0, 1_440),
            models.UniqueConstraint(
                fields=["person", "local_date"],
                name="check_in_one_per_local_date",
                condition=Q(deleted=False),
            ),
        ]


class Problem(Experience):
    """The intake about one complaint."""

    asked_on = models.DateField()
    first_day_earliest = models.DateField(null=True)
    first_day_latest = models.DateField(null=True)
    onset = models.TextField(null=True)
    still_present = models.BooleanField(null=True)
    course = models.TextField(null=True)
    sites = list_field()
    movement = models.TextField(null=True)
    visible = models.BooleanField(null=True)
    continuous = models.BooleanField(null=True)
    seconds_per_bout = models.JSONField(null=True)
    bouts_per_day = models.JSONField(null=True)
    contexts = list_field()
    eye_closure = models.TextField(null=True)
    triggers = SealedJSONField(default=list)
    medicines = SealedJSONField(default=list)
    tests = list_field()
    history = SealedJSONField(default=list)
    question = SealedTextField(default="")

    class Meta:
        db_table = "problem"
        constraints = [
            person_first("problem"),
            *experience_constraints("problem"),
            *holds_a_list("problem", "sites", "contexts", "tests"),
            models.CheckConstraint(
                name="problem_first_day_is_a_range",
                condition=Q(first_day_earliest__isnull=True, first_day_latest__isnull=True)
                | Q(first_day_earliest__lte=F("first_day_latest")),
            ),
        ]


class Medication(SyncedRecord):
    """One course of a medicine."""

    name = SealedTextField()
    medicine_class = models.TextField(null=True)
    dose = SealedTextField(default="")
    started = models.JSONField(null=True)
    stopped = models.JSONField(null=True)
    dose_changes = SealedJSONField(default=list)
    as_needed = models.BooleanField(default=False)
    note = SealedTextField(default="")
    ext = SealedJSONField(default=dict)

    class Meta:
        db_table = "medication"
        constraints = [person_first("medication")]


class HistoryItem(SyncedRecord):
    """One answer about the past."""

    kind = models.TextField()
    status = models.TextField()
    item = models.TextField(null=True)
    own_label = SealedTextField(default="")
    since = models.JSONField(null=True)
    result = SealedTextField(default="")
    note = SealedTextField(default="")
    ext = SealedJSONField(default=dict)

    class Meta:
        db_table = "history_item"
        constraints = [
            person_first("history_item"),
            one_of("history_item", "kind", list(entries.HistoryKind)),
            one_of("history_item", "status", list(entries.HistoryStatus)),
        ]


class RemedyTrial(SyncedRecord):
    """A remedy kept up for a while."""

    remedy = models.TextField()
    own_label = SealedTextField(default="")
    started_on = models.DateField()
    stopped_on = models.DateField(null=True)
    rating = models.TextField(null=True)
    note = SealedTextField(default="")
    ext = SealedJSONField(default=dict)

    class Meta:
        db_table = "remedy_trial"
        constraints = [
            person_first("remedy_trial"),
            models.CheckConstraint(
                name="remedy_trial_stops_after_it_starts",
                condition=Q(stopped_on__isnull=True) | Q(stopped_on__gte=F("started_on")),
            ),
        ]
