"""The export of everything: whole, of one moment, nobody else's, and of any length."""

import csv
import io
import json
import tracemalloc
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import PurePath
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, models

from diary.domain.access_log import Access, Action
from diary.domain.sample import sample_diary
from diary.domain.wire.profile import ProfileData
from diary.domain.wire.records import DATA_OF_TYPE, RecordType
from diary.models import Episode
from diary.models.isolation import acting_for, snapshot_of
from diary.operations.access_log import note_access
from diary.operations.imports import ImportRequest, import_diary
from diary.operations.profile import save_profile
from diary.operations.sync import push
from diary.queries.everything import LISTS, all_records
from diary.queries.records import TABLE_OF_TYPE
from reports.operations import ReportRequest, make_report, request_report
from reports.operations.export import FILE_OF_TYPE, export_of
from tests.factories import (
    NOW,
    check_in,
    episode,
    make_person,
    operation,
    problem,
    symptom,
    write,
)
from tests.reports.shared import PDF, ready_report, shared
from tests.reports.shared import opened as opened_share

ZONE = "Asia/Taipei"
OF_EVERY_TYPE = {
    RecordType.EPISODE: episode(note="=1+1 in a note", ext={"mood": 3}),
    RecordType.CHECK_IN: check_in(twitched="yes", sleep_hours=6.5),
    RecordType.PROBLEM: problem(question="Is it\nthe nerve?"),
    RecordType.MEDICATION: {"name": "0012", "dose": "1/2"},
    RecordType.HISTORY_ITEM: {"kind": "condition", "item": "facial_palsy"},
    RecordType.REMEDY_TRIAL: {"remedy": "rest", "started_on": "2026-02-01"},
}


def opened(person, now=NOW):
    archive = zipfile.ZipFile(io.BytesIO(b"".join(export_of(person.pk, now=now))))
    assert archive.testzip() is None
    return archive


def everything(person):
    return json.loads(opened(person).read("diary.json"))


def rows_of(person, name):
    text = opened(person).read(name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.fixture
def alice():
    person = make_person("alice")
    save_profile(person.pk, ProfileData(name="Alice", country="TW"), base_version=None, now=NOW)
    write(person, *(operation(data, type=type_) for type_, data in OF_EVERY_TYPE.items()))
    return person


@pytest.mark.django_db
def test_every_record_is_in_it_as_it_was_sent(alice):
    records = everything(alice)["records"]

    assert {record["type"] for record in records} == set(RecordType)
    for record in records:
        type_ = RecordType(record["type"])
        sent = DATA_OF_TYPE[type_].model_validate(OF_EVERY_TYPE[type_])
        assert record["data"] == sent.model_dump(mode="json")
        assert [row["id"] for row in rows_of(alice, FILE_OF_TYPE[type_])] == [record["id"]]


@pytest.mark.django_db
def test_earlier_versions_and_what_was_deleted_are_in_it(alice):
    id_ = uuid4()
    write(alice, operation(episode(strength=2), id=id_))
    write(alice, operation(episode(strength=7), id=id_, base=1))
    write(alice, operation(None, id=id_, base=2))

    exported = everything(alice)

    [gone] = [record for record in exported["records"] if record["id"] == str(id_)]
    versions = [each for each in exported["versions"] if each["record_id"] == str(id_)]
    assert (gone["deleted"], gone["data"]) == (True, None)
    assert [each["data"].get("strength") for each in versions] == [2, 7, None]
    assert [each["deleted"] for each in versions] == [False, False, True]
    assert len(rows_of(alice, "episodes.csv")) == 1


@pytest.mark.django_db
def test_alerts_reports_settings_and_what_was_refused_are_in_it(alice):
    write(alice, operation(episode(symptoms=[symptom("seizure", onset="sudden")])))
    refused = {"op": str(uuid4()), "type": "episode", "id": str(uuid4()), "base": 0, "data": {}}
    push(alice.pk, [refused], now=NOW)
    report = request_report(alice.pk, ReportRequest(), now=NOW)
    make_report(alice.pk, report.id, now=NOW)

    exported = everything(alice)

    assert exported["account"]["email"] == "alice@example.org"
    assert exported["profile"]["name"] == "Alice"
    assert exported["refused_operations"][0]["operation"] == refused
    assert [each["id"] for each in exported["reports"]] == [str(report.id)]
    assert {row["rule"] for row in rows_of(alice, "alerts.csv")} == {
        each["rule"] for each in exported["alerts"]
    }
    assert exported["alerts"]


@pytest.mark.django_db
def test_the_pdf_of_each_report_that_is_ready_is_in_it_and_its_access_log(alice):
    ready, waiting = ready_report(alice), request_report(alice.pk, ReportRequest(), now=NOW)
    note_access(alice.pk, Access(action=Action.VIEWED, what="reports"), now=NOW)

    archive = opened(alice)

    assert archive.read(f"reports/{ready.id}.pdf") == PDF
    assert not any(str(waiting.id) in name for name in archive.namelist())
    assert [row["what"] for row in rows_of(alice, "accesses.csv")][-1] == "reports"
    assert everything(alice)["accesses"][-1]["action"] == "viewed"


@pytest.mark.django_db
def test_nothing_of_somebody_else_is_in_it(alice):
    bob = make_person("bob")
    write(bob, operation(episode(note="bob's own")))

    exported = everything(alice)

    assert "bob" not in json.dumps(exported)
    assert [record["data"]["note"] for record in everything(bob)["records"]] == ["bob's own"]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("en", "Your diary"), ("zh-Hant", "\u60a8\u7684")])
def test_the_note_inside_speaks_the_persons_language(alice, language, words):
    data = ProfileData(language=language, time_zone="Pacific/Kiritimati")
    save_profile(alice.pk, data, base_version=None, now=NOW)

    note = opened(alice).read("README.txt").decode()

    assert note.startswith(words)
    assert "2026-03-11" in note  # it is tomorrow there


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_the_note_names_each_kind_of_file_and_their_folder(alice, language):
    save_profile(alice.pk, ProfileData(language=language), base_version=None, now=NOW)
    ready_report(alice)

    archive = opened(alice)

    note = archive.read("README.txt").decode()
    paths = [PurePath(name) for name in archive.namelist() if name != "README.txt"]
    assert {path.suffix for path in paths} == {".json", ".csv", ".pdf"}
    for path in paths:
        assert path.suffix[1:] in note.lower()
        assert str(path.parent) == "." or str(path.parent) in note


@pytest.mark.django_db
def test_shares_and_who_looked_are_in_it_and_what_opens_them_is_not(alice):
    granted = shared(alice)
    opened_share(granted)

    exported = everything(alice)

    assert [share["label"] for share in exported["shares"]] == ["Neurology"]
    assert [view["recipient"] for view in exported["share_views"]] == ["Dr. Lin"]
    told = json.dumps(exported)
    assert granted.secret not in told
    assert granted.share.pin_hash not in told


# Worked out from the records, for the workers alone, or secrets.
NEVER_TOLD = {
    "access_log_beginning", "alert_push", "daily_row", "data_key", "delivery_attempt",
    "erasure_tombstone", "follower_saw", "look_due", "push_due", "reminder_due", "report_due",
    "retention_round", "share_key", "share_session",
}  # fmt: skip
TOLD_OTHERWISE = {
    "diary_user", "endpoint", "person_sync", "profile", "refused_operation", "report", "share",
    "share_view",
}  # fmt: skip


def test_each_table_is_told_or_known_to_be_kept_back():
    tables = {
        model._meta.db_table
        for label in ("diary", "reports")
        for model in apps.get_app_config(label).get_models()
    }
    listed = {each.table._meta.db_table for each in LISTS.values()}
    records = {TABLE_OF_TYPE[type_]._meta.db_table for type_ in RecordType}

    assert tables == listed | records | NEVER_TOLD | TOLD_OTHERWISE


# Digests of secrets, ids of other people, and what tells a worker when to go on.
NOT_TOLD = {
    "versions": {"pk", "person", "fingerprint", "actor_id"},
    "alerts": {"pk", "person"},
    "looks": {"pk", "person"},
    "messages": {
        "recipient", "subject", "endpoint_id", "step", "again", "first_due_at", "due_at", "set_at",
        "leased_until",
    },
    "devices": {"pk", "person", "session_digest"},
    "accesses": {"pk", "person", "actor_id", "hash", "previous_hash"},
    "consents": {"pk", "person", "id"},
    "erasures": {"person", "begun_at", "due_at", "leased_until"},
    "followers": {"person", "follower", "code_digest", "follower_label"},
    "following": {"person", "follower", "code_digest", "label", "repeats", "invited_at"},
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_each_column_is_told_or_known_to_be_kept_back(name):
    columns = {field.name for field in LISTS[name].table._meta.get_fields() if is_column(field)}

    assert columns == set(LISTS[name].columns) | NOT_TOLD[name]
    assert set(LISTS[name].columns) & NOT_TOLD[name] == set()


def is_column(field):
    return isinstance(field, models.Field) or field.name == "pk"


@pytest.mark.django_db(transaction=True)
def test_an_export_is_of_one_moment_whatever_is_written_meanwhile(alice):
    pieces = export_of(alice.pk, now=NOW)

    def write_more():
        write(alice, operation(episode()))
        connection.close()

    with snapshot_of(alice.pk):
        before = list(all_records(alice.pk))
        with ThreadPoolExecutor(1) as pool:
            pool.submit(write_more).result()
        after = list(all_records(alice.pk))

    assert len(before) == len(after) == len(RecordType)
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert len(json.loads(archive.read("diary.json"))["records"]) == len(RecordType) + 1


@pytest.mark.django_db(transaction=True)
def test_an_export_that_is_broken_off_leaves_no_transaction_and_writes_nothing(alice):
    pieces = export_of(alice.pk, now=NOW)
    first = next(pieces)

    inside = connection.in_atomic_block
    pieces.close()

    assert first
    assert (inside, connection.in_atomic_block) == (True, False)


@pytest.fixture
def sample():
    person = make_person("sample")
    records = sample_diary(today=NOW.date(), time_zone=ZONE).records
    write(person, *(operation(dict(r.data), type=r.type, id=r.id) for r in records))
    return person


def data_by_id(person, *types):
    return {
        record["id"]: record["data"]
        for record in everything(person)["records"]
        if record["type"] in types
    }


@pytest.mark.django_db
def test_the_records_of_an_export_sent_to_an_empty_account_are_the_same_diary(sample):
    bob = make_person("bob")
    records = everything(sample)["records"]

    batch = [
        {"op": str(uuid4()), "base": 0} | {name: each[name] for name in ("type", "id", "data")}
        for each in records
    ]
    push(bob.pk, batch, now=NOW)

    assert len(records) > 150
    assert data_by_id(bob, *RecordType) == data_by_id(sample, *RecordType)


@pytest.mark.django_db
@pytest.mark.parametrize("type_", [RecordType.EPISODE, RecordType.CHECK_IN])
def test_a_table_of_an_export_imported_into_an_empty_account_is_the_same_diary(sample, type_):
    bob = make_person("bob")

    table = opened(sample).read(FILE_OF_TYPE[type_])
    result = import_diary(bob.pk, ImportRequest(type=type_, content=table), now=NOW)

    assert result.errors == ()
    brought, exported = data_by_id(bob, type_), data_by_id(sample, type_)
    assert len(brought) > 50
    assert {id_: in_a_table(data) for id_, data in exported.items()} == brought


def in_a_table(data):
    """Return data without what a table has no column for, what was there before what was not."""
    data = data | {"symptoms": sorted(data["symptoms"], key=lambda each: not each["present"])}
    if "start" not in data:
        return data | {"recorded": None}
    return data | {"start": data["start"] | {"zone_source": "user"}}


class Many:
    """Many episodes, written past the operations: only their number matters."""

    def __init__(self, person, number):
        write(person, operation(episode(note="n" * 400)))
        with acting_for(person.pk):
            first = Episode.objects.get(person_id=person.pk)
            for at in range(0, number, 500):
                Episode.objects.bulk_create(self.copies(first, min(500, number - at)))

    def copies(self, first, number):
        columns = {f.attname: getattr(first, f.attname) for f in Episode._meta.concrete_fields}
        return [Episode(**columns | {"id": uuid4()}) for _ in range(number)]


def peak_of_export(person):
    length = 0
    tracemalloc.start()
    for piece in export_of(person.pk, now=NOW):
        length += len(piece)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return length, peak


@pytest.mark.django_db(transaction=True)
def test_an_export_of_four_times_the_diary_takes_no_more_memory():
    few, many = make_person("few"), make_person("many")
    Many(few, 1_000)
    Many(many, 4_000)
    peak_of_export(few)  # what is loaded once is loaded now

    _, small = peak_of_export(few)
    _, large = peak_of_export(many)

    assert large < 1.2 * small
