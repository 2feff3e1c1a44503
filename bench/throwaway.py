"""A database of a benchmark's own on this machine's server, dropped at the end.

Import this before any model: it sets Django up.
"""

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import env

env.set_development_defaults(Path(__file__).resolve().parent.parent)

import django  # noqa: E402 - settings read what was just set

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402

LOCAL_HOSTS = ("", "127.0.0.1", "localhost", "::1")


@contextmanager
def throwaway_database() -> Iterator[None]:
    """Point both connections at a new, migrated database; drop it afterwards."""
    host = str(connections["owner"].settings_dict["HOST"])
    if host not in LOCAL_HOSTS and not host.startswith("/"):
        sys.exit("Benchmarks measure a database server on this machine only.")
    maintenance = connections.create_connection("owner")
    name = f"quiver_bench_{secrets.token_hex(4)}"
    with maintenance.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        for alias in ("default", "owner"):
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        call_command("migrate", verbosity=0, interactive=False)
        yield
    finally:
        connections.close_all()
        with maintenance.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")
        maintenance.close()
