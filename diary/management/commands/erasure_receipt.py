"""For somebody whose account is gone: what became of the erasure with this receipt."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from diary.domain.erasure import receipt_digest
from diary.models import Erasure
from diary.models.isolation import sweeping
from diary.queries.erasure import erased_on


class Command(BaseCommand):
    help = (
        "Say on which day the account of a receipt number was erased. Exits 1 for a number unknown."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", help="as it was told, such as 7K2QD-0W9VB-XM3TE-4HNRA")

    def handle(self, *args: Any, number: str, **options: Any) -> None:
        day = erased_on(number)
        if day is not None:
            self.stdout.write(f"Erased on {day:%Y-%m-%d}.")
            return
        with sweeping():
            waiting = list(Erasure.objects.values_list("receipt", "erase_at"))
        for receipt, erase_at in waiting:
            if receipt_digest(receipt) == receipt_digest(number):
                self.stdout.write(f"Waits; to be erased at {erase_at:%Y-%m-%d %H:%M} UTC.")
                return
        raise CommandError("No erasure has this receipt number.")
