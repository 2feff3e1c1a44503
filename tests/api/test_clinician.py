"""The pages of the clinician: what opens them, what they say of themselves, and what they hide."""

import logging
import re
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from diary.models.isolation import acting_for
from reports.domain.sharing import MOST_WRONG_PINS
from reports.models import Share, ShareSession
from reports.operations.shares import revoke_share
from reports.queries.shares import views_of
from tests.api.accounts.routes import patterns
from tests.everybody import every
from tests.factories import make_person
from tests.reports.shared import FHIR, PAGE, PDF, PIN, shared

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
OPEN, REPORT = "/s/open", "/s/report"
FORMS = {REPORT: PAGE, "/s/report.pdf": PDF, "/s/report.fhir.json": FHIR}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
OWN = {"Origin": "http://testserver"}


@pytest.fixture
def alice():
    return make_person("alice")


@pytest.fixture
def granted(alice):
    return shared(alice, now=timezone.now())


@pytest.fixture
def browser():
    return Client(headers={"User-Agent": FIREFOX, **OWN}, REMOTE_ADDR="203.0.113.77")


def send(browser, secret, pin=PIN, recipient="Dr. Lin", *, secure=False, **headers):
    body = urlencode({"secret": secret, "pin": pin, "recipient": recipient})
    return browser.post(OPEN, body, FORM, headers=headers, secure=secure)


def enter(browser, granted):
    answer = send(browser, granted.secret)
    assert answer.status_code == 303, answer.content
    return answer


def told(answer):
    """Return all that an answer says, but the id of the request."""
    headers = {name: value for name, value in answer.items() if name != "X-Request-Id"}
    return answer.status_code, headers, answer.content, dict(answer.cookies)


def age(granted, **columns):
    with acting_for(granted.share.person_id):
        Share.objects.filter(id=granted.share.id).update(**columns)


def test_link_and_pin_lead_to_the_report_in_each_form(browser, granted):
    answer = enter(browser, granted)

    assert answer.headers["Location"] == REPORT
    assert {path: browser.get(path).content for path in FORMS} == FORMS


def test_the_files_are_named_by_an_id_and_nothing_else(browser, granted):
    enter(browser, granted)

    pdf, fhir = browser.get("/s/report.pdf"), browser.get("/s/report.fhir.json")

    report = granted.share.report_id
    assert pdf.headers["Content-Disposition"] == f'attachment; filename="report-{report}.pdf"'
    assert fhir.headers["Content-Disposition"] == (
        f'attachment; filename="report-{report}.fhir.json"'
    )
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert fhir.headers["Content-Type"] == "application/fhir+json; charset=utf-8"


def test_a_whole_link_may_be_pasted_and_a_pin_typed_in_groups(browser, granted):
    answer = send(browser, f" http://testserver/s/#{granted.secret} ", pin="428 017")

    assert answer.status_code == 303


def test_the_cookie_is_for_these_pages_and_no_script(browser, granted):
    cookie = enter(browser, granted).cookies["share"]

    assert (cookie["path"], cookie["samesite"], cookie["httponly"]) == ("/s/", "Strict", True)
    assert cookie["max-age"] == 30 * 60
    assert cookie["secure"] == ""
    assert len(cookie.value) == 43
    assert granted.secret not in str(cookie)


@pytest.mark.parametrize("way", ["https", "behind a proxy"])
def test_the_cookie_is_secure_where_people_come_by_https(granted, settings, way):
    origin = "https://testserver"
    if way == "behind a proxy":
        settings.PUBLIC_URL = origin
    browser = Client(headers={"Origin": origin})

    answer = send(browser, granted.secret, secure=way == "https")

    assert answer.status_code == 303
    assert answer.cookies["share"]["secure"] is True


def refusals(alice, browser):
    """Yield the name of each way to be refused, and the answer."""
    now = timezone.now()
    links = {name: shared(alice, now=now) for name in ("wrong", "expired", "revoked", "locked")}
    age(links["expired"], expires_at=now)
    revoke_share(alice.pk, links["revoked"].share.id, now=now)
    age(links["locked"], wrong_pins=MOST_WRONG_PINS)
    yield "wrong", lambda: send(browser, links["wrong"].secret, pin="917305")
    for name in ("expired", "revoked", "locked"):
        yield name, lambda name=name: send(browser, links[name].secret)
    yield "unknown", lambda: send(browser, uuid4().hex)
    yield "no link", lambda: send(browser, "")
    yield "no pin", lambda: send(browser, links["wrong"].secret, pin="")
    yield "no name", lambda: send(browser, links["wrong"].secret, recipient=" \x00")
    yield "odd", lambda: send(browser, "#" * 5000, pin="\x00" * 5000)


def test_wrong_expired_revoked_locked_and_unknown_are_one_answer_for_the_same_work(
    alice, browser, hashes
):
    seen = []
    for _, ask in list(refusals(alice, browser)):
        hashes.clear()
        answer = ask()
        seen.append((told(answer), len(hashes)))

    assert len(seen) == 9
    assert all(each == seen[0] for each in seen)
    (status, headers, body, cookies), work = seen[0]
    assert (status, cookies, work) == (404, {}, 1)
    assert "Set-Cookie" not in headers
    assert b"Nothing could be opened" in body


def test_a_right_pin_costs_the_same_work(browser, granted, hashes):
    hashes.clear()

    enter(browser, granted)

    assert len(hashes) == 1


@pytest.mark.parametrize("path", FORMS)
def test_without_a_session_there_is_nothing_and_no_reason(browser, granted, alice, path):
    never = told(browser.get(path))
    enter(browser, granted)
    revoke_share(alice.pk, granted.share.id, now=timezone.now())
    revoked = told(browser.get(path))
    browser.cookies["share"] = "made up"
    made_up = told(browser.get(path))

    assert never == revoked == made_up
    assert never[0] == 404


def test_who_reads_is_cut_off_when_the_person_takes_it_back(browser, granted, alice):
    enter(browser, granted)
    before = browser.get(REPORT).status_code

    revoke_share(alice.pk, granted.share.id, now=timezone.now())

    assert [before, *(browser.get(path).status_code for path in FORMS)] == [200, 404, 404, 404]


def test_closing_ends_the_session_and_forgets_the_cookie(browser, granted):
    enter(browser, granted)
    token = browser.cookies["share"].value

    answer = browser.post("/s/close")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/s/")
    assert browser.cookies["share"].value == ""
    browser.cookies["share"] = token
    assert browser.get(REPORT).status_code == 404
    assert every(ShareSession).count() == 0


def test_closing_without_a_session_is_no_mistake(browser):
    assert browser.post("/s/close").status_code == 303


def test_each_look_is_logged_by_network_and_kind_of_browser(browser, granted, alice):
    enter(browser, granted)
    for path in FORMS:
        browser.get(path)

    with acting_for(alice.pk):
        views = list(reversed(views_of(alice.pk, granted.share.id)))
    assert [view.what for view in views] == ["opened", "page", "pdf", "fhir"]
    assert {(view.recipient, view.network, view.browser) for view in views} == {
        ("Dr. Lin", "203.0.113.0/24", "Firefox")
    }


def test_the_network_is_that_of_the_trusted_proxy(browser, granted, alice, settings):
    settings.ALLAUTH_TRUSTED_CLIENT_IP_HEADER = "X-Real-IP"

    send(browser, granted.secret, **{"X-Real-IP": "2001:db8:abcd:12::1"})

    with acting_for(alice.pk):
        assert [view.network for view in views_of(alice.pk, granted.share.id)] == [
            "2001:db8:abcd::/48"
        ]


def every_answer(browser, granted):
    yield browser.get("/s/")
    yield send(browser, "unknown")
    yield enter(browser, granted)
    yield from (browser.get(path) for path in FORMS)
    yield browser.post("/s/close")
    yield browser.get(REPORT)
    yield browser.put(REPORT)
    yield browser.get(OPEN)


def test_every_address_below_is_asked_here(browser, granted):
    asked = {answer.request["PATH_INFO"] for answer in every_answer(browser, granted)}

    assert asked == {path for path, _ in patterns(get_resolver()) if path.startswith("/s/")}


def test_no_answer_is_kept_indexed_framed_or_mixed_with_anything_from_elsewhere(browser, granted):
    answers = list(every_answer(browser, granted))

    statuses = [answer.status_code for answer in answers]
    assert statuses == [200, 404, 303, 200, 200, 200, 303, 404, 405, 405]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none';")
        assert not re.search(r"unsafe|https?:|\*", policy)
        assert ("script-src" in policy) is (b"<script" in answer.content)
        assert "sessionid" not in answer.cookies


def test_the_opening_page_loads_from_here_only_and_names_its_script(browser):
    page = browser.get("/s/").content.decode()

    loaded = re.findall(r'(?:src|href|action)="([^"]+)"', page)
    assert sorted(loaded) == [
        "/s/open",
        "/static/reports/open.js",
        "/static/reports/page.css",
        "data:,",
    ]
    assert "<script>" not in page
    assert "style=" not in page
    assert "http" not in page


def test_the_opening_page_speaks_the_readers_language(browser):
    english = browser.get("/s/", headers={"Accept-Language": "de"})
    chinese = browser.get("/s/", headers={"Accept-Language": "zh-TW,zh;q=0.9"})

    assert b'<html lang="en">' in english.content
    assert b'<html lang="zh-Hant-TW">' in chinese.content


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Origin": "http://testserver"}, 303),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://other.testserver"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_only_our_own_page_opens_a_report(granted, headers, status):
    answer = send(Client(), granted.secret, **headers)

    assert answer.status_code == status
    assert ("share" in answer.cookies) is (status == 303)


def test_a_public_address_is_the_only_origin(granted, settings):
    settings.PUBLIC_URL = "https://diary.example.org"

    foreign = send(Client(), granted.secret, Origin="http://testserver")
    own = send(Client(), granted.secret, Origin="https://diary.example.org")

    assert (foreign.status_code, own.status_code) == (403, 303)


def test_many_tries_from_one_network_address_have_to_wait(browser, granted):
    answers = [send(browser, uuid4().hex) for _ in range(21)]
    elsewhere = send(Client(headers=OWN, REMOTE_ADDR="198.51.100.1"), granted.secret)

    assert [answer.status_code for answer in answers] == [404] * 20 + [429]
    assert answers[-1].headers["Retry-After"] == "60"
    assert elsewhere.status_code == 303


def test_with_redis_away_nothing_is_opened_and_who_reads_goes_on(browser, granted, settings):
    enter(browser, granted)
    settings.CACHES = settings.CACHES | {
        "default": settings.CACHES["default"] | {"LOCATION": "unix:///nonexistent/valkey.sock"}
    }

    refused = send(browser, granted.secret)

    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert "The service does not answer." in refused.content.decode()
    assert browser.get(REPORT).status_code == 200


def test_nothing_that_opens_and_no_name_is_in_a_log_or_an_address(browser, granted, alice, caplog):
    with caplog.at_level(logging.DEBUG):
        answers = [send(browser, granted.secret, pin="917305"), enter(browser, granted)]
        answers += [browser.get(path) for path in FORMS]

    token = browser.cookies["share"].value
    kept = caplog.text + " ".join(answer.headers.get("Location", "") for answer in answers)
    hidden = (granted.secret, PIN, "917305", token, "Dr. Lin", "203.0.113.77", alice.email)
    assert [each for each in hidden if each in kept] == []


def test_a_signed_in_phone_is_nobody_here_and_a_cookie_from_here_nobody_there(
    phone, browser, granted
):
    enter(browser, granted)

    here = phone.get(REPORT)
    there = browser.get("/v1/shares", headers={"X-Session-Token": browser.cookies["share"].value})

    assert (here.status_code, there.status_code) == (404, 401)


def test_an_old_session_is_no_session(browser, granted):
    enter(browser, granted)

    every(ShareSession).update(expires_at=timezone.now() - timedelta(seconds=1))

    assert browser.get(REPORT).status_code == 404
