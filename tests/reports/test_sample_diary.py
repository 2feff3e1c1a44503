"""The command `sample_diary`: what it prints works as pasted; it shuns real databases."""

import io
import json
import shlex
from datetime import timedelta

import pikepdf
import pypdfium2 as pdfium
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from diary.models import User
from diary.operations.looks import look_at_due

pytestmark = pytest.mark.django_db

BASE = "http://127.0.0.1:8123"


@pytest.fixture
def printed(settings):
    """What the command prints in a database where it is allowed."""
    settings.SAMPLE_DIARY_ALLOWED = True
    output = io.StringIO()
    call_command("sample_diary", "--base-url", f"{BASE}/", stdout=output)
    return output.getvalue()


def paste(client, line):
    """Send what a printed curl command would send."""
    words = shlex.split(line)
    [address] = [word for word in words if word.startswith(BASE)]
    headers = dict(words[n + 1].split(": ", 1) for n, word in enumerate(words) if word == "-H")
    content_type = headers.pop("Content-Type", None)
    path = address.removeprefix(BASE)
    if "-d" not in words:
        return client.get(path, headers=headers)
    body = words[words.index("-d") + 1]
    return client.post(path, body, content_type=content_type, headers=headers)


def test_the_printed_requests_work_as_pasted(client, printed):
    log, sudden, alerts, pdf = [x for x in printed.splitlines() if x.startswith("  curl")]
    look_at_due(now=timezone.now(), limit=1, lease=timedelta(minutes=1))

    logged = paste(client, log)
    answered = paste(client, sudden)
    raised = paste(client, alerts)
    report = paste(client, pdf)

    assert logged.status_code == 201
    assert [advice["level"] for advice in answered.json()["advice"]] == ["emergency"]
    assert {"E1", "N1"} <= {alert["rule"] for alert in raised.json()["items"]}
    assert len(pikepdf.open(io.BytesIO(report.content)).pages) == 2


def test_its_report_says_on_paper_that_it_is_synthetic(client, printed):
    pdf = [line for line in printed.splitlines() if line.startswith("  curl")][-1]

    report = paste(client, pdf)

    document = pdfium.PdfDocument(report.content)
    assert "SYNTHETIC SAMPLE" in document[0].get_textpage().get_text_bounded()


def test_the_printed_password_signs_in(client, printed):
    lines = dict(line.split(maxsplit=1) for line in printed.splitlines() if line.startswith("  "))
    body = json.dumps({"email": lines["E-mail"], "password": lines["Password"]})

    answer = client.post("/_allauth/app/v1/auth/login", body, content_type="application/json")

    assert answer.status_code == 200


def test_a_database_of_its_own_is_left_alone_unless_told_so(settings):
    settings.SAMPLE_DIARY_ALLOWED = False

    with pytest.raises(CommandError, match="--force"):
        call_command("sample_diary")

    assert not User.objects.exists()
