"""A ZIP file that is written a piece at a time and never held as a whole."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PIECE = 64 * 1024  # bytes that are gathered before they are handed on
READABLE_BY_ONE = 0o600 << 16

File = tuple[str, Iterable[bytes]]


class _Sink:
    """Takes what a ZIP file is written to, and gives it away; it cannot be read or wound back."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        self._held += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is held is taken when there is enough of it."""

    def is_full(self) -> bool:
        return len(self._held) >= PIECE

    def taken(self) -> bytes:
        taken = bytes(self._held)
        self._held.clear()
        return taken


def zipped(files: Iterable[File], *, at: datetime) -> Iterator[bytes]:
    """Yield a ZIP file of files, given by name and content; `at` is told as their time."""
    sink = _Sink()
    with ZipFile(sink, "w") as archive:  # type: ignore[call-overload]  # needs write and flush only
        for name, pieces in files:
            entry = ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = READABLE_BY_ONE
            with archive.open(entry, "w") as file:
                for piece in pieces:
                    file.write(piece)
                    if sink.is_full():
                        yield sink.taken()
    yield sink.taken()
