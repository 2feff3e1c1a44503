"""The only reader of the environment: typed readers.

A variable that is set but empty counts as unset.
"""

import json
import os
import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = ("1", "true", "yes", "on")
FALSE = ("0", "false", "no", "off")
HOST_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


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
