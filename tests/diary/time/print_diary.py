"""Write a diary that crosses midnights and zones and print all that is read of it (T13).

Runs as a process of its own: the arguments are the database and the zone.
"""

import json
import os
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from config import env

MIDNIGHTS = (
    ("2025-10-26T02:30:00+02:00", "Europe/Berlin"),
    ("2025-10-26T02:30:00+01:00", "Europe/Berlin"),
    ("2025-12-31T23:50:00+14:00", "Pacific/Kiritimati"),
    ("2025-12-31T00:10:00-10:00", "Pacific/Honolulu"),
    ("2026-03-10T00:30:00+05:45", ""),
)


def main(database: str, zone: str) -> None:
    """Print one line of JSON per block, with `zone` as the zone of this process."""
    env.set_development_defaults(Path(__file__).resolve().parents[3])
    import django

    django.setup()
    from django.db import connections

    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = database
    os.environ["TZ"] = zone  # noqa: TID251 - Django has put UTC there; nothing may rely on that
    time.tzset()
    for block in blocks(zone):
        sys.stdout.write(json.dumps(block, sort_keys=True, default=str) + "\n")


def blocks(zone: str) -> list[object]:
    """Return the pulled records, the daily rows, the report's CSV and the assessment."""
    from diary.domain.wire.records import RecordType
    from diary.models import DailyRow
    from diary.models.isolation import acting_for
    from diary.queries.records import records_page
    from reports.queries import report_diary
    from reports.render.csv import episodes_csv
    from tests.factories import check_in, episode, make_person, moment, operation, write, write_one

    person = make_person(zone.replace("/", "-").replace("+", "-"))
    starts = [episode(start=moment(at, zone)) for at, zone in MIDNIGHTS]
    write(person, *(operation(data, id=UUID(int=n)) for n, data in enumerate(starts, start=1)))
    asked = operation(check_in("2026-03-10"), type=RecordType.CHECK_IN, id=UUID(int=99))
    outcome = write_one(person, asked, now=datetime(2026, 3, 10, 23, 30, tzinfo=UTC))
    with acting_for(person.pk):
        page, _ = records_page(person.pk, RecordType.EPISODE, limit=50)
        diary = report_diary(
            person.pk,
            now=datetime(2026, 3, 10, 23, 30, tzinfo=UTC),
            start=date(2025, 10, 1),
            end=date(2026, 3, 11),
        )
        rows = list(DailyRow.objects.order_by("local_date").values_list("local_date", "episodes"))
    return [
        [[each["seq"], each["received_at"], each["data"], each["derived"]] for each in page],
        [outcome.status, outcome.record and outcome.record.data],
        rows,
        episodes_csv(diary.episodes).decode(),
        [[finding.rule, finding.numbers] for finding in diary.assessment.findings],
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
