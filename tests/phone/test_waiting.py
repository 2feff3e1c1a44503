"""The wait between two tries."""

from hypothesis import given
from hypothesis import strategies as st

from tests.phone.waiting import LONGEST_SECONDS, seconds_to_wait

ATTEMPTS = st.integers(1, 10_000)
CHANCES = st.floats(0, 1)


def test_the_limit_doubles_with_each_failure():
    assert [seconds_to_wait(attempt, chance=1.0) for attempt in (1, 2, 3, 4)] == [2, 4, 8, 16]


@given(attempt=ATTEMPTS, chance=CHANCES, retry_after=st.floats(0, 3600))
def test_never_sooner_than_the_service_asked_and_never_much_later(attempt, chance, retry_after):
    seconds = seconds_to_wait(attempt, chance=chance, retry_after=retry_after)

    assert retry_after <= seconds <= retry_after + LONGEST_SECONDS


@given(attempt=ATTEMPTS)
def test_phones_that_failed_together_spread_out(attempt):
    waits = [seconds_to_wait(attempt, chance=chance / 10) for chance in range(11)]

    assert waits == sorted(set(waits))
