"""Where the embedded servers keep their files and sockets, and where this copy keeps its key."""

import os
import re
import secrets
import stat
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FALLBACK = Path("/var/tmp")  # noqa: S108 - survives a restart; the name below is random and checked
SOCKET_PATH_BYTES = 103  # macOS; Linux allows 107
LONGEST_SOCKET_NAME = "postgresql/.s.PGSQL.5432"


def data_folder() -> Path:
    """Return `.data`, made when missing."""
    folder = ROOT / ".data"
    folder.mkdir(exist_ok=True)
    if os.geteuid() == 0:
        folder.chmod(0o755)  # PostgreSQL's own user passes through, whatever the umask
    return folder


def home() -> Path:
    """Return the folder of the servers' files: `.data`, or a private one under /var/tmp.

    PostgreSQL refuses to run as root; its own user must be able to reach the folder, and we do not
    open somebody's closed folders for it. `pg_ctl` passes paths through a shell.
    """
    folder = data_folder()
    plain = re.fullmatch(r"[\w./+-]+", str(folder), re.ASCII)
    if plain and (os.geteuid() != 0 or all(_passable(parent) for parent in folder.parents)):
        return folder
    return fallback()


def sockets() -> Path:
    """Return a folder whose socket paths are short enough for the system."""
    folder = home() / "run"
    if len(os.fsencode(folder / LONGEST_SOCKET_NAME)) > SOCKET_PATH_BYTES:
        folder = fallback() / "run"
    _make(folder)
    return folder


def fallback() -> Path:
    """Return this copy's own folder under /var/tmp, found again by an id kept in `.data`."""
    folder = FALLBACK / f"quiver-{kept('copy-id', secrets.token_hex(6))}"
    _make(folder)
    return folder


def kept(name: str, fresh: str) -> str:
    """Return the text kept under this name in `.data`; the first time, keep `fresh`."""
    path = data_folder() / name
    if not path.exists():
        draft = path.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(fresh)
        draft.rename(path)
    return path.read_text()


def _make(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        raise RuntimeError(f"{folder} belongs to somebody else. Remove .data/copy-id and retry.")
    folder.chmod(0o755 if os.geteuid() == 0 else 0o700)


def _passable(folder: Path) -> bool:
    return bool(folder.stat().st_mode & stat.S_IXOTH)
