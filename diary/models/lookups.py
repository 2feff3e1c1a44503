"""`any_of`: one parameter for many values, where `in` takes one for each."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateField, Lookup, UUIDField
from django.db.models.sql.compiler import SQLCompiler


@DateField.register_lookup
@UUIDField.register_lookup
class AnyOf(Lookup[Any]):
    """The column equals one of the values; an empty list matches nothing."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*parameters, list(self.rhs))
