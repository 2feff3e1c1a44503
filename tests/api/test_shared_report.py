"""A whole way: a report is made by a worker, shared by its person, and read by a clinician."""

import json
import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diary.models import User
from diary.models.isolation import acting_for
from reports.models import Share
from reports.operations.drawing import SHARED
from reports.tasks import make_queued
from tests.api.accounts.steps import reauthenticate

pytestmark = pytest.mark.django_db

QUESTION = "<b>Is it the nerve?</b>"


@pytest.fixture
def opened(phone):
    """A browser that has opened what the phone's person shares, and what they were told of it."""
    today = timezone.now().date().isoformat()
    intake = {"asked_on": today, "still_present": True, "question": QUESTION}
    assert phone.post("/v1/problems", {"id": PROBLEM_ID, "data": intake}).status_code == 201
    report = phone.post("/v1/reports", {}).json()["id"]
    make_queued()
    reauthenticate(phone)
    shared = phone.post("/v1/shares", {"report": report, "label": "Neurology"}).json()
    browser = Client(headers={"Sec-Fetch-Site": "same-origin"})
    form = urlencode({"secret": shared["link"], "pin": shared["pin"], "recipient": "Dr. Lin"})
    opened = browser.post("/s/open", form, "application/x-www-form-urlencoded")
    assert opened.status_code == 303
    return browser, shared


PROBLEM_ID = "6b0f2c1e-9a39-4c37-8c2b-7f4e0d1a5b60"


def test_the_clinician_reads_what_the_person_saw(opened, phone):
    browser, shared = opened

    page = browser.get("/s/report").content.decode()
    pdf = browser.get("/s/report.pdf").content
    fhir = json.loads(browser.get("/s/report.fhir.json").content)

    assert "&lt;b&gt;Is it the nerve?&lt;/b&gt;" in page
    assert pdf == phone.get(f"/v1/reports/{shared['report']}/pdf").content
    assert fhir["resourceType"] == "Bundle"


def test_what_is_written_later_is_not_in_what_was_shared(opened, phone):
    browser, _ = opened
    before = [browser.get(path).content for path in (SHARED.pdf, SHARED.fhir, "/s/report")]

    start = {"at": timezone.now().isoformat(timespec="seconds")}
    sites = [{"site": "chin", "side": "left"}]
    phone.post("/v1/episodes", {"id": PROBLEM_ID, "data": {"start": start, "sites": sites}})
    make_queued()

    after = [browser.get(path).content for path in (SHARED.pdf, SHARED.fhir, "/s/report")]
    assert after == before


def test_the_page_leads_to_the_files_and_the_end_and_nowhere_else(opened):
    browser, _ = opened

    page = browser.get("/s/report").content.decode()

    led = set(re.findall(r'(?:href|src|action)="([^"#][^"]*)"', page))
    assert led == {SHARED.pdf, SHARED.fhir, SHARED.close, "/static/reports/page.css", "data:,"}
    assert (SHARED.pdf, SHARED.fhir, SHARED.close) == (
        reverse("share-pdf"),
        reverse("share-fhir"),
        reverse("share-close"),
    )


def test_nothing_that_opens_it_is_in_what_is_read(opened, phone):
    browser, shared = opened
    contents = b"".join(browser.get(path).content for path in ("/s/report", SHARED.fhir))

    secret = shared["link"].partition("#")[2]
    person = User.objects.get(email=phone.email)
    hidden = [secret, shared["pin"], phone.email, str(person.pk), shared["id"], "Neurology"]
    assert [each for each in hidden if each.encode() in contents] == []
    with acting_for(person.pk):
        assert Share.objects.count() == 1
