"""One row of a person in every table, whatever the table: for asking who may see it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models

from diary.models import User
from diary.models.isolation import acting_for, sweeping
from diary.models.sealing import SealedJSONField, SealedTextField
from tests.factories import NOW

Row = TypeVar("Row", bound=models.Model)
# Written by a function of the owner only.
BY_OWNER = {"access_log_beginning"}
# Read before anybody acts, to sign in; and what is left when there is nobody to act for.
OUTSIDE = {"diary_user", "erasure_tombstone", "retention_round"}
VALUES: Mapping[type[Any], Any] = {
    bool: False, int: 1, float: 1.0, str: "", bytes: b"-", dict: {}, list: [], date: NOW.date(),
    datetime: NOW,
}  # fmt: skip
TYPE_OF_FIELD: Mapping[str, type[Any]] = {
    "ArrayField": list, "BigIntegerField": int, "BinaryField": bytes, "BooleanField": bool,
    "CharField": str, "DateField": date, "DateTimeField": datetime, "FloatField": float,
    "IntegerField": int, "JSONField": list, "PositiveIntegerField": int,
    "PositiveSmallIntegerField": int, "SmallIntegerField": int, "TextField": str,
}  # fmt: skip
# What a constraint of the table asks for.
NEEDED: Mapping[str, Mapping[str, Any]] = {
    "access_log": {"actor": "person"},
    "alert": {
        "level": "urgent",
        "addressee": "own_doctor",
        "state": "open",
        "evidence_from": "both",
    },
    "check_in": {"twitched": "no"},
    "delivery": {"kind": "email", "about": "reminder"},
    "endpoint": {"kind": "email"},
    "history_item": {"kind": "condition", "status": "present"},
    "look": {"kind": "state"},
    "look_due": {"kind": "state"},
    "share_view": {"what": "opened"},
}


def personal_models() -> list[type[models.Model]]:
    return [
        model
        for label in ("diary", "reports")
        for model in apps.get_app_config(label).get_models()
        if model._meta.db_table not in OUTSIDE
    ]


def writable_models() -> list[type[models.Model]]:
    return [model for model in personal_models() if model._meta.db_table not in BY_OWNER]


def row_of(model: type[Row], person: User) -> Row:
    """Return a row, not stored. Every id in it is the person's own, so rows belong together."""
    needed = NEEDED.get(model._meta.db_table, {})
    values: dict[str, Any] = {
        field.attname: _value(field, person.pk)
        for field in model._meta.concrete_fields
        if not (field.null or field.has_default() or field.name in needed)
    }
    return model(**values, **needed)


def fill_every_table(person: User) -> None:
    # The key comes last: those before are sealed under a real one.
    for model in sorted(writable_models(), key=lambda model: model._meta.db_table == "data_key"):
        # What only sweeps write down is written by one.
        acting = sweeping() if model._meta.db_table == "delivery_attempt" else acting_for(person.pk)
        with acting:
            model._default_manager.bulk_create([row_of(model, person)], ignore_conflicts=True)


def _value(field: models.Field[Any, Any], person_id: UUID) -> Any:
    if isinstance(field, SealedTextField | SealedJSONField):
        return "" if isinstance(field, SealedTextField) else {}
    kind = field.get_internal_type()
    if kind in {"UUIDField", "ForeignKey", "OneToOneField"}:
        return person_id
    if field.unique:
        return str(person_id)
    return VALUES[TYPE_OF_FIELD[kind]]
