"""S11 and S12: however many write, and however they do it, no reader misses a row."""

import pytest

from tests.sync.writers import API_ONLY, EVERY_WAY, let_them_write

pytestmark = pytest.mark.usefixtures("no_limit_of_requests")

COMMITS = 96  # of the ten thousand that `make soak` writes


def nothing_went_wrong(result):
    assert len(result.committed) == COMMITS
    assert result.rolled_back > 0
    assert (result.lost, result.twice, result.skipped, result.diverged) == (0, 0, 0, 0), result


@pytest.mark.parametrize("people", [1, 50])
def test_s11_sixteen_writers_and_a_cursor_that_never_skips(make_person, people):
    everybody = [make_person(f"person-{number}") for number in range(people)]

    nothing_went_wrong(let_them_write(everybody, commits=COMMITS, ways=API_ONLY))


@pytest.mark.parametrize("people", [1, 50])
def test_s12_every_way_to_write_a_row_goes_through_the_counter(make_person, people):
    everybody = [make_person(f"person-{number}") for number in range(people)]

    result = let_them_write(everybody, commits=COMMITS, ways=EVERY_WAY)

    nothing_went_wrong(result)
    assert len(result.ways) == len(EVERY_WAY)
