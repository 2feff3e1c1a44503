"""What was there before anything was sealed is sealed by `migrate`, and reads as it did."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor

from diary.models import (
    DailyRow,
    Device,
    Endpoint,
    EntryVersion,
    Episode,
    Follow,
    Look,
    Medication,
    Profile,
    RefusedOperation,
)
from diary.models.addresses import address_digest
from diary.models.data_keys import keyed_digest
from diary.models.isolation import acting_for
from diary.models.keyring import keyring
from reports.models import Report, Share, ShareView
from tests.conftest import fresh_database
from tests.factories import NOW

pytestmark = pytest.mark.django_db(databases=["default", "owner"], transaction=True)

BEFORE = [("diary", "0005_news_of_a_share"), ("reports", "0003_report_document")]
TODAY = NOW.date()
WORDS = "words of hers"
FACTOR = {"factor": "own", "own_label": WORDS, "present": True}
ADDRESS = {"email": "Alice@example.org"}
REFUSED = {"op": WORDS}


@contextmanager
def another_database() -> Iterator[None]:
    """Point both connections at an empty database for a while."""
    names = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "owner")}

    def use(names: dict[str, Any]) -> None:
        for alias, name in names.items():
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name

    with fresh_database() as fresh:
        use(dict.fromkeys(names, fresh))
        try:
            yield
        finally:
            use(names)


def written_before(models):
    """Write rows as they were before anything was sealed; return whose they are."""
    alice, bob = (
        models.get_model("diary", "User").objects.using("owner").create(email=f"{name}@example.org")
        for name in ("alice", "bob")
    )

    def create(app, model, /, **columns):
        models.get_model(app, model).objects.using("owner").create(**columns)

    for person in (alice, bob):  # row-level security binds the owner as well
        with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
            cursor.execute("SELECT set_config('app.person', %s, true)", [str(person.pk)])
            create("diary", "Profile", person_id=person.pk, name=person.email)
            if person == bob:
                continue
            records_before(create, alice.pk)
            around_before(create, alice.pk, bob.pk)
            reports_before(create, alice.pk)
    return alice.pk, bob.pk


def records_before(create, alice):
    mine = {"person_id": alice, "received_at": NOW}
    start = {"start_at": NOW, "start_offset_minutes": 0, "local_date": TODAY}
    create(
        "diary", "Episode", **mine, **start, id=uuid4(), note=WORDS, triggers=[FACTOR], ext={"a": 1}
    )
    create("diary", "Episode", **mine, **start, id=uuid4())
    create("diary", "Medication", **mine, id=uuid4(), name=WORDS)
    create("diary", "DailyRow", person_id=alice, local_date=TODAY, exposures={f"own:{WORDS}": 1})
    numbers = {"triggers": [f"own:{WORDS}"]}
    look = {"kind": "monthly", "period": TODAY, "at": NOW, "today": TODAY, "findings": []}
    create("diary", "Look", person_id=alice, id=uuid4(), **look, numbers=numbers)
    version = {"type": "episode", "record_id": uuid4(), "version": 1, "deleted": False, "at": NOW}
    create(
        "diary", "EntryVersion", person_id=alice, op_id=uuid4(), **version,
        fingerprint=b"f" * 32, data={"note": WORDS},
    )  # fmt: skip
    content = keyring("quiver refused operations").encrypt(json.dumps(REFUSED).encode())
    for digest, kept in ((b"1" * 32, content), (b"2" * 32, b"no key opens this")):
        create(
            "diary", "RefusedOperation", person_id=alice, digest=digest, content=kept,
            refused_at=NOW,
        )  # fmt: skip


def around_before(create, alice, bob):
    times = dict.fromkeys(("created_at", "signed_in_at", "last_seen_at"), NOW)
    create("diary", "Device", person_id=alice, name=WORDS, **times)
    create(
        "diary", "Follow", id=uuid4(), person_id=alice, follower_id=bob, label=WORDS,
        follower_label="Alice", invited_at=NOW,
    )  # fmt: skip
    sealed = keyring("quiver endpoint address").encrypt(json.dumps(ADDRESS).encode())
    for address in (sealed, b"no key opens this"):
        create(
            "diary", "Endpoint", person_id=alice, id=uuid4(), kind="email", address=address,
            address_digest=str(uuid4()), label=WORDS, created_at=NOW,
        )  # fmt: skip


def reports_before(create, alice):
    report = {"parameters": {}, "basis": {}, "requested_at": NOW}
    create("reports", "Report", person_id=alice, id=uuid4(), **report, pdf=WORDS.encode())
    times = {"made_at": NOW, "created_at": NOW, "expires_at": NOW}
    share, looked = uuid4(), {"at": NOW, "what": "opened", "network": "", "browser": ""}
    create(
        "reports", "Share", person_id=alice, id=share, report_id=uuid4(), parameters={},
        label=WORDS, pin_hash="", **times,
    )  # fmt: skip
    create(
        "reports", "ShareView", person_id=alice, id=uuid4(), share_id=share, recipient=WORDS,
        **looked,
    )  # fmt: skip


def everything_as_text(person_id):
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [table for (table,) in cursor.fetchall()]
    rows: list[Any] = []
    for table in tables:
        with acting_for(person_id), connections["default"].cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    return str(rows)


def test_rows_from_before_are_sealed_and_read_as_they_did():
    with another_database():
        executor = MigrationExecutor(connections["owner"])
        executor.migrate(BEFORE)
        alice, bob = written_before(executor.loader.project_state(BEFORE).apps)

        call_command("migrate", verbosity=0, interactive=False)

        assert WORDS not in everything_as_text(alice)
        with acting_for(alice):
            check_records(alice)
            check_what_is_around(alice)
        with acting_for(bob):
            assert Follow.objects.get().follower_label == "Alice"
            assert Profile.objects.get().name == "bob@example.org"


def check_records(alice):
    first, second = Episode.objects.order_by("seq")
    assert (first.note, first.triggers, first.ext, first.seq) == (WORDS, [FACTOR], {"a": 1}, 1)
    assert (second.note, second.triggers, second.ext, second.seq) == ("", [], {}, 2)
    assert Medication.objects.get().name == WORDS
    assert DailyRow.objects.get().exposures == {f"own:{WORDS}": 1}
    assert Look.objects.get().numbers == {"triggers": [f"own:{WORDS}"]}
    version = EntryVersion.objects.get()
    assert version.data == {"note": WORDS}
    assert bytes(version.fingerprint) == keyed_digest(alice, b"f" * 32)
    refused = RefusedOperation.objects.get()
    assert refused.content == REFUSED
    assert bytes(refused.digest) == keyed_digest(alice, json.dumps(REFUSED).encode())


def check_what_is_around(alice):
    endpoint = Endpoint.objects.get()
    assert (endpoint.address, endpoint.label) == (ADDRESS, WORDS)
    assert endpoint.address_digest == address_digest(alice, "email", "alice@example.org")
    assert Device.objects.get().name == Follow.objects.get().label == WORDS
    report = Report.objects.get()
    assert (bytes(report.pdf or b""), report.page) == (WORDS.encode(), None)
    assert Share.objects.get().label == ShareView.objects.get().recipient == WORDS
