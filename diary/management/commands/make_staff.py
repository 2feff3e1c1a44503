"""Who may use the staff site."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from diary.models import User
from diary.queries.accounts import may_be_staff


class Command(BaseCommand):
    help = (
        "Let an account use the staff site, or with --revoke no longer. It must exist, with a"
        " verified address and codes from an authenticator app."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="the account's e-mail address")
        parser.add_argument("--revoke", action="store_true", help="take the right back, at once")

    def handle(self, *args: Any, **options: Any) -> None:
        address = User.objects.normalize_email(options["address"])
        person = User.objects.filter(email=address).first()
        if person is None:
            raise CommandError("No account has this address.")
        if not options["revoke"] and not may_be_staff(person):
            raise CommandError(
                "The account needs a verified address and codes from an authenticator app first."
            )
        person.is_staff = not options["revoke"]
        person.save(update_fields=["is_staff"])
        self.stdout.write("No longer staff." if options["revoke"] else "Staff from now on.")
