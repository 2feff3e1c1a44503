"""Whoever copies the tables finds no word that somebody wrote, in any column of any table."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection

from diary.domain.deliveries import EndpointKind
from diary.domain.following import Terms
from diary.domain.wire.profile import ProfileData
from diary.domain.wire.records import RecordType
from diary.models import Problem
from diary.models.isolation import acting_for
from diary.models.people import DevicePlatform
from diary.models.sealing import sealed_fields
from diary.operations.devices import DeviceDescription, register_device
from diary.operations.endpoints import EndpointRequest, register_endpoint
from diary.operations.following import invite, take_up
from diary.operations.profile import save_profile
from diary.operations.records import Status
from diary.operations.statistical_looks import look_at_month
from diary.operations.sync import push
from reports.domain.sharing import Visitor
from tests.factories import NOW, check_in, episode, make_person, operation, problem, write
from tests.reports.shared import opened, ready_report, shared

pytestmark = pytest.mark.django_db

CANARY = "canary-in-a-coal-mine"
OWN = {"own_label": CANARY}
SAID: dict[str, Any] = {
    "note": CANARY,
    "ext": {"app": {CANARY: [CANARY]}},
}
EXPERIENCED = SAID | {"remedies": [{"remedy": "own"} | OWN]}
FACTOR = {"factor": "own", "present": True, "unit": CANARY} | OWN
WORDS = {
    RecordType.EPISODE: episode(**EXPERIENCED, triggers=[FACTOR]),
    RecordType.CHECK_IN: check_in(**EXPERIENCED, factors=[FACTOR]),
    RecordType.PROBLEM: problem(
        **EXPERIENCED,
        triggers=[FACTOR],
        question=CANARY,
        medicines=[{"medicine_class": "lithium", "name": CANARY}],
    ),
    RecordType.MEDICATION: {
        **SAID,
        "name": CANARY,
        "dose": CANARY,
        "dose_changes": [
            {"changed": {"date": "2026-01-02"}, "direction": "raised", "dose": CANARY}
        ],
    },
    RecordType.HISTORY_ITEM: {**SAID, **OWN, "kind": "condition", "result": CANARY},
    RecordType.REMEDY_TRIAL: {**SAID, **OWN, "remedy": "rest", "started_on": "2026-02-01"},
}


@pytest.fixture
def alice():
    person = make_person("alice")
    created = {type_: operation(data, type=type_) for type_, data in WORDS.items()}
    batch = write(person, *created.values())
    assert {outcome.status for outcome in batch.outcomes} == {Status.APPLIED}
    with acting_for(person.pk):  # the vocabulary has no own conditions in an intake yet
        intake = Problem.objects.get(person_id=person.pk)
        intake.history = [{"item": "own"} | OWN]
        intake.save(update_fields=["history"])
    push(person.pk, [{"op": str(uuid4()), "data": CANARY}], now=NOW)
    profile = ProfileData.model_validate({"name": CANARY})
    save_profile(person.pk, profile, base_version=None, now=NOW)
    for days in range(1, 40):
        write(
            person,
            operation(
                check_in(str((NOW - timedelta(days=days)).date()), factors=[FACTOR]),
                type=RecordType.CHECK_IN,
            ),
        )
    look_at_month(person.pk, now=NOW)
    write(person, operation(None, id=created[RecordType.EPISODE].id, base=1))
    write(person, operation(episode(**EXPERIENCED, triggers=[FACTOR])))
    return person


@pytest.fixture
def around(alice):
    """Everybody and everything around a diary that somebody gives a name to."""
    phone = DeviceDescription(name=CANARY, platform=DevicePlatform.IOS)
    register_device(alice.pk, session_digest="0" * 40, description=phone, now=NOW)
    webhook = EndpointRequest(
        kind=EndpointKind.WEBHOOK, address={"url": f"https://{CANARY}.example"}, label=CANARY
    )
    register_endpoint(alice.pk, webhook, now=NOW)
    bob = make_person("bob")
    _, code = invite(
        alice.pk,
        Terms(label=CANARY, relation="relative", levels=("urgent",), repeats=0, may_log=False),
        now=NOW,
    )
    take_up(bob.pk, code, label=CANARY, now=NOW)
    files: dict[str, Any] = dict.fromkeys(("pdf", "page", "fhir", "document"), CANARY.encode())
    ready_report(alice, **files)
    granted = shared(alice, label=CANARY)
    opened(granted, visitor=Visitor(recipient=CANARY))
    return alice, bob


def values_of_all_tables(person):
    """Yield table, column and value as whoever holds a copy of them sees it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [table for (table,) in cursor.fetchall()]
    for table in tables:
        with acting_for(person.pk), connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column.name for column in cursor.description]
            for row in cursor.fetchall():
                yield from ((table, name, value) for name, value in zip(names, row, strict=True))


def shows(value):
    return CANARY in (value.decode("latin-1") if isinstance(value, bytes) else str(value))


def test_a_copy_of_all_tables_shows_no_word(around):
    seen = [
        (table, name)
        for person in around
        for table, name, value in values_of_all_tables(person)
        if shows(value)
    ]

    assert seen == []


def test_the_words_are_there_in_every_sealed_column(around):
    alice, bob = around
    missing = []
    for model in apps.get_models():
        for field in sealed_fields(model):
            person = bob if field.owner == "follower_id" else alice
            with acting_for(person.pk):
                held = [getattr(row, field.attname) for row in model._default_manager.all()]
            if CANARY not in json.dumps(held, default=lambda content: content.decode()):
                missing.append((model._meta.db_table, field.attname))

    assert missing == []
