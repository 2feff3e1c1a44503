"""How much memory the processes of a part take, over time."""

from collections.abc import Iterable
from pathlib import Path

import psutil

from tests.chaos.rig import Rig

MIB = 2**20


class Watch:
    """Looks at the memory of some parts every now and then."""

    def __init__(self, rig: Rig, *parts: str) -> None:
        self.rig, self.parts = rig, parts
        self.seen: list[float] = []

    def look(self) -> None:
        """Note the resident memory of all its processes together, in MiB."""
        processes = (one for part in self.parts for one in self.rig.service.processes(part))
        self.seen.append(sum(map(resident, processes)) / MIB)

    @property
    def text(self) -> str:
        start, end = self._ends()
        return f"memory {start:.0f} -> {end:.0f} MiB"

    def failures(self, most_growth: float) -> tuple[str, ...]:
        """Return what to say when the memory has grown by more than this factor."""
        start, end = self._ends()
        return (f"grown: {self.text}",) if end > most_growth * start else ()

    def _ends(self) -> tuple[float, float]:
        """Return the memory after a fifth of the time, when all code is loaded, and at the end."""
        return self.seen[len(self.seen) // 5], self.seen[-1]


def peak(processes: Iterable[psutil.Process]) -> int:
    """Return the most bytes that any of these processes ever had in memory (Linux)."""
    return max(map(_high_water, processes))


def _high_water(process: psutil.Process) -> int:
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    [kibibytes] = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return int(kibibytes) * 1024


def resident(process: psutil.Process) -> int:
    """Return the bytes a process has in memory, none when it has just ended."""
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
