"""Levels are counted whatever lies in them, and however deep they go."""

import pytest

from diary.domain.nesting import nests_deeper_than


@pytest.mark.parametrize(
    ("data", "levels"),
    [
        (None, 0),
        ("[[[", 0),
        ([], 1),
        ({}, 1),
        ([1, [], {}], 2),
        ({"a": 1, "b": {"c": [2]}}, 3),
        ([[], [[]], [[[[]]], 5]], 5),
    ],
)
def test_the_deepest_place_counts(data, levels):
    assert not nests_deeper_than(data, levels)
    assert levels == 0 or nests_deeper_than(data, levels - 1)


def test_no_depth_is_too_much_to_be_told():
    data: list[object] = []
    for _ in range(100_000):
        data = [data]

    assert nests_deeper_than(data, 50_000)
