"""Jerking that goes on without a pause, or takes face and limbs of one side: near to a seizure."""

from dataclasses import dataclass
from datetime import date

from diary.domain.bouts import site_group
from diary.domain.entries import Course, Episode, Problem
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, finding
from diary.domain.rules.history import KNOWN_SPASM, SEIZURE_RISK, conditions
from diary.domain.rules.spoken import SAME_DAY_HOURS
from diary.domain.symptom_reports import NOW_DAYS, ONE_SIDED, WEEK_DAYS
from diary.domain.view import DiaryView
from diary.domain.vocabulary.sites import SiteGroup

UNBROKEN_SECONDS = 300  # an attack of more than 5 minutes is an emergency; Epilepsy Society
JERKING_NEW_DAYS = 28  # jerking without a pause that is older than this is no new attack; choice
JERK = "jerk"
MAY_BE_JERKS = frozenset({JERK, "twitch", "spasm", "contraction", "shaking"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Jerking:
    """The episodes and the intake that tell of it."""

    logged: tuple[Episode, ...] = ()
    intake: Problem | None = None

    def __bool__(self) -> bool:
        return bool(self.logged) or self.intake is not None

    def ground(self) -> Ground:
        """Return the same as the ground of a finding."""
        return Ground(logged=self.logged, intake=self.intake)


def jerking_now(view: DiaryView) -> Jerking:
    """Return jerking of the last day that E3 takes for an attack, empty when there is none.

    Without a pause or for 5 minutes, not of the eyelid alone, and either something in the past that
    seizures come from, or face and limb of one side together. With such a past a twitch, spasm or
    shaking counts as well, as long as it is new.
    """
    intake = view.problem
    told = intake if intake and _told_now(intake, view) and _is_attack(intake, view) else None
    logged = tuple(
        e
        for e in view.episodes
        if _within(e.local_date, view.today, NOW_DAYS)
        and _is_attack(e, view)
        and (_is_new(view) or _long_jerk(e))
    )
    return Jerking(logged=logged, intake=told)


def unbroken_jerking(view: DiaryView) -> Finding | None:
    """Return U9: new jerking without a pause or for 5 minutes, or of face and limb of one side.

    New is within 28 days or of unsaid start, and told within 7 days; the eyelid alone and jerks on
    falling asleep are left out. Where a seizure would not surprise (epilepsy, stroke, brain tumor,
    operation or injury of the head) a twitch or spasm without a pause counts too when its start is
    said. What is of the last day is E3 there. Source: Epilepsy Society; choice of the project.
    """
    if jerking_now(view) or _old(view):
        return None
    problem = view.problem
    told = problem if problem and _told_lately(problem, view) else None
    logged = tuple(
        e
        for e in view.episodes
        if _within(e.local_date, view.today, WEEK_DAYS) and _suspect(e, view)
    )
    if not told and not logged:
        return None
    numbers = {"episodes": len(logged), "within_hours": SAME_DAY_HOURS}
    ground = Ground(logged=logged, intake=told)
    return finding("U9", Level.URGENT, Addressee.OWN_DOCTOR, view, ground, numbers)


def _told_now(problem: Problem, view: DiaryView) -> bool:
    onset = problem.first_day_latest
    fresh = onset is not None and _within(onset, view.today, NOW_DAYS)
    return fresh and _within(problem.asked_on, view.today, NOW_DAYS)


def _told_lately(problem: Problem, view: DiaryView) -> bool:
    over = problem.still_present is False or problem.course is Course.RESOLVED
    lately = _within(problem.asked_on, view.today, WEEK_DAYS)
    return lately and not over and _suspect(problem, view)


def _is_attack(entry: Episode | Problem, view: DiaryView) -> bool:
    known = conditions(view) & SEIZURE_RISK
    return _unbroken(entry) and (_takes_one_side(entry) or (bool(known) and _may_jerk(entry, view)))


def _suspect(entry: Episode | Problem, view: DiaryView) -> bool:
    if _takes_one_side(entry):
        return True
    if not _unbroken(entry):
        return False
    if _jerks(entry) and _beyond_the_lid(entry):
        return True
    return bool(conditions(view) & SEIZURE_RISK) and _is_new(view) and _may_jerk(entry, view)


def _may_jerk(entry: Episode | Problem, view: DiaryView) -> bool:
    spasm = bool(conditions(view) & KNOWN_SPASM) and not _jerks(entry)
    return entry.movement in MAY_BE_JERKS and _beyond_the_lid(entry) and not spasm


def _jerks(entry: Episode | Problem) -> bool:
    rhythmic = isinstance(entry, Episode) and entry.rhythmic is True
    return entry.movement == JERK or (rhythmic and entry.movement in MAY_BE_JERKS)


def _unbroken(entry: Episode | Problem) -> bool:
    return entry.continuous is True or _least_seconds(entry) >= UNBROKEN_SECONDS


def _long_jerk(entry: Episode) -> bool:
    return _jerks(entry) and _least_seconds(entry) >= UNBROKEN_SECONDS


def _least_seconds(entry: Episode | Problem) -> float:
    if isinstance(entry, Episode):
        return entry.duration_seconds or 0
    return entry.seconds_per_bout.low if entry.seconds_per_bout else 0


def _beyond_the_lid(entry: Episode | Problem) -> bool:
    return any(site_group(s.site) not in {SiteGroup.EYELID, None} for s in entry.sites)


def _takes_one_side(entry: Episode | Problem) -> bool:
    """Tell whether face and limb of one side jerk together, and not on falling asleep."""
    groups = {site_group(s.site) for s in entry.sites} - {None}
    sides = {s.side for s in entry.sites}
    one = len(sides) == 1 and sides <= ONE_SIDED
    both = SiteGroup.BODY in groups and len(groups) > 1
    return one and both and entry.movement == JERK and "falling_asleep" not in entry.contexts


def _old(view: DiaryView) -> bool:
    onset = view.problem.first_day_latest if view.problem else None
    return onset is not None and not _within(onset, view.today, JERKING_NEW_DAYS)


def _is_new(view: DiaryView) -> bool:
    """Tell whether the twitching is known to have begun lately."""
    if view.problem:
        onset = view.problem.first_day_latest
        return onset is not None and _within(onset, view.today, JERKING_NEW_DAYS)
    first = min((e.local_date for e in view.episodes), default=view.today)
    return _within(first, view.today, JERKING_NEW_DAYS)


def _within(day: date, today: date, days: int) -> bool:
    return (today - day).days <= days
