"""The rules of the phone against answers put together by hand: no service, no database."""

from datetime import datetime, timedelta

import pytest

from tests.phone.faults import DyingDisk, Fault, FaultyTransport, PhoneKilled
from tests.phone.memory import Memory, key_of
from tests.phone.phone import Ended, Phone
from tests.phone.transport import Answer, NoAnswer

NOTE = {"note": "kept"}
SERVER_TIME = "2026-03-10T12:00:00+00:00"


class Script:
    """A service that answers what it was told to, and remembers what it was sent."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.sent = []

    def send(self, method, path, body, headers):
        self.sent.append((method, path, body))
        answer = self.answers.pop(0) if self.answers else pulled()
        if isinstance(answer, Exception):
            raise answer
        return answer(body) if callable(answer) else answer

    @property
    def batches(self):
        return [[op["op"] for op in body["ops"]] for method, _, body in self.sent if body]


def pulled(*changes, cursor="c1", more=False):
    body = {"changes": list(changes), "cursor": cursor, "more": more, "server_time": SERVER_TIME}
    return Answer(status=200, body=body)


def pushed(**each):
    """Return a function that answers every operation of a batch alike."""

    def answer(body):
        results = [{"op": op["op"]} | each for op in body["ops"]]
        frame = {"from": "c0", "to": "c9", "server_time": SERVER_TIME, "changes": []}
        return Answer(status=200, body=frame | {"results": results})

    return answer


def refusing(status, **headers):
    return Answer(status=status, headers=headers, body={"code": "some_reason"})


def record(id, version, data, type="episode"):
    return {"type": type, "id": id, "version": version, "deleted": data is None, "data": data}


@pytest.mark.parametrize("status", [400, 401, 408, 410, 422, 426, 429, 500, 502, 503, 504])
def test_no_refusal_of_a_batch_costs_an_entry_or_its_operation_id(status):
    service = Script(refusing(status), pushed(status="applied", version=1))
    phone = Phone(service)
    id = phone.log("episode", NOTE)

    assert phone.sync() is not Ended.IN_STEP
    assert phone.shown("episode") == {id: NOTE}
    assert phone.sync() is Ended.IN_STEP

    first, second = service.batches
    assert first == second
    assert phone.memory.queue == {}


def test_the_wait_the_service_asks_for_is_kept():
    phone = Phone(Script(refusing(503, **{"retry-after": "7"}), NoAnswer()))
    phone.log("episode", NOTE)

    assert phone.sync() is Ended.LATER
    assert (phone.failures, phone.retry_after) == (1, 7.0)
    assert phone.sync() is Ended.LATER
    assert (phone.failures, phone.retry_after) == (2, 0.0)


def test_a_batch_that_is_too_large_is_split_until_it_fits():
    def at_most_two(body):
        if len(body["ops"]) > 2:
            return refusing(413)
        return pushed(status="applied", version=1)(body)

    service = Script(*[at_most_two] * 9)
    phone = Phone(service)
    ids = [phone.log("episode", NOTE) for _ in range(7)]

    phone.push()

    assert [len(batch) for batch in service.batches] == [7, 3, 1, 1, 1, 1, 1, 1, 1]
    assert phone.memory.queue == {}
    assert set(phone.shown("episode")) == set(ids)


def test_five_hundred_and_one_entries_are_two_batches():
    service = Script(*[pushed(status="applied", version=1)] * 2)
    phone = Phone(service)
    for _ in range(501):
        phone.log("episode", NOTE)

    phone.push()

    assert [len(batch) for batch in service.batches] == [500, 1]


def test_edits_before_the_first_send_are_one_operation():
    phone = Phone(Script())
    id = phone.log("episode", NOTE)
    phone.edit("episode", id, strength=3)
    phone.edit("episode", id, strength=4)

    [operation] = phone.memory.waiting()

    assert (operation.base, operation.data) == (0, NOTE | {"strength": 4})


def test_what_was_deleted_before_the_first_send_is_never_sent():
    phone = Phone(Script())
    id = phone.log("episode", NOTE)

    phone.delete("episode", id)

    assert list(phone.memory.waiting()) == []


def test_an_operation_that_was_sent_never_changes():
    service = Script(NoAnswer(), pushed(status="duplicate", version=1))
    phone = Phone(service)
    id = phone.log("episode", NOTE)
    phone.sync()
    phone.edit("episode", id, note="changed")
    phone.sync()

    (_, _, first), (_, _, again), (_, _, edit) = service.sent[:3]
    assert first["ops"] == again["ops"]
    assert edit["ops"][0]["op"] != first["ops"][0]["op"]
    assert (edit["ops"][0]["base"], edit["ops"][0]["data"]["note"]) == (1, "changed")


def test_a_refused_entry_is_replaced_by_what_the_person_wrote_since():
    invalid = pushed(status="invalid", errors=[{"pointer": "#/data/strength", "code": "range"}])
    service = Script(NoAnswer(), invalid, pushed(status="applied", version=1))
    phone = Phone(service)
    id = phone.log("episode", NOTE | {"strength": 99})
    phone.sync()
    phone.edit("episode", id, strength=9)

    assert phone.sync() is Ended.IN_STEP

    [refused] = phone.memory.needs_person
    assert refused.operation.data == NOTE | {"strength": 99}
    assert service.sent[2][2]["ops"][0]["base"] == 0
    assert phone.shown("episode")[id]["strength"] == 9


def test_an_answer_nobody_knows_yet_is_shown_to_the_person():
    phone = Phone(Script(pushed(status="from_the_future")))
    phone.log("episode", NOTE)

    assert phone.sync() is Ended.IN_STEP

    [refused] = phone.memory.needs_person
    assert refused.errors == ({"code": "from_the_future"},)


def test_an_operation_without_an_answer_stays_in_the_queue():
    frame = {"from": "c0", "to": "c9", "changes": [], "results": []}
    phone = Phone(Script(Answer(status=200, body=frame)))
    phone.log("episode", NOTE)

    assert phone.sync() is Ended.UPDATE_APP
    assert len(phone.memory.queue) == 1


def test_advice_is_handed_on_unchanged():
    advice = {"rule": "E1", "title": "Get help now", "emergency_number": "119"}
    phone = Phone(Script(pushed(status="applied", version=1, advice=[advice])))
    phone.log("episode", NOTE)

    phone.sync()

    assert phone.advice == [advice]


def test_a_resync_keeps_the_queue_and_drops_what_the_service_forgot_on_purpose():
    gone = Answer(status=409, body={"code": "resync_required", "reason": "too_old"})
    phone = Phone(Script(pulled(record("a", 1, NOTE), record("b", 1, NOTE))))
    phone.sync()
    unsent = phone.log("episode", NOTE)
    phone.transport = Script(gone, pulled(record("a", 4, NOTE), cursor="c2"))

    phone.pull()

    assert set(phone.shown("episode")) == {"a", unsent}
    assert phone.memory.to_ask == []
    assert phone.memory.cursor == "c2"


def test_after_a_restored_backup_an_edit_that_was_lost_is_not_given_up_unasked():
    restored = Answer(status=409, body={"code": "resync_required", "reason": "epoch"})
    phone = Phone(Script(pulled(record("a", 3, {"note": "third"}), record("b", 2, NOTE))))
    phone.sync()
    first = record("a", 1, {"note": "first"})
    phone.transport = Script(restored, pulled(first, record("b", 1, NOTE), cursor="c2"))

    phone.pull()

    [question] = phone.memory.to_ask
    assert (question.reason, question.id) == ("older", "a")
    assert (question.mine, question.theirs) == ({"note": "third"}, {"note": "first"})


@pytest.mark.parametrize("point", range(12))
@pytest.mark.parametrize("kept", [False, True])
def test_a_phone_killed_at_any_save_goes_on_where_it_was(point, kept):
    disk, service = DyingDisk(), TinyService()
    phone = Phone(service, disk)
    disk.die(at_save=point, kept=kept)
    written = []
    try:
        for number in range(3):
            written.append(phone.log("episode", {"note": f"text {number}"}))
            phone.sync()
    except PhoneKilled:
        phone = Phone(service, disk)

    assert phone.sync() is Ended.IN_STEP

    assert set(phone.shown("episode")) == set(service.records)
    assert set(written) <= set(service.records)
    assert service.applied == len(service.records)


@pytest.mark.parametrize("fault", [fault for fault in Fault if fault is not Fault.NONE])
def test_a_faulty_request_is_made_good_by_the_next(fault):
    faults, service = [fault], TinyService()
    disk = DyingDisk()
    network = FaultyTransport(service, lambda _: faults.pop() if faults else Fault.NONE)
    phone = Phone(network, disk)
    id = phone.log("episode", NOTE)
    try:
        assert phone.sync() is Ended.LATER
    except PhoneKilled:
        phone = Phone(network, disk)

    assert phone.sync() is Ended.IN_STEP

    assert list(service.records) == [id]
    assert service.applied == 1


def test_the_memory_is_the_same_after_writing_and_reading_it():
    phone = Phone(Script(NoAnswer(), pushed(status="invalid", errors=[{"code": "x"}])))
    id = phone.log("episode", NOTE)
    phone.sync()
    phone.edit("episode", id, note="second")
    copy = Memory.from_json(phone.memory.to_json())

    assert copy == phone.memory
    assert len(copy.queued(key_of("episode", id))) == 2


@pytest.mark.parametrize(
    ("minutes", "is_wrong"), [(-3, True), (-2, False), (0, False), (2, False), (3, True)]
)
def test_a_clock_more_than_two_minutes_off_is_told_and_a_right_one_no_more(minutes, is_wrong):
    right = datetime.fromisoformat(SERVER_TIME)
    times = [right + timedelta(minutes=minutes), right]
    phone = Phone(Script(), clock=lambda: times.pop(0))

    assert phone.sync() is Ended.IN_STEP
    assert phone.wrong_clock is is_wrong

    assert phone.sync() is Ended.IN_STEP
    assert not phone.wrong_clock


class TinyService:
    """Creates by operation id, and one page of everything: enough for a phone that dies."""

    def __init__(self):
        self.records, self.operations, self.applied = {}, {}, 0

    def send(self, method, path, body, headers):
        if method == "GET":
            found = [record(id, 1, data) for id, data in self.records.items()]
            return pulled(*found, cursor=f"c{len(found)}")
        before, results = f"c{len(self.records)}", [self.apply(op) for op in body["ops"]]
        frame = {"from": before, "to": f"c{len(self.records)}", "changes": []}
        return Answer(status=200, body=frame | {"results": results})

    def apply(self, op):
        known = op["op"] in self.operations
        self.applied += not known
        self.operations[op["op"]] = self.records[op["id"]] = op["data"]
        return {"op": op["op"], "status": "duplicate" if known else "applied", "version": 1}
