"""How long to wait before the next try. Phones that lost a server must not return all at once."""

FIRST_SECONDS = 2.0
LONGEST_SECONDS = 15 * 60.0


def seconds_to_wait(attempt: int, *, chance: float, retry_after: float = 0.0) -> float:
    """Return the seconds before try number `attempt` + 1; `attempt` counts failures from 1.

    The limit doubles with each failure, and the wait is anywhere below it ("full jitter"):
    `chance` is a random number from 0 to 1. Never shorter than `retry_after`, which the service
    asked for; the jitter then comes on top.
    """
    limit = min(LONGEST_SECONDS, FIRST_SECONDS * 2.0 ** min(attempt - 1, 20))
    return retry_after + chance * limit
