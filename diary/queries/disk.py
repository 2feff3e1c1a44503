"""Whether the disk of the tables takes anything more, for whoever runs the service."""

from django.db import OperationalError, connection, transaction
from psycopg.errors import DiskFull


def has_room() -> bool:
    """Return False when PostgreSQL cannot write some 300 kB to the disk of the tables.

    A set that is too large for its memory goes to a temporary file there: no table is touched.
    Other database errors are raised.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = 64")
            cursor.execute("SELECT count(*) FROM generate_series(1, 20000)")
    except OperationalError as error:
        if isinstance(error.__cause__, DiskFull):
            return False
        raise
    return True
