"""Measure what the rules say of simulated diaries whose truth is known, beside the targets.

Prints one Markdown table and the processor time of each target; the exit status is 1 when a target
is not met. Run it as `.venv/bin/python -m bench.detection`.
"""

import argparse
import sys
import time
from collections.abc import Sequence

from bench.simulation.report import Run, run, table
from bench.simulation.targets import PARTS, TARGETS

PERSONS = 2000
SEED = 20261121
WORKERS = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen targets and return the exit status."""
    options = _options(arguments)
    wanted = set(options.only.split(",")) if options.only else set(TARGETS)
    parts = [part for part in PARTS if part.target in wanted]
    start = time.monotonic()
    found = run(parts, persons=options.persons, seed=options.seed, workers=options.workers)
    sys.stdout.write(_report(found, options, time.monotonic() - start))
    return 0 if found.all_met else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=PERSONS, help="diaries in each cell")
    parser.add_argument("--only", default="", help=f"some of {','.join(TARGETS)}")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--workers", type=int, default=WORKERS, help="processes")
    options = parser.parse_args(arguments)
    unknown = set(options.only.split(",")) - {"", *TARGETS}
    if unknown or options.persons < 1 or options.workers < 1:
        parser.error(f"unknown: {', '.join(sorted(unknown))}" if unknown else "not positive")
    return options


def _report(found: Run, options: argparse.Namespace, seconds: float) -> str:
    spent = ", ".join(f"{target} {taken:.1f}" for target, taken in found.seconds.items())
    return (
        f"{options.persons} persons a cell, seed {options.seed}\n\n{table(found.rows)}\n\n"
        f"Processor seconds: {spent}. {seconds:.0f} s by the clock, {options.workers} processes.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
