"""Several hosts: each is cut off in turn. In a process of its own, for it leaves our network."""

import json
import subprocess
import sys
from pathlib import Path

from tests.chaos.rig import Rig
from tests.faults.figures import Row
from tests.faults.mounts import NotPossibleHereError
from tests.hosts import NOT_POSSIBLE

ROOT = Path(__file__).resolve().parents[3]
SMALLEST_SIZE = 0.7  # a shorter cut is over before anybody has noticed it


def run(_rig: Rig, size: float) -> Row:
    """Return the figures of `make hosts`."""
    if sys.platform != "linux":
        raise NotPossibleHereError("network namespaces exist on Linux only")
    done = subprocess.run(
        [sys.executable, "-m", "tests.hosts", "--size", str(max(size, SMALLEST_SIZE))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == NOT_POSSIBLE:
        raise NotPossibleHereError(done.stdout.strip())
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr[-500:])
    figures = json.loads(done.stdout.splitlines()[-1])
    return Row(**(figures | {"failures": tuple(figures["failures"])}))
