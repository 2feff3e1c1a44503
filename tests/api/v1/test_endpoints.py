"""Registering, listing and removing endpoints, and the secret of a webhook."""

import json
import uuid
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from api.v1.exchanges import all_exchanges
from diary.channels.base import Outcome, Result
from diary.models import Delivery, Endpoint
from diary.models.isolation import acting_for
from diary.models.sealing import Sealed
from diary.operations.deliveries import record
from diary.operations.endpoints import MOST_ENDPOINTS
from tests.api.accounts.steps import listed_devices, reauthenticate
from tests.api.conftest import ACCOUNTS, is_problem
from tests.everybody import every

pytestmark = pytest.mark.django_db

PATH = "/v1/endpoints"
NEW = all_exchanges()["endpoints_register"].requests
PUSH, WEBHOOK, MAIL = NEW["web_push"], NEW["webhook"], NEW["email"]


def listed(phone):
    return phone.get(PATH).json()["items"]


def stored():
    addresses = []
    for person_id, id_ in every(Endpoint).values_list("person_id", "id"):
        with acting_for(person_id):
            addresses.append(Endpoint.objects.get(id=id_).address)
    return addresses


def test_a_push_subscription_is_registered_for_the_calling_device(phone):
    answer = phone.post(PATH, PUSH)

    [device] = listed_devices(phone)
    body = answer.json()
    assert (answer.status_code, answer.headers["Location"]) == (201, f"{PATH}/{body['id']}")
    assert (body["kind"], body["place"], body["secret"]) == ("web_push", "push.example.net", None)
    assert str(every(Endpoint).get().device_id) == device["id"]
    assert stored() == [{name: PUSH[name] for name in ("endpoint", "p256dh", "auth")}]


def test_the_list_tells_what_each_is_and_never_an_address(phone):
    for new in (PUSH, WEBHOOK, MAIL):
        assert phone.post(PATH, new).status_code == 201

    answer = phone.get(PATH)

    items = answer.json()["items"]
    assert [item["place"] for item in items] == [
        "push.example.net",
        "hooks.example.net",
        "p…@example.org",
    ]
    assert [item["this_device"] for item in items] == [True, False, False]
    told = answer.content.decode()
    for address in stored():
        assert [value for value in address.values() if len(value) > 10 and value in told] == []


def test_the_list_tells_an_app_how_to_subscribe(phone):
    body = phone.get(PATH).json()

    assert body["items"] == []
    assert body["kinds"] == ["email", "web_push", "webhook"]
    assert len(body["web_push_key"]) == 87
    assert body["most"] == MOST_ENDPOINTS


def test_addresses_are_sealed_in_the_table(phone):
    for new in (PUSH, WEBHOOK, MAIL):
        phone.post(PATH, new)

    for address, digest in every(Endpoint).values_list("address", "address_digest"):
        row = bytes(address) + digest.encode()
        assert not any(part in row for part in (b"example", b"whsec_", PUSH["auth"].encode()))


def test_the_same_address_again_is_the_same_endpoint_with_what_is_new(phone):
    first = phone.post(PATH, PUSH).json()

    again = phone.post(PATH, PUSH | {"label": "Tablet", "auth": "AAAAAAAAAAAAAAAAAAAAAA"})

    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    assert [item["label"] for item in listed(phone)] == ["Tablet"]
    assert [address["auth"] for address in stored()] == ["AAAAAAAAAAAAAAAAAAAAAA"]


def test_a_webhooks_secret_is_told_once_and_kept_when_it_is_registered_again(phone):
    first = phone.post(PATH, WEBHOOK).json()
    again = phone.post(PATH, WEBHOOK).json()

    assert first["secret"].startswith("whsec_")
    assert again["secret"] is None
    assert [address["secret"] for address in stored()] == [first["secret"]]
    assert all("secret" not in item for item in listed(phone))


@pytest.mark.parametrize("new", [PUSH, WEBHOOK], ids=["push", "webhook"])
def test_an_address_is_known_whatever_becomes_of_the_secret_key(phone, settings, new):
    first = phone.post(PATH, new).json()
    before = stored()
    settings.SECRET_KEY = "another key, long enough to be one of its own"
    phone.sign_in()

    again = phone.post(PATH, new).json()

    assert first["id"] == again["id"]
    assert stored() == before


def test_a_new_secret_leaves_the_one_before_a_day(phone, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    first = phone.post(PATH, WEBHOOK).json()

    changed = phone.post(f"{PATH}/{first['id']}/secret", {}).json()

    [address] = stored()
    assert address["secret"] == changed["secret"] != first["secret"]
    assert address["previous_secret"] == first["secret"]
    assert address["previous_until"] == (timezone.now() + timedelta(hours=24)).isoformat()


def test_a_change_whose_answer_was_lost_can_be_made_again(phone, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    first = phone.post(PATH, WEBHOOK).json()
    phone.post(f"{PATH}/{first['id']}/secret", {})

    second = phone.post(f"{PATH}/{first['id']}/secret", {}).json()

    [address] = stored()
    assert address["secret"] == second["secret"]
    assert address["previous_secret"] == first["secret"]


def test_after_a_day_the_next_change_leaves_the_newest_secret_a_day(phone, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    first = phone.post(PATH, WEBHOOK).json()
    second = phone.post(f"{PATH}/{first['id']}/secret", {}).json()
    time_machine.shift(timedelta(hours=24))

    third = phone.post(f"{PATH}/{first['id']}/secret", {}).json()

    [address] = stored()
    assert address["secret"] == third["secret"]
    assert address["previous_secret"] == second["secret"]


def test_only_webhooks_have_a_secret_to_change(phone):
    push = phone.post(PATH, PUSH).json()

    is_problem(phone.post(f"{PATH}/{push['id']}/secret", {}), 404, "record-not-found")


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        (
            PUSH | {"endpoint": "http://10.0.0.1/", "auth": "short", "more": 1, "label": 7},
            {"endpoint": "not_https", "auth": "auth_secret", "more": "extra_forbidden"}
            | {"label": "string_type"},
        ),
        (PUSH | {"endpoint": "https://127.0.0.1/"}, {"endpoint": "host"}),
        (PUSH | {"endpoint": "https://[::ffff:10.0.0.1]/"}, {"endpoint": "host"}),
        (PUSH | {"endpoint": "https://push.example.net:8443/"}, {"endpoint": "port"}),
        (
            PUSH | {"endpoint": 7, "p256dh": "x"},
            {"endpoint": "string_type", "p256dh": "public_key"},
        ),
        ({"kind": "webhook", "url": "https://localhost/"}, {"url": "host"}),
        ({"kind": "webhook"}, {"url": "missing"}),
        (WEBHOOK | {"secret": "whsec_"}, {"secret": "extra_forbidden"}),
        (MAIL | {"email": "x", "language": "xx"}, {"email": "email", "language": "literal_error"}),
        ({"kind": "fcm", "token": "abc"}, {"kind": "kind"}),
        ({"kind": "pigeon"}, {"kind": "kind"}),
        ({"kind": ["email"]}, {"kind": "kind"}),
        ({}, {"kind": "kind"}),
    ],
)
def test_n13_every_wrong_field_is_named_at_once_and_none_repeated(phone, body, errors):
    answer = phone.post(PATH, body)

    document = is_problem(answer, 422, "invalid-record")
    assert {error["pointer"]: error["code"] for error in document["errors"]} == {
        f"#/{field}": code for field, code in errors.items()
    }
    assert "10.0.0.1" not in answer.content.decode()
    assert every(Endpoint).count() == 0


@pytest.mark.parametrize("body", [[], "text", None, 7])
def test_a_body_that_is_no_object_is_a_problem(phone, body):
    answer = phone.client.post(
        PATH, json.dumps(body), content_type="application/json", headers=phone.headers()
    )

    is_problem(answer, 422, "invalid-record")


@pytest.mark.parametrize("mine", [None, {"verified": False}])
def test_mail_goes_only_where_the_account_has_confirmed_to_be(phone, mine):
    other = "other@example.org"
    if mine is not None:
        EmailAddress.objects.create(user=EmailAddress.objects.get().user, email=other, **mine)

    answer = phone.post(PATH, MAIL | {"email": other})

    [error] = is_problem(answer, 422, "invalid-record")["errors"]
    assert (error["pointer"], error["code"]) == ("#/email", "not_verified")
    assert other not in answer.content.decode()


def test_a_mailbox_that_is_taken_out_of_the_account_gets_nothing_more(phone):
    user = EmailAddress.objects.get().user
    EmailAddress.objects.create(user=user, email="other@example.org", verified=True)
    phone.post(PATH, MAIL)
    phone.post(PATH, MAIL | {"email": "other@example.org"})
    reauthenticate(phone)

    answer = phone.client.delete(
        f"{ACCOUNTS}/account/email",
        json.dumps({"email": "other@example.org"}),
        content_type="application/json",
        headers=phone.headers(),
    )

    assert answer.status_code == 200
    assert [item["place"] for item in listed(phone)] == ["p…@example.org"]


def test_a_mailbox_of_somebody_else_is_nobody_elses_endpoint(phone, signed_up):
    stranger = signed_up("stranger@example.org")

    is_problem(stranger.post(PATH, MAIL), 422, "invalid-record")


def test_the_same_mailbox_in_other_letters_is_the_same(phone):
    first = phone.post(PATH, MAIL).json()

    again = phone.post(PATH, MAIL | {"email": "Person@Example.ORG"})

    assert (again.status_code, again.json()["id"]) == (200, first["id"])


def test_there_is_room_for_ten_and_an_old_one_may_still_change(phone):
    urls = [WEBHOOK | {"url": f"https://hooks.example.net/{n}"} for n in range(MOST_ENDPOINTS)]
    for new in urls:
        assert phone.post(PATH, new).status_code == 201

    is_problem(phone.post(PATH, WEBHOOK), 409, "limit-reached")
    assert phone.post(PATH, urls[0] | {"label": "new"}).status_code == 200
    assert len(listed(phone)) == MOST_ENDPOINTS == 10


def test_devices_that_have_signed_out_make_room(phone, another_phone):
    other = another_phone(phone.email, **{"X-Device-Id": str(uuid.uuid4())})
    other.sign_in()
    for number in range(MOST_ENDPOINTS):
        other.post(PATH, PUSH | {"endpoint": f"https://push.example.net/{number}"})
    other.delete(f"{ACCOUNTS}/auth/session")

    answer = phone.post(PATH, PUSH)

    assert answer.status_code == 201
    assert [item["id"] for item in listed(phone)] == [answer.json()["id"]]


def test_an_address_that_does_not_open_can_be_removed(phone):
    id_ = phone.post(PATH, PUSH).json()["id"]
    every(Endpoint).update(address=Sealed(b"sealed under another key"))

    assert phone.delete(f"{PATH}/{id_}").status_code == 204


def tried(endpoint, result, *, at):
    person, times = endpoint.person_id, ("created_at", "first_due_at", "due_at", "set_at")
    with acting_for(person):
        delivery = Delivery.objects.create(
            id=uuid.uuid4(),
            recipient_id=person,
            subject_id=person,
            about="reminder",
            endpoint_id=endpoint.id,
            kind=endpoint.kind,
            urgent=False,
            **dict.fromkeys(times, at),
        )
    record(delivery, result, now=at, jitter=0)


def test_the_list_tells_when_something_last_arrived_and_what_failed_since(phone):
    phone.post(PATH, MAIL)
    endpoint, now = every(Endpoint).get(), timezone.now()

    broken = Result(outcome=Outcome.RETRY, error_class="http_503")
    tried(endpoint, broken, at=now)
    failed = listed(phone)[0]
    tried(endpoint, Result(outcome=Outcome.DELIVERED), at=now + timedelta(hours=1))
    arrived = listed(phone)[0]
    tried(endpoint, broken, at=now + timedelta(hours=2))
    failed_since = listed(phone)[0]

    at = (now + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    assert (failed["last_delivered_at"], failed["last_error"]) == (None, "http_503")
    assert (arrived["last_delivered_at"], arrived["last_error"]) == (at, "")
    assert (failed_since["last_delivered_at"], failed_since["last_error"]) == (at, "http_503")


def test_removing_makes_room_and_is_told_the_second_time(phone):
    path = f"{PATH}/{phone.post(PATH, PUSH).json()['id']}"

    assert phone.delete(path).status_code == 204
    is_problem(phone.delete(path), 404, "record-not-found")
    assert listed(phone) == []


def test_two_people_may_have_the_same_address_and_see_their_own(phone, signed_up):
    stranger = signed_up("stranger@example.org")
    mine, theirs = phone.post(PATH, PUSH).json(), stranger.post(PATH, PUSH).json()

    assert [item["id"] for item in listed(phone)] == [mine["id"]]
    assert [item["id"] for item in listed(stranger)] == [theirs["id"]]


def test_a_stranger_finds_nothing_to_remove_or_change(phone, signed_up):
    stranger = signed_up("stranger@example.org")
    mine = phone.post(PATH, WEBHOOK).json()["id"]

    answers = [stranger.delete(f"{PATH}/{mine}"), stranger.post(f"{PATH}/{mine}/secret", {})]

    for answer in answers:
        is_problem(answer, 404, "record-not-found")
    assert [item["id"] for item in listed(phone)] == [mine]


def test_a_device_that_was_signed_out_can_do_nothing_and_is_told_nothing(phone, another_phone):
    other = another_phone(phone.email)
    other.sign_in()
    lost = other.post(PATH, PUSH).json()["id"]
    [device] = [each for each in listed_devices(phone) if not each["current"]]
    reauthenticate(phone)
    phone.delete(f"/v1/devices/{device['id']}")

    answers = [other.get(PATH), other.post(PATH, WEBHOOK), other.delete(f"{PATH}/{lost}")]

    for answer in answers:
        is_problem(answer, 401, "device-revoked")
    assert lost not in [item["id"] for item in listed(phone)]


def test_nobody_who_is_not_signed_in_gets_anywhere(another_phone):
    nobody = another_phone()
    path = f"{PATH}/{uuid.uuid4()}"

    answers = [nobody.get(PATH), nobody.post(PATH, PUSH), nobody.delete(path)]
    answers.append(nobody.post(f"{path}/secret", {}))

    for answer in answers:
        is_problem(answer, 401, "unauthenticated")
