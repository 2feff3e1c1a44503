"""Columns that a copy of the tables shows nobody: sealed under the data key of their person.

A row opens them when it is read inside `acting_for` their owner, and seals them when it is saved.
Statements that pass by rows use `sealed_rows` and `opened_rows`; all others are refused.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from functools import cache, cached_property
from typing import Any, Self, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute
from pydantic_core import from_json

from diary.models.data_keys import keys_of
from diary.models.isolation import acting_now
from diary.models.keyring import open_sealed, seal

Plain = TypeVar("Plain")
_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=dict)
AS_HEX = "\\x"  # how PostgreSQL writes bytes within JSON


class Sealed(bytes):
    """Bytes that were sealed; nothing else is ever stored in a sealed column."""


NOTHING = Sealed()  # what stands for the default of a column: an empty text or list hides nothing
NOTHINGS = (NOTHING, AS_HEX)


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

    def seal_in(self, rows: Iterable[dict[str, Any]]) -> None:
        """Put what the table keeps in the place of the value, in rows that name owner and key."""
        owner, place, cipher = None, "", None
        for row in rows:
            value = row.get(self.attname)
            if value is None:
                continue
            if self.has_default() and value == self.get_default():
                row[self.attname] = NOTHING
                continue
            if cipher is None or row[self.owner] != owner:
                owner = row[self.owner]
                place, cipher = self.place_of(owner), keys_of(owner, to_seal=True).cipher
            kept = seal(cipher, self.encoded(value), bound_to=self.bound_to(place, row))
            row[self.attname] = Sealed(kept)

    def open_in(self, rows: Iterable[dict[str, Any]], person_id: UUID) -> None:
        """Put the value in the place of what the table keeps, in rows of one owner.

        The rows name the key. Raises CannotOpen.
        """
        place, cipher = self.place_of(person_id), None
        for row in rows:
            kept = row.get(self.attname)
            if kept is None:
                continue
            if kept in NOTHINGS and self.has_default():
                row[self.attname] = self.get_default()
                continue
            # Asked for once, and not for each of a thousand cells.
            cipher = cipher or keys_of(person_id, to_seal=False).cipher
            content = open_sealed(cipher, _bytes(kept), bound_to=self.bound_to(place, row))
            row[self.attname] = self.decoded(content)

    def place_of(self, person_id: UUID) -> str:
        """Return the place of the column, of this owner."""
        return f"{person_id}|{self.model._meta.db_table}|{self.column}"

    def bound_to(self, place: str, row: Mapping[str, Any]) -> str:
        """Return the place of the column in a row, which names the key columns."""
        return "|".join((place, *[_text(row[name]) for name in self.key_columns]))

    @cached_property
    def key_columns(self) -> tuple[str, ...]:
        """Return the columns of the table's key but the owner."""
        names = (field.attname for field in self.model._meta.pk_fields)
        return tuple(name for name in names if name != self.owner)

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
        row = vars(model_instance) | {self.attname: getattr(model_instance, self.attname)}
        self.seal_in([row])
        kept: Sealed | None = row[self.attname]
        return kept

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
        text = _JSON.encode(value)
        return text.encode(errors="surrogatepass")  # what is refused may hold half a character

    def decoded(self, content: bytes) -> Any:
        try:
            return from_json(content)
        except ValueError:  # half a character; the compiled parser takes whole ones only
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
                field.open_in([columns], columns[field.owner])
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
    return sealed_rows(table, [row])[0]


def sealed_rows(
    table: type[models.Model], rows: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return the columns of rows as `sealed_columns` does."""
    sealed = [dict(row) for row in rows]
    for field in sealed_fields(table):
        field.seal_in(sealed)
    return sealed


def opened_columns(
    table: type[models.Model], row: Mapping[str, Any], person_id: UUID
) -> dict[str, Any]:
    """Return the columns that a statement read for a person, with the sealed ones opened.

    Bytes may come as PostgreSQL writes them in JSON. Raises CannotOpen.
    """
    return opened_rows(table, [row], person_id)[0]


def opened_rows(
    table: type[models.Model], rows: Iterable[Mapping[str, Any]], person_id: UUID
) -> list[dict[str, Any]]:
    """Return the columns of rows as `opened_columns` does."""
    opened = [dict(row) for row in rows]
    for field in sealed_fields(table):
        field.open_in(opened, person_id)
    return opened


def _bytes(kept: Any) -> bytes:
    return bytes.fromhex(kept.removeprefix(AS_HEX)) if isinstance(kept, str) else bytes(kept)


def _text(part: Any) -> str:
    return part.hex() if isinstance(part, bytes) else str(part)


def _is_acting_for(person_id: Any) -> bool:
    acting = acting_now()
    return acting is not None and str(acting.person_id) == str(person_id)


def _require_acting_for(person_id: Any) -> None:
    if not _is_acting_for(person_id):
        raise RuntimeError("What is sealed is read inside acting_for(its owner).")
