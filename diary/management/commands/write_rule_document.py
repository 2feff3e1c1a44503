"""Write the generated part of docs/rules.md anew from the table of rules."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from diary.domain.rules.document import rule_document


class Command(BaseCommand):
    help = "Write docs/rules.md anew from the rules; its hand-written start is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        default = Path(settings.BASE_DIR) / "docs" / "rules.md"
        parser.add_argument("file", type=Path, nargs="?", default=default)
        parser.add_argument("--check", action="store_true", help="only say whether it is current")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        present = path.read_text(encoding="utf-8")
        wanted = rule_document(present)
        if options["check"] and wanted != present:
            raise CommandError(f"{path} is not current; run `manage.py write_rule_document`.")
        if wanted != present:
            path.write_text(wanted, encoding="utf-8")
