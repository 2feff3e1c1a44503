"""Bouts: runs of twitching, taken from the daily rows and from what the intake states."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from diary.domain.entries import Course, Day, Problem, SitedSide
from diary.domain.findings import EvidenceFrom
from diary.domain.view import WINDOW_DAYS, DiaryView
from diary.domain.vocabulary.sites import SITES, SiteGroup

BOUT_GAP_DAYS = 7  # a longer run without a twitch day ends a bout; project choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Bout:
    """One run of twitching, both days included.

    `stated_onset` is the day by which the intake says it had begun, `stated_until` the day of the
    intake; both None for a bout that stands in the diary alone. `logged_days` and `observed_days`
    count daily rows inside the bout.
    """

    first_day: date
    last_day: date
    logged_days: int
    observed_days: int
    site_groups: frozenset[SiteGroup]
    evidence_from: EvidenceFrom
    stated_onset: date | None = None
    stated_until: date | None = None

    @property
    def span_days(self) -> int:
        """Return last day minus first day, in days; 0 for a bout of one day."""
        return (self.last_day - self.first_day).days

    @property
    def stated_days(self) -> int:
        """Return for how many days before the intake it had been there, 0 when unsaid."""
        if self.stated_onset is None or self.stated_until is None:
            return 0
        return (self.stated_until - self.stated_onset).days


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewOfBouts(DiaryView):
    """A diary whose bouts are worked out already."""

    bouts: tuple[Bout, ...]


def site_group(site: str) -> SiteGroup | None:
    """Return the group of a site code, or None for a code the vocabulary does not hold."""
    found = SITES.get(site)
    return None if found is None else found.group


def site_groups(sites: Iterable[SitedSide]) -> frozenset[SiteGroup]:
    """Return the groups that these sites lie in."""
    return frozenset(group for s in sites if (group := site_group(s.site)) is not None)


def groups_of_days(days: Iterable[Day]) -> frozenset[SiteGroup]:
    """Return the groups of all sites in these daily rows."""
    names = {key.split(":")[0] for day in days for key in day.sites}
    return frozenset(group for name in names if (group := site_group(name)) is not None)


def stated_onset(problem: Problem | None) -> date | None:
    """Return the first day the intake vouches for: the latest day of a stated range.

    Somebody who says "three to nine days ago" has certainly twitched for three days, so rules that
    count days use the end of the range and never alert on the longer reading.
    """
    return None if problem is None else problem.first_day_latest


def logged_bouts(days: Sequence[Day]) -> tuple[tuple[date, date], ...]:
    """Return (first, last) of each bout in the daily rows alone, oldest first."""
    return _merge([(day.local_date, day.local_date) for day in days if day.twitch_day])


def bouts(days: Sequence[Day], problem: Problem | None) -> tuple[Bout, ...]:
    """Return all bouts, oldest first. `days` are daily rows in ascending order.

    The intake counts as one run from its stated onset to the day it was told, unless it says that
    the problem is over; it joins a logged bout that it touches within `BOUT_GAP_DAYS`.
    """
    stated = _stated_span(problem)
    spans = [*logged_bouts(days), *([stated] if stated else [])]
    return tuple(_bout(first, last, days, problem, stated) for first, last in _merge(spans))


def bouts_of(view: DiaryView) -> tuple[Bout, ...]:
    """Return all bouts of a diary, oldest first."""
    return view.bouts if isinstance(view, ViewOfBouts) else bouts(view.days, view.problem)


def current_bout(view: DiaryView) -> Bout | None:
    """Return the bout that has not ended by `view.today`, or None."""
    found = bouts_of(view)
    if not found or (view.today - found[-1].last_day).days > BOUT_GAP_DAYS:
        return None
    return found[-1]


def may_be_older(bout: Bout, today: date) -> bool:
    """Return whether a bout reaches the start of the days a view holds, its true start unknown.

    A twitch day before the window would join a bout that begins in the first days of it. A start
    that the intake states is known.
    """
    edge = today - timedelta(days=WINDOW_DAYS - 1)
    stated = bout.stated_onset == bout.first_day
    return not stated and 0 <= (bout.first_day - edge).days <= BOUT_GAP_DAYS


def _stated_span(problem: Problem | None) -> tuple[date, date] | None:
    onset = stated_onset(problem)
    if problem is None or onset is None or problem.still_present is False:
        return None
    if problem.course is Course.RESOLVED:
        return None
    return min(onset, problem.asked_on), problem.asked_on


def _merge(spans: Sequence[tuple[date, date]]) -> tuple[tuple[date, date], ...]:
    gap = timedelta(days=BOUT_GAP_DAYS)
    merged: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        # Day numbers differ by 8 when 7 days without twitching lie between: that still joins.
        if merged and first - merged[-1][1] <= gap + timedelta(days=1):
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)


def _bout(
    first: date,
    last: date,
    days: Sequence[Day],
    problem: Problem | None,
    stated: tuple[date, date] | None,
) -> Bout:
    inside = [day for day in days if first <= day.local_date <= last]
    logged = [day for day in inside if day.twitch_day]
    joined = stated if stated and first <= stated[0] <= last else None
    groups = groups_of_days(logged)
    if joined and problem:
        groups |= site_groups(problem.sites)
    return Bout(
        first_day=first,
        last_day=last,
        logged_days=len(logged),
        observed_days=sum(day.observed for day in inside),
        site_groups=groups,
        evidence_from=_evidence(has_log=bool(logged), has_statement=joined is not None),
        stated_onset=joined[0] if joined else None,
        stated_until=joined[1] if joined else None,
    )


def _evidence(*, has_log: bool, has_statement: bool) -> EvidenceFrom:
    if has_log and has_statement:
        return EvidenceFrom.BOTH
    return EvidenceFrom.INTAKE if has_statement else EvidenceFrom.DIARY
