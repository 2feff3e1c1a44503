"""The checker finds each kind of fault, and nothing in a history without one."""

from dataclasses import replace

import pytest

from tests.faults.checker import Diary, Violations, check

RECORD = "episode/a"
WARNED = {"symptoms": [{"symptom": "seizure", "present": True}]}


def exchange(op="op-1", status="applied", *, data=None, advice=(), http=200):
    sent = {"ops": [{"op": op, "id": "a", "type": "episode", "base": 0, "data": data or {}}]}
    answer = {"results": [{"op": op, "status": status, "version": 1, "advice": list(advice)}]}
    return {"phone": "ann/0", "sent": sent, "status": http, "answer": answer if http else {}}


STORED = Diary(
    rows={RECORD: [1, {"strength": 4}]},
    places={RECORD: 1},
    counter=1,
    versions=[("op-1", RECORD, 1)],
)
SHOWN = {RECORD: (1, {"strength": 4})}


def found(*exchanges, stored=STORED, shown=SHOWN):
    return check(exchanges or [exchange()], {"ann": stored}, {"ann/0": ("ann", shown)})


def test_a_history_without_a_fault_has_none():
    lost_answer = exchange(http=0)
    repeated = exchange(status="duplicate")
    pulled = exchange() | {"sent": None, "answer": {"changes": []}}

    assert found(lost_answer, exchange(), repeated, pulled) == Violations()


def test_an_acknowledged_operation_that_is_not_stored_is_lost():
    gone = replace(STORED, rows={}, places={}, versions=[])

    assert found(stored=gone, shown={}) == Violations(lost=1)
    assert found(exchange(status="duplicate"), stored=gone, shown={}) == Violations(lost=1)


def test_an_operation_that_was_never_acknowledged_may_be_missing():
    gone = replace(STORED, rows={}, places={}, versions=[])

    assert found(exchange(http=0), exchange(http=503), stored=gone, shown={}) == Violations()


def test_an_operation_applied_again_is_found_by_its_answers_and_by_its_versions():
    again = replace(
        STORED, rows={RECORD: [2, {}]}, versions=[("op-1", RECORD, 1), ("op-1", RECORD, 2)]
    )

    assert found(exchange(), exchange()) == Violations(twice=1)
    assert found(stored=again, shown={RECORD: (2, {})}) == Violations(twice=1)


@pytest.mark.parametrize("status", ["applied", "duplicate"])
def test_a_warning_sign_must_be_answered_with_advice(status):
    silent = exchange(status=status, data=WARNED)

    assert found(silent) == Violations(without_advice=1)
    assert found(exchange(status=status, data=WARNED, advice=[{}])) == Violations()


def test_what_is_stored_and_was_never_sent_is_foreign():
    assert found(exchange(op="op-2", status="invalid")) == Violations(foreign=1)


@pytest.mark.parametrize(
    "broken",
    [
        replace(STORED, versions=[("op-1", RECORD, 2)], rows={RECORD: [2, {}]}),
        replace(STORED, rows={RECORD: [3, {"strength": 4}]}),
        replace(STORED, places={RECORD: 1, "alert/b": 1}),
        replace(STORED, counter=0),
    ],
    ids=["a version is missing", "a row is ahead", "a place is taken twice", "counter is behind"],
)
def test_versions_and_places_that_do_not_add_up_are_gaps(broken):
    shown = {key: (version, data) for key, (version, data) in broken.rows.items()}

    assert found(stored=broken, shown=shown) == Violations(gaps=1)


def test_a_row_without_its_version_and_a_version_without_its_row_are_gaps():
    rowless = replace(STORED, rows={}, places={})
    unknown = replace(STORED, rows={**STORED.rows, "episode/b": [1, {}]})

    assert found(stored=rowless, shown={}) == Violations(gaps=1)
    assert found(stored=unknown, shown=SHOWN | {"episode/b": (1, {})}) == Violations(gaps=1)


def test_a_phone_that_lacks_a_record_or_shows_another_one_is_found():
    assert found(shown={}) == Violations(skipped=1)
    assert found(shown={RECORD: (1, {"strength": 5})}) == Violations(diverged=1)
    assert found(shown={RECORD: (2, {"strength": 4})}) == Violations(diverged=1)
    assert found(shown=SHOWN | {"episode/b": (1, {})}) == Violations(diverged=1)


def test_a_crash_of_the_service_is_found():
    assert found(exchange(), exchange(http=500)) == Violations(crashes=1)


def test_what_was_broken_is_said_in_words():
    assert Violations(lost=1, twice=2).others() == ()
    assert Violations(without_advice=1, gaps=2).others() == ("without advice 1", "gaps 2")
