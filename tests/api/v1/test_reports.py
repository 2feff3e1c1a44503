"""Reports over HTTP: owner, stranger, and every state of a report."""

import io
import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pikepdf
import pytest
from django.utils import timezone
from rest_framework.test import APIRequestFactory, force_authenticate

from api import nudge
from api.v1 import reports as views
from diary.domain.wire.records import RecordType
from diary.models.people import Device
from reports import operations, tasks
from reports.operations import make_report
from reports.render.pdf import RenderError
from tests.factories import check_in, episode, make_person, moment, operation, write

pytestmark = pytest.mark.django_db

PATH = "/v1/reports"


@pytest.fixture
def alice():
    person = make_person("alice")
    now = timezone.now()
    write(
        person,
        operation(episode(start=moment(now.isoformat(timespec="seconds"), ""))),
        operation(check_in(now.date().isoformat(), twitched="yes"), type=RecordType.CHECK_IN),
        now=now,
    )
    return person


@pytest.fixture(autouse=True)
def hints(monkeypatch):
    given: list[str] = []
    monkeypatch.setattr(nudge.REPORT, "give", lambda: given.append("report"))
    return given


def call(view, person, method="get", path=PATH, body=None, **arguments):
    request = getattr(APIRequestFactory(), method)(path, body, format="json")
    if person is not None:
        device: Any = Device(person_id=person.pk)  # what our authentication puts in request.auth
        force_authenticate(request, user=person, token=device)
    return view.as_view()(request, **arguments)


def ask(person, **body):
    return call(views.ReportList, person, "post", body=body)


def made(person):
    report_id = UUID(ask(person).data["id"])
    make_report(person.pk, report_id, now=timezone.now())
    return report_id


def test_asking_answers_at_once_with_where_to_look(alice):
    answer = ask(alice, paper="us-letter", attachment=False)

    assert answer.status_code == 202
    assert answer.headers["Location"] == f"{PATH}/{answer.data['id']}"
    assert answer.data["state"] == "queued"
    assert (answer.data["paper"], answer.data["attachment"]) == ("us-letter", False)
    assert answer.data["pdf"] == f"{PATH}/{answer.data['id']}/pdf"


def test_a_worker_is_told_after_the_commit(alice, hints, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = ask(alice)

    assert answer.status_code == 202
    assert hints == ["report"]


def test_the_pdf_is_promised_until_it_is_there(alice):
    report_id = UUID(ask(alice).data["id"])

    waiting = call(views.ReportPdf, alice, path=f"{PATH}/{report_id}/pdf", id=report_id)
    make_report(alice.pk, report_id, now=timezone.now())
    ready = call(views.ReportPdf, alice, id=report_id)

    assert (waiting.status_code, waiting.headers["Retry-After"]) == (202, "2")
    assert (ready.status_code, ready.headers["Content-Type"]) == (200, "application/pdf")
    assert ready.headers["Cache-Control"] == "no-store"
    assert ready.content.startswith(b"%PDF-")


def test_a_report_that_failed_says_so(alice, monkeypatch):
    def failing(*_):
        raise RenderError("TypstError")

    monkeypatch.setattr(operations, "draw", failing)
    report_id = made(alice)

    answer = call(views.ReportPdf, alice, id=report_id)

    assert answer.status_code == 409
    assert json.loads(answer.content)["code"] == "report_failed"
    assert call(views.ReportJson, alice, id=report_id).status_code == 409
    detail = call(views.ReportDetail, alice, id=report_id).data
    assert (detail["state"], detail["next_attempt_at"]) == ("failed", None)


def test_progress_is_told_with_attempts_and_when_it_goes_on(alice, monkeypatch):
    def dying(*_):
        raise SystemExit

    asked = ask(alice).data
    report_id = UUID(asked["id"])
    monkeypatch.setattr(operations, "draw", dying)
    with pytest.raises(SystemExit):
        make_report(alice.pk, report_id, now=timezone.now())

    running = call(views.ReportDetail, alice, id=report_id).data

    assert (asked["attempts"], running["attempts"]) == (0, 1)
    assert asked["next_attempt_at"] == asked["requested_at"]
    waited = datetime.fromisoformat(running["next_attempt_at"]) - timezone.now()
    assert timedelta(seconds=0) < waited <= operations.LEASE


def test_the_document_is_what_is_attached_to_the_pdf(alice):
    report_id = UUID(ask(alice).data["id"])
    waiting = call(views.ReportJson, alice, path=f"{PATH}/{report_id}/json", id=report_id)
    make_report(alice.pk, report_id, now=timezone.now())

    ready = call(views.ReportJson, alice, id=report_id)

    pdf = call(views.ReportPdf, alice, id=report_id).content
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        attached = opened.attachments["diary.json"].get_file().read_bytes()
    assert (waiting.status_code, waiting.data["document"]) == (202, f"{PATH}/{report_id}/json")
    assert (ready.status_code, ready.headers["Content-Type"]) == (200, "application/json")
    assert ready.content == attached


def test_what_was_chosen_is_answered(alice):
    chosen = {"language": "zh-Hant", "left_out": ["log", "impact"], "notes": []}

    answer = ask(alice, **chosen)

    assert answer.status_code == 202
    expected = chosen | {"left_out": ["impact", "log"]}
    assert {name: answer.data[name] for name in expected} == expected


def test_the_csv_holds_the_episodes_of_the_period(alice):
    report_id = UUID(ask(alice).data["id"])

    answer = call(views.ReportCsv, alice, id=report_id)

    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert len(answer.content.decode("utf-8-sig").splitlines()) == 2


def test_the_fhir_document_is_handed_out_as_a_file(alice):
    report_id = made(alice)

    answer = call(views.ReportFhir, alice, id=report_id)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/fhir+json")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="report-{report_id}.fhir.json"'
    )
    assert json.loads(answer.content)["type"] == "document"


def test_the_list_shows_own_reports_newest_first(alice):
    first, second = ask(alice).data["id"], ask(alice, paper="us-letter").data["id"]

    answer = call(views.ReportList, alice)

    assert [item["id"] for item in answer.data["items"]] == [second, first]


@pytest.mark.parametrize(
    "view",
    [
        views.ReportDetail,
        views.ReportPdf,
        views.ReportCsv,
        views.ReportFhir,
        views.ReportJson,
    ],
)
def test_a_stranger_and_a_wrong_id_get_the_same_answer(alice, view):
    report_id = made(alice)

    stranger = call(view, make_person("bob"), id=report_id)
    unknown = call(view, alice, id=uuid4())

    assert (stranger.status_code, unknown.status_code) == (404, 404)
    assert call(views.ReportDetail, alice, id=report_id).status_code == 200


@pytest.mark.parametrize(
    "view",
    [
        views.ReportList,
        views.ReportDetail,
        views.ReportPdf,
        views.ReportCsv,
        views.ReportFhir,
        views.ReportJson,
    ],
)
def test_nobody_is_let_in_without_a_session(view):
    arguments = {} if view is views.ReportList else {"id": uuid4()}

    assert call(view, None, **arguments).status_code == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"paper": "a3"}, "paper"),
        ({"period_start": "yesterday"}, "period_start"),
        ({"colour": "blue"}, "colour"),
        ({"period_end": "2999-01-01"}, "period_end"),
        ({"left_out": ["why"]}, "left_out/0"),
        ({"left_out": ["warning_signs"]}, "left_out/0"),
        ({"language": "de"}, "language"),
        ({"notes": ["x"]}, "notes/0"),
        ({"notes": [str(uuid4())]}, "notes/0"),
        ({"notes": [str(uuid4()) for _ in range(6)]}, "notes"),
    ],
)
def test_each_wrong_field_is_named(alice, body, field):
    answer = ask(alice, **body)

    assert answer.status_code == 422
    assert f"#/{field}".encode() in answer.content


def test_one_problem_names_what_cannot_be_read_and_what_the_diary_refuses(alice):
    unknown = str(uuid4())

    answer = ask(alice, paper="a3", colour="blue", period_end="2999-01-01", notes=[unknown])

    errors = json.loads(answer.content)["errors"]
    pointers = {error["pointer"] for error in errors}
    assert pointers == {"#/paper", "#/colour", "#/period_end", "#/notes/0"}
    assert unknown not in answer.content.decode()


@pytest.mark.parametrize("body", [[], "a4", 7])
def test_what_is_no_object_is_refused(alice, body):
    assert call(views.ReportList, alice, "post", body=body).status_code == 422


@pytest.mark.parametrize(
    ("file", "media_type"),
    [
        ("pdf", "application/pdf"),
        ("csv", "text/csv"),
        ("json", "application/json"),
        ("fhir", "application/fhir+json"),
    ],
)
def test_a_client_may_accept_nothing_but_the_file(phone, file, media_type):
    path = phone.post(PATH, {}).json()[{"json": "document"}.get(file, file)]

    waiting = phone.client.get(path, headers=phone.headers() | {"Accept": media_type})
    [report] = phone.get(PATH).json()["items"]
    tasks.make_queued()
    ready = phone.client.get(path, headers=phone.headers() | {"Accept": media_type})

    assert report["state"] == "queued"
    assert waiting.status_code == (200 if file == "csv" else 202)
    assert ready.status_code == 200
    assert ready.headers["Content-Type"].startswith(media_type)
