"""A disk that can be filled: a tmpfs that only this process and its children see.

Root gets a mount namespace of its own, anybody else one inside a user namespace, where the kernel
allows that. Linux only.
"""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.namespaces import call, move_into_own

NEW_MOUNTS = 0x0002_0000  # unshare(2)
RECURSIVE, PRIVATE, DETACH = 0x4000, 0x4_0000, 2  # mount(2), umount2(2)
CHUNK = bytes(65_536)


class NotPossibleHereError(Exception):
    """The machine does not allow this fault; the text says why."""


class Disk:
    """A small file system."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Take all the space that is left."""
        with self._ballast.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(CHUNK)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise

    def empty(self) -> None:
        """Give the space back."""
        self._ballast.unlink(missing_ok=True)


def separate_mounts() -> None:
    """Hide from all others what this process mounts. Call it before any thread is started."""
    if sys.platform != "linux":
        return
    try:
        move_into_own(NEW_MOUNTS)
        call("mount", b"none", b"/", None, RECURSIVE | PRIVATE, None)
    except OSError:
        return  # `small_disk` says what follows from it


@contextmanager
def small_disk(folder: Path, mebibytes: int, *, owner: Path) -> Iterator[Disk]:
    """Mount a disk of this size at a new folder; it belongs to whom `owner` belongs to."""
    folder.mkdir()
    stat = owner.stat()
    options = f"size={mebibytes}m,mode=700,uid={stat.st_uid},gid={stat.st_gid}".encode()
    try:
        call("mount", b"tmpfs", bytes(folder), b"tmpfs", 0, options)
    except OSError as error:
        folder.rmdir()
        raise NotPossibleHereError(f"no disk of one's own: {error.strerror}") from error
    try:
        yield Disk(folder)
    finally:
        call("umount2", bytes(folder), DETACH)
        folder.rmdir()
