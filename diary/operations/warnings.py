"""Warning signs: answered inside the write that reports them, whatever else is down."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from diary.domain.entries import Person
from diary.domain.findings import Finding
from diary.domain.rules.registry import urgent_findings
from diary.domain.view import DiaryView
from diary.domain.words.advice import advice_for
from diary.operations.alerts import update_alerts
from diary.queries.alerts import plain
from diary.queries.people import today_of
from diary.queries.views import warning_view_of

# Long enough to tell a new sign from one that is reported every evening (28 days), plus a week.
RECENT_DAYS = 35
# A phone whose clock is further off than this is judged by its own clock as well.
CLOCK_TOLERANCE = timedelta(hours=1)


def answer_warning_signs(
    person_id: UUID,
    person: Person,
    *,
    now: datetime,
    dates: Collection[date],
    sent_at: datetime | None,
) -> dict[UUID, tuple[Mapping[str, Any], ...]]:
    """Run the emergency and urgent rules, raise their alerts, return the advice per entry as JSON.

    `dates` are the diary days just written: a day that has begun where the person is counts even
    when it has not by the profile's zone. Call inside the transaction of the write.
    """
    advice: dict[UUID, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for view in _views(person_id, person, now=now, dates=dates, sent_at=sent_at):
        findings = urgent_findings(view)
        update_alerts(person_id, view=view, findings=findings, now=now)
        for finding, entry in _grounds(findings):
            advice[entry].setdefault(finding.rule, plain(asdict(advice_for(finding, view.person))))
    return {entry: tuple(of_entry.values()) for entry, of_entry in advice.items()}


def _grounds(findings: Collection[Finding]) -> Iterator[tuple[Finding, UUID]]:
    return ((finding, entry) for finding in findings for entry in finding.entries)


def _views(
    person_id: UUID,
    person: Person,
    *,
    now: datetime,
    dates: Collection[date],
    sent_at: datetime | None,
) -> Iterator[DiaryView]:
    """Yield the recent diary by the server's clock, and by the phone's when that is far off."""
    today = max([today_of(person, now=now), *dates])
    yield warning_view_of(person_id, person, now=now, today=today, window_days=RECENT_DAYS)
    if sent_at is not None and abs(now - sent_at) > CLOCK_TOLERANCE:
        theirs = today_of(person, now=sent_at)
        yield warning_view_of(person_id, person, now=sent_at, today=theirs, window_days=RECENT_DAYS)
