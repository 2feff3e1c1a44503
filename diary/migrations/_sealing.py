"""Sealing the rows that exist, for the two migrations that began to seal; in one step each, because
nothing was released before."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from diary.models.data_keys import PersonKeys, new_keys, unwrap, wrap
from diary.models.keyring import seal

Row = Mapping[str, Any]


def as_it_is(row: Row, keys: PersonKeys) -> dict[str, Any]:
    """Return no other value for any column."""
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """A table whose columns are to be sealed.

    `columns` names each with the text that is stored as nothing, None where everything is sealed.
    `key` are the columns that tell a person's rows apart. `renewed` gives a row other values first.
    """

    table: str
    columns: Mapping[str, str | None]
    key: tuple[str, ...] = ("id",)
    owner: str = "person_id"
    nullable: bool = False
    renewed: Callable[[Row, PersonKeys], dict[str, Any] | None] = as_it_is
    also_read: tuple[str, ...] = field(default=())

    def before(self) -> Iterator[str]:
        """Yield the statements that make room; no trigger runs until `after`."""
        yield f"ALTER TABLE {self.table} DISABLE TRIGGER USER"
        for name in self.columns:
            yield f"ALTER TABLE {self.table} ADD COLUMN sealed_{name} bytea"

    def after(self) -> Iterator[str]:
        """Yield the statements that put what is sealed in the place of what was not."""
        for name in self.columns:
            yield f"ALTER TABLE {self.table} DROP COLUMN {name}"
            yield f"ALTER TABLE {self.table} RENAME COLUMN sealed_{name} TO {name}"
            if not self.nullable:
                yield f"UPDATE {self.table} SET {name} = '' WHERE {name} IS NULL"
                yield f"ALTER TABLE {self.table} ALTER COLUMN {name} SET NOT NULL"
        yield f"ALTER TABLE {self.table} ENABLE TRIGGER USER"

    def seal_rows(self, cursor: CursorWrapper, person_id: UUID, keys: PersonKeys) -> None:
        """Seal what one person has in the table, a row at a time."""
        key = ", ".join((self.owner, *self.key))
        cursor.execute(f"SELECT {key} FROM {self.table} WHERE {self.owner} = %s", [person_id])
        where = " AND ".join(f"{name} = %s" for name in (self.owner, *self.key))
        names = (*self.key, *self.columns, *self.also_read)
        for place in cursor.fetchall():
            cursor.execute(f"SELECT {', '.join(names)} FROM {self.table} WHERE {where}", place)
            row = dict(zip(names, cursor.fetchone(), strict=True))
            renewed = self.renewed(row, keys)
            if renewed is None:
                cursor.execute(f"DELETE FROM {self.table} WHERE {where}", place)
                continue
            changed = self._sealed(row | renewed, person_id, keys)
            changed |= {name: renewed[name] for name in renewed if name not in self.columns}
            values = ", ".join(f"{name} = %s" for name in changed)
            cursor.execute(
                f"UPDATE {self.table} SET {values} WHERE {where}", [*changed.values(), *place]
            )

    def _sealed(self, row: Row, person_id: UUID, keys: PersonKeys) -> dict[str, bytes | None]:
        key = "|".join(_text(row[name]) for name in self.key)
        return {
            f"sealed_{name}": _sealed(
                row[name], nothing, keys, bound_to=f"{person_id}|{self.table}|{name}|{key}"
            )
            for name, nothing in self.columns.items()
        }


def _sealed(
    value: str | bytes | None, nothing: str | None, keys: PersonKeys, *, bound_to: str
) -> bytes | None:
    if value is None:
        return None
    if value == nothing:
        return b""
    content = value.encode() if isinstance(value, str) else bytes(value)
    return seal(keys.cipher, content, bound_to=bound_to.removesuffix("|"))


def _text(part: Any) -> str:
    return part.hex() if isinstance(part, bytes) else str(part)


def seal_everything(cursor: CursorWrapper, tables: tuple[Sealing, ...]) -> None:
    """Seal the tables, person by person."""
    # A table with a check that waits for the end of the transaction cannot be altered.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SELECT id FROM diary_user")
    for (person_id,) in cursor.fetchall():
        cursor.execute("SELECT set_config('app.person', %s, true)", [str(person_id)])
        keys = _keys_of(cursor, person_id)
        for each in tables:
            each.seal_rows(cursor, person_id, keys)
    cursor.execute("SELECT set_config('app.person', '', true)")


def _keys_of(cursor: CursorWrapper, person_id: UUID) -> PersonKeys:
    cursor.execute("SELECT wrapped, wrapped_by FROM data_key WHERE person_id = %s", [person_id])
    row = cursor.fetchone()
    if row is not None:
        return unwrap(bytes(row[0]), row[1], person_id)
    keys = new_keys()
    cursor.execute(
        "INSERT INTO data_key (person_id, wrapped, wrapped_by) VALUES (%s, %s, %s)",
        [person_id, *wrap(keys, person_id)],
    )
    return keys
