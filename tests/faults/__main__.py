"""`make faults`: does each fault to a whole service and prints one line for it.

    python -m tests.faults F2 F11 --size 0.1

The exit status is 1 when an acknowledged entry was lost, an operation was applied twice, or another
promise was not kept.
"""

import argparse
import shutil
import signal
import sys
import tempfile
from functools import partial
from pathlib import Path
from types import FrameType

from config.run import say, stop_with_parent
from tests.chaos.rig import Rig
from tests.faults.figures import heading, line
from tests.faults.mounts import separate_mounts
from tests.faults.suite import FAULTS, Fault, carry_out

FOLDERS = "/var/tmp"  # noqa: S108 - PostgreSQL's own user must reach it; the name below is random


def main() -> int:
    options = read_options()
    stop_with_parent()
    separate_mounts()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    folder = Path(tempfile.mkdtemp(prefix="quiver-faults-", dir=FOLDERS))
    folder.chmod(0o755)
    failed = False
    say(heading())
    try:
        for fault, row in carry_out(
            options.faults, partial(new_rig, folder, options), size=options.size
        ):
            say(line(fault.name, row))
            failed |= row.failed
    except KeyboardInterrupt:
        return 130
    finally:
        if options.keep_logs:
            keep_logs(folder, options.keep_logs)
        shutil.rmtree(folder, ignore_errors=True)
    return int(failed)


def read_options() -> argparse.Namespace:
    by_number = {fault.number: fault for fault in FAULTS}
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("faults", nargs="*", metavar="F2", help=f"of {', '.join(by_number)}")
    parser.add_argument("--size", type=float, default=1.0, help="1 is the full size")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--migrated", type=Path, help="tables made before, or to be kept there")
    parser.add_argument("--keep-logs", type=Path, help="copy what the processes logged there")
    options = parser.parse_args()
    unknown = set(options.faults) - set(by_number)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    chosen: list[Fault] = [by_number[number] for number in options.faults or by_number]
    options.faults = chosen
    return options


def new_rig(folder: Path, options: argparse.Namespace) -> Rig:
    """Return a rig in a folder of its own."""
    own = Path(tempfile.mkdtemp(prefix="rig-", dir=folder))
    own.chmod(0o755)
    return Rig(own, seed=options.seed, migrated=options.migrated)


def keep_logs(folder: Path, to: Path) -> None:
    """Copy the service's log of each rig."""
    to.mkdir(parents=True, exist_ok=True)
    for log in folder.glob("rig-*/service.log"):
        shutil.copy(log, to / f"{log.parent.name}.log")


def stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
