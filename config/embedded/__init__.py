"""Private PostgreSQL and Valkey servers for development and tests, kept under `.data/`.

Every process that uses a server holds a shared lock, which the system releases however the process
ends; the one that leaves last stops the servers. So nobody stops a server somebody else uses.
"""

import atexit
import base64
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import IO
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric import ec

from config.embedded import places


@cache
def postgresql() -> tuple[str, str]:
    """Return the addresses for the application and for the owner, after starting the server.

    Raises ImportError when this platform has no wheel or it is not installed.
    """
    from config.embedded import postgresql_server

    with _changing():
        _hold()
        folder = postgresql_server.start(home=places.home(), sockets=places.sockets())
    host = quote(str(folder), safe="")
    return (
        f"postgresql://{postgresql_server.APPLICATION}@/quiver?host={host}&port=5432",
        f"postgresql://{postgresql_server.OWNER}@/quiver?host={host}&port=5432",
    )


@cache
def valkey() -> str:
    """Return the address of Valkey's Unix socket, after starting the server.

    Raises ImportError when this platform has no wheel or it is not installed.
    """
    from config.embedded import valkey_server

    with _changing():
        _hold()
        socket = valkey_server.start(home=places.home(), sockets=places.sockets())
    return f"unix://{quote(str(socket))}"


def secret_key() -> str:
    """Return the random key of this copy, made once and readable by its owner only."""
    with _changing():
        return places.kept("secret-key", secrets.token_urlsafe(50))


def data_keys() -> str:
    """Return the random key of this copy under which each person's own key is wrapped."""
    fresh = base64.b64encode(secrets.token_bytes(32)).decode()
    with _changing():
        return places.kept("data-keys", f"first:{fresh}")


def vapid_private_key() -> str:
    """Return the key that signs this copy's Web Push messages, made once, in base64url."""
    private = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    with _changing():
        return places.kept(
            "vapid-private-key", base64.urlsafe_b64encode(private.to_bytes(32, "big")).decode()
        )


def release() -> None:
    """Let go of the servers, and stop them when nobody else uses them. Runs at exit by itself."""
    held = _held.pop(os.getpid(), None)
    if held is None:  # a forked child leaves its parent's servers alone
        return
    postgresql.cache_clear()
    valkey.cache_clear()
    with held, _changing():
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        _stop()


_held: dict[int, IO[str]] = {}


def _hold() -> None:
    if os.getpid() not in _held:
        lock = (places.data_folder() / "in-use.lock").open("w")
        fcntl.flock(lock, fcntl.LOCK_SH)
        _held[os.getpid()] = lock
        atexit.register(release)


def _stop() -> None:
    from config.embedded import postgresql_server, valkey_server

    postgresql_server.stop(home=places.home())
    valkey_server.stop(sockets=places.sockets())


@contextmanager
def _changing() -> Iterator[None]:
    with (places.data_folder() / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
