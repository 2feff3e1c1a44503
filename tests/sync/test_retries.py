"""S1 to S3, S17, S18: the same request again, and a service that dies around its commit."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from tests.factories import episode, moment, symptom
from tests.phone.batches import body_of, next_batch
from tests.phone.faults import Fault, FaultyTransport
from tests.phone.phone import Ended
from tests.phone.transport import InsideTransport, NoAnswer
from tests.sync.requests import create, edit, everything, post, results, statuses
from tests.sync.service import history_of, phone_of, rows_of

ROOT = Path(__file__).resolve().parents[2]


def sudden_weakness():
    now = moment(timezone.now().isoformat(timespec="seconds"), "")
    return episode(start=now, symptoms=[symptom("one_sided_weakness", onset="sudden")])


class DyingTransport:
    """A service whose process is killed around the commit of the push."""

    def __init__(self, die):
        self.die = die

    def send(self, method, path, body, headers):
        order = {
            "database": connection.settings_dict["NAME"],
            "token": headers["X-Session-Token"],
            "body": body,
            "die": self.die,
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.sync.dying_service"],
            cwd=ROOT,
            input=json.dumps(order),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == -signal.SIGKILL, done.stderr
        raise NoAnswer


def test_s1_a_batch_sent_fifty_times_is_one_row_with_the_same_versions_and_advice(alice, phone):
    batch = [create(sudden_weakness()), create()]

    first, *again = [results(phone, *batch) for _ in range(50)]

    assert [result["status"] for result in first] == ["applied", "applied"]
    assert first[0]["advice"][0]["rule"] == "E1"
    for answer in again:
        assert [result["status"] for result in answer] == ["duplicate", "duplicate"]
        assert [result["version"] for result in answer] == [1, 1]
        assert [result.get("advice") for result in answer] == [
            result.get("advice") for result in first
        ]
    assert len(rows_of(alice.pk)) == len(history_of(alice.pk)) == 2


def test_s1_a_phone_that_never_hears_an_answer_sends_the_same_operations(alice, new_phone):
    faults = iter([Fault.LOST_ANSWER] * 5)
    deaf = new_phone(FaultyTransport(InsideTransport(), lambda _: next(faults, Fault.NONE)))
    deaf.log("episode", episode())

    ended = [deaf.sync() for _ in range(6)]

    assert ended == [Ended.LATER] * 5 + [Ended.IN_STEP]
    assert deaf.memory.queue == {}
    assert len(history_of(alice.pk)) == 1


def test_s1_a_duplicate_names_the_version_it_made_and_not_a_later_one(phone, other):
    mine = create()
    results(phone, mine)
    results(other, edit(mine, 1, note="by the other phone"))

    [again] = results(phone, mine)

    assert (again["status"], again["version"]) == ("duplicate", 1)


def kill_and_retry(alice, phone, die, *, rows):
    """Let the service be killed under a push, look at what it left, and push again."""
    service = phone.transport
    phone.log("episode", episode(note="kept"))
    phone.transport = DyingTransport(die)
    assert phone.sync() is Ended.LATER
    assert len(rows_of(alice.pk)) == len(history_of(alice.pk)) == rows
    phone.transport = service

    assert phone.sync() is Ended.IN_STEP

    [(version, data)] = rows_of(alice.pk).values()
    assert (version, data["note"], len(history_of(alice.pk))) == (1, "kept", 1)


def test_s2_a_service_killed_between_commit_and_answer_applies_nothing_twice(alice, phone):
    kill_and_retry(alice, phone, "after_commit", rows=1)


def test_s3_a_service_killed_before_its_commit_leaves_nothing_and_takes_the_retry(alice, phone):
    kill_and_retry(alice, phone, "before_commit", rows=0)


def test_s17_an_operation_id_with_other_content_changes_nothing(alice, phone):
    first = create()
    results(phone, first)

    again = first | {"data": episode(strength=9)}
    elsewhere = create() | {"op": first["op"]}

    assert statuses(phone, again, elsewhere) == ["op_reused", "op_reused"]
    [(version, data)] = rows_of(alice.pk).values()
    assert (version, data["strength"]) == (1, 4)


def test_s17_the_operation_id_of_another_person_is_as_good_as_any(alice, bob, phone):
    first = create()
    results(phone, first)

    assert statuses(phone_of(bob), first | {"data": episode(strength=9)}) == ["applied"]
    [(_, hers)], [(_, his)] = rows_of(alice.pk).values(), rows_of(bob.pk).values()
    assert (hers["strength"], his["strength"]) == (4, 9)


def test_s18_an_operation_twice_in_one_batch_is_applied_once_with_the_same_advice(alice, phone):
    twin = create(sudden_weakness())

    first, second = results(phone, twin, twin)

    assert (first["status"], second["status"]) == ("applied", "duplicate")
    assert first["version"] == second["version"] == 1
    assert first["advice"] == second["advice"] != []
    assert len(history_of(alice.pk)) == 1


def test_s18_an_operation_id_with_other_content_in_one_batch_is_refused(phone):
    first = create()

    assert statuses(phone, first, first | {"id": str(uuid4())}) == ["applied", "op_reused"]
    assert [record["type"] for record in everything(phone)] == ["episode"]


def test_a_batch_of_the_phone_is_what_the_documents_say(phone):
    phone.log("episode", episode())
    batch = next_batch(phone.memory)

    answer = post(phone, **body_of(batch, sent_at="2026-03-10T11:00:00+01:00"))

    assert set(answer.body) == {"from", "to", "server_time", "results", "changes"}
    assert set(answer.body["results"][0]) >= {"op", "status", "version", "derived"}
