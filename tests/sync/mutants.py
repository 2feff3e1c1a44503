# ruff: noqa: T201 - a script that prints its table
"""Six ways to break the protocol. Each has made a service or a phone lose entries somewhere.

`make mutants` writes each into a copy of the project and shows which test of this folder notices
it; the tests do the same to the running code.
"""

import inspect
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_COPIED = (".*", "__pycache__", "node_modules")
FAILED = 1  # pytest: the tests ran, and some failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One fault in one function, and the test of this folder that must notice it."""

    name: str
    place: str
    old: str
    new: str
    killer: str

    @property
    def file(self) -> Path:
        """Return where the function is, from the project's folder."""
        return Path(self.place.partition(":")[0].replace(".", "/") + ".py")

    def break_text(self, text: str) -> str:
        """Return the source with the fault in it. Raises LookupError where it does not fit once."""
        if text.count(self.old) != 1:
            raise LookupError(f"the mutant {self.name} does not fit {self.file} once")
        return text.replace(self.old, self.new)

    def break_it(self, patch: pytest.MonkeyPatch) -> None:
        """Put the fault into the running function, for everyone who has imported it."""
        function = resolve_name(self.place)
        names = dict(function.__globals__)
        exec(self.break_text(inspect.getsource(function)), names)  # noqa: S102 - the text above
        patch.setattr(function, "__code__", names[function.__name__].__code__)


MUTANTS = (
    Mutant(
        name="no_row_lock",  # a write reads the counter without locking it
        place="diary.operations.counter:lock_counter",
        old="    with connection.cursor() as cursor:\n",
        new="    found = PersonSync.objects.filter(person_id=person_id).first()\n"
        "    if found is not None:\n"
        "        return Counter(epoch=found.epoch, seq=found.seq, floor=found.floor)\n"
        "    with connection.cursor() as cursor:\n",
        killer="test_conflicts.py::test_s5_of_two_edits_at_the_same_moment_exactly_one_is_applied",
    ),
    Mutant(
        name="no_operation_id_check",  # an operation that is already applied is applied again
        place="diary.operations.records:_apply",
        old="if operation.op_id in work.earlier or operation.op_id in work.versions:",
        new="if operation.op_id in work.versions:",
        killer="test_retries.py"
        "::test_s1_a_batch_sent_fifty_times_is_one_row_with_the_same_versions_and_advice",
    ),
    Mutant(
        name="counter_after_rows",  # the pull reads rows and counter in two snapshots
        place="diary.queries.sync:changes_since",
        old="    epoch, top, floor = rows[0][:3]\n",
        new="    with connection.cursor() as cursor:\n"
        "        cursor.execute('SELECT pg_sleep(0.02)')\n"
        "    counter = PersonSync.objects.filter(person_id=person_id)\n"
        "    epoch, top, floor = counter.values_list('epoch', 'seq', 'floor').get()\n",
        killer="test_many_writers.py::test_s11_sixteen_writers_and_a_cursor_that_never_skips[1]",
    ),
    Mutant(
        name="always_jump",  # the phone takes the end of its batch as cursor, wherever it began
        place="tests.phone.pulling:take_jump",
        old='    if memory.cursor is not None and answer["from"] == memory.cursor:\n',
        new="    if True:\n",
        killer="test_cursors.py"
        "::test_s14_a_phone_whose_cursor_is_not_from_does_not_jump_and_misses_nothing",
    ),
    Mutant(
        name="no_tombstones",  # the pull leaves deleted records out
        place="diary.queries.sync:changes_since",
        old="for kind, columns in page)",
        new="for kind, columns in page if not columns['deleted'])",
        killer="test_cursors.py::test_s13_tombstones_are_told_and_nothing_is_told_twice_at_rest",
    ),
    Mutant(
        name="base_version_not_checked",  # an edit overwrites whatever is there
        place="diary.domain.sync:status_of_write",
        old="held.version == base_version and not held.deleted",
        new="not held.deleted",
        killer="test_conflicts.py"
        "::test_s5_of_two_edits_one_is_applied_and_the_other_is_shown_the_winner",
    ),
)


def run_tests(folder: Path, *killers: str) -> tuple[int, str]:
    """Run tests of this folder in a copy of the project; return pytest's status and summary."""
    tests = [f"tests/sync/{killer}" for killer in killers]
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
    return status == FAILED and f"FAILED tests/sync/{mutant.killer}" in summary


def main() -> int:
    """Print which test kills which mutant; return 1 if one survives."""
    survivors = 0
    with TemporaryDirectory(prefix="quiver-mutants-") as place:
        folder = Path(place) / "copy"
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*NOT_COPIED))
        status, summary = run_tests(folder, *(mutant.killer for mutant in MUTANTS))
        if status:
            raise SystemExit(f"Without a mutant these tests must pass:\n{summary}")
        print(f"{'mutant':26}{'seconds':>8}  killed by")
        for mutant in MUTANTS:
            started = time.monotonic()
            killed = is_killed(mutant, folder)
            survivors += not killed
            by = mutant.killer if killed else f"NOBODY: {mutant.killer} did not fail"
            print(f"{mutant.name:26}{time.monotonic() - started:8.1f}  {by}", flush=True)
    print(f"{len(MUTANTS) - survivors} of {len(MUTANTS)} killed")
    return int(survivors > 0)


if __name__ == "__main__":
    sys.exit(main())
