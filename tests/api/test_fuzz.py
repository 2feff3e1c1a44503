"""Schemathesis asks each route of the contract for all it can say, as a person with a diary.

Bounded and always the same here; `make fuzz` asks for longer, and anew each time.
"""

import json
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

import hypothesis
import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.utils import timezone
from schemathesis.generation.meta import TestPhase
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from api.limits import Limit, limits_from
from api.v1.examples import RECORDS, STROKE_SIGN
from config import env
from diary.models import User
from diary.models.isolation import acting_for
from reports.models import Report, ReportState
from tests.api.accounts.steps import reauthenticate
from tests.api.conftest import Phone, mailed_code

BOUNDED = 3
ONE_IN = 40
EXAMPLES = env.env_int("FUZZ_EXAMPLES", default=BOUNDED)
DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"
CONTRACT = schemathesis.pytest.from_fixture("contract")  # its requests are made up in the test
WEBHOOK = {"kind": "webhook", "url": "https://hooks.example.net/quiver"}
WARNING_SIGN = "9d3f5b54-0b5e-4a52-8f0e-6f4d1b1f7a10"


class Diary:
    """A person with records of all types, an alert, a report in each state, and a follower.

    The person follows somebody else, too.
    """

    def __init__(self):
        cache.clear()  # of the sign-ups that other tests had counted
        self.phone = signed_up()
        for tag, example in RECORDS.items():
            self.phone.post(route_of(tag), {"id": example.id, "data": example.data})
        start = {"at": timezone.now().isoformat(timespec="seconds")}
        sign = {"id": WARNING_SIGN, "data": STROKE_SIGN | {"start": start}}
        assert self.phone.post("/v1/episodes", sign).json()["advice"]
        self.ids = {route_of(tag): [example.id] for tag, example in RECORDS.items()} | {
            "/v1/alerts": self.ids_at("/v1/alerts"),
            "/v1/devices": self.ids_at("/v1/devices"),
            "/v1/endpoints": [self.webhook()],
            "/v1/reports": [self.report(state) for state in ReportState],
            "/v1/followers": [invitation(self.phone)["id"]],
            "/v1/following": [self.following()],
        }
        self.ids["/v1/shares"] = [self.share()]
        self.answers: Counter[int] = Counter()

    def ids_at(self, route):
        return [each["id"] for each in self.phone.get(route).json()["items"]]

    def webhook(self):
        return self.phone.post("/v1/endpoints", WEBHOOK).json()["id"]

    def report(self, state):
        period = {"period_start": "2026-10-01", "period_end": f"2026-10-{9 + len(state):02}"}
        asked = self.phone.post("/v1/reports", period)
        assert asked.status_code == 202, asked.content
        id_ = asked.json()["id"]
        with acting_for(self.person):
            ready = state == ReportState.READY
            contents = {"pdf": b"%PDF-1.7", "page": b"<html>", "fhir": b"{}"} if ready else {}
            now = timezone.now()
            ended = {"finished_at": now, "expires_at": now + timedelta(days=30)}
            report = Report.objects.get(id=id_)
            for name, value in ({"state": state} | contents | (ended if ready else {})).items():
                setattr(report, name, value)
            report.save()
        return id_

    def share(self):
        reauthenticate(self.phone)
        shared = [
            self.phone.post("/v1/shares", {"report": id_, "label": "Dr. Lin"})
            for id_ in self.ids["/v1/reports"]
        ]
        [created] = [answer.json() for answer in shared if answer.status_code == 201]
        return created["id"]

    def following(self):
        code = invitation(signed_up("followed@example.org"))["code"]
        return self.phone.post("/v1/following", {"code": code}).json()["id"]

    @property
    def person(self):
        return User.objects.get(email=self.phone.email).pk

    def aim(self, case):
        """Let most valid ids be those of the person's own things, and many versions be present."""
        own = self.ids.get("/".join(case.path.split("/")[:3]))
        if own and is_uuid(case.path_parameters.get("id")):
            number = UUID(case.path_parameters["id"]).int
            if number % 4:
                case.path_parameters["id"] = own[number % len(own)]
        if len(case.headers.get("If-Match", "")) % 2:
            case.headers["If-Match"] = 'W/"1"'

    def ask(self, case):
        """Send the request, undo what it did, and check and return the answer."""
        self.aim(case)
        with transaction.atomic():
            answer = case.call(headers=self.phone.headers())
            transaction.set_rollback(True)
        self.answers[answer.status_code] += 1
        case.validate_response(
            answer, headers=self.phone.headers(), excluded_checks=excluded_checks(case)
        )
        return answer


def signed_up(*email):
    phone = Phone(*email)
    phone.sign_up()
    phone.verify(mailed_code())
    return phone


def invitation(phone):
    return phone.post("/v1/followers", {"label": "Mei", "may_log": True}).json()


def excluded_checks(case):
    """Return the checks that say nothing here.

    What fits the schema may still be refused: a cursor that is not ours, an end before its start.
    A batch is taken with operations that do not fit: each of those is answered as `invalid`.
    """
    batch = case.method == "POST" and case.path == "/v1/sync"
    return [positive_data_acceptance, *([negative_data_rejection] if batch else [])]


def route_of(tag):
    return f"/v1/{tag.replace('_', '-')}"


def is_uuid(text):
    try:
        return bool(UUID(text))
    except (AttributeError, TypeError, ValueError):
        return False


@contextmanager
def one_connection():
    """Keep requests from closing the connection whose transaction they all share."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def contract(request, settings):
    settings.LIMITS = limits_from(dict.fromkeys(Limit, 1_000_000))
    request.node._nodeid = request.node.nodeid  # Schemathesis reads what pytest 9.2 has renamed
    contract = schemathesis.openapi.from_dict(json.loads(DOCUMENT.read_text("utf-8")))
    contract.app = get_wsgi_application()
    contract.config.generation.deterministic = EXAMPLES == BOUNDED
    # Names nobody knows in an address are passed over, and the token is always there.
    contract.config.generation.allow_extra_parameters = False
    contract.config.generation.with_security_parameters = False
    contract.config.checks.missing_required_header.expected_statuses = ["401", "422", "428"]
    if EXAMPLES == BOUNDED:
        take_some_systematic_cases(contract)
    return contract


def take_some_systematic_cases(contract):
    """Spare the bounded run most of these thirteen thousand cases: they are much alike."""
    systematic = count()

    @contract.hook
    def filter_case(_context, case):
        return case.meta.phase.name != TestPhase.COVERAGE or next(systematic) % ONE_IN == 0


@pytest.fixture(scope="module")
def diary(request, django_db_setup, django_db_blocker):
    started = time.monotonic()
    cache.clear()  # or the code is not mailed to an address that just got one
    with django_db_blocker.unblock(), transaction.atomic():
        diary = Diary()
        with one_connection():
            yield diary
        transaction.set_rollback(True)
    seconds = time.monotonic() - started
    counts = ", ".join(f"{status}: {times}" for status, times in sorted(diary.answers.items()))
    writer = request.config.get_terminal_writer()
    writer.line(f"\n{diary.answers.total()} requests in {seconds:.0f} s, answered {counts}.")


@CONTRACT.parametrize()
@hypothesis.settings(max_examples=EXAMPLES)
def test_every_answer_is_one_of_the_contract(case, diary):
    answer = diary.ask(case)

    assert answer.status_code < 500


def test_the_requests_reached_what_the_person_has(contract, diary):
    successes = {status for status in diary.answers if status < 300}

    assert {200, 201, 202, 204} <= successes
    assert diary.answers.total() > 4 * len(list(contract.get_all_operations()))
