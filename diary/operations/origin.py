"""Which request is being answered: for the access log and log lines, and nothing decides by it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where something comes from; every part may be unknown. `network` is a /24 or /48."""

    request_id: UUID | None = None
    device_id: UUID | None = None
    network: str = ""


_NOWHERE = Origin()
_present: ContextVar[Origin] = ContextVar("origin", default=_NOWHERE)


def present_origin() -> Origin:
    """Return the origin of what is being done now."""
    return _present.get()


def note_device(device_id: UUID) -> None:
    """Remember which device is calling, once that is known."""
    _present.set(replace(_present.get(), device_id=device_id))


@contextmanager
def coming_from(origin: Origin) -> Iterator[None]:
    """Let all that happens inside come from this origin."""
    token = _present.set(origin)
    try:
        yield
    finally:
        _present.reset(token)
