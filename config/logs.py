"""Log lines without exception texts or variables: either may hold what a person wrote."""

import logging
import traceback
from types import TracebackType


class PrivateFormatter(logging.Formatter):
    """Formats an exception as its class and the places it passed, and nothing else."""

    def formatException(  # noqa: N802 - the name is logging's
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        kind, _, trace = ei
        if kind is None:
            return ""
        frames = traceback.extract_tb(trace)
        places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        return "\n".join([*places, kind.__qualname__])
