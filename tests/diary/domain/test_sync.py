"""The conflict table and the cursor, without a database."""

import uuid
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.sync import (
    LARGEST_SEQ,
    Counter,
    Cursor,
    ResyncReason,
    Status,
    resync_reason,
    status_of_delete,
    status_of_write,
)

EPOCH, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


@dataclass(frozen=True)
class Record:
    version: int
    deleted: bool = False


@pytest.mark.parametrize(
    ("held", "base", "status"),
    [
        (None, 0, Status.APPLIED),
        (None, 3, Status.CONFLICT),
        (Record(1), 0, Status.CONFLICT),
        (Record(3), 3, Status.APPLIED),
        (Record(4), 3, Status.CONFLICT),
        (Record(3, deleted=True), 3, Status.CONFLICT),
        (Record(3, deleted=True), 0, Status.CONFLICT),
    ],
)
def test_a_write_is_applied_only_on_top_of_the_version_it_names(held, base, status) -> None:
    assert status_of_write(held, base_version=base) is status


@pytest.mark.parametrize(
    ("held", "base", "status"),
    [
        (None, 0, Status.CONFLICT),
        (None, 3, Status.CONFLICT),
        (Record(3), 3, Status.APPLIED),
        (Record(4), 3, Status.CONFLICT),
        (Record(4, deleted=True), 3, Status.ALREADY_DELETED),
    ],
)
def test_an_edit_survives_a_delete_that_has_not_seen_it(held, base, status) -> None:
    assert status_of_delete(held, base_version=base) is status


@given(epoch=st.uuids(), seq=st.integers(0, LARGEST_SEQ))
def test_a_cursor_reads_back_from_its_token(epoch: uuid.UUID, seq: int) -> None:
    cursor = Cursor(epoch=epoch, seq=seq)

    assert Cursor.read(cursor.token) == cursor


@pytest.mark.parametrize(
    "token",
    [
        "",
        "1",
        "1.x.1",
        f"2.{EPOCH.hex}.1",
        f"1.{EPOCH.hex}.-1",
        f"1.{EPOCH.hex}.01",
        f"1.{EPOCH.hex}.1\n",
        f"1.{EPOCH.hex}.{LARGEST_SEQ + 1}",
        f"1.{EPOCH.hex}.{'9' * 400}",
        f"1.{EPOCH.hex}.\u0661",
        f"1.{EPOCH}.1",
    ],
)
def test_a_token_that_is_not_ours_is_no_cursor(token: str) -> None:
    assert Cursor.read(token) is None


@pytest.mark.parametrize(
    ("epoch", "seq", "reason"),
    [
        (EPOCH, 100, None),
        (EPOCH, 40, None),
        (EPOCH, 39, ResyncReason.TOO_OLD),
        (EPOCH, 0, None),
        (EPOCH, 101, ResyncReason.AHEAD),
        (OTHER, 100, ResyncReason.EPOCH),
        (OTHER, 0, ResyncReason.EPOCH),
    ],
)
def test_a_cursor_holds_between_the_floor_and_the_counter(epoch, seq, reason) -> None:
    counter = Counter(epoch=EPOCH, seq=100, floor=40)

    assert resync_reason(Cursor(epoch=epoch, seq=seq), counter) is reason
