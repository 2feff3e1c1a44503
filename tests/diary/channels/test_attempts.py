"""What an answer means: delivered, again, gone or of no use; and how long to wait."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.channels.attempts import LONGEST_RETRY_AFTER, Meaning, attempt, retry_after
from diary.channels.base import Outcome, Result
from diary.channels.guard import Forbidden
from diary.channels.outgoing import Answer, Unanswered
from tests.diary.channels.conftest import NOW

MEANING = Meaning(gone=frozenset({410}), refused=frozenset({413}))


@pytest.mark.parametrize(
    ("status", "outcome", "error_class"),
    [
        (200, Outcome.DELIVERED, ""),
        (201, Outcome.DELIVERED, ""),
        (307, Outcome.REFUSED, "redirect"),
        (400, Outcome.RETRY, "http_400"),
        (401, Outcome.RETRY, "http_401"),
        (410, Outcome.GONE, "http_410"),
        (413, Outcome.REFUSED, "http_413"),
        (429, Outcome.RETRY, "http_429"),
        (503, Outcome.RETRY, "http_503"),
    ],
)
def test_each_status_has_one_meaning(status, outcome, error_class):
    result = MEANING.result_of(Answer(status=status, headers={}), now=NOW)

    assert (result.outcome, result.error_class) == (outcome, error_class)


@pytest.mark.parametrize(
    ("value", "pause"),
    [
        ("7", timedelta(seconds=7)),
        (" 0 ", timedelta(0)),
        ("999999999999", LONGEST_RETRY_AFTER),
        ("Sat, 21 Nov 2026 08:00:30 GMT", timedelta(seconds=30)),
        ("Sat, 21 Nov 2026 08:00:30 -0000", timedelta(seconds=30)),
        ("Sat, 21 Nov 2026 07:00:00 GMT", timedelta(0)),
        ("Sun, 22 Nov 2026 08:00:00 GMT", LONGEST_RETRY_AFTER),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("²", None),
    ],
)
def test_a_server_may_ask_for_a_pause_of_an_hour_at_most(value, pause):
    assert retry_after(value, now=NOW) == pause


@given(st.text(max_size=40))
def test_whatever_stands_in_the_header_is_a_pause_or_none(value):
    pause = retry_after(value, now=NOW)

    assert pause is None or timedelta(0) <= pause <= LONGEST_RETRY_AFTER


@pytest.mark.parametrize(
    ("error", "outcome", "error_class"),
    [
        (Forbidden("private_address", "No."), Outcome.REFUSED, "private_address"),
        (Unanswered("dns"), Outcome.RETRY, "dns"),
        (TimeoutError(), Outcome.RETRY, "timeout"),
    ],
)
def test_no_answer_is_a_result_too(error, outcome, error_class):
    def call():
        raise error

    assert attempt(call) == Result(outcome=outcome, error_class=error_class)
