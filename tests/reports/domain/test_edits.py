"""The history inside the attached file: what was changed or taken back, and no note."""

from datetime import timedelta

from reports.domain.edits import SavedVersion, edits
from tests.reports.samples import NOW, uuid


def saved(version, data, *, number=1, type_="episode"):
    return SavedVersion(
        type=type_,
        record_id=uuid(number),
        version=version,
        at=NOW + timedelta(minutes=version),
        data=data,
    )


def test_an_edit_tells_what_the_changed_fields_said_before():
    found = edits([saved(1, {"strength": 3, "visible": True}), saved(2, {"strength": 8})])

    assert [dict(each.before) for each in found] == [{"strength": 3, "visible": True}]
    assert (found[0].version, found[0].at, found[0].deleted) == (
        2,
        NOW + timedelta(minutes=2),
        False,
    )


def test_a_field_that_was_added_said_nothing_before():
    found = edits([saved(1, {}), saved(2, {"strength": 8})])

    assert dict(found[0].before) == {"strength": None}


def test_no_former_note_is_told():
    found = edits([saved(1, {"note": "for me", "ext": {"a": 1}}), saved(2, {"note": "for you"})])

    assert dict(found[0].before) == {}


def test_what_a_record_said_that_was_taken_back_stays_with_the_person():
    found = edits([saved(1, {"strength": 3}), saved(2, None), saved(3, {"strength": 4})])

    assert [(each.deleted, dict(each.before)) for each in found] == [(True, {}), (False, {})]


def test_edits_come_in_the_order_of_arrival_and_first_versions_are_none():
    versions = [
        saved(2, {}, number=2),
        saved(1, {}, number=2),
        saved(1, {}),
        saved(3, {}),
        saved(2, {}),
    ]

    found = edits(versions)

    assert [(each.record_id, each.version) for each in found] == [
        (uuid(1), 2), (uuid(2), 2), (uuid(1), 3),
    ]  # fmt: skip


def test_the_same_id_in_two_types_is_two_records():
    found = edits([saved(1, {"strength": 3}), saved(1, {"note": "x"}, type_="check_in")])

    assert found == ()
