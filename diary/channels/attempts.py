"""What an answer over HTTP means for a delivery, the same for every channel that speaks HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from diary.channels.base import Outcome, Result
from diary.channels.guard import Forbidden
from diary.channels.outgoing import Answer, Unanswered

LONGEST_RETRY_AFTER = timedelta(hours=1)

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """Which statuses say that the endpoint is gone, and which that repeating is no use.

    2xx is delivered and 3xx refused, because redirects are not followed. Every other status is
    tried again, so that a wrong key or clock which the operator puts right loses nothing.
    """

    gone: frozenset[int]
    refused: frozenset[int]

    def result_of(self, answer: Answer, *, now: datetime) -> Result:
        """Return what the answer means at `now`."""
        status = answer.status
        error_class = f"http_{status}"
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            return Result(outcome=Outcome.DELIVERED)
        if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            return Result(outcome=Outcome.REFUSED, error_class="redirect")
        if status in self.gone:
            return Result(outcome=Outcome.GONE, error_class=error_class)
        if status in self.refused:
            return Result(outcome=Outcome.REFUSED, error_class=error_class)
        return retry_later(error_class, answer, now=now)


def attempt(call: Callable[[], Result]) -> Result:
    """Return what `call` returns, or what its Forbidden, Unanswered or TimeoutError means."""
    try:
        return call()
    except Forbidden as error:
        return Result(outcome=Outcome.REFUSED, error_class=error.code)
    except Unanswered as error:
        return Result(outcome=Outcome.RETRY, error_class=error.code)
    except TimeoutError:
        return Result(outcome=Outcome.RETRY, error_class="timeout")


def retry_later(error_class: str, answer: Answer, *, now: datetime) -> Result:
    """Return the result that asks for another attempt, not before the answer's Retry-After."""
    pause = retry_after(answer.headers.get("retry-after", ""), now=now)
    return Result(outcome=Outcome.RETRY, error_class=error_class, retry_after=pause)


def retry_after(value: str, *, now: datetime) -> timedelta | None:
    """Return the pause a Retry-After header asks for, an hour at most; None when unreadable.

    Seconds or an HTTP date (RFC 9110, section 10.2.3); a date in the past is no pause.
    """
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return min(timedelta(seconds=int(value[:9])), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta(0)), LONGEST_RETRY_AFTER)
