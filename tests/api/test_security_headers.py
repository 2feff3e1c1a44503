"""Headers on every answer, whoever gives it; and Django's own list for a deployment."""

import base64
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from api.security_headers import HEADERS, NOTHING
from tests.api.conftest import ACCOUNTS

ROOT = Path(__file__).resolve().parents[2]
ORIGIN = {"Origin": "https://elsewhere.example"}
PREFLIGHT = ORIGIN | {"Access-Control-Request-Method": "POST"}
ANSWERS = {
    "data": ("GET", "/v1/vocabulary", 200),
    "not signed in": ("GET", "/v1/sync", 401),
    "wrong method": ("PATCH", "/v1/vocabulary", 405),
    "no such address": ("GET", "/nowhere", 404),
    "no such file": ("GET", "/static/nowhere.js", 404),
    "static file": ("GET", "/static/reports/open.js", 200),
    "TRACE": ("TRACE", "/v1/vocabulary", 405),
    "account": ("GET", f"{ACCOUNTS}/config", 200),
    "account refused": ("GET", f"{ACCOUNTS}/auth/session", 401),
    "health": ("GET", "/healthz", 200),
    "opening page": ("GET", "/s/", 200),
    "shared report": ("GET", "/s/report", 404),
    "documentation": ("GET", "/v1/docs", 200),
    "bad host": ("GET", "/v1/vocabulary", 400),
}
PAGES = {"opening page", "shared report", "documentation"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer_of(client):
    """Return a function that gives one of the ANSWERS, to a caller from another site."""

    def answer(name):
        method, path, status = ANSWERS[name]
        host = {"Host": "other.example"} if name == "bad host" else {}
        given = client.generic(method, path, headers=ORIGIN | host)
        given.close()  # the static file
        assert given.status_code == status
        return given

    return answer


@pytest.mark.parametrize("name", ANSWERS)
def test_no_answer_goes_without_the_headers(answer_of, name):
    answer = answer_of(name)

    assert HEADERS.keys() - answer.headers.keys() == set()
    policy = answer.headers["Content-Security-Policy"]
    assert (policy == NOTHING) is (name not in PAGES)
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    others = {header: answer.headers[header] for header in HEADERS if "Policy" not in header}
    assert others == {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY"}


@pytest.mark.parametrize("name", sorted(ANSWERS.keys() - {"static file"}))
def test_nothing_but_a_static_file_is_kept_by_a_cache(answer_of, name):
    assert "no-store" in answer_of(name).headers["Cache-Control"]


def test_a_crash_has_the_headers_too(client, monkeypatch):
    monkeypatch.setattr("api.health._stored", lambda **_: 1 / 0)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.headers["Content-Security-Policy"]) == (500, NOTHING)


@pytest.mark.parametrize("name", ANSWERS)
def test_no_other_site_may_read_an_answer(answer_of, name):
    headers = answer_of(name).headers

    assert not [header for header in headers if header.startswith("Access-Control-")]


@pytest.mark.parametrize("path", ["/v1/sync", f"{ACCOUNTS}/auth/login", "/s/open"])
def test_no_other_site_is_told_that_it_may_ask(client, path):
    headers = client.options(path, headers=PREFLIGHT).headers

    assert not [header for header in headers if header.startswith("Access-Control-")]


def test_browsers_insist_on_https_where_people_come_by_it(client, settings):
    without = client.get("/healthz").headers.get("Strict-Transport-Security")
    settings.SECURE_HSTS_SECONDS = 31_536_000

    header = client.get("/healthz").headers["Strict-Transport-Security"]

    assert (without, header) == (None, "max-age=31536000; includeSubDomains")


def test_the_page_of_the_documentation_holds_no_script_of_its_own():
    page = Client().get("/v1/docs").content.decode()

    assert re.findall(r"<script(?! src)", page) == []
    assert "http" not in "".join(re.findall(r'(?:src|href)="([^"]+)"', page))


def production(*arguments, **more):
    """Run manage.py as an operator does who has read docs/configuration.md."""
    environment = {
        "PATH": os.defpath,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATA_KEYS": f"only:{base64.b64encode(bytes(32)).decode()}",
        "DATABASE_URL": "postgresql://quiver_app@db.example/quiver?sslmode=verify-full",
        "REDIS_URL": "rediss://redis.example/0",
        "ALLOWED_HOSTS": "diary.example.org",
        "PUBLIC_URL": "https://diary.example.org",
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment | more,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_deployment_passes_djangos_list_without_a_warning():
    checked = production("check", "--deploy", "--fail-level", "WARNING")

    assert checked.returncode == 0, checked.stderr
    assert production("check", "--deploy", "--fail-level", "WARNING", DEBUG="on").returncode != 0


def test_in_production_there_is_no_documentation_and_nothing_to_debug():
    code = (
        "from django.conf import settings; from django.urls import Resolver404, resolve\n"
        "def known(path):\n"
        "    try: return bool(resolve(path))\n"
        "    except Resolver404: return False\n"
        "print(settings.DEBUG, known('/v1/docs'), known('/v1/schema'), known('/v1/sync'))"
    )

    hidden, shown = (
        production("shell", "-v", "0", "-c", code),
        production("shell", "-v", "0", "-c", code, API_DOCS="on"),
    )

    assert hidden.stdout.split() == ["False", "False", "False", "True"], hidden.stderr
    assert shown.stdout.split() == ["False", "True", "True", "True"]
