"""`make chaos`: alerts under fire, on real processes; prints what was lost, doubled or late.

Ctrl-C, SIGTERM or the end of the caller stops everything. The exit status is 1 when an
acknowledged alert was lost or told under two keys.
"""

import argparse
import json
import shutil
import signal
import sys
import tempfile
from dataclasses import fields
from pathlib import Path
from threading import Event
from types import FrameType

from config.run import say, stop_with_parent
from tests.chaos.figures import table
from tests.chaos.rig import Rig
from tests.chaos.run import Outcome, Run, Size

FOLDERS = "/var/tmp"  # noqa: S108 - PostgreSQL's own user must reach it; the name below is random
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

stopping = Event()


def main() -> int:
    options = read_arguments()
    stop_with_parent()
    for number in SIGNALS:
        signal.signal(number, ask_to_stop)
    folder = Path(tempfile.mkdtemp(prefix="quiver-chaos-", dir=FOLDERS))
    folder.chmod(0o755)
    rig = Rig(folder, seed=options.seed, migrated=options.migrated)
    size = Size(**{one.name: getattr(options, one.name) for one in fields(Size)})
    try:
        rig.start()
        outcome = Run(rig, size, say=say, pause=pause).carry_out()
    except KeyboardInterrupt:
        return 130
    finally:
        rig.stop()
        if options.keep_log:
            shutil.copy(folder / "service.log", options.keep_log)
        shutil.rmtree(folder, ignore_errors=True)
    say(text_of(outcome))
    return int(bool(outcome.rows[-1].lost or outcome.rows[-1].duplicate_keys))


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seconds", type=float, default=1600, help="how long the load lasts")
    parser.add_argument("--alerts", type=int, default=10_000)
    parser.add_argument("--worker-kills", type=int, default=210)
    parser.add_argument("--outbox-kills", type=int, default=40)
    parser.add_argument("--redis-wipes", type=int, default=20)
    parser.add_argument("--postgresql-crashes", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--migrated", type=Path, help="tables made before, or to be kept there")
    parser.add_argument("--keep-log", type=Path, help="copy what the processes logged to this file")
    return parser.parse_args()


def text_of(outcome: Outcome) -> str:
    """Return all figures; the last line is the one a test reads."""
    whole = outcome.rows[-1]
    verdict = {
        "lost": whole.lost,
        "duplicate_keys": whole.duplicate_keys,
        "without_advice": whole.without_advice,
        "alerts": whole.alerts,
        "faults": outcome.faults,
        "stored": outcome.stored,
    }
    return "\n".join(
        (
            table(outcome.rows),
            f"Sink: {outcome.refused} refused, {outcome.lost_answers} answers lost on the way.",
            f"Writers: {outcome.unanswered} requests had no answer and were sent again; after a"
            f" PostgreSQL crash the slowest return took {outcome.slowest_recovery:.1f} s.",
            f"Everything had arrived {outcome.quiet_seconds:.1f} s after the last fault.",
            f"Ended without being killed: {dict(outcome.ended_alone) or 'none'}.",
            json.dumps(verdict),
        )
    )


def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
    """Stop at once, and at the next pause should the exception hit where Python ignores it."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    stopping.set()
    raise KeyboardInterrupt


def pause(seconds: float) -> None:
    """Wait, unless the run is to stop."""
    if stopping.wait(max(0.0, seconds)):
        raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
