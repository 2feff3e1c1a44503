"""F18: a backup is restored to a random moment, and everybody goes on."""

import json
import time
from collections import Counter
from datetime import datetime, timedelta
from http.client import HTTPConnection
from typing import Any

from config.run import HOST, answers
from tests.chaos.rig import Account, Rig
from tests.chaos.servers import wait_for
from tests.faults.backup import Backup
from tests.faults.figures import Row
from tests.faults.phones import FOR_EVER, Crowd, Habits
from tests.phone.merging import plain
from tests.phone.phone import Ended, Phone, system_clock
from tests.phone.transport import HttpTransport

PEOPLE = 10  # with one phone each
SECONDS = 150  # of writing; the moment lies in its first half
ARCHIVE_TIMEOUT = 60
LATE_SECONDS = 10  # for a machine under load, beyond the archive's own limit
LONGEST_OUTAGE_SECONDS = 30 * 60


def run(rig: Rig, size: float) -> Row:
    """Write, note a moment, write on and erase somebody; then lose the server and restore it."""
    rig.service.environment |= {
        "ERASURE_LIST": str(rig.folder / "erasures.jsonl"),
        "ERASURE_GRACE": "0",
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    }
    rig.service.only({"outbox"})
    backup = Backup(rig, archive_timeout=max(2, round(ARCHIVE_TIMEOUT * size)))
    backup.make()
    wait_for(lambda: answers(rig.service.port))
    try:
        with Crowd(rig, PEOPLE, habits=Habits(phones=1, timeout=20)) as crowd:
            return _drill(rig, backup, crowd, seconds=max(4, SECONDS * size))
    finally:
        backup.end()


def _drill(rig: Rig, backup: Backup, crowd: Crowd, *, seconds: float) -> Row:
    leaving, staying = rig.accounts([[], []])
    _write_once(rig, leaving)
    crowd.write(FOR_EVER)
    time.sleep(seconds * (0.1 + 0.4 * rig.random.random()))
    with backup.standstill():
        moment, before = system_clock(), backup.checksums()
    rig.service.manage("tests.faults.erased", text=str(leaving.id))
    time.sleep(seconds / 2)
    backup.wait_until_archived()
    crowd.stop()
    held = _held(crowd)
    lost_seconds = time.time() - backup.newest_restorable()
    rig.postgresql.crash()
    began = time.monotonic()
    failures, epochs = _restored(rig, backup, moment, before), _epochs(backup)
    rig.service.manage("manage", "after_restore")
    failures += _put_right(rig, backup, leaving, epochs)
    _write_once(rig, staying)
    outage = time.monotonic() - began
    _converge(crowd)
    lost = held - _held(crowd)
    limits = (
        ("newest lost", lost_seconds, backup.archive_timeout + LATE_SECONDS),
        ("outage", outage, LONGEST_OUTAGE_SECONDS),
    )
    late = tuple(f"{name} {found:.0f} s" for name, found, most in limits if found > most)
    return Row(
        times=1,
        acked_lost=lost.total(),
        applied_twice=(_held(crowd) - held).total(),
        recovery_seconds=outage,
        note=f"RPO {lost_seconds:.1f} s, {held.total()} records held by phones",
        failures=failures + late,
    )


def _restored(
    rig: Rig, backup: Backup, moment: datetime, before: dict[str, str]
) -> tuple[str, ...]:
    """Restore; return what differs from that moment, or is not told."""
    backup.restore(moment)
    now = backup.checksums()
    differing = tuple(f"{table} differs" for table in before if now[table] != before[table])
    wait_for(lambda: answers(rig.service.port))
    told = _readiness(rig).get("restored") == "run after_restore"
    return differing + (() if told else ("readyz does not tell of the restore",))


def _put_right(
    rig: Rig, backup: Backup, leaving: Account, epochs: dict[Any, Any]
) -> tuple[str, ...]:
    """Return what `after_restore` has left undone."""
    kept = set(_epochs(backup).items()) & set(epochs.items())
    back = backup.ask(f"SELECT FROM diary_user WHERE id = '{leaving.id}'")
    checks = {
        "an epoch stayed": kept,
        "who was erased is back": back,
        "readyz is still red": _readiness(rig).get("restored") != "ok",
    }
    return tuple(name for name, wrong in checks.items() if wrong)


def _converge(crowd: Crowd) -> None:
    """Let the phones read everything anew and send what the backup has lost."""
    for phone in crowd.phones.values():
        until = time.monotonic() + 60
        while phone.sync() is not Ended.IN_STEP or phone.memory.to_ask or phone.memory.queue:
            for question in list(phone.memory.to_ask):
                phone.answer_question(question, mine=True)
            if time.monotonic() > until:
                raise TimeoutError(f"a phone was not in step in time: {phone.why}")


def _held(crowd: Crowd) -> Counter[str]:
    """Return what all phones show, whatever the ids: a lost record comes back under a new one."""
    return Counter(
        json.dumps(plain(data), sort_keys=True)
        for phone in crowd.phones.values()
        for data in phone.shown("episode").values()
    )


def _write_once(rig: Rig, account: Account) -> None:
    """Log one episode on a phone of its own, tried until it is acknowledged."""
    phone = Phone(HttpTransport(HOST, rig.service.port))
    phone.memory.session_token = account.tokens[-1]
    at = system_clock() - timedelta(minutes=1)
    phone.log("episode", {"start": {"at": at.isoformat(), "time_zone": "UTC"}})
    wait_for(lambda: phone.sync() is Ended.IN_STEP and not phone.memory.queue)


def _epochs(backup: Backup) -> dict[Any, Any]:
    return dict(backup.ask("SELECT person_id, epoch FROM person_sync"))


def _readiness(rig: Rig) -> dict[str, Any]:
    connection = HTTPConnection(HOST, rig.service.port, timeout=20)
    try:
        connection.request("GET", "/readyz")
        found: dict[str, Any] = json.loads(connection.getresponse().read())
        return found
    finally:
        connection.close()
