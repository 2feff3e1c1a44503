"""The rows of all persons at once, which nobody in the service ever sees: for looking in tests.

A policy of the test database lets them through, and only while one of these reads or writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction

POLICY = "seen_by_tests"
SETTING = "tests.see_everybody"


def every(model: type[models.Model]) -> Any:
    """Return a query set of this model that sees the rows of every person."""
    of_model = type(model._default_manager.all())
    return type(of_model.__name__, (_OfEverybody, of_model), {})(model)


@contextmanager
def seeing_everybody() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'yes', true)", [SETTING])
        yield
        cursor.execute("SELECT set_config(%s, '', true)", [SETTING])


def let_tests_see(table: str) -> str:
    """Return the statement for one table of the test database."""
    return f"CREATE POLICY {POLICY} ON {table} USING (current_setting('{SETTING}', true) = 'yes')"


class _OfEverybody(models.QuerySet[Any]):
    def _fetch_all(self) -> None:
        with seeing_everybody():
            super()._fetch_all()

    def count(self) -> int:
        with seeing_everybody():
            return super().count()

    def exists(self) -> bool:
        with seeing_everybody():
            return super().exists()

    def create(self, **values: Any) -> Any:
        with seeing_everybody():
            return super().create(**values)

    def update(self, **values: Any) -> int:
        with seeing_everybody():
            return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        with seeing_everybody():
            return super().delete()
