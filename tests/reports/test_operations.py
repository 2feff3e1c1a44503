"""Asking for reports and making them, on the real database and with the real renderer."""

import json
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest
from django.db import connection

from diary.domain.errors import InvalidRecord, RecordNotFound
from diary.domain.wire.records import RecordType
from diary.models.isolation import acting_for
from reports import operations, tasks
from reports.models import FORMS, Report, ReportDue, ReportState
from reports.operations import ReportRequest, make_queued_reports, make_report, request_report
from reports.operations.drawing import MadeReport
from reports.queries import report_diary, report_of, reports_of
from reports.render.pdf import RenderError
from tests.everybody import every
from tests.factories import NOW, check_in, episode, make_person, operation, problem, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice():
    person = make_person("alice")
    write(
        person,
        operation(problem(question="Is it the nerve?"), type=RecordType.PROBLEM),
        operation(episode()),
        operation(check_in(twitched="yes"), type=RecordType.CHECK_IN),
    )
    return person


def asked(person, now=NOW, **request):
    return request_report(person.pk, ReportRequest(**request), now=now)


def stored(person, report):
    with acting_for(person.pk):
        kept = report_of(person.pk, report.id)
        kept.refresh_from_db(fields=FORMS)
        return kept


def failing(*_):
    raise RenderError("TypstError")


def test_a_report_is_asked_for_made_and_stored(alice):
    report = asked(alice)

    assert make_report(alice.pk, report.id, now=NOW) is True

    made = stored(alice, report)
    assert made.state == ReportState.READY
    assert bytes(made.pdf).startswith(b"%PDF-")
    assert made.expires_at == NOW + timedelta(days=30)


def test_the_default_period_is_the_last_ninety_days_in_the_persons_zone(alice):
    parameters = asked(alice).parameters

    assert parameters["period_end"] == NOW.date().isoformat()
    first = date.fromisoformat(parameters["period_start"])
    assert (NOW.date() - first).days == 89


def test_the_same_request_on_the_same_data_is_the_same_report(alice):
    first, second = asked(alice), asked(alice, now=NOW + timedelta(minutes=5))

    assert first.id == second.id
    assert asked(alice, paper="us-letter").id != first.id
    write(alice, operation(episode()))
    assert asked(alice).id != first.id


def test_a_report_from_before_there_were_pages_is_not_given_again(alice):
    old = asked(alice)
    make_report(alice.pk, old.id, now=NOW)
    with acting_for(alice.pk):
        Report.objects.update(page=None)

    assert asked(alice).id != old.id


def test_all_forms_are_made_together_from_the_same_data(alice):
    report = asked(alice)

    make_report(alice.pk, report.id, now=NOW)

    made = stored(alice, report)
    with pikepdf.open(BytesIO(bytes(made.pdf))) as pdf:
        document = json.loads(pdf.attachments["diary.json"].get_file().read_bytes())
    assert document["report"]["furniture"]["data_hash"] in bytes(made.page).decode()
    bundle = json.loads(bytes(made.fhir))
    assert (bundle["type"], bundle["timestamp"]) == ("document", "2026-03-10T12:00:00Z")


def test_a_failed_or_expired_report_is_not_given_again(alice, monkeypatch):
    monkeypatch.setattr(operations, "draw", failing)
    failed = asked(alice)
    make_report(alice.pk, failed.id, now=NOW)

    again = asked(alice)

    assert stored(alice, failed).state == ReportState.FAILED
    assert again.id != failed.id


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"period_end": NOW.date() + timedelta(days=1)}, "period_end"),
        ({"period_start": NOW.date(), "period_end": date(2026, 1, 1)}, "period_start"),
        ({"period_start": date(2024, 1, 1), "period_end": date(2026, 1, 1)}, "period_start"),
    ],
)
def test_an_impossible_period_is_refused_by_field(alice, request_, field):
    with pytest.raises(InvalidRecord) as raised:
        asked(alice, **request_)

    assert [error.path for error in raised.value.errors] == [(field,)]


def test_making_twice_changes_nothing(alice):
    report = asked(alice)
    make_report(alice.pk, report.id, now=NOW)
    before = stored(alice, report)

    assert make_report(alice.pk, report.id, now=NOW) is False

    assert bytes(stored(alice, report).pdf) == bytes(before.pdf)


def test_a_report_left_running_by_a_killed_worker_is_made_after_its_lease(alice, monkeypatch):
    report = asked(alice)
    monkeypatch.setattr(operations, "draw", lambda *_: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):
        make_report(alice.pk, report.id, now=NOW)
    assert stored(alice, report).state == ReportState.RUNNING
    monkeypatch.undo()

    assert make_queued_reports(now=NOW, limit=5) == 0
    assert make_queued_reports(now=NOW + operations.LEASE * 2, limit=5) == 1

    assert stored(alice, report).state == ReportState.READY


def test_an_unexpected_failure_is_tried_three_times_and_then_given_up(alice, monkeypatch, caplog):
    def broken(*_):
        raise KeyError("private text")

    report = asked(alice)
    monkeypatch.setattr(operations, "draw", broken)

    for attempt in range(5):
        make_queued_reports(now=NOW + attempt * operations.LEASE * 2, limit=5)

    assert stored(alice, report).failure == "TooManyAttempts"
    assert "class=KeyError" in caplog.text
    assert "private text" not in caplog.text


def test_a_render_that_fails_is_tried_once_more_without_the_persons_own_words(alice, monkeypatch):
    questions = []

    def second_time_lucky(record, edition):
        questions.append(record.diary.problem.question)
        if len(questions) == 1:
            raise RenderError("TypstError")
        return MadeReport(pdf=b"%PDF-stand-in", page=b"", fhir=b"", document=b"{}")

    monkeypatch.setattr(operations, "draw", second_time_lucky)
    report = asked(alice)
    make_report(alice.pk, report.id, now=NOW)

    assert questions == ["Is it the nerve?", ""]
    assert stored(alice, report).state == ReportState.READY


def test_an_expired_report_is_thrown_away(alice):
    report = asked(alice)
    make_report(alice.pk, report.id, now=NOW)

    make_queued_reports(now=NOW + timedelta(days=30) + timedelta(seconds=1), limit=5)

    with pytest.raises(RecordNotFound):
        stored(alice, report)
    assert not every(ReportDue).exists()


def test_the_sweep_finds_what_no_message_announced(alice):
    report = asked(alice)

    tasks.make_queued()

    assert stored(alice, report).state == ReportState.READY


def test_a_stranger_neither_reads_nor_lists_nor_makes_the_report(alice):
    report = asked(alice)
    bob = make_person("bob")

    with acting_for(bob.pk):
        assert reports_of(bob.pk) == ()
        with pytest.raises(RecordNotFound):
            report_of(alice.pk, report.id)
    assert make_report(bob.pk, report.id, now=NOW) is False
    assert stored(alice, report).state == ReportState.QUEUED


def test_the_database_itself_hides_reports_without_a_person(alice):
    asked(alice)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM report")
        assert cursor.fetchone() == (0,)
    assert not Report.objects.exists()


def test_an_unknown_report_is_nothing_to_do(alice):
    assert make_report(alice.pk, uuid4(), now=NOW) is False


def test_the_gathered_diary_holds_the_period_and_what_was_changed_or_taken_back(alice):
    gone, changed = operation(episode()), operation(episode(strength=3, note="for me"))
    write(alice, gone, changed)
    write(alice, operation(None, id=gone.id, base=1))
    write(alice, operation(episode(strength=8), id=changed.id, base=1))

    with acting_for(alice.pk):
        end = NOW.date() + timedelta(days=1)
        diary = report_diary(alice.pk, now=NOW, start=end - timedelta(days=90), end=end)

    assert (len(diary.episodes), len(diary.check_ins), len(diary.days)) == (2, 1, 1)
    assert diary.deleted_entries == 1
    assert {(e.record_id, e.version, e.deleted, e.before.get("strength")) for e in diary.edits} == {
        (gone.id, 2, True, None),
        (changed.id, 2, False, 3),
    }
    assert "for me" not in str(diary.edits)
    assert getattr(diary.problem, "question", None) == "Is it the nerve?"
    assert diary.assessment.findings


def test_to_ask_how_far_a_report_is_reads_none_of_its_files(alice):
    report = asked(alice)

    with acting_for(alice.pk):
        [listed] = reports_of(alice.pk)
        polled, fetched = report_of(alice.pk, report.id), report_of(alice.pk, report.id, form="pdf")

    assert listed.get_deferred_fields() == polled.get_deferred_fields() == set(FORMS)
    assert fetched.get_deferred_fields() == set(FORMS) - {"pdf"}
