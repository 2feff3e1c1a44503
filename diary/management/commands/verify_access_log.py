"""Follow the chain of every person's access log and name the first row that does not fit."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError

from diary.domain.access_log import BrokenChain, Link, end_of_chain
from diary.domain.access_log_anchor import AnchorUnreadable, anchor_text, read_anchor
from diary.models import User
from diary.models.isolation import snapshot_of
from diary.queries.access_log import beginning_of, chain_of


class Command(BaseCommand):
    help = (
        "Verify the access log of every person. An anchor written earlier, and kept where nobody"
        " who can change the database reaches it, also shows rows cut off from the end."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--anchor", type=Path, help="The anchor to verify against.")
        parser.add_argument("--write-anchor", type=Path, help="Where to write a new anchor.")

    def handle(self, *args: Any, **options: Any) -> None:
        anchored = _read(options["anchor"]) if options["anchor"] else {}
        people = list(User.objects.order_by("pk").values_list("pk", flat=True))
        ends: dict[UUID, Link] = {}
        for person_id in people:
            try:
                ends[person_id] = _verified_end(person_id, anchored.get(person_id))
            except BrokenChain as broken:
                self.stderr.write(str(broken))
        if gone := len(anchored.keys() - set(people)):
            self.stdout.write(f"{gone} accounts of the anchor do not exist any more.")
        if len(ends) < len(people):
            raise CommandError(f"{len(people) - len(ends)} logs are not as they were written.")
        self.stdout.write(f"{len(ends)} logs are as they were written.")
        if options["write_anchor"]:
            options["write_anchor"].write_text(anchor_text(ends))


def _read(path: Path) -> Mapping[UUID, Link]:
    try:
        return read_anchor(path.read_text())
    except AnchorUnreadable as error:
        raise CommandError(str(error)) from error


def _verified_end(person_id: UUID, anchored: Link | None) -> Link:
    with snapshot_of(person_id):
        start, rows = beginning_of(person_id), chain_of(person_id)
        return end_of_chain(person_id, rows, start=start, anchored=anchored)
