"""What could not be delivered: shown to the operator by id and class of error, and tried again."""

from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandParser
from django.utils import timezone

from diary.models import Delivery
from diary.models.isolation import sweeping
from diary.operations.deliveries import retry_dead


class Command(BaseCommand):
    help = (
        "List the messages that were given up: after 72 hours, or because the other side refused"
        " them for good. With --retry or --retry-all they get another 72 hours."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        group = parser.add_mutually_exclusive_group()
        group.add_argument("--retry", nargs="+", type=UUID, metavar="ID", help="try these again")
        group.add_argument("--retry-all", action="store_true", help="try all of them again")

    def handle(self, *args: Any, **options: Any) -> None:
        with sweeping():
            dead = list(Delivery.objects.dead().order_by("finished_at", "id"))
        if options["retry"] or options["retry_all"]:
            chosen = options["retry"] or [one.id for one in dead]
            count = retry_dead(chosen, now=timezone.now())
            self.stdout.write(f"{count} are tried again.")
            return
        for one in dead:
            self.stdout.write(
                f"{one.id}  {one.kind}  created {one.created_at:%Y-%m-%d %H:%M}"
                f"  attempts {one.attempts}  {one.last_error or '-'}"
            )
        self.stdout.write(f"{len(dead)} dead letters.")
