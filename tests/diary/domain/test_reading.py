"""Reading what phones send: times, text, codes, and every wrong field at once."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.errors import FieldError, InvalidRecord
from diary.domain.reading import fingerprint, local_date_of, read_data
from diary.domain.wire.records import DATA_OF_TYPE, EpisodeData, RecordType

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ID = UUID(int=7)


def read(type_=RecordType.EPISODE, **data):
    return read_data(type_, data, now=NOW)


def episode_at(text, zone="", **fields):
    return read(start={"at": text, "time_zone": zone}, **fields)


def wrong_paths(type_=RecordType.EPISODE, **data):
    with pytest.raises(InvalidRecord) as refused:
        read(type_, **data)
    return {error.path for error in refused.value.errors}


def entry(data, day=date(2026, 11, 21)):
    return data.to_entry(id=ID, local_date=day, received_at=None, version=1)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20T08:00:00",
        "2026-11-20",
        "2026-02-30T08:00:00+01:00",
        "1763711999",
        "now",
        "",
    ],
)
def test_a_time_without_offset_or_that_is_no_date_is_refused(text):
    assert wrong_paths(start={"at": text}) == {("start", "at")}


@pytest.mark.parametrize("value", [1763711999, 1.5, True, None, [], {}])
def test_a_time_that_is_no_text_is_refused(value):
    assert wrong_paths(start={"at": value}) == {("start", "at")}


def test_the_day_boundary_puts_the_small_hours_into_the_day_before():
    late = episode_at("2026-11-20T03:59:59+01:00")

    assert local_date_of(late, day_boundary_minutes=240) == date(2026, 11, 19)
    assert local_date_of(late, day_boundary_minutes=0) == date(2026, 11, 20)


def test_an_end_before_the_start_or_beside_a_duration_is_refused():
    start, end = {"at": "2026-11-20T08:00:00Z"}, {"at": "2026-11-20T07:59:59Z"}

    assert wrong_paths(start=start, end=end) == {()}
    assert wrong_paths(start=start, end=start, duration_seconds=3) == {()}


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_text_that_the_database_cannot_keep_is_refused(text):
    start = {"at": "2026-11-20T08:00:00Z"}

    assert wrong_paths(start=start, note=text) == {("note",)}
    assert wrong_paths(start=start, ext={"note": text}) == {("ext",)}


def test_lists_and_extensions_are_capped():
    start = {"at": "2026-11-20T08:00:00Z"}
    many = [{"site": "cheek"}] * 51

    assert wrong_paths(start=start, sites=many, ext={"a": "x" * 5000}) == {("sites",), ("ext",)}


def test_an_extension_is_nested_sixteen_levels_at_most():
    start = {"at": "2026-11-20T08:00:00Z"}
    deep: object = 1
    for _ in range(16):
        deep = {"a": deep}

    assert read(start=start, ext=deep).ext == deep
    assert wrong_paths(start=start, ext={"a": deep}) == {("ext",)}


def test_strings_are_not_taken_for_numbers_or_truths():
    start = {"at": "2026-11-20T08:00:00Z"}

    assert wrong_paths(start=start, strength="4", visible="yes", contractions=2.5) == {
        ("strength",),
        ("visible",),
        ("contractions",),
    }


def test_an_own_factor_needs_its_label_and_only_it_has_one():
    start = {"at": "2026-11-20T08:00:00Z"}
    triggers = [{"factor": "own"}, {"factor": "caffeine", "own_label": "tea"}]

    paths = wrong_paths(start=start, triggers=triggers)

    assert paths == {("triggers", 0), ("triggers", 1)}


def test_no_sentence_repeats_what_was_sent():
    with pytest.raises(InvalidRecord) as refused:
        read(
            start={"at": "canary"},
            movement="canary",
            note=["canary"],
            sites=[{"site": "canary", "side": "canary"}],
        )

    assert not any("canary" in error.detail for error in refused.value.errors)


def test_a_stored_code_that_left_the_vocabulary_is_still_readable():
    stored = {"start": {"at": "2026-11-20T08:00:00Z"}, "movement": "retired_code"}

    data = EpisodeData.model_validate(stored, context={"stored": True})

    assert data.movement == "retired_code"


def test_a_fingerprint_ignores_the_order_of_keys_and_nothing_else():
    one = fingerprint(RecordType.EPISODE, ID, 0, {"a": 1, "b": 2})

    assert one == fingerprint(RecordType.EPISODE, ID, 0, {"b": 2, "a": 1})
    assert one != fingerprint(RecordType.EPISODE, ID, 1, {"a": 1, "b": 2})
    assert one != fingerprint(RecordType.CHECK_IN, ID, 0, {"a": 1, "b": 2})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner),
    max_leaves=15,
)


@given(raw=JSON, type_=st.sampled_from(list(RecordType)))
def test_any_json_is_read_or_refused_with_named_fields(raw, type_):
    wrong: tuple[FieldError, ...] | None = None
    try:
        data = read_data(type_, raw, now=NOW)
    except InvalidRecord as error:
        wrong = error.errors
    else:
        assert isinstance(data, DATA_OF_TYPE[type_])
    assert wrong is None or len(wrong) > 0


@given(
    instant=st.datetimes(datetime(1950, 1, 1), datetime(2026, 11, 21), timezones=st.just(UTC)),
    offset=st.integers(-12 * 4, 14 * 4),
)
def test_what_is_read_writes_itself_the_same(instant, offset):
    local = instant.replace(microsecond=0).astimezone(timezone(timedelta(minutes=15 * offset)))
    data = episode_at(local.isoformat())

    again = EpisodeData.model_validate(json.loads(json.dumps(data.model_dump(mode="json"))))

    assert again == data
    assert entry(again).start.local == local.replace(tzinfo=None)
