"""Write docs/report.schema.json anew from the types of the report."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from reports.domain.schema import schema_text


class Command(BaseCommand):
    help = "Write docs/report.schema.json anew: what the document attached to a report holds."

    def add_arguments(self, parser: CommandParser) -> None:
        default = Path(settings.BASE_DIR) / "docs" / "report.schema.json"
        parser.add_argument("file", type=Path, nargs="?", default=default)
        parser.add_argument("--check", action="store_true", help="only say whether it is current")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        wanted = schema_text()
        present = path.read_text(encoding="utf-8") if path.exists() else ""
        if options["check"] and wanted != present:
            raise CommandError(f"{path} is not current: run make schema and commit it.")
        if wanted != present:
            path.write_text(wanted, encoding="utf-8")
