"""The session told in docs/api.md is the one the simulated phone lives through."""

import re
from pathlib import Path

from diary.operations.people import open_verified_account
from tests.factories import PASSWORD
from tests.phone.session import tell
from tests.phone.transport import InsideTransport

DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"
REQUEST = re.compile(r"^(GET|POST) ([^\s?]+)", re.MULTILINE)
OPERATION_STATUS = re.compile(r'"status": "(\w+)"')


def told():
    """Return heading, method, path of each request in the document, and all operation statuses."""
    section = DOCUMENT.read_text("utf-8").split("\n## A phone session\n")[1].split("\n## ")[0]
    requests = [
        (part.partition("\n")[0], *request)
        for part in section.split("\n### ")[1:]
        for request in REQUEST.findall(part)
    ]
    return requests, OPERATION_STATUS.findall(section)


def test_the_document_tells_the_session_the_phone_lives_through(transactional_db):
    open_verified_account("person@example.org", PASSWORD)

    lived = tell(InsideTransport(), "person@example.org", PASSWORD)

    requests, statuses = told()
    assert requests == [(each.title, each.method, each.path.partition("?")[0]) for each in lived]
    assert statuses == [
        result["status"]
        for each in lived
        if each.answer
        for result in each.answer.body.get("results", ())
    ]
    assert [each.answer.status for each in lived if each.answer].count(409) == 1
