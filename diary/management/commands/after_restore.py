"""After a restore from a backup, and before anybody is let in: the one thing to run."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from diary.operations.restoring import ListNotReadable, put_right


class Command(BaseCommand):
    help = (
        "Erase again everybody who was erased since the backup was made, and give every diary a new"
        " epoch, so that no phone goes on from a cursor the backup does not know. Run it after a"
        " restore or a failover; until then /readyz is red."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "list",
            nargs="*",
            type=Path,
            default=[Path(settings.ERASURE_LIST)],
            help="erasure lists of all hosts that have erased; default ERASURE_LIST",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = put_right(options["list"], now=timezone.now())
        except ListNotReadable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Erased again: {done.erased}. New epochs: {done.renewed}.")
        if done.unreadable:
            self.stdout.write(
                f"{done.unreadable} lines were torn while they were written and erased nobody."
            )
