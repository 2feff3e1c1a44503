"""The process that draws one PDF and ends: reads one JSON document, writes the PDF's bytes.

Started by path in isolated mode, so it sees typst and the standard library and nothing of the
application. What goes wrong leaves as an exit code and a class name, never as text of a person.
"""

import ctypes
import importlib
import importlib.util
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

FAILED = 3
MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
OPEN_FILES = 64
OWN_USER_AND_NETWORK = 0x10000000 | 0x40000000  # CLONE_NEWUSER | CLONE_NEWNET


def limit_resources() -> None:
    """Bound memory, CPU time, open files and written files, where the platform can."""
    if importlib.util.find_spec("resource") is None:
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (limit, limit))


def confine(root: Path, fonts: Path) -> None:
    """Leave the process no network and no file but the empty root and the fonts, for good.

    Needs no privileges, and does as much as the platform can: a network namespace of its own where
    Linux grants one to anybody; Landlock (Linux 5.13 for files, 6.7 for TCP). Elsewhere typst's own
    rules and the empty root have to do.
    """
    importlib.import_module("typst")  # while its files can still be read
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).unshare(OWN_USER_AND_NETWORK)  # refused in many containers
    from landlockpy import AccessFS, Ruleset, Scope, supported

    if not supported():
        return
    folders = {fonts, root} | {face.resolve().parent for face in fonts.iterdir()}
    with Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL) as rules:
        for folder in folders:
            rules.allow_path(folder, AccessFS.READ_FILE | AccessFS.READ_DIR)
        rules.restrict()


def draw(job: dict[str, Any]) -> bytes:
    """Return the PDF of a job: template, data, font folder, empty root, standards, timestamp."""
    import typst

    return typst.compile(
        job["template"].encode(),
        format="pdf",
        root=job["root"],
        font_paths=[job["fonts"]],
        ignore_system_fonts=True,
        package_path=job["root"],
        package_cache_path=job["root"],
        sys_inputs=job["inputs"],
        pdf_standards=job["standards"],
        timestamp=datetime.fromisoformat(job["timestamp"]),
    )


def main() -> int:
    """Read the job, write the PDF; on failure write the class of the exception only."""
    try:
        limit_resources()
        job = json.load(sys.stdin.buffer)
        confine(Path(job["root"]), Path(job["fonts"]))
        pdf = draw(job)
        sys.stdout.buffer.write(pdf)
        sys.stdout.buffer.flush()
    except BaseException as failure:
        sys.stderr.write(type(failure).__name__)
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
