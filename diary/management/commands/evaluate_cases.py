"""Compare the assessment with what doctors answered: one line a case, then the totals."""

import json
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser, call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from diary.domain.cases.errors import CaseFileError
from diary.domain.cases.files import CaseFile, read_case_file
from diary.domain.cases.scoring import CaseScore, as_document, score
from diary.operations.cases import evaluate

OWNER_ALIAS = "owner"


class Command(BaseCommand):
    help = "Assess every case of a file and compare with the doctors' answers. Stores nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a case file; see docs/evaluation.md")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            cases = read_case_file(_document(options["file"]))
            ensure_tables()
            scores = _scores(cases)
        except CaseFileError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(json.dumps(as_document(scores), indent=2))
            return
        for line in (*_case_lines(scores), "", *_total_lines(scores)):
            self.stdout.write(line)


def ensure_tables() -> None:
    """Migrate a database that is still empty; raise CommandError for one that is out of date.

    An empty database holds nobody's data, so there is nothing to ask before filling it.
    """
    executor = MigrationExecutor(connections[OWNER_ALIAS])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if executor.loader.applied_migrations:
        raise CommandError("The database is out of date. Run `manage.py migrate` first.")
    call_command("migrate", verbosity=0)


def _document(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}.") from error
    except ValueError as error:  # malformed JSON or not UTF-8
        raise CommandError(f"{path} is not JSON in UTF-8: {error}.") from error


def _scores(file: CaseFile) -> tuple[CaseScore, ...]:
    return tuple(score(case, evaluate(case), ranks=file.ranks) for case in file.cases)


def _case_lines(scores: tuple[CaseScore, ...]) -> list[str]:
    width = max((len(one.answer.case_id) for one in scores), default=0)
    return [
        f"{one.answer.case_id:<{width}}  {one.answer.level:<16}  {one.answer.addressee:<17}"
        f"  {_verdict(one):<28}  {' '.join(one.answer.rules)}".rstrip()
        for one in scores
    ]


def _verdict(one: CaseScore) -> str:
    verdict = "accepted" if one.accepted else "not accepted"
    direction = " under" if one.under else " over" if one.over else ""
    return f"{verdict}{direction}{' (hard under)' if one.hard_under else ''}"


def _total_lines(scores: tuple[CaseScore, ...]) -> list[str]:
    accepted = sum(one.accepted for one in scores)
    share = 100 * accepted / len(scores) if scores else 0.0
    return [
        f"accepted           {share:.0f} % ({accepted} of {len(scores)})",
        f"under-triage       {sum(one.under for one in scores)}",
        f"hard under-triage  {sum(one.hard_under for one in scores)}",
        f"over-triage        {sum(one.over for one in scores)}",
    ]
