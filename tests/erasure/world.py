"""Somebody who has used everything there is, and a look into every column of every table."""

from datetime import timedelta
from uuid import uuid4

from allauth.account.models import EmailConfirmation
from allauth.mfa.models import Authenticator
from django.db import connections, transaction

from diary.delivery import run_outbox
from diary.domain.access_log import Access, Action, Actor
from diary.domain.following import Terms
from diary.domain.look_slots import LookKind
from diary.domain.wire.profile import ProfileData
from diary.domain.wire.records import RecordType
from diary.models import Alert, LookDue, User
from diary.models.isolation import acting_for
from diary.operations.access_log import forget_accesses, note_access
from diary.operations.consents import give_consent
from diary.operations.devices import DeviceDescription, register_device
from diary.operations.erasure import ask_for_erasure
from diary.operations.following import invite, log_observation, note_seen_by_follower, take_up
from diary.operations.looks import look_at_due
from diary.operations.outbox import make_push_due
from diary.operations.people import open_verified_account
from diary.operations.profile import save_profile
from diary.operations.sync import push
from tests.delivery.world import Recorder, endpoint, everywhere
from tests.everybody import every
from tests.factories import (
    NOW,
    PASSWORD,
    check_in,
    episode,
    moment,
    operation,
    problem,
    symptom,
    write,
)
from tests.reports.shared import opened, shared

CANARY = "canary-of-alice"
MADE_BY_DJANGO = {"diary_user_groups", "diary_user_user_permissions"}  # for staff, who stay
OF_EACH_TYPE = (
    (RecordType.EPISODE, episode(note=CANARY, symptoms=[symptom("seizure")])),
    (RecordType.CHECK_IN, check_in(note=CANARY)),
    (RecordType.PROBLEM, problem(note=CANARY)),
    (RecordType.MEDICATION, {"name": CANARY}),
    (RecordType.HISTORY_ITEM, {"kind": "condition", "own_label": CANARY}),
    (RecordType.REMEDY_TRIAL, {"remedy": "own", "own_label": CANARY, "started_on": "2026-03-01"}),
)


def full_life() -> tuple[User, User]:
    """Return Alice, who has a row in every table that can name her, and Bob, whom she knows."""
    alice, bob = (
        open_verified_account(f"{name}@example.org", PASSWORD) for name in ("alice", "bob")
    )
    _account(alice)
    _forgotten_accesses(alice)
    endpoint(alice, CANARY)
    save_profile(
        alice.pk, ProfileData(name=CANARY, reminder_daily=True), base_version=None, now=NOW
    )
    _follow(bob, alice)
    _follow(alice, bob)
    write(alice, *(operation(data, type=type_) for type_, data in OF_EACH_TYPE))
    push(alice.pk, [{"op": CANARY}], now=NOW)
    for kind in LookKind:
        every(LookDue).filter(kind=kind).update(due_at=NOW)
        look_at_due(now=NOW, limit=10, lease=timedelta(minutes=1), kind=kind)
    run_outbox(everywhere(Recorder()), clock=lambda: NOW)
    with acting_for(alice.pk):
        make_push_due(alice.pk, urgent=False, now=NOW)
    _reading(bob, by=alice)
    give_consent(alice.pk, "keep_diary", "1", now=NOW)
    opened(shared(alice, label=CANARY))
    ask_for_erasure(alice.pk, now=NOW)
    return alice, bob


def _account(person: User) -> None:
    device = DeviceDescription(id=uuid4(), name=CANARY)
    register_device(person.pk, session_digest=uuid4().hex, description=device, now=NOW)
    Authenticator.objects.create(user=person, type="totp", data={"secret": CANARY})
    [address] = person.emailaddress_set.all()
    EmailConfirmation.objects.create(email_address=address, key=CANARY)


def _forgotten_accesses(person: User) -> None:
    """Note what was done so long ago that it has been forgotten by now."""
    for year in (2020, 2023):
        note_access(person.pk, Access(action=Action.VIEWED), now=NOW.replace(year=year))
    forget_accesses(person.pk, before=NOW.replace(year=2022))


def _reading(person: User, *, by: User) -> None:
    seen = Access(action=Action.VIEWED, actor=Actor.FOLLOWER, actor_id=by.pk)
    note_access(person.pk, seen, now=NOW)


def _follow(person: User, follower: User) -> None:
    """Let somebody follow an emergency, see it, and log an entry."""
    terms = Terms(label=CANARY, relation="friend", levels=("emergency",), repeats=1, may_log=True)
    _, code = invite(person.pk, terms, now=NOW)
    follow, _ = take_up(follower.pk, code, label=CANARY, now=NOW)
    write(person, operation(episode(symptoms=[symptom("seizure")])))
    with acting_for(person.pk):
        alert = Alert.objects.get()
    note_seen_by_follower(follower.pk, follow.id, alert.id, now=NOW)
    seen = operation(episode(start=moment("2026-03-10T11:30:00+01:00")))
    log_observation(follower.pk, follow.id, seen, now=NOW, device_id=uuid4(), sent_at=None)


def tables_naming(*needles: str) -> set[str]:
    """Return the tables in which any column of any row holds one of these texts."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        found = {table for table in _unlocked(cursor) if _names(cursor, table, needles)}
        transaction.set_rollback(True, using="owner")  # row-level security is back
    return found


def _unlocked(cursor) -> list[str]:
    """Return all tables, their row-level security lifted for the owner until the rollback."""
    cursor.execute(
        "SELECT relname, relforcerowsecurity FROM pg_class WHERE relkind IN ('r', 'p')"
        " AND relnamespace = current_schema()::regnamespace AND pg_has_role(relowner, 'USAGE')"
    )
    tables = cursor.fetchall()
    for table, forced in tables:
        if forced:
            cursor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
    return [table for table, _ in tables]


def _names(cursor, table: str, needles: tuple[str, ...]) -> bool:
    cursor.execute(
        f'SELECT EXISTS (SELECT FROM "{table}" AS row WHERE row::text ILIKE ANY (%s::text[]))',
        [[f"%{needle}%" for needle in needles]],
    )
    return bool(cursor.fetchone()[0])


def names_of(person: User) -> tuple[str, ...]:
    """Return how a row may name the person: id, the id in bytes, address, and what they wrote."""
    return (str(person.pk), person.pk.hex, person.email, CANARY, CANARY.encode().hex())


def tables_with_a_person() -> set[str]:
    """Return the tables with a foreign key to the account."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT conrelid::regclass::text FROM pg_constraint"
            " WHERE contype = 'f' AND confrelid = 'diary_user'::regclass"
        )
        return {table for (table,) in cursor.fetchall()}
