"""Clocks of the service's processes that can be put forward and back while they run."""

from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path

from tests.chaos.rig import Rig

FOLDER = Path(__file__).parent / "clock"


class Clocks:
    """One clock for each part, the web server included; all are right at first."""

    def __init__(self, rig: Rig, parts: Set[str]) -> None:
        self.rig, self.parts = rig, (*sorted(parts), "web")

    def step(self, seconds: float) -> None:
        """Let some clock be wrong by so many seconds from now on."""
        self.set(self.rig.random.choice(self.parts), seconds)

    def set_right(self) -> None:
        """Let all clocks be right."""
        for part in self.parts:
            self.set(part, 0)

    def set(self, part: str, seconds: float) -> None:
        """Let the clock of a part be wrong by so many seconds from now on."""
        file = self.file(part)
        draft = file.with_suffix(".new")
        draft.write_text(str(seconds))
        draft.replace(file)

    def file(self, part: str) -> Path:
        return self.rig.folder / f"clock-{part}"


@contextmanager
def own_clocks(rig: Rig, parts: Set[str]) -> Iterator[Clocks]:
    """Start these parts anew, each with a clock of its own; afterwards the web server without."""
    clocks = Clocks(rig, parts)
    rig.service.only(set())
    rig.service.own = {
        part: {"PYTHONPATH": str(FOLDER), "CLOCK_FILE": str(clocks.file(part))}
        for part in clocks.parts
    }
    rig.service.serve_with()
    rig.service.only(set(parts))
    try:
        yield clocks
    finally:
        rig.service.only(set())
        rig.service.own = {}
        rig.service.serve_with()
