"""A diary at the edge of what two pages can hold."""

from dataclasses import replace

from diary.domain.days import daily_rows
from diary.domain.entries import HistoryItem, HistoryKind, Person, RemedyTrial, Side, SitedSide
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.registry import RULES
from diary.domain.vocabulary import SITES
from tests.reports.samples import START, episode, full_diary, uuid

LONG = "Wide words in a long name that goes on and on " * 5


def crowded_diary(episodes):
    """Everything page 1 can hold at once, each text as long as it may be."""
    base = full_diary(episodes)
    places = [SitedSide(site=s, side=side) for s in SITES.codes for side in (Side.LEFT, Side.RIGHT)]
    everywhere = tuple(
        episode(9_000 + n, START, sites=tuple(places[n:] + places[:n])) for n in range(60)
    )
    logged = (*everywhere, *base.episodes)
    return replace(
        base,
        display_name=LONG,
        person=Person(birth_year=1950, sex="female", country="US"),
        problem=replace(base.problem, question=LONG),
        episodes=logged,
        days=daily_rows(logged, base.check_ins),
        assessment=replace(base.assessment, findings=tuple(_finding(r) for r in RULES[:9])),
        medications=tuple(replace(m, name=LONG, dose=LONG) for m in base.medications * 3),
        history=tuple(
            HistoryItem(id=uuid(n), kind=kind, item="own", own_label=LONG)
            for n, kind in enumerate(list(HistoryKind) * 4)
        ),
        remedy_trials=tuple(
            RemedyTrial(id=uuid(n), remedy="own", own_label=LONG, started_on=START)
            for n in range(9)
        ),
    )


def _finding(rule):
    return Finding(
        rule=rule.id,
        version=1,
        level=Level.SEE_DOCTOR,
        addressee=Addressee.NEUROLOGIST,
        first_day=START,
        last_day=START,
        numbers={"days": 90, "logged_days": 80, "reports": 9},
    )
