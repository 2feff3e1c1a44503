"""The staff site in a real Chromium: by keyboard alone, and with the cookies a browser keeps."""

import pytest
from django.core.cache import cache

from tests.api.conftest import PASSWORD
from tests.delivery.world import endpoint, write_emergency
from tests.factories import make_person

HOST = "staff.localhost"  # which every browser finds, and trusts with secure cookies


@pytest.fixture(autouse=True)
def _left(browser, transactional_db):
    """Leave the page after each test: a browser that stays keeps a connection of the server."""
    yield
    browser.ask("leave")


@pytest.fixture
def member(transactional_db):
    from tests.api.staff.desk import StaffMember

    cache.clear()
    return StaffMember()


@pytest.fixture
def site(live_server, settings):
    settings.ADMIN_HOST = HOST
    settings.MFA_TOTP_TOLERANCE = 1  # a test may meet the end of a code's half minute
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
    return live_server.url.replace("localhost", HOST)


def fill(browser, *texts):
    for text in texts:
        browser.press("Tab")
        browser.type(text)
    browser.press("Tab", "Enter")


def signed_in(browser, site, member):
    browser.visit(f"{site}/")
    fill(browser, member.person.email, PASSWORD, member.code())
    browser.ask("arrived", path="/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_axe_finds_nothing_on_any_page(browser, site, member, width, scheme):
    person = make_person("alice")
    endpoint(person)
    write_emergency(person)
    browser.visit(f"{site}/sign-in", width=width, scheme=scheme)
    pages = [browser.axe()]
    fill(browser, member.person.email, PASSWORD, member.code())
    browser.ask("arrived", path="/")
    pages.append(browser.axe())
    fill(browser, person.email)
    browser.ask("arrived", path=f"/accounts/{person.pk}")
    pages.append(browser.axe())

    assert pages == [[], [], []]
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    assert browser.ask("news")["messages"] == []


def test_the_cookies_keep_the_session_and_every_form_is_taken(browser, site, member):
    person = make_person("alice")
    signed_in(browser, site, member)
    fill(browser, person.email)
    browser.ask("arrived", path=f"/accounts/{person.pk}")
    browser.press("Tab", "Tab", "Enter")  # past "Sign out everywhere"
    browser.ask("appears", text="deactivated")

    person.refresh_from_db()
    assert not person.is_active
    assert browser.evaluate("document.cookie") == ""


def test_a_wrong_code_is_told(browser, site, member):
    browser.visit(f"{site}/sign-in")
    fill(browser, member.person.email, PASSWORD, "000000")
    browser.ask("appears", text="These three do not belong together")

    assert browser.axe() == []
