"""Problem documents: complete, the same everywhere, and silent about what was sent."""

import json
import uuid

import psycopg
import pytest
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, InternalError, OperationalError, connection
from django.http import Http404
from django.urls import path
from redis.exceptions import ConnectionError as RedisConnectionError
from rest_framework import exceptions
from rest_framework.views import APIView

from api import problem_types, problems
from diary.domain.errors import FieldError, InvalidRecord, PersonBusy, RecordNotFound
from tests.api.conftest import is_problem

DIARY_TEXT = "my left lip twitched since the divorce"


class OpenView(APIView):
    authentication_classes = ()
    permission_classes = ()


class RaisingView(OpenView):
    record_pointer = ("data",)
    error = RuntimeError(DIARY_TEXT)

    def get(self, request):
        raise type(self).error


def plain_view(request):
    raise RaisingView.error


urlpatterns = [
    path("raises", RaisingView.as_view()),
    path("plain", plain_view),
]
handler404 = "api.problems.not_found"
handler500 = "api.problems.server_error"
handler400 = "api.problems.bad_request"
handler403 = "api.problems.forbidden"

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def answer_to(client, monkeypatch):
    """Return a function that answers a request whose view raises the given exception."""

    def answer(error, where="/raises", **headers):
        monkeypatch.setattr(RaisingView, "error", error)
        return client.get(where, headers=headers)

    return answer


def test_field_errors_of_the_domain_start_where_the_view_says(answer_to):
    wrong = FieldError(path=("sites", 0, "side"), code="unknown_side", detail="Not a known side.")

    document = is_problem(answer_to(InvalidRecord((wrong,))), 422, "invalid-record")

    assert document["errors"] == [
        {"pointer": "#/data/sites/0/side", "code": "unknown_side", "detail": "Not a known side."}
    ]


@pytest.mark.parametrize("debug", [True, False])
def test_an_unknown_address_is_a_problem(client, settings, debug):
    settings.DEBUG = debug

    answer = client.get("/v1/no-such-thing")

    is_problem(answer, 404)


@pytest.mark.parametrize("where", ["/raises", "/plain"])
def test_a_crash_tells_nothing_but_the_request_id(answer_to, caplog, where):
    answer = answer_to(RuntimeError(DIARY_TEXT), where)

    document = is_problem(answer, 500)
    request_id = document["instance"].removeprefix("urn:uuid:")
    assert DIARY_TEXT not in answer.content.decode()
    assert DIARY_TEXT not in caplog.text
    assert f"request {request_id} failed: RuntimeError at" in caplog.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (Http404(DIARY_TEXT), 404),
        (PermissionDenied(DIARY_TEXT), 403),
        (RequestDataTooBig(DIARY_TEXT), 413),
        (SuspiciousOperation(DIARY_TEXT), 400),
    ],
)
@pytest.mark.parametrize("where", ["/raises", "/plain"])
def test_exceptions_of_django_are_plain_problems(answer_to, error, status, where):
    document = is_problem(answer_to(error, where), status)

    assert DIARY_TEXT not in json.dumps(document)


@pytest.mark.parametrize("state", [psycopg.errors.LockNotAvailable, psycopg.errors.QueryCanceled])
def test_a_held_lock_asks_to_come_back_in_a_second(answer_to, state):
    error = OperationalError(DIARY_TEXT)
    error.__cause__ = state(DIARY_TEXT)

    answer = answer_to(error)

    is_problem(answer, 503, "person-busy")
    assert answer.headers["Retry-After"] == "1"


@pytest.mark.parametrize("error", [OperationalError(DIARY_TEXT), RedisConnectionError(DIARY_TEXT)])
@pytest.mark.parametrize("where", ["/raises", "/plain"])
def test_an_outage_asks_to_come_back_and_is_logged_without_its_text(
    answer_to, caplog, error, where
):
    answer = answer_to(error, where)

    is_problem(answer, 503, "temporarily-unavailable")
    assert answer.headers["Retry-After"] == "5"
    assert type(error).__qualname__ in caplog.text
    assert DIARY_TEXT not in caplog.text


@pytest.mark.parametrize(
    "state",
    [psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.IdleInTransactionSessionTimeout],
)
def test_a_standby_and_a_transaction_that_was_cut_are_outages(answer_to, state, monkeypatch):
    closed = []
    monkeypatch.setattr(connection, "close", lambda: closed.append(state))
    error = InternalError(DIARY_TEXT)
    error.__cause__ = state(DIARY_TEXT)

    is_problem(answer_to(error), 503, "temporarily-unavailable")

    assert bool(closed) is (state is psycopg.errors.ReadOnlySqlTransaction)


def test_an_outage_says_that_nothing_was_stored_and_nothing_checked(answer_to):
    for error in (OperationalError(), PersonBusy()):
        detail = answer_to(error).json()["detail"]

        assert "nothing was stored and nothing was checked for warning signs" in detail.lower()
        assert "keep the entry and send it again" in detail


@pytest.mark.parametrize("error", [OperationalError(DIARY_TEXT), InterfaceError(DIARY_TEXT)])
def test_an_outage_that_the_middleware_meets_is_one_too(client, monkeypatch, caplog, error):
    def away(*_):
        raise error

    monkeypatch.setattr(SessionMiddleware, "process_request", away)

    answer = client.get("/raises")

    is_problem(answer, 503, "temporarily-unavailable")
    assert DIARY_TEXT not in answer.content.decode() + caplog.text


def test_a_busy_person_asks_to_come_back(answer_to):
    assert answer_to(PersonBusy()).headers["Retry-After"] == "1"


def test_a_throttled_caller_is_told_how_long_to_wait(answer_to):
    answer = answer_to(exceptions.Throttled(wait=7.2))

    is_problem(answer, 429, "too-many-requests")
    assert answer.headers["Retry-After"] == "8"


def test_a_throttled_caller_without_a_known_wait_gets_no_wait(answer_to):
    assert "Retry-After" not in answer_to(exceptions.Throttled()).headers


def test_a_failed_precondition_carries_the_servers_record(answer_to):
    record = {"id": "0192", "version": 4}

    document = is_problem(
        answer_to(problem_types.PreconditionFailed(server=record)), 412, "precondition-failed"
    )

    assert document["server"] == record


def test_a_missing_precondition_is_428(answer_to):
    is_problem(answer_to(problem_types.PreconditionRequired()), 428, "precondition-required")


def test_a_kind_below_a_known_kind_is_answered_like_it(answer_to):
    class NoSuchEpisode(RecordNotFound):
        pass

    is_problem(answer_to(NoSuchEpisode()), 404, "record-not-found")


@pytest.mark.parametrize(
    ("view", "status"),
    [(problems.bad_request, 400), (problems.forbidden, 403), (problems.not_found, 404)],
)
def test_handlers_answer_without_a_request_id_too(rf, view, status):
    answer = view(rf.get("/"), ValueError(DIARY_TEXT))

    document = json.loads(answer.content)
    assert (answer.status_code, document["status"]) == (status, status)
    assert DIARY_TEXT not in answer.content.decode()


def test_the_handler_of_crashes_says_500(rf):
    answer = problems.server_error(rf.get("/"))

    assert (answer.status_code, answer.headers["Content-Type"]) == (500, problems.CONTENT_TYPE)


def test_a_request_id_of_the_caller_is_kept_when_it_is_a_uuid(answer_to):
    sent = uuid.uuid4()

    answer = answer_to(Http404(), **{"X-Request-Id": str(sent)})

    assert answer.headers["X-Request-Id"] == str(sent)


def test_any_other_request_id_is_replaced(answer_to):
    answer = answer_to(Http404(), **{"X-Request-Id": "x\ty"})

    assert uuid.UUID(answer.headers["X-Request-Id"]).version == 4
