"""The only reader of the environment: typed readers, and the addresses of the two servers.

A variable that is set but empty counts as unset.
"""

import json
import os
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off")
HOST_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")
CONNECTION_SECONDS = 600  # then anew: what was the primary may have become a standby
# A server that has fallen silent is given up before a phone gives up its request. Each can be set
# otherwise in the address; those in milliseconds and of keepalives do not concern sockets of Unix.
NETWORK_LIMITS = {
    "connect_timeout": "2",
    "tcp_user_timeout": "1500",
    "keepalives_idle": "1",
    "keepalives_interval": "1",
    "keepalives_count": "2",
}
# A web host that was cut off must not hold a person's lock for the two hours that TCP waits: the
# server gives its connection up after six seconds, and one that thinks for a minute, too.
SERVER_LIMITS = {
    "tcp_keepalives_idle": 2,
    "tcp_keepalives_interval": 2,
    "tcp_keepalives_count": 2,
    "tcp_user_timeout": 6_000,
    "idle_in_transaction_session_timeout": 60_000,
}
NEVER_DIALED_DATABASE = "postgresql://quiver_app@/quiver?host=/nonexistent"
NEVER_DIALED_REDIS = "unix:///nonexistent/valkey.sock"


def env_str(name: str, *, default: str | None = None) -> str:
    """Return the variable's text; raise when it is unset and has no default."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set.")
    return default


def env_bool(name: str, *, default: bool) -> bool:
    """Return the variable as a truth value; an unknown spelling raises."""
    value = env_str(name, default="").lower()
    if value and value not in TRUE + FALSE:
        raise ImproperlyConfigured(f"{name} must be one of: {', '.join(TRUE + FALSE)}.")
    return value in TRUE if value else default


def env_int(name: str, *, default: int) -> int:
    """Return the variable as a whole number."""
    value = env_str(name, default=str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, such as {default}.") from None


def env_seconds(name: str, *, default: timedelta) -> timedelta:
    """Return a duration given in seconds (a decimal number, not negative)."""
    value = env_str(name, default=str(default.total_seconds()))
    try:
        seconds = timedelta(seconds=float(value))
    except (ValueError, OverflowError):
        seconds = timedelta(-1)
    if seconds < timedelta():
        raise ImproperlyConfigured(f"{name} must be a number of seconds, 0 or more.")
    return seconds


def env_choice(name: str, choices: Sequence[str]) -> str:
    """Return the variable's text, one of `choices`; the first when it is unset."""
    value = env_str(name, default=choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be one of: {', '.join(choices)}.")
    return value


def env_list(name: str, *, default: Sequence[str]) -> list[str]:
    """Return the items of a comma-separated list, without empty ones."""
    value = env_str(name, default="")
    return [item.strip() for item in value.split(",") if item.strip()] or list(default)


def env_origin(name: str) -> str:
    """Return an address such as https://diary.example.org, without a slash at its end, or ""."""
    value = env_str(name, default="").rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or value != f"{parts[0]}://{parts[1]}"):
        raise ImproperlyConfigured(f"{name} must look like https://diary.example.org.")
    return value


def allowed_hosts() -> list[str]:
    """Return the names the service answers to, without that of the staff site."""
    return env_list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])


def admin_host() -> str:
    """Return the name of the staff site in lower case, or "" when there is none."""
    host = env_str("ADMIN_HOST", default="").lower()
    if host and not HOST_NAME.fullmatch(host):
        raise ImproperlyConfigured("ADMIN_HOST must be a host name, such as staff.example.org.")
    if host in [known.lower() for known in allowed_hosts()]:
        raise ImproperlyConfigured("ADMIN_HOST must be another host than those in ALLOWED_HOSTS.")
    return host


def hsts_seconds(public_url: str) -> int:
    """Return how long browsers shall insist on HTTPS where the service is reached by it: a year."""
    return 31_536_000 if public_url.startswith("https://") else 0


def env_ints(name: str, *, default: Sequence[int]) -> list[int]:
    """Return the items of a comma-separated list of whole numbers."""
    items = env_list(name, default=[str(number) for number in default])
    try:
        return [int(item) for item in items]
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be whole numbers, such as 443,8443.") from None


def env_secret(name: str, *, default: str | None = None) -> str:
    """Return a secret from the variable, or from the file that `NAME_FILE` names."""
    path = env_str(f"{name}_FILE", default="")
    if not path:
        return env_str(name, default=default)
    if env_str(name, default=""):
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from error


def traces_endpoint() -> str:
    """Return where traces go, such as http://collector:4318, or "" unless TRACES is on."""
    if not env_bool("TRACES", default=False):
        return ""
    return env_str("OTEL_EXPORTER_OTLP_ENDPOINT").rstrip("/")


def metrics_folder() -> str:
    """Return METRICS_DIR, made when missing, and let the metrics library know it; "" when unset.

    The library decides when it is imported whether its counts are shared between processes.
    """
    folder = env_str("METRICS_DIR", default="")
    if folder:
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ImproperlyConfigured(f"METRICS_DIR cannot be made: {error.strerror}.") from error
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    return folder


def metrics_address() -> str:
    """Return METRICS_ADDRESS, a host and a port such as 127.0.0.1:9101, or ""."""
    address = env_str("METRICS_ADDRESS", default="")
    if address and not re.fullmatch(r"[^:]+:\d{1,5}", address):
        raise ImproperlyConfigured("METRICS_ADDRESS must look like 127.0.0.1:9101.")
    return address


def env_object(name: str) -> dict[str, Any]:
    """Return the members of a JSON object or of the file `NAME_FILE`, none when both are unset."""
    try:
        value = json.loads(env_secret(name, default="{}"))
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise ImproperlyConfigured(f'{name} must be a JSON object, such as {{"some_name": 3}}.')
    return value


# A statement that comes back is planned once for each connection: planning what a write reads anew
# costs several times more than reading it.
PREPARED = {"server_side_binding": True, "prepare_threshold": 5}


def databases() -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES: `default` for the application, `owner` for migrations.

    Without DATABASE_URL the embedded PostgreSQL is started or found. With DATABASE_URL alone the
    application signs in as the owner and at once gives up its rights (`SET ROLE`).
    """
    url = env_secret("DATABASE_URL", default="")
    owner_url = env_secret("DATABASE_OWNER_URL", default="")
    if owner_url and not url:
        raise ImproperlyConfigured("DATABASE_OWNER_URL is set, but DATABASE_URL is not.")
    if not url:
        url, owner_url = _embedded_databases()
    owner = parse_database_url(owner_url or url, name="DATABASE_OWNER_URL")
    application = parse_database_url(url, name="DATABASE_URL")
    application["OPTIONS"] |= _application_options(given=application["OPTIONS"].get("options", ""))
    if env_bool("DATABASE_PREPARED_STATEMENTS", default=True):
        application["OPTIONS"] |= PREPARED
    if not owner_url:
        role = env_str("DATABASE_APP_ROLE", default="quiver_app")
        application["OPTIONS"]["assume_role"] = role
    return {
        "default": application | {"CONN_MAX_AGE": CONNECTION_SECONDS, "CONN_HEALTH_CHECKS": True},
        "owner": owner,
    }


def parse_database_url(url: str, *, name: str) -> dict[str, Any]:
    """Return Django's settings for one postgresql:// address, read by libpq's own parser."""
    try:
        if urlsplit(url).scheme not in ("postgres", "postgresql"):
            raise ValueError
        parts = dict(conninfo_to_dict(url))
    except (ProgrammingError, ValueError):
        # The address may hold a password: neither it nor the parser's message is repeated.
        raise ImproperlyConfigured(
            f"{name} must look like postgresql://user:password@host:5432/database."
        ) from None
    settings = {
        key: str(parts.pop(part, ""))
        for key, part in (
            ("NAME", "dbname"),
            ("USER", "user"),
            ("PASSWORD", "password"),
            ("HOST", "host"),
            ("PORT", "port"),
        )
    }
    return {
        "ENGINE": "django.db.backends.postgresql",
        **settings,
        "OPTIONS": NETWORK_LIMITS | parts,
    }


def redis_url() -> str:
    """Return the address of Redis in redis-py's spelling (`redis://`, `rediss://`, `unix://`).

    Without REDIS_URL the embedded Valkey is started or found.
    """
    url = env_secret("REDIS_URL", default="")
    if not url:
        return _embedded_redis()
    scheme, _, rest = url.partition("://")
    if scheme == "redis+socket":
        return f"unix://{rest}"
    if scheme not in ("redis", "rediss", "unix"):
        raise ImproperlyConfigured("REDIS_URL must start with redis://, rediss:// or unix://.")
    return url


def broker_url(url: str) -> str:
    """Return redis-py's address in the spelling Celery knows for Unix sockets."""
    if not url.startswith("unix://"):
        return url
    parts = urlsplit(url)
    database = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={database}"


def secret_key() -> str:
    """Return SECRET_KEY; beside an embedded server, a random key kept in `.data/secret-key`."""
    default = None
    if uses_embedded_server():
        from config import embedded

        default = embedded.secret_key()
    return env_secret("SECRET_KEY", default=default)


def uses_embedded_database() -> bool:
    """Return whether PostgreSQL is the private one of this copy."""
    return not env_secret("DATABASE_URL", default="")


def uses_embedded_server() -> bool:
    """Return whether PostgreSQL or Redis is the private one of this copy."""
    return uses_embedded_database() or not env_secret("REDIS_URL", default="")


def set_development_defaults(root: Path) -> None:
    """Fill in what `make run` and the tests need and a person has not set: keys, mail to files."""
    from config import embedded

    if not env_secret("SECRET_KEY", default=""):
        os.environ["SECRET_KEY"] = embedded.secret_key()
    if not env_secret("DATA_KEYS", default=""):
        os.environ["DATA_KEYS"] = embedded.data_keys()
    if not env_secret("VAPID_PRIVATE_KEY", default=""):
        os.environ["VAPID_PRIVATE_KEY"] = embedded.vapid_private_key()
    os.environ.setdefault("API_DOCS", "on")
    os.environ.setdefault("VAPID_SUBJECT", "mailto:quiver@localhost")
    os.environ.setdefault("EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
    os.environ.setdefault("EMAIL_FILE_PATH", str(root / ".data" / "mail"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def _application_options(*, given: str) -> dict[str, str]:
    limits = {
        "lock_timeout": env_seconds("DATABASE_LOCK_TIMEOUT", default=timedelta(seconds=3)),
        "statement_timeout": env_seconds(
            "DATABASE_STATEMENT_TIMEOUT", default=timedelta(seconds=15)
        ),
    }
    chosen = {
        name: int(limit / timedelta(milliseconds=1)) for name, limit in limits.items() if limit
    }
    if not chosen:
        return {}
    options = [f"-c {name}={value}" for name, value in (chosen | SERVER_LIMITS).items()]
    return {"options": " ".join([*options, given]).strip()}


def _embedded_databases() -> tuple[str, str]:
    if not env_bool("EMBEDDED_SERVERS", default=True):
        return NEVER_DIALED_DATABASE, NEVER_DIALED_DATABASE
    try:
        from config import embedded

        return embedded.postgresql()
    except ImportError as error:
        raise ImproperlyConfigured(_missing("PostgreSQL", "DATABASE_URL")) from error


def _embedded_redis() -> str:
    if not env_bool("EMBEDDED_SERVERS", default=True):
        return NEVER_DIALED_REDIS
    try:
        from config import embedded

        return embedded.valkey()
    except ImportError as error:
        raise ImproperlyConfigured(_missing("Valkey", "REDIS_URL")) from error


def _missing(server: str, variable: str) -> str:
    return (
        f"{variable} is not set, and the embedded {server} is not installed or does not exist for"
        f" this platform. Run `make setup`, or set {variable} to a server of your own."
    )
