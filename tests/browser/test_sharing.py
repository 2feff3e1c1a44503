"""The way of a clinician through a link in a real Chromium, by keyboard alone."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone

from reports.domain.model import build_report
from reports.operations.drawing import SHARED
from reports.operations.shares import revoke_share, share_report
from reports.render.html import report_page
from tests.factories import make_person
from tests.reports.samples import CATALOG, edition, full_diary, gate
from tests.reports.shared import FHIR, PDF, PIN, ready_report, terms

FOCUSED = "document.activeElement.name || document.activeElement.tagName"
MESSAGE = "document.querySelector('[role=alert]').innerText"
SHOWN = "new Promise((done) => setTimeout(done, 1500))"


@pytest.fixture(scope="module")
def page():
    model = build_report(full_diary(episodes=25), edition=edition(), gate=gate(), catalog=CATALOG)
    return report_page(model, catalog=CATALOG, links=SHARED).encode()


@pytest.fixture
def granted(transactional_db, page):
    cache.clear()
    person, now = make_person("alice"), timezone.now()
    return share_report(person.pk, terms(ready_report(person, now=now, page=page)), now=now)


@pytest.fixture(autouse=True)
def _left(browser, transactional_db):
    """Leave the page after each test: a browser that stays keeps a connection of the server."""
    yield
    browser.ask("leave")


@pytest.fixture
def link(live_server, granted):
    return f"{live_server.url}/s/#{granted.secret}"


def fill(browser, pin):
    browser.press("Tab")
    browser.type(pin)
    browser.press("Tab")
    browser.type("Dr. Lin")
    browser.press("Tab", "Enter")


def opened(browser, link):
    browser.visit(link)
    fill(browser, PIN)
    browser.ask("arrived", path="/s/report")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_axe_finds_nothing_on_the_opening_page(browser, live_server, width, scheme):
    browser.visit(f"{live_server.url}/s/", width=width, scheme=scheme)

    assert browser.axe() == []
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    assert browser.ask("news")["messages"] == []


def test_the_link_leads_to_the_report_and_its_files(browser, link):
    opened(browser, link)
    news = browser.ask("news")

    assert browser.evaluate("document.querySelector('h1').innerText") == "Facial twitching diary"
    assert browser.axe() == []
    browser.press("Tab", "Tab")
    pdf = browser.ask("download", keys="Enter")
    browser.press("Tab")
    fhir = browser.ask("download", keys="Enter")
    assert [Path(file["path"]).read_bytes() for file in (pdf, fhir)] == [PDF, FHIR]
    assert [Path(file["name"]).suffixes for file in (pdf, fhir)] == [[".pdf"], [".fhir", ".json"]]
    assert news["messages"] == []


def test_the_secret_leaves_the_address_and_stands_in_no_request(browser, link, granted):
    browser.visit(link)

    assert browser.evaluate("location.href").endswith("/s/")
    assert browser.evaluate("document.getElementById('secret').value") == granted.secret
    opened(browser, link)
    requests = browser.ask("news")["requests"]
    assert not any(granted.secret in url.split("#")[0] for url in requests)
    assert all(url.startswith((link.split("/s/")[0], "data:")) for url in requests)


def test_a_wrong_pin_is_told_and_the_form_can_be_filled_again(browser, link):
    browser.visit(link)
    fill(browser, "000000")
    browser.evaluate(SHOWN)

    assert browser.evaluate(MESSAGE).startswith("Nothing could be opened.")
    assert browser.evaluate(FOCUSED) == "pin"
    assert browser.axe() == []


def test_without_scripts_the_link_is_pasted(browser, live_server, link):
    browser.visit(f"{live_server.url}/s/", script=False)
    browser.press("Tab")
    browser.type(link)
    fill(browser, PIN)

    assert browser.ask("arrived", path="/s/report").endswith("/s/report")


def test_a_link_taken_back_shows_nothing_more_even_while_it_is_read(browser, link, granted):
    opened(browser, link)
    revoke_share(granted.share.person_id, granted.share.id, now=timezone.now())

    assert browser.ask("reload") == 404
    assert browser.evaluate(MESSAGE).startswith("Nothing could be opened.")


def test_the_report_can_be_closed(browser, link):
    opened(browser, link)
    browser.press("Tab", "Tab", "Tab", "Tab", "Enter")

    assert browser.ask("arrived", path="/s/").endswith("/s/")
