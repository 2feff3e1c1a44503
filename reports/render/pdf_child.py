"""The process that draws one PDF and ends: reads one JSON document, writes the PDF's bytes.

Started by path in isolated mode, so it sees typst and the standard library and nothing of the
application. What goes wrong leaves as an exit code and a class name, never as text of a person.
"""

import importlib.util
import json
import sys
from datetime import datetime
from typing import Any

FAILED = 3
MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20
OPEN_FILES = 64


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
        pdf = draw(json.load(sys.stdin.buffer))
        sys.stdout.buffer.write(pdf)
        sys.stdout.buffer.flush()
    except BaseException as failure:
        sys.stderr.write(type(failure).__name__)
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
