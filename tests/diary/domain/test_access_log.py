"""The chain of a person's access log: every way to tamper with it is found, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.access_log import (
    Access,
    Action,
    BrokenChain,
    Fault,
    Link,
    Noted,
    end_of_chain,
    next_link,
)
from diary.domain.access_log_anchor import AnchorUnreadable, anchor_text, read_anchor

ALICE, BOB = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def chain(length=5, person=ALICE):
    rows, last = [], Link()
    for number in range(length):
        access = Access(action=Action.VIEWED, what=f"route-{number}", device_id=UUID(int=7))
        at = NOON + timedelta(minutes=number)
        link = next_link(person, last, access, at=at)
        rows.append(Noted(at=at, access=access, previous_hash=last.hash, link=link))
        last = link
    return rows


def fault_of(rows, **options):
    with pytest.raises(BrokenChain) as broken:
        end_of_chain(ALICE, rows, **({"start": Link()} | options))
    return broken.value.number, broken.value.fault


def test_a_chain_as_it_was_written_ends_at_its_last_row() -> None:
    rows = chain()

    assert end_of_chain(ALICE, rows, start=Link()) == rows[-1].link
    assert end_of_chain(ALICE, [], start=Link()) == Link()


CHANGES = {
    "action": "deleted",
    "what": "x",
    "actor": "staff",
    "actor_id": BOB,
    "device_id": None,
    "request_id": BOB,
    "network": "192.0.2.0/24",
}


@pytest.mark.parametrize("field", CHANGES)
def test_an_altered_field_is_found(field: str) -> None:
    rows = chain()
    rows[2] = replace(rows[2], access=replace(rows[2].access, **{field: CHANGES[field]}))

    assert fault_of(rows) == (3, Fault.ALTERED)


def test_each_field_of_an_access_can_be_told_apart() -> None:
    assert set(CHANGES) == set(Access.__dataclass_fields__)


def test_an_altered_time_is_found() -> None:
    rows = chain()
    rows[2] = replace(rows[2], at=rows[2].at + timedelta(microseconds=1))

    assert fault_of(rows) == (3, Fault.ALTERED)


def test_an_altered_row_with_a_hash_that_fits_it_breaks_at_the_next() -> None:
    rows = chain()
    access = replace(rows[2].access, what="x")
    link = next_link(ALICE, rows[1].link, access, at=rows[2].at)
    rows[2] = replace(rows[2], access=access, link=link)

    assert fault_of(rows) == (4, Fault.UNLINKED)


def test_an_altered_row_that_the_next_one_is_made_to_name_breaks_there_all_the_same() -> None:
    rows = chain()
    access = replace(rows[2].access, what="x")
    link = next_link(ALICE, rows[1].link, access, at=rows[2].at)
    rows[2] = replace(rows[2], access=access, link=link)
    rows[3] = replace(rows[3], previous_hash=link.hash)

    assert fault_of(rows) == (4, Fault.ALTERED)


def test_a_row_taken_from_the_middle_is_found() -> None:
    rows = chain()
    del rows[2]

    assert fault_of(rows) == (4, Fault.GAP)


def test_rows_in_another_order_are_found() -> None:
    rows = chain()
    rows[1], rows[2] = rows[2], rows[1]

    assert fault_of(rows) == (3, Fault.GAP)


def test_an_inserted_row_is_found() -> None:
    rows = chain()
    rows.insert(2, rows[1])

    assert fault_of(rows) == (2, Fault.GAP)


def test_the_chain_of_another_person_does_not_fit() -> None:
    assert fault_of(chain(person=BOB)) == (1, Fault.ALTERED)


def test_a_tail_that_was_cut_off_is_found_against_an_anchor_only() -> None:
    rows = chain()
    anchored = rows[-1].link

    assert end_of_chain(ALICE, rows[:3], start=Link()) == rows[2].link
    assert fault_of(rows[:3], anchored=anchored) == (4, Fault.CUT_OFF)


def test_a_chain_made_anew_is_found_against_an_anchor_only() -> None:
    rows, forged = chain(), chain()
    anchored = rows[2].link
    last = Link()
    for at, row in enumerate(forged):
        access = replace(row.access, what="forged")
        link = next_link(ALICE, last, access, at=row.at)
        forged[at] = replace(row, access=access, previous_hash=last.hash, link=link)
        last = link

    assert end_of_chain(ALICE, forged, start=Link()) == last
    assert fault_of(forged, anchored=anchored) == (3, Fault.REPLACED)


def test_a_chain_goes_on_from_where_its_beginning_was_forgotten() -> None:
    rows = chain()

    kept = end_of_chain(ALICE, rows[3:], start=rows[2].link, anchored=rows[0].link)

    assert kept == rows[-1].link
    assert fault_of(rows[3:]) == (4, Fault.GAP)
    assert fault_of(rows[3:], start=replace(rows[2].link, hash=bytes(32))) == (4, Fault.UNLINKED)


def test_a_beginning_that_the_anchor_does_not_know_is_found() -> None:
    rows = chain()
    anchored = replace(rows[2].link, hash=bytes(32))

    assert fault_of(rows[3:], start=rows[2].link, anchored=anchored) == (3, Fault.REPLACED)


@given(st.text(), st.text(), st.text(), st.text())
def test_no_two_accesses_share_a_hash(what: str, network: str, other: str, elsewhere: str) -> None:
    one = Access(action="viewed", what=what, network=network)
    two = Access(action="viewed", what=other, network=elsewhere)

    links = {next_link(ALICE, Link(), access, at=NOON) for access in (one, two)}

    assert len(links) == (1 if one == two else 2)


def test_an_anchor_is_read_as_it_was_written() -> None:
    ends = {ALICE: chain()[-1].link, BOB: Link()}

    assert read_anchor(anchor_text(ends)) == ends
    assert read_anchor(anchor_text({})) == {}


@pytest.mark.parametrize("cut", [0, 1, -1, -70])
def test_an_anchor_that_is_not_whole_is_refused(cut: int) -> None:
    text = anchor_text({ALICE: chain()[-1].link, BOB: Link()})

    with pytest.raises(AnchorUnreadable):
        read_anchor(text[:cut] + text[cut + 1 :] if cut > 0 else text[:cut])
