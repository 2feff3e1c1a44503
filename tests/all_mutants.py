# ruff: noqa: T201 - a script that prints its table
"""What `make mutants` runs: every fault in a copy of the project, and the test that notices it."""

import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.delivery.mutants import MUTANTS as OF_DELIVERY
from tests.mutation import ROOT, Mutant
from tests.sync.mutants import MUTANTS as OF_SYNC
from tests.trust.mutants import MUTANTS as OF_TRUST

MUTANTS = (*OF_SYNC, *OF_DELIVERY, *OF_TRUST)
NOT_COPIED = (".*", "__pycache__", "node_modules")
FAILED = 1  # pytest: the tests ran, and some failed


def run_tests(folder: Path, *killers: str) -> tuple[int, str]:
    """Run tests in a copy of the project; return pytest's status and summary."""
    tests = [f"tests/{killer}" for killer in killers]
    options = ["-q", "-x", "-rf", "--tb=no", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *tests],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def is_killed(mutant: Mutant, folder: Path) -> bool:
    """Return whether the killer fails while the mutant is in the copy."""
    file = folder / mutant.file
    sound = file.read_text("utf-8")
    file.write_text(mutant.break_text(sound), "utf-8")
    status, summary = run_tests(folder, mutant.killer)
    file.write_text(sound, "utf-8")
    return status == FAILED and f"FAILED tests/{mutant.killer}" in summary


def main() -> int:
    """Print which test kills which mutant; return 1 if one survives."""
    survivors = 0
    with TemporaryDirectory(prefix="quiver-mutants-") as place:
        folder = Path(place) / "copy"
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_COPIED))
        status, summary = run_tests(folder, *dict.fromkeys(mutant.killer for mutant in MUTANTS))
        if status:
            raise SystemExit(f"Without a mutant these tests must pass:\n{summary}")
        print(f"{'mutant':46}{'seconds':>8}  killed by")
        for mutant in MUTANTS:
            started = time.monotonic()
            killed = is_killed(mutant, folder)
            survivors += not killed
            by = mutant.killer if killed else f"NOBODY: {mutant.killer} did not fail"
            print(f"{mutant.name:46}{time.monotonic() - started:8.1f}  {by}", flush=True)
    print(f"{len(MUTANTS) - survivors} of {len(MUTANTS)} killed")
    return int(survivors > 0)


if __name__ == "__main__":
    sys.exit(main())
