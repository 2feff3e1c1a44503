"""What profiles held of consents becomes the first acts of their history."""

import importlib

import pytest
from django.db import connections, transaction

from diary.models import Consent, Profile
from diary.models.isolation import acting_for
from tests.factories import make_person

migration = importlib.import_module("diary.migrations.0008_consents")

OF_BEFORE = (
    '[{"code": "keep_diary", "version": "2026-11", "given_at": "2026-11-21T08:00:00+08:00"}]'
)


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_a_consent_of_a_profile_is_an_act_at_its_time() -> None:
    alice = make_person()
    with acting_for(alice.pk):
        Profile.objects.create(person_id=alice.pk)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE profile NO FORCE ROW LEVEL SECURITY")
        cursor.execute("ALTER TABLE consent NO FORCE ROW LEVEL SECURITY")
        cursor.execute("UPDATE profile SET consents = %s", [OF_BEFORE])

        cursor.execute(migration.TAKE_ALONG)
        cursor.execute("ALTER TABLE consent FORCE ROW LEVEL SECURITY")

    with acting_for(alice.pk):
        act = Consent.objects.get()
    assert (act.code, act.version, act.given) == ("keep_diary", "2026-11", True)
    assert act.at.isoformat() == "2026-11-21T00:00:00+00:00"
