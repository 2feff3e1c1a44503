"""DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL."""

import builtins

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import servers


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_APP_ROLE", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    monkeypatch.setenv("DATABASE_LOCK_TIMEOUT", "3")
    monkeypatch.setenv("DATABASE_STATEMENT_TIMEOUT", "15")


def test_every_part_of_an_address_is_read_and_decoded():
    url = "postgres://us%40er:p%2Fss%3A@db.example:6543/my%20diary?sslmode=require"

    parsed = servers.parse_database_url(url, name="DATABASE_URL")

    assert parsed == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "my diary",
        "USER": "us@er",
        "PASSWORD": "p/ss:",
        "HOST": "db.example",
        "PORT": "6543",
        "OPTIONS": servers.NETWORK_LIMITS | {"sslmode": "require"},
    }


def test_an_address_says_itself_how_long_a_silent_server_is_waited_for():
    parsed = servers.parse_database_url("postgresql://u@h/d?connect_timeout=9", name="DATABASE_URL")

    assert parsed["OPTIONS"] == servers.NETWORK_LIMITS | {"connect_timeout": "9"}


def test_a_socket_folder_is_read_from_the_query():
    parsed = servers.parse_database_url("postgresql://me@/diary?host=/run/pg", name="DATABASE_URL")

    assert (parsed["HOST"], parsed["USER"], parsed["NAME"]) == ("/run/pg", "me", "diary")


@pytest.mark.parametrize(
    "url", ["mysql://u:hidden@h/d", "hidden", "postgresql://u:hidden@h:port:1/d?x=y"]
)
def test_an_unreadable_address_is_refused_without_repeating_it(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must look like") as caught:
        servers.parse_database_url(url, name="DATABASE_URL")

    assert "hidden" not in str(caught.value)


def test_one_address_alone_makes_the_application_assume_a_role_of_its_own(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://owner:x@db/diary")
    monkeypatch.setenv("DATABASE_APP_ROLE", "diary_app")

    databases = servers.databases()

    assert databases["default"]["OPTIONS"]["assume_role"] == "diary_app"
    assert "assume_role" not in databases["owner"]["OPTIONS"]
    assert databases["default"]["USER"] == databases["owner"]["USER"] == "owner"


def test_two_addresses_give_each_alias_its_own_login(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:x@db/diary")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner:y@db/diary")

    databases = servers.databases()

    assert (databases["default"]["USER"], databases["owner"]["USER"]) == ("app", "owner")
    assert "assume_role" not in databases["default"]["OPTIONS"]


def test_the_application_has_time_limits_and_the_owner_has_none(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://owner@db/diary?options=-c%20jit%3Doff")
    monkeypatch.setenv("DATABASE_LOCK_TIMEOUT", "0")

    databases = servers.databases()

    options = databases["default"]["OPTIONS"]["options"]
    assert options.startswith("-c statement_timeout=15000 -c tcp_keepalives_idle=2 ")
    assert options.endswith("-c plan_cache_mode=force_generic_plan -c jit=off")
    assert databases["owner"]["OPTIONS"]["options"] == "-c jit=off"


def test_the_owners_address_alone_is_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@db/diary")

    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL is not"):
        servers.databases()


@pytest.mark.parametrize(
    ("given", "for_redis", "for_celery"),
    [
        ("redis://:pw@host:6380/2", "redis://:pw@host:6380/2", "redis://:pw@host:6380/2"),
        ("unix:///run/r.sock?db=3", "unix:///run/r.sock?db=3", "redis+socket:///run/r.sock?virtual_host=3"),
        ("redis+socket:///run/r.sock", "unix:///run/r.sock", "redis+socket:///run/r.sock?virtual_host=0"),
    ],
)  # fmt: skip
def test_redis_addresses_are_spelled_for_both_libraries(monkeypatch, given, for_redis, for_celery):
    monkeypatch.setenv("REDIS_URL", given)

    assert servers.redis_url() == for_redis
    assert servers.broker_url(for_redis) == for_celery


def test_an_unknown_kind_of_broker_is_refused(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "amqp://host")

    with pytest.raises(ImproperlyConfigured, match="REDIS_URL must start with"):
        servers.redis_url()


@pytest.mark.parametrize(
    ("read", "variable"), [(servers.databases, "DATABASE_URL"), (servers.redis_url, "REDIS_URL")]
)
def test_a_missing_wheel_names_the_variable_to_set(monkeypatch, read, variable):
    def refuse(name, *args, **kwargs):
        if name == "config" and "embedded" in (args[2] or ()):
            raise ImportError(name)
        return real_import(name, *args, **kwargs)

    real_import = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", refuse)

    with pytest.raises(ImproperlyConfigured, match=f"set {variable} to a server of your own"):
        read()


def test_switched_off_servers_are_never_dialed(monkeypatch):
    monkeypatch.setenv("EMBEDDED_SERVERS", "off")

    assert servers.databases()["default"]["HOST"] == "/nonexistent"
    assert servers.redis_url().startswith("unix:///nonexistent/")
