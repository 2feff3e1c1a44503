"""`manage.py retention --check`: red for each class of which something is there after its time."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from diary.domain.access_log import Access, Action
from diary.domain.deliveries import EndpointKind
from diary.domain.retention import LATE, TERMS, Kept
from diary.domain.wire.records import RecordType
from diary.models import Delivery, Erasure, User
from diary.models.isolation import acting_for
from diary.operations.access_log import note_access
from diary.operations.sync import push
from reports.models import Share
from tests.delivery.world import signed_in_device
from tests.factories import check_in, make_person, operation, write_one
from tests.reports.shared import ready_report, shared

pytestmark = pytest.mark.django_db


def delivery(person, at):
    times = dict.fromkeys(("created_at", "first_due_at", "due_at", "set_at", "finished_at"), at)
    with acting_for(person.pk):
        Delivery.objects.create(
            id=person.pk, recipient=person, subject=person, about="reminder", state="dead",
            endpoint_id=person.pk, kind=EndpointKind.EMAIL, urgent=False, **times,
        )  # fmt: skip


def deleted_record(person, at):
    made = operation(check_in("2024-01-01"), type=RecordType.CHECK_IN)
    write_one(person, made, now=at)
    write_one(person, operation(None, type=made.type, id=made.id, base=1), now=at)


def ended_share(person, at):
    shared(person, now=timezone.now())
    with acting_for(person.pk):
        Share.objects.update(ended_at=at)


def revoked_device(person, at):
    device = signed_in_device(person)
    device.revoked_at = at
    with acting_for(person.pk):
        device.save(update_fields=["revoked_at"])
    Session.objects.all().delete()


def unverified_account(person, at):
    EmailAddress.objects.create(user=person, email=person.email)
    User.objects.update(date_joined=at)


OF_CLASS = {
    Kept.REFUSED_OPERATIONS: lambda person, at: push(person.pk, [{"op": "no"}], now=at),
    Kept.DELIVERIES: delivery,
    Kept.DELETED_RECORDS: deleted_record,
    Kept.REPORTS: lambda person, at: ready_report(person, now=at),
    Kept.SHARES: ended_share,
    Kept.SESSIONS: lambda _, at: Session.objects.create(session_key="old", expire_date=at),
    Kept.REVOKED_DEVICES: revoked_device,
    Kept.UNVERIFIED_ACCOUNTS: unverified_account,
    Kept.ACCESS_LOG: lambda person, at: note_access(
        person.pk, Access(action=Action.VIEWED), now=at
    ),
}


@pytest.mark.parametrize("kept", Kept)
@pytest.mark.parametrize("is_late", [False, True])
def test_the_check_is_red_two_days_after_the_time_of_any_class(kept, is_late, capsys):
    hour = timedelta(hours=1 if is_late else -1)
    OF_CLASS[kept](make_person(), timezone.now() - timedelta(days=TERMS[kept].days) - LATE - hour)

    if is_late:
        with pytest.raises(CommandError, match="still there"):
            call_command("retention", "--check")
    else:
        call_command("retention", "--check")

    [line] = [line for line in capsys.readouterr().out.splitlines() if line.startswith(kept)]
    assert ("LATE" in line) is is_late
    assert "none" not in line


def test_where_nothing_is_kept_all_is_within_and_without_check_it_only_tells(capsys):
    person, late = make_person(), timezone.now() - LATE - timedelta(hours=1)
    with acting_for(person.pk):
        Erasure.objects.create(
            person=person, receipt="r", erase_at=late, asked_at=timezone.now(), due_at=late
        )

    call_command("retention")

    told = capsys.readouterr().out
    assert told.count("within") == len(Kept)
    assert "Erasures overdue: 1." in told
    with pytest.raises(CommandError):
        call_command("retention", "--check")
