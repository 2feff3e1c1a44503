"""Time limits over whole conversations, however slowly the other side drips."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

Answer = TypeVar("Answer")


class Deadline:
    """The moment, `seconds` from now, when a conversation has to be over."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left, more than zero; raises TimeoutError when there are none."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


def call_within(deadline: Deadline, call: Callable[[], Answer]) -> Answer:
    """Return what `call` returns; raises what it raises, or TimeoutError at the deadline.

    For calls that cannot be told a limit, such as looking up a name. One that is late ends unheard
    in its thread.
    """
    answer: Future[Answer] = Future()

    def run() -> None:
        try:
            answer.set_result(call())
        except Exception as error:
            answer.set_exception(error)

    Thread(target=run, daemon=True).start()
    return answer.result(timeout=deadline.left())
