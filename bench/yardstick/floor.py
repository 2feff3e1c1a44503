"""PostgreSQL by itself: what the same rows cost without any service before it, one connection."""

import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb, set_json_loads

from bench.clients import Driven

BATCH = 500
ONE_ROW = """
INSERT INTO episode (id, person_id, kind, start, "end", severity, triggers, notes)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
UNNEST = """
INSERT INTO episode (id, person_id, kind, start, "end", severity, triggers, notes)
SELECT * FROM unnest(
    %s::uuid[], %s::integer[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::smallint[],
    %s::jsonb[], %s::text[]
)
ON CONFLICT (id) DO UPDATE SET
    kind = excluded.kind, start = excluded.start, "end" = excluded."end",
    severity = excluded.severity, triggers = excluded.triggers, notes = excluded.notes
"""
NEWEST = "SELECT * FROM episode WHERE person_id = %s ORDER BY start DESC LIMIT 50"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
Work = Callable[[], object]


class Floor:
    """One connection to the yardstick's database, and one to a copy of Quiver's own table."""

    def __init__(self, yardstick: str, quiver: str) -> None:
        self.bare = psycopg.connect(yardstick)
        self.whole = psycopg.connect(quiver)
        self.people = [row[0] for row in self.bare.execute("SELECT id FROM auth_user").fetchall()]
        set_json_loads(_as_text, self.whole)  # JSON goes back as it came
        self._copy_table()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.bare.close()
        self.whole.close()

    def one_row(self, number: int) -> Work:
        """Return an insert of one row with its commit."""
        values = self._row(number)

        def work() -> None:
            self.bare.execute(ONE_ROW, values)
            self.bare.commit()

        return work

    def newest(self, number: int) -> Work:
        """Return a read of one person's newest fifty rows."""
        person = self.people[number % len(self.people)]

        def work() -> None:
            self.bare.execute(NEWEST, (person,)).fetchall()
            self.bare.commit()

        return work

    def unnest(self, number: int) -> Work:
        """Return an upsert of 500 rows of one person, sent as one array for each column."""
        rows = [self._row(number, place=place) for place in range(BATCH)]
        columns = [list(column) for column in zip(*rows, strict=True)]

        def work() -> None:
            self.bare.execute(UNNEST, columns)
            self.bare.commit()

        return work

    def _copy_table(self) -> None:
        """Make a table with all columns, constraints and indexes of Quiver's, no trigger or RLS."""
        self.whole.execute("CREATE TABLE plain_episode (LIKE episode INCLUDING ALL)")
        found = self.whole.execute("SELECT * FROM episode LIMIT %s", (BATCH,))
        self.columns = [column.name for column in found.description or ()]
        self.rows = found.fetchall()
        self.whole.commit()

    def multi_row(self, _number: int) -> Work:
        """Return one INSERT of 500 rows as Quiver keeps them, with new ids, of a new person."""
        names = sql.SQL(", ").join(map(sql.Identifier, self.columns))
        row = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(self.columns)))
        statement = sql.SQL("INSERT INTO plain_episode ({}) VALUES {}").format(
            names, sql.SQL(", ").join([row] * len(self.rows))
        )
        someone = uuid.uuid4()
        values = [
            value
            for place, row_values in enumerate(self.rows)
            for value in (
                dict(zip(self.columns, row_values, strict=True))
                | {"id": uuid.uuid4(), "seq": place, "person_id": someone}
            ).values()
        ]

        def work() -> None:
            self.whole.execute(statement, values)
            self.whole.commit()

        return work

    def _row(self, number: int, *, place: int = 0) -> tuple[Any, ...]:
        start = NOON + timedelta(minutes=number, hours=3 * place)
        person = self.people[number % len(self.people)]
        end = start + timedelta(seconds=20)
        return uuid.uuid4(), person, "twitch", start, end, 4, Jsonb(["caffeine"]), "after lunch"


def _as_text(json: str | bytes) -> str:
    return json if isinstance(json, str) else json.decode()


def drive(make: Callable[[int], Work], count: int) -> Driven:
    """Do the work so many times, one after the other; what is sent is made ready beforehand."""
    works = [make(number) for number in range(count)]
    times = []
    cpu, started = time.process_time(), time.perf_counter()
    for work in works:
        before = time.perf_counter()
        work()
        times.append(time.perf_counter() - before)
    took, cpu = time.perf_counter() - started, time.process_time() - cpu
    return Driven(took=took, times=tuple(times), cpu=cpu, last=b"")
