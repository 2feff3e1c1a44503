"""How much memory the processes of a part take, over time."""

import psutil

from tests.chaos.rig import Rig

MIB = 2**20


class Watch:
    """Looks at the memory of a part every now and then."""

    def __init__(self, rig: Rig, part: str) -> None:
        self.rig, self.part = rig, part
        self.seen: list[float] = []

    def look(self) -> None:
        """Note the resident memory of all its processes together, in MiB."""
        found = (resident(process) for process in self.rig.service.processes(self.part))
        self.seen.append(sum(found) / MIB)

    @property
    def text(self) -> str:
        start, end = self._ends()
        return f"{self.part} {start:.0f} -> {end:.0f} MiB"

    def failures(self, most_growth: float) -> tuple[str, ...]:
        """Return what to say when the memory has grown by more than this factor."""
        start, end = self._ends()
        return (f"memory grew: {self.text}",) if end > most_growth * start else ()

    def _ends(self) -> tuple[float, float]:
        """Return the memory after a fifth of the time, when all code is loaded, and at the end."""
        return self.seen[len(self.seen) // 5], self.seen[-1]


def resident(process: psutil.Process) -> int:
    """Return the bytes a process has in memory, none when it has just ended."""
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
