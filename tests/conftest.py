"""Real PostgreSQL and Redis for every test: a database of its own for each run, dropped after it.

`default` is the application's role and `owner` the tables' owner, as in production. Each worker of
a parallel run is a run of its own, so any number of them go side by side.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import hypothesis
import pytest
import redis

from config import env, servers

env.set_development_defaults(Path(__file__).resolve().parent.parent)

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

from config.celery import app as celery_app
from tests import canaries

DATABASE_PREFIX = "quiver_test_"
REDIS_DATABASE = 15  # not the one a running service uses
RUN_PREFIX = f"quiver-test-{os.getpid()}"
SETUP_LOCK = 4_917_350_212
MADE_BY_MIGRATE = {"django_content_type", "auth_permission"}  # no test changes them

hypothesis.settings.register_profile("local", deadline=None)
hypothesis.settings.register_profile("continuous", deadline=None, derandomize=True)
hypothesis.settings.load_profile("continuous" if env.env_str("CI", default="") else "local")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(canaries)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # for speed
    url = redis_test_url(settings.REDIS_URL)
    settings.CACHES["default"] |= {
        "BACKEND": "tests.cache.CacheOfOneRun",
        "LOCATION": url,
        "KEY_PREFIX": f"{RUN_PREFIX}-cache",
    }
    celery_app.conf.update(broker_url=servers.broker_url(url))
    celery_app.conf.broker_transport_options["global_keyprefix"] = f"{RUN_PREFIX}:"


def pytest_unconfigure() -> None:
    with redis.Redis.from_url(redis_test_url(settings.REDIS_URL)) as client:
        keys = list(client.scan_iter(match=f"*{RUN_PREFIX}[-:]*"))
        if keys:
            client.delete(*keys)


def redis_test_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={REDIS_DATABASE}"
    return parts._replace(path=f"/{REDIS_DATABASE}").geturl()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), fresh_database() as name:
        for alias in ("default", "owner"):
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        call_command("migrate", verbosity=0, interactive=False)
        allow_emptying_tables()
        allow_looking_at_everybody()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(TransactionTestCase, "_fixture_teardown", empty_tables)
            yield
        connections.close_all()


@pytest.fixture(scope="session")
def migrated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the tests with servers of their own share a PostgreSQL's files, in all workers."""
    folder = tmp_path_factory.getbasetemp()
    is_worker = hasattr(request.config, "workerinput")
    return (folder.parent if is_worker else folder) / "migrated"


@contextmanager
def fresh_database() -> Iterator[str]:
    maintenance = connections.create_connection("owner")
    name = f"{DATABASE_PREFIX}{secrets.token_hex(4)}"
    with maintenance.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [SETUP_LOCK])
        drop_abandoned_databases(maintenance)
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        cursor.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
        keeper = connections.create_connection("owner")
        keeper.settings_dict = keeper.settings_dict | {"NAME": name}
        keeper.ensure_connection()  # a database in use is not abandoned
        cursor.execute("SELECT pg_advisory_unlock(%s)", [SETUP_LOCK])
        yield name
        keeper.close()
        # Not FORCE: that may not end an autovacuum worker; without it PostgreSQL waits for one.
        cursor.execute(f"DROP DATABASE {name}")
    maintenance.close()


def drop_abandoned_databases(maintenance: BaseDatabaseWrapper) -> None:
    with maintenance.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND datname NOT IN"
            " (SELECT datname FROM pg_stat_activity WHERE datname IS NOT NULL)",
            [DATABASE_PREFIX],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def allow_looking_at_everybody() -> None:
    from tests.everybody import let_tests_see

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        for (table,) in cursor.fetchall():
            cursor.execute(let_tests_see(table))


def empty_tables(_test: TransactionTestCase) -> None:
    """Clean up after a test with `transaction=True`: Django's way empties all for each role."""
    tables = set(connections["default"].introspection.django_table_names()) - MADE_BY_MIGRATE
    with connections["default"].cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(sorted(tables))}")


def allow_emptying_tables() -> None:
    # Tests with `transaction=True` are cleaned up by TRUNCATE, which the service itself never may.
    options = settings.DATABASES["default"]
    role = options["OPTIONS"].get("assume_role", options["USER"])
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO "{role}"')
