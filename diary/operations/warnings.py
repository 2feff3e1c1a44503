"""Warning signs: answered inside the write that reports them, whatever else is down."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from diary.domain.entries import Person
from diary.domain.findings import Finding
from diary.domain.rules.registry import urgent_findings
from diary.domain.words.advice import advice_for, unchecked_advice
from diary.operations.alerts import update_alerts
from diary.operations.guard import Guard
from diary.queries.alerts import plain
from diary.queries.people import today_of
from diary.queries.recent import RecentDiary, recent_diary

# A phone whose clock is further off than this is judged by its own clock as well.
CLOCK_TOLERANCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningAdvice:
    """The advice as JSON: of each entry, and of every one of them where something failed."""

    of_entry: Mapping[UUID, tuple[Mapping[str, Any], ...]]
    of_all: tuple[Mapping[str, Any], ...]

    def about(self, entry: UUID) -> tuple[Mapping[str, Any], ...]:
        """Return what is told about one entry that was written."""
        return (*self.of_entry.get(entry, ()), *self.of_all)


def answer_warning_signs(
    person_id: UUID,
    person: Person,
    recent: RecentDiary,
    *,
    now: datetime,
    sent_at: datetime | None,
) -> WarningAdvice:
    """Run the emergency and urgent rules, raise their alerts, return what they advise.

    `recent` is the diary with the write in it. Call inside the transaction of the write. What fails
    costs neither the entry nor the other rules; the look that follows tries it again.
    """
    guard = Guard()
    told: dict[UUID, dict[str, Mapping[str, Any]]] = defaultdict(dict)

    def answer() -> None:
        for diary, at in _clocks(recent, person, now=now, sent_at=sent_at):
            view = diary.view(person, now=at)
            findings = urgent_findings(view, ask=guard.ask)
            for finding in findings:
                worded = _worded(finding, person)
                advice: Mapping[str, Any] = guard.attempt(finding.rule, worded, otherwise={})
                for entry in finding.entries if advice else ():
                    told[entry].setdefault(finding.rule, advice)
            update_alerts(person_id, view=view, findings=findings, states=diary.alerts, now=now)

    guard.attempt("answering warning signs", answer, otherwise=None)
    return WarningAdvice(
        of_entry={entry: tuple(advice.values()) for entry, advice in told.items()},
        of_all=(plain(asdict(unchecked_advice(person))),) if guard.failed else (),
    )


def _worded(finding: Finding, person: Person) -> Callable[[], Mapping[str, Any]]:
    return lambda: plain(asdict(advice_for(finding, person)))


def _clocks(
    recent: RecentDiary, person: Person, *, now: datetime, sent_at: datetime | None
) -> Iterator[tuple[RecentDiary, datetime]]:
    """Yield the recent diary by the server's clock, and by the phone's when that is far off."""
    yield recent, now
    if sent_at is not None and abs(now - sent_at) > CLOCK_TOLERANCE:
        theirs = today_of(person, now=sent_at)
        yield recent_diary(recent.person_id, today=theirs), sent_at
