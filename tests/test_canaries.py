"""The net catches what it is for, and who writes the word everywhere is not caught in it."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from diary.delivery import run_outbox
from diary.domain.wire.fields import WireModel
from diary.domain.wire.profile import ProfileData
from diary.domain.wire.records import DATA_OF_TYPE, RecordType
from diary.models import User
from diary.operations.people import open_verified_account
from diary.tasks import look_due
from reports.tasks import make_queued
from tests.api.accounts.steps import reauthenticate
from tests.api.conftest import PASSWORD, Phone
from tests.api.v1.test_records import send
from tests.canaries import CANARY, plant
from tests.delivery.world import Recorder, endpoint, everywhere
from tests.factories import check_in, episode, moment, problem, symptom

ROOT = Path(__file__).parents[1]
FORM = "application/x-www-form-urlencoded"
LEAKS = {
    "line": "logging.getLogger('quiver.x').error('a %s', 'Canary')",
    "unwritten_line": "logging.getLogger('quiver.x').debug('a %s', 'canary')",
    "field": "logging.getLogger('quiver.x').info('x', extra={'fields': {'note': 'canary'}})",
    "secret": "plant('S3cret'); logging.getLogger('quiver.x').warning('s3cret')",
    "task": "before_task_publish.send('x', body=([], {'note': 'canary'}, {}), headers={})",
    "task_header": "before_task_publish.send('x', body=(), headers={'note': 'canary'})",
    "problem": "problem_response(None, replace(plain_problem(404), detail='canary'))",
    "error": "problems.problem_of(NotPermitted('canary'))",
    "metric": "REQUESTS.labels(route='canary', method='GET', status=200)",
    "message": "Message(key='canary', kind='alert', urgent=True, subject_id=None).fields()",
    "mail": "EmailMessage(body='a canary', to=['x@example.org']).send()",
    "request": "raises(AttributeError, Outgoing.post, None, 'x', b'canary', {}, deadline=0)",
}
HARMLESS = {
    "line": "logging.getLogger('quiver.x').error('x')",
    "statement": "logging.getLogger('django.db.backends').debug('canary')",
    "mail": "plant('code', but=('mail',)); EmailMessage(body='code', to=['x@x.org']).send()",
}
IMPORTS = """
import logging
from dataclasses import replace
from celery.signals import before_task_publish
from django.core.mail import EmailMessage
from pytest import raises
from api import problems
from api.problems import plain_problem, problem_response
from diary.channels.base import Message
from diary.channels.outgoing import Outgoing
from diary.domain.errors import NotPermitted
from diary.measures import REQUESTS
from tests.canaries import plant
"""


def test_each_leak_makes_its_test_fail_and_nothing_else_does(tmp_path) -> None:
    tests = [f"def test_leak_of_{name}():\n    {leak}\n" for name, leak in LEAKS.items()]
    tests += [f"def test_harmless_{name}():\n    {said}\n" for name, said in HARMLESS.items()]
    (tmp_path / "test_leaking.py").write_text("\n".join([IMPORTS, *tests]))
    options = ["-q", "-p", "tests.conftest", "-p", "no:cacheprovider", "--rootdir", str(ROOT)]
    config = ["-c", str(ROOT / "pyproject.toml"), "-W", "ignore::DeprecationWarning"]

    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *config, "-rE", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    caught = set(re.findall(r"^ERROR \S+::(\w+)", run.stdout, re.MULTILINE))
    assert caught == {f"test_leak_of_{name}" for name in LEAKS}, run.stdout
    assert f"{len(LEAKS) + len(HARMLESS)} passed, {len(LEAKS)} errors" in run.stdout


WORD = f"a {CANARY} of mine"
OWN = {"own_label": WORD}
FACTORS = [{"factor": "own", "unit": WORD, **OWN}]
SAID: dict[str, Any] = {"ext": {"app": WORD}, "note": WORD, "remedies": [{"remedy": "own", **OWN}]}
EVERYWHERE: dict[RecordType, dict[str, Any]] = {
    RecordType.EPISODE: episode(symptoms=[symptom("seizure")], triggers=FACTORS, **SAID),
    RecordType.CHECK_IN: check_in(factors=FACTORS, **SAID),
    RecordType.PROBLEM: problem(
        question=WORD,
        triggers=FACTORS,
        medicines=[{"medicine_class": "corticosteroid", "name": WORD}],
        **SAID,
    ),
    RecordType.MEDICATION: {
        "name": WORD,
        "dose": WORD,
        "dose_changes": [{"changed": {"date": "2026-03-01"}, "direction": "raised", "dose": WORD}],
        "note": WORD,
        "ext": {"app": WORD},
    },
    RecordType.HISTORY_ITEM: {
        "kind": "condition",
        **OWN,
        "result": WORD,
        "note": WORD,
        "ext": {"app": WORD},
    },
    RecordType.REMEDY_TRIAL: {
        "remedy": "own",
        **OWN,
        "started_on": "2026-03-01",
        "note": WORD,
        "ext": {"app": WORD},
    },
}
PROFILE = {"name": WORD, "country": "TW"}
ROUTES = {
    RecordType.EPISODE: "episodes",
    RecordType.CHECK_IN: "check-ins",
    RecordType.PROBLEM: "problems",
    RecordType.MEDICATION: "medications",
    RecordType.HISTORY_ITEM: "history",
    RecordType.REMEDY_TRIAL: "remedy-trials",
}
NEVER_TAKEN = {("history", "own_label")}  # goes with the code `own`, which that list does not have
MODELS: list[tuple[type[WireModel], Any]] = [
    (DATA_OF_TYPE[type_], data) for type_, data in EVERYWHERE.items()
]
MODELS.append((ProfileData, PROFILE))


def places_for_text(schema, definitions, *path):
    """Yield the path of each field that takes any text."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    for each in (*schema.get("anyOf", ()), schema.get("items", {})):
        yield from places_for_text(each, definitions, *path) if each else ()
    for name, field in schema.get("properties", {}).items():
        yield from places_for_text(field, definitions, *path, name)
    chosen = {"enum", "pattern", "format", "const"} & schema.keys()
    is_text = schema.get("type") == "string" and not chosen and path[-1] != "time_zone"
    if is_text or schema.get("additionalProperties") is True:
        yield path


def places_of_word(value, *path):
    """Yield the paths at which the word stands."""
    if path and path[-1] == "ext":
        value = value["app"]
    for name, each in value.items() if isinstance(value, dict) else ():
        yield from places_of_word(each, *path, name)
    for each in value if isinstance(value, list) else ():
        yield from places_of_word(each, *path)
    if value == WORD:
        yield path


@pytest.mark.parametrize(("model", "data"), MODELS, ids=[model.__name__ for model, _ in MODELS])
def test_the_word_is_planted_in_every_field_that_takes_text(model, data) -> None:
    schema = model.model_json_schema()

    places = set(places_for_text(schema, schema.get("$defs", {}))) - NEVER_TAKEN

    assert set(places_of_word(data)) == places


def write_everywhere(phone):
    """Write the word into every record, also as what cannot be accepted, and change it."""
    assert send(phone, "put", "/v1/profile", PROFILE).status_code == 200
    for type_, data in EVERYWHERE.items():
        now = moment(timezone.now().isoformat(timespec="seconds"), "")
        data = data | ({"start": now} if type_ is RecordType.EPISODE else {})  # noqa: PLW2901
        route, id_ = f"/v1/{ROUTES[type_]}", str(uuid4())
        created = send(phone, "post", route, {"id": id_, "data": data})
        assert created.status_code == 201, created.content
        replaced = {"data": data, "sent_at": WORD}
        assert send(phone, "put", f"{route}/{id_}", replaced, **{"If-Match": "W/1"}).status_code
        send(phone, "put", f"{route}/{id_}", {"data": data}, **{"If-Match": 'W/"1"'})
        send(phone, "post", route, {"id": id_, "data": data | {"reported_by": WORD}})
        send(phone, "post", route, {"id": id_, "data": data, "sent_at": WORD})
    refused = {"op": WORD, "type": "episode", "id": WORD, "base": 0, "data": {"note": WORD}}
    assert send(phone, "post", "/v1/sync", {"ops": [refused]}).status_code == 200
    for path, kind in (("sync", "application/json"), ("imports", "text/csv")):
        answer = phone.client.post(f"/v1/{path}", WORD, content_type=kind, headers=phone.headers())
        assert answer.status_code >= 400


def be_followed(phone, relative):
    """Invite somebody who logs what they see; try a wrong code."""
    terms = {"label": WORD, "may_log": True, "levels": ["emergency"]}
    code = send(phone, "post", "/v1/followers", terms).json()["code"]
    plant(code)
    assert send(relative, "post", "/v1/following", {"code": WORD}).status_code == 404
    followed = send(relative, "post", "/v1/following", {"code": code, "label": WORD}).json()
    path = f"/v1/following/{followed['id']}"
    assert relative.get(f"{path}/alerts").json()["items"]
    now = moment(timezone.now().isoformat(timespec="seconds"), "")
    seen = {"id": str(uuid4()), "data": EVERYWHERE[RecordType.EPISODE] | {"start": now}}
    assert send(relative, "post", f"{path}/episodes", seen).status_code == 201
    relative.delete(path)
    assert send(relative, "post", f"{path}/episodes", seen).status_code == 404


def share_a_report(phone):
    """Let a clinician read it, after a wrong PIN."""
    report = send(phone, "post", "/v1/reports", {}).json()["id"]
    make_queued()
    body = {"report": report, "label": WORD, "pin": "73916402"}
    shared = send(phone, "post", "/v1/shares", body).json()
    plant(shared["pin"])
    plant(shared["link"].partition("#")[2])
    browser = Client(headers={"Sec-Fetch-Site": "same-origin", "User-Agent": WORD})
    form = {"secret": shared["link"], "pin": shared["pin"], "recipient": WORD}
    assert browser.post("/s/open", urlencode(form | {"pin": "4" * 8}), FORM).status_code == 404
    assert browser.post("/s/open", urlencode(form), FORM).status_code == 303
    plant(browser.cookies["share"].value)
    assert CANARY.encode() in browser.get("/s/report").content
    for file in ("pdf", "csv", "fhir", "json"):
        assert phone.get(f"/v1/reports/{report}/{file}").status_code == 200


def signed_in(email):
    open_verified_account(email, PASSWORD)
    phone = Phone(email, **{"X-Device-Name": WORD})
    phone.sign_in()
    return phone


def test_who_writes_the_word_everywhere_finds_it_nowhere_else(db) -> None:
    phone, relative = signed_in("person@example.org"), signed_in("relative@example.org")
    phone.sign_in(WORD)
    phone.sign_in()
    reauthenticate(phone)
    person = User.objects.get(email=phone.email)
    endpoint(person, WORD)

    write_everywhere(phone)
    be_followed(phone, relative)
    share_a_report(phone)
    look_due()
    run_outbox(everywhere(recorder := Recorder()))
    address = {"kind": "webhook", "label": WORD, "url": f"https://{CANARY}.invalid/{CANARY}"}
    send(phone, "post", "/v1/endpoints", address)
    send(phone, "post", "/v1/endpoints", {"kind": "email", "email": f"{CANARY}@example.org"})
    reauthenticate(phone)
    exported = phone.get("/v1/export").content

    assert recorder.copies
    with zipfile.ZipFile(io.BytesIO(exported)) as file:
        assert file.read("diary.json").decode().count(WORD) > 50
