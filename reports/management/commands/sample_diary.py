"""A synthetic person to try the service with: the diary, a sign-in, a report and requests to paste.

It lives beside the reports because it makes one; the diary knows nothing of reports.
"""

import json
import shlex
import uuid
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from diary.domain.sample import REPORT_DAYS
from diary.operations.sample import TIME_ZONE, SampleAccess, open_sample_diary
from reports.operations import ReportRequest, make_report, request_report

REFUSED = (
    "This database may hold real diaries: neither DEBUG is on, nor is it the embedded one."
    " Repeat with --force if a sample person shall be in it."
)


class Command(BaseCommand):
    help = "Make the synthetic sample diary, or keep it, and print fresh access to it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--base-url", default="http://127.0.0.1:8000")
        parser.add_argument("--force", action="store_true", help="also in a database of your own")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["force"] or settings.SAMPLE_DIARY_ALLOWED):
            raise CommandError(REFUSED)
        now = timezone.now()
        access = open_sample_diary(now=now)
        report_id = ready_report(access.person_id, now=now)
        base_url = options["base_url"].rstrip("/")
        self.stdout.write(welcome(access, base_url=base_url))
        for title, command in requests_to_paste(access, report_id, base_url=base_url, now=now):
            self.stdout.write(f"\n{title}:\n  {command}")


def ready_report(person_id: uuid.UUID, *, now: datetime) -> uuid.UUID:
    """Return the id of a report on the ninety days before today, made here and now.

    What is printed must work as pasted, and no worker may be running yet.
    """
    today = now.astimezone(ZoneInfo(TIME_ZONE)).date()
    period = ReportRequest(
        period_start=today - timedelta(days=REPORT_DAYS), period_end=today - timedelta(days=1)
    )
    report = request_report(person_id, period, now=now)
    make_report(person_id, report.id, now=now)
    return report.id


def welcome(access: SampleAccess, *, base_url: str) -> str:
    """Return where to look and how to sign in."""
    written = access.records_written
    diary = f"{written} records written" if written else "kept as it was"
    return (
        f"Sample diary, synthetic: {diary}. The sign-in is new at every start.\n"
        f"  API       {base_url}/v1/docs\n"
        f"  E-mail    {access.email}\n"
        f"  Password  {access.password}\n"
        f"  Token     {access.token}   (header X-Session-Token)"
    )


def requests_to_paste(
    access: SampleAccess, report_id: uuid.UUID, *, base_url: str, now: datetime
) -> list[tuple[str, str]]:
    """Return titles with shell commands that work as they are."""
    signed_in = ("-H", f"X-Session-Token: {access.token}")
    episode, sudden = (json.dumps(body) for body in (_episode(now), _sudden_weakness(now)))
    log = ("curl", "-s", f"{base_url}/v1/episodes", *signed_in)
    pdf = ("curl", "-sS", "--fail", f"{base_url}/v1/reports/{report_id}/pdf")
    typed = ("-H", "Content-Type: application/json", "-d")
    commands = [
        ("Log an episode", (*log, *typed, episode)),
        ("Log one with sudden weakness of one side; read `advice`", (*log, *typed, sudden)),
        ("See the alerts", ("curl", "-s", f"{base_url}/v1/alerts", *signed_in)),
        ("Save the report for the neurologist", (*pdf, *signed_in, "-o", "report.pdf")),
    ]
    return [(title, shlex.join(command)) for title, command in commands]


def _episode(now: datetime, **more: Any) -> dict[str, Any]:
    start = now.astimezone(ZoneInfo(TIME_ZONE)).replace(microsecond=0)
    return {
        "id": str(uuid.uuid4()),
        "data": {
            "start": {"at": start.isoformat(), "time_zone": TIME_ZONE},
            "sites": [{"site": "upper_lip", "side": "left"}],
            "strength": 4,
            **more,
        },
    }


def _sudden_weakness(now: datetime) -> dict[str, Any]:
    sign = {"symptom": "one_sided_weakness", "present": True, "onset": "sudden", "side": "left"}
    return _episode(now, symptoms=[sign])
