"""`make hosts`: the service on six hosts, each cut off in turn under load; prints what was lost.

The exit status is 1 when something was, and 3 where the machine allows no networks of one's own.
The last line is for the row in `make faults`.
"""

import argparse
import json
import shutil
import signal
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from types import FrameType

from config.run import say, stop_with_parent
from tests.faults.figures import heading, line
from tests.faults.mounts import NotPossibleHereError
from tests.hosts import NOT_POSSIBLE
from tests.hosts.house import House
from tests.hosts.network import separate_network
from tests.hosts.run import carry_out

FOLDERS = "/var/tmp"  # noqa: S108 - PostgreSQL's own user must reach it; the name below is random
NAME = "hosts cut off in turn"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.hosts", description=__doc__)
    parser.add_argument("--size", type=float, default=1.0, help="1 is the full size")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep-log", type=Path, help="copy what the processes logged to this file")
    options = parser.parse_args()
    stop_with_parent()
    try:
        separate_network()
    except NotPossibleHereError as error:
        say(f"Not possible here: {error}.")
        return NOT_POSSIBLE
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    folder = Path(tempfile.mkdtemp(prefix="quiver-hosts-", dir=FOLDERS))
    folder.chmod(0o755)
    try:
        house = House(folder, seed=options.seed)
        try:
            house.start()
            row = carry_out(house, options.size, say=say)
        finally:
            house.stop()
    except KeyboardInterrupt:
        return 130
    finally:
        if options.keep_log:
            shutil.copy(folder / "service.log", options.keep_log)
        shutil.rmtree(folder, ignore_errors=True)
    say(f"{heading()}\n{line(NAME, row)}\n{json.dumps(asdict(row))}")
    return int(row.failed)


def stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
