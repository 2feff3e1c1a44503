"""What one fault has shown, and the table of all of them."""

from dataclasses import dataclass

HEADINGS = ("fault", "times", "acked lost", "applied twice", "recovery s", "result", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The figures of one fault; `recovery_seconds` is from its end to the next acknowledged write.

    `failures` are what else was promised and not kept. A row that could not be tried here says so
    in `note` and has `ran` False: it counts neither as passed nor as failed.
    """

    times: int = 0
    acked_lost: int = 0
    applied_twice: int = 0
    recovery_seconds: float = 0.0
    note: str = ""
    failures: tuple[str, ...] = ()
    ran: bool = True

    @property
    def failed(self) -> bool:
        return bool(self.acked_lost or self.applied_twice or self.failures)

    @property
    def result(self) -> str:
        if not self.ran:
            return "not run"
        return "FAILED" if self.failed else "passed"


def heading() -> str:
    """Return the first two lines of a Markdown table."""
    return f"{line_of(HEADINGS)}\n{line_of(('---',) * len(HEADINGS))}"


def line(name: str, row: Row) -> str:
    """Return the line of one fault."""
    counts = (row.times, row.acked_lost, row.applied_twice) if row.ran else ("-",) * 3
    recovery = f"{row.recovery_seconds:.1f}" if row.ran else "-"
    note = "; ".join(part for part in (*row.failures, row.note) if part)
    return line_of((name, *map(str, counts), recovery, row.result, note))


def line_of(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
