"""A receipt is confirmed when nobody is left to sign in."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from diary.domain.erasure import receipt_digest
from diary.models import ErasureTombstone
from diary.operations.erasure import ask_for_erasure
from tests.factories import NOW, make_person

pytestmark = pytest.mark.django_db


def test_a_receipt_of_somebody_who_was_erased_names_the_day(capsys):
    ErasureTombstone.objects.create(
        person_digest="d",
        erased_on=date(2026, 3, 24),
        receipt_digest=receipt_digest("7K2QD-0W9VB-XM3TE-4HNRA"),
    )

    call_command("erasure_receipt", "7k2qd 0w9vb-xm3te 4hnra")

    assert capsys.readouterr().out == "Erased on 2026-03-24.\n"


def test_a_receipt_of_an_erasure_that_waits_names_its_time(capsys):
    erasure, _ = ask_for_erasure(make_person().pk, now=NOW)

    call_command("erasure_receipt", erasure.receipt)

    assert capsys.readouterr().out == "Waits; to be erased at 2026-03-24 12:00 UTC.\n"


def test_any_other_number_is_refused():
    with pytest.raises(CommandError, match="No erasure"):
        call_command("erasure_receipt", "7K2QD-0W9VB-XM3TE-4HNRA")
