"""What staff find out about an account, what they may do to it, and what they never see."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from diary.domain.access_log import Actor
from diary.domain.deliveries import DeliveryState
from diary.domain.wire.records import RecordType
from diary.models import Delivery, Device, Endpoint, Erasure, Follow, User
from diary.models.isolation import acting_for
from diary.operations.accounts import ACTS
from diary.operations.erasure import ask_for_erasure
from diary.operations.outbox import plan_due_pushes
from diary.queries.access_log import accesses
from tests.api.accounts.steps import is_signed_in
from tests.delivery.world import endpoint, follow, write_emergency
from tests.everybody import every
from tests.factories import NOW, check_in, episode, make_person, operation, problem, write
from tests.reports.shared import ready_report

pytestmark = pytest.mark.django_db

CANARY = "canary-4f1d"
# The only personal tables that staff touch, by leaving a line there.
LOG = {"access_log", "access_log_beginning"}
# Of these, staff see counts, times and states: as the sweep role, to which no words are shown.
OF_THE_ACCOUNT = {"delivery", "diary_device", "erasure"}


@pytest.fixture
def alice(phone):
    """A person whose every free text holds the canary, with a message that was given up."""
    person = User.objects.get(email=phone.email)
    write(
        person,
        operation(episode(note=CANARY)),
        operation(check_in(note=CANARY), type=RecordType.CHECK_IN),
        operation(problem(note=CANARY), type=RecordType.PROBLEM),
        operation({"name": CANARY, "dose": CANARY}, type=RecordType.MEDICATION),
        operation({"kind": "condition", "own_label": CANARY}, type=RecordType.HISTORY_ITEM),
    )
    endpoint(person, CANARY)
    follow(person, make_person("bob"))
    with acting_for(person.pk):
        for table, column in ((Endpoint, "label"), (Device, "name"), (Follow, "label")):
            row = table.objects.get()
            setattr(row, column, CANARY)
            row.save(update_fields=[column])
    ready_report(person, page=CANARY.encode())
    write_emergency(person)
    plan_due_pushes(now=NOW, limit=10, lease=timedelta(minutes=1))
    every(Delivery).update(
        state=DeliveryState.DEAD.value, finished_at=NOW, last_error="http_410", step=0
    )
    return person


@pytest.fixture
def account(alice):
    return f"/accounts/{alice.pk}"


def facts(desk, path):
    """Return the table of the page: what stands beside each heading."""
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', desk.get(path).text)
    return dict(rows)


def personal_tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        return {name for (name,) in cursor.fetchall()}


def test_an_account_is_found_by_its_exact_address(staff_desk, alice, account):
    found = staff_desk.post("/", address=f" {alice.email.upper()} ")
    nearly = staff_desk.post("/", address=alice.email.replace("example", "%"))

    assert (found.status_code, found.headers["Location"]) == (303, account)
    assert nearly.status_code == 404
    assert "No account has this address." in nearly.text


@pytest.mark.parametrize("address", ["", "\0", f"{'x' * 600}@example.org", "\u202e@example.org"])
def test_what_is_no_address_finds_nobody(staff_desk, address):
    assert staff_desk.post("/", address=address).status_code == 404


def test_its_state_is_told_in_times_and_counts(staff_desk, account):
    shown = facts(staff_desk, account)

    assert shown["State"] == "open"
    assert shown["Devices signed in"] == "1"
    assert shown["Second factors"] == "none"
    assert int(shown["Messages dead"]) == every(Delivery).count() > 0


def test_a_dead_letter_is_told_by_id_and_class_of_error(staff_desk, account):
    page = staff_desk.get(account).text

    for one in every(Delivery):
        assert f"<tr><td>{one.id}</td><td>web_push</td><td>http_410</td>" in page


def test_an_unknown_account_or_act_is_not_found(staff_desk, account):
    staff_desk.get(account)

    assert staff_desk.get(f"/accounts/{uuid4()}").status_code == 404
    assert staff_desk.post(f"/accounts/{uuid4()}/deactivate").status_code == 404
    assert staff_desk.post(f"{account}/read-diary").status_code == 404


def test_all_sessions_of_a_person_can_be_ended(staff_desk, account, phone):
    answer = staff_desk.post(f"{account}/end-sessions")

    assert (answer.status_code, answer.headers["Location"]) == (303, account)
    assert not is_signed_in(phone)
    assert facts(staff_desk, account)["Devices signed in"] == "0"
    assert phone.sign_in().status_code == 200


def test_an_account_can_be_closed_and_opened_again(staff_desk, account, phone):
    staff_desk.post(f"{account}/deactivate")
    closed = (is_signed_in(phone), phone.sign_in().status_code, facts(staff_desk, account)["State"])
    staff_desk.post(f"{account}/reactivate")

    assert closed == (False, 401, "deactivated")
    assert (phone.sign_in().status_code, is_signed_in(phone)) == (200, True)


def test_what_was_given_up_can_be_sent_again_for_this_person_only(staff_desk, account, alice):
    [other] = every(Delivery)
    other.id, other.recipient = uuid4(), make_person("carol")
    with acting_for(other.subject_id):
        other.save(force_insert=True)

    staff_desk.post(f"{account}/retry")

    states = dict(every(Delivery).values_list("recipient__email", "state"))
    assert states == {alice.email: "pending", "carol@example.org": "dead"}


def test_no_page_and_no_header_of_the_site_holds_what_a_person_wrote(staff_desk, account, alice):
    answers = [
        staff_desk.get("/"),
        staff_desk.post("/", address=alice.email),
        staff_desk.post("/", address=CANARY),
        staff_desk.get(account),
        staff_desk.post(f"{account}/retry"),
        staff_desk.post(f"{account}/end-sessions"),
        staff_desk.post(f"{account}/deactivate"),
        staff_desk.get(account),
    ]

    for answer in answers:
        assert CANARY not in answer.text + str(answer.headers)
        assert alice.email not in answer.text + str(answer.headers)


def test_no_statement_of_the_site_names_a_table_of_diaries(staff_desk, account, alice):
    acts = ("retry", "end-sessions", "deactivate", "reactivate")
    personal = personal_tables() - LOG - OF_THE_ACCOUNT

    with CaptureQueriesContext(
        connection,
    ) as made:
        staff_desk.post("/", address=alice.email)
        staff_desk.get(account)
        for act in acts:
            staff_desk.post(f"{account}/{act}")

    named = {name for query in made for name in re.findall(r'"?(\w+)"?', query["sql"])}
    assert len(personal) > 15
    assert "delivery" in named
    assert named & personal == set()


def test_an_erasure_is_told_and_one_that_has_begun_is_not_turned_back(staff_desk, account, alice):
    erasure, _is_new = ask_for_erasure(alice.pk, now=NOW)
    told = facts(staff_desk, account)["Will be erased"]
    every(Erasure).update(begun_at=NOW)
    staff_desk.post(f"{account}/deactivate")

    answer = staff_desk.post(f"{account}/reactivate")

    alice.refresh_from_db()
    assert told == f"{erasure.erase_at:%Y-%m-%d %H:%M} UTC"
    assert (answer.status_code, alice.is_active) == (404, False)


def log_of(person):
    with acting_for(person.pk):
        page, _ = accesses(person.pk, limit=50)
    return [
        (one.access.action, one.access.what, one.access.actor_id)
        for one in reversed(page)
        if one.access.actor == Actor.STAFF
    ]


def test_each_look_and_each_act_stands_in_the_log_of_the_person(staff_desk, account, alice, member):
    staff_desk.post("/", address=alice.email)
    staff_desk.get(account)
    for act in ACTS:
        staff_desk.post(f"{account}/{act}")

    staff = member.person.pk
    looks = [("viewed", "account address", staff), ("viewed", "account", staff)]
    assert log_of(alice) == looks + [("changed", f"account {act}", staff) for act in ACTS]


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_noted_is_neither_shown_nor_done(staff_desk, account, alice, monkeypatch):
    def full(*_args, **_options):
        raise OperationalError("no space left")

    monkeypatch.setattr("diary.operations.accounts.note_access", full)
    answers = [staff_desk.get(account), staff_desk.post("/", address=alice.email)]
    answers += [staff_desk.post(f"{account}/{act}") for act in ACTS]

    alice.refresh_from_db()
    assert {answer.status_code for answer in answers} == {503}
    assert alice.is_active
    assert every(Delivery).dead().exists()
    assert staff_desk.get("/").status_code == 200


def test_a_sign_in_at_the_site_stands_in_the_log_of_its_owner(staff_desk, member):
    with acting_for(member.person.pk):
        [row], _ = accesses(member.person.pk, limit=5)

    assert (row.access.action, row.access.what) == ("signed_in", "staff site")
    assert row.access.device_id == every(Device).get(person=member.person).id
