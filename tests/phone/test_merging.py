"""When two edits can both stand, and when the person must be asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.phone.merging import merge, same

BEFORE = {"note": "old", "strength": 4, "sites": [{"site": "upper_lip", "side": None}]}
VALUES = st.one_of(st.none(), st.integers(0, 3), st.sampled_from(["", "a", "b"]))
RECORDS = st.dictionaries(st.sampled_from("abcd"), VALUES)


def test_edits_of_different_fields_are_both_kept():
    mine, theirs = BEFORE | {"note": "mine"}, BEFORE | {"strength": 9}

    assert merge(before=BEFORE, mine=mine, theirs=theirs) == BEFORE | {
        "note": "mine",
        "strength": 9,
    }


def test_different_edits_of_one_field_cannot_be_merged():
    mine, theirs = BEFORE | {"note": "mine"}, BEFORE | {"note": "theirs"}

    assert merge(before=BEFORE, mine=mine, theirs=theirs) is None


def test_the_same_edit_twice_is_one():
    edited = BEFORE | {"note": "both"}

    assert merge(before=BEFORE, mine=edited, theirs=edited) == edited


def test_what_the_service_filled_in_is_nobodys_edit():
    start = {"at": "2026-03-10T10:00:00Z", "time_zone": "UTC"}
    filled = {"at": "2026-03-10T10:00:00+00:00", "time_zone": "UTC", "zone_source": "device"}
    theirs = {"start": filled | {"precision": "minute"}, "note": "", "reported_by": "self"}

    merged = merge(before={"start": start}, mine={"start": start, "note": "mine"}, theirs=theirs)

    assert merged == theirs | {"note": "mine"}


def test_a_field_that_was_taken_out_stays_out():
    mine = {name: value for name, value in BEFORE.items() if name != "sites"}

    assert merge(before=BEFORE, mine=mine, theirs=BEFORE | {"strength": 9}) == mine | {
        "strength": 9
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [(0, None), (False, None), ("2026-03-10", "2026-03-11"), ([1], [1, 2]), ({"a": 0}, {})],
)
def test_a_zero_and_a_no_are_answers(one, other):
    assert not same(one, other)


@given(before=RECORDS, mine=RECORDS)
def test_without_another_edit_mine_stands(before, mine):
    assert same(merge(before=before, mine=mine, theirs=before), mine)


@given(before=RECORDS, mine=RECORDS, theirs=RECORDS)
def test_both_phones_come_to_the_same_result(before, mine, theirs):
    one = merge(before=before, mine=mine, theirs=theirs)
    other = merge(before=before, mine=theirs, theirs=mine)

    assert (one is None) == (other is None)
    assert one is None or same(one, other)


@given(before=RECORDS, mine=RECORDS, theirs=RECORDS)
def test_no_field_of_either_edit_is_lost(before, mine, theirs):
    merged = merge(before=before, mine=mine, theirs=theirs)

    for edited in (mine, theirs):
        for name in {*before, *edited}:
            if merged is not None and not same(before.get(name), edited.get(name)):
                assert same(merged.get(name), edited.get(name))
