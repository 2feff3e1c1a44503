"""Columns that a copy of the tables shows nobody: sealed under the data key of their person.

A row opens them when it is read inside `acting_for` their owner, and seals them when it is saved.
Statements that pass by rows use `sealed_columns` and `opened_columns`; all others are refused.
"""

import json
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute

from diary.models.data_keys import keys_of
from diary.models.isolation import acting_now
from diary.models.keyring import open_sealed, seal

Plain = TypeVar("Plain")
AS_HEX = "\\x"  # how PostgreSQL writes bytes within JSON


class Sealed(bytes):
    """Bytes that were sealed; nothing else is ever stored in a sealed column."""


NOTHING = Sealed()  # what stands for the default of a column: an empty text or list hides nothing


class _OnlyWhileActing(DeferredAttribute):
    """Loads a column that was not opened with its row, as one that was deferred."""

    field: "SealedField[Any]"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is not None and self.field.attname not in vars(instance):
            _require_acting_for(getattr(instance, self.field.owner))
        return super().__get__(instance, cls)


class SealedField(models.Field[Plain, Plain]):
    """A sealed column. `owner` is the column of the person under whose key it lies."""

    descriptor_class = _OnlyWhileActing

    def __init__(self, *args: Any, owner: str = "person_id", **options: Any) -> None:
        super().__init__(*args, **options)
        self.owner = owner

    def encoded(self, value: Plain) -> bytes:
        """Return a value as bytes."""
        raise NotImplementedError

    def decoded(self, content: bytes) -> Plain:
        """Return the value of `encoded` bytes."""
        raise NotImplementedError

    def sealed(self, value: Plain | None, row: Mapping[str, Any]) -> Sealed | None:
        """Return a value as the table keeps it; `row` names the owner and the key columns."""
        if value is None:
            return None
        if self.has_default() and value == self.get_default():
            return NOTHING
        keys = keys_of(row[self.owner], to_seal=True)
        return Sealed(seal(keys.sealing, self.encoded(value), bound_to=self.bound_to(row)))

    def opened(self, kept: bytes | None, row: Mapping[str, Any]) -> Plain | None:
        """Return the value of what the table keeps. Raises CannotOpen."""
        if kept is None:
            return None
        if not kept and self.has_default():
            default: Plain = self.get_default()
            return default
        keys = keys_of(row[self.owner], to_seal=False)
        return self.decoded(open_sealed(keys.sealing, kept, bound_to=self.bound_to(row)))

    def bound_to(self, row: Mapping[str, Any]) -> str:
        """Return the place of the column in a row, which names its owner and the key columns."""
        names = (field.attname for field in self.model._meta.pk_fields)
        key = (_text(row[name]) for name in names if name != self.owner)
        return "|".join((str(row[self.owner]), self.model._meta.db_table, str(self.column), *key))

    def get_internal_type(self) -> str:
        return "BinaryField"

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return (
            name,
            path,
            args,
            options | ({"owner": self.owner} if self.owner != "person_id" else {}),
        )

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:  # noqa: FBT001 - Django's
        return self.sealed(getattr(model_instance, self.attname), vars(model_instance))

    def get_db_prep_value(
        self,
        value: Any,
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: FBT001, FBT002 - Django's
    ) -> Any:
        if value is None or isinstance(value, Sealed):
            return value
        raise TypeError(
            f"{self.column} is sealed: it is neither written nor compared in the clear."
        )


class SealedTextField(SealedField[str]):
    """A text that is sealed."""

    def encoded(self, value: str) -> bytes:
        return value.encode()

    def decoded(self, content: bytes) -> str:
        return content.decode()


class SealedJSONField(SealedField[Any]):
    """A JSON value that is sealed as a whole."""

    def encoded(self, value: Any) -> bytes:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, default=dict)
        return text.encode(errors="surrogatepass")  # what is refused may hold half a character

    def decoded(self, content: bytes) -> Any:
        return json.loads(content.decode(errors="surrogatepass"))


class SealedBytesField(SealedField[bytes | None]):
    """A file that is sealed."""

    def encoded(self, value: bytes | None) -> bytes:
        return bytes(value or b"")

    def decoded(self, content: bytes) -> bytes:
        return content


class SealedRecord(models.Model):
    """A row with sealed columns: opened as it is read, for the person who is acted for.

    Those of somebody else wait, as deferred columns do; reading one raises RuntimeError.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls,
        db: str | None,
        field_names: Collection[str],
        values: Collection[Any],
        **options: Any,
    ) -> Self:
        row = super().from_db(db, field_names, values, **options)
        columns = vars(row)
        for field in sealed_fields(cls):
            kept = columns.get(field.attname)
            if kept and not _is_acting_for(getattr(row, field.owner)):
                del columns[field.attname]
            elif kept is not None:
                columns[field.attname] = field.opened(kept, columns)
        return row


@cache
def sealed_fields(table: type[models.Model]) -> tuple[SealedField[Any], ...]:
    """Return the sealed columns of a table."""
    fields = table._meta.concrete_fields
    return tuple(field for field in fields if isinstance(field, SealedField))


def all_sealed_fields() -> dict[tuple[type[models.Model], str], tuple[SealedField[Any], ...]]:
    """Return the sealed columns of all tables, by their table and the column of their owner."""
    found: dict[tuple[type[models.Model], str], tuple[SealedField[Any], ...]] = {}
    for table in apps.get_models():
        for field in sealed_fields(table):
            place = (table, field.owner)
            found[place] = (*found.get(place, ()), field)
    return found


def sealed_columns(table: type[models.Model], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a row with the sealed ones as the table keeps them.

    The row names its owner and its key; of the sealed columns it may name any.
    """
    sealed = {
        field.attname: field.sealed(row[field.attname], row)
        for field in sealed_fields(table)
        if field.attname in row
    }
    return {**row, **sealed}


def opened_columns(
    table: type[models.Model], row: Mapping[str, Any], person_id: UUID
) -> dict[str, Any]:
    """Return the columns that a statement read for a person, with the sealed ones opened.

    Bytes may come as PostgreSQL writes them in JSON. Raises CannotOpen.
    """
    opened = dict(row)
    for field in sealed_fields(table):
        if field.attname in row:
            place = row if field.owner in row else {**row, field.owner: person_id}
            opened[field.attname] = field.opened(_bytes(row[field.attname]), place)
    return opened


def _bytes(kept: Any) -> bytes | None:
    if isinstance(kept, str):
        return bytes.fromhex(kept.removeprefix(AS_HEX))
    return None if kept is None else bytes(kept)


def _text(part: Any) -> str:
    return part.hex() if isinstance(part, bytes) else str(part)


def _is_acting_for(person_id: Any) -> bool:
    acting = acting_now()
    return acting is not None and str(acting.person_id) == str(person_id)


def _require_acting_for(person_id: Any) -> None:
    if not _is_acting_for(person_id):
        raise RuntimeError("What is sealed is read inside acting_for(its owner).")
