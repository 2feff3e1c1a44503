"""Namespaces of Linux: what a process does in its own, no other sees.

Root gets one as it is, anybody else inside a user namespace, where the kernel allows that.
"""

import ctypes
import errno
import os
from pathlib import Path

NEW_USERS = 0x1000_0000  # unshare(2)


def move_into_own(kind: int) -> None:
    """Move this process into a new namespace of a kind of unshare(2), before any thread is started.

    Raises OSError where the kernel does not allow it.
    """
    user, group = os.geteuid(), os.getegid()
    if user == 0:
        call("unshare", kind)
        return
    call("unshare", kind | NEW_USERS)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def call(name: str, *arguments: object) -> None:
    """Call a function of the C library that returns 0 or sets errno."""
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, name):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if getattr(library, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
