"""Rules on places: N3 when twitching takes new ones, N4 when it keeps to one side and goes on."""

from datetime import timedelta

from diary.domain.bouts import Bout, current_bout, groups_of_days, site_groups
from diary.domain.entries import Course, Episode, Problem, Side
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, finding
from diary.domain.rules.calm import intake_is_calm, is_twitching
from diary.domain.rules.trends import is_rising
from diary.domain.symptom_reports import ONE_SIDED
from diary.domain.view import DiaryView
from diary.domain.vocabulary.sites import SiteGroup

MOVING = frozenset({Course.SPREADING, Course.MIGRATING})
GROWING = frozenset({Course.WORSENING, Course.MORE_FREQUENT, Course.SPREADING})


def spread(view: DiaryView) -> Finding | None:
    """Return N3: twitching in a new region of the face or body, logged twice or told in the intake.

    Logged: 2 episodes on 2 days in a region that was quiet in the first 14 days of the bout and in
    all that is known before; it holds while the bout lasts. Told: a course that spreads or moves,
    or two regions from the start. Source: Lip Twitching: When to See a Neurologist, "twitching of
    facial or body muscles"; NHS, "more than 1 place".
    """
    bout = current_bout(view)
    if bout and (logged := _new_region(view, bout)):
        numbers = {"regions": len(bout.site_groups), "episodes": len(logged)}
        return finding(
            "N3", Level.SEE_DOCTOR, Addressee.NEUROLOGIST, view, Ground(logged=logged), numbers
        )
    problem = view.problem
    if problem is None or not _told_spread(view, problem):
        return None
    numbers = {"regions": len(site_groups(problem.sites)), "episodes": 0}
    return finding(
        "N3", Level.SEE_DOCTOR, Addressee.NEUROLOGIST, view, Ground(intake=problem), numbers
    )


def one_side(view: DiaryView) -> Finding | None:
    """Return N4: twitching that keeps to one side, with a second region, growth, or in sleep.

    Growth is N7 or W2 in a weekly look, or the course the intake tells. Being one-sided alone is
    usual for harmless eyelid twitching and never enough. Source: Lip
    Twitching: When to See a Neurologist, "muscles on one side of the face".
    """
    bout = current_bout(view)
    asleep = [e for e in view.episodes if e.asleep and _one_sided(e)]
    sided = _sided_log(view)
    in_sleep = len({e.local_date for e in asleep}) >= view.thresholds.gate_episodes
    goes_on = in_sleep or (bout is not None and len(bout.site_groups) > 1)
    if sided and bout and (goes_on or is_rising(view)):
        # What rests on the weekly test alone can be judged again only there.
        rising = not goes_on
        numbers = {"episodes": len(sided), "asleep": len(asleep), "rising": rising}
        return finding(
            "N4", Level.SEE_DOCTOR, Addressee.NEUROLOGIST, view, Ground(logged=sided), numbers
        )
    problem = view.problem
    if problem is None or not _told_one_side(view, problem):
        return None
    numbers = {"episodes": 0, "asleep": int("asleep" in problem.contexts)}
    return finding(
        "N4", Level.SEE_DOCTOR, Addressee.NEUROLOGIST, view, Ground(intake=problem), numbers
    )


def _new_region(view: DiaryView, bout: Bout) -> tuple[Episode, ...]:
    settled = bout.first_day + timedelta(days=view.thresholds.settled_days)
    known = groups_of_days(day for day in view.days if day.local_date < settled)
    if bout.stated_onset and view.problem:
        known |= site_groups(view.problem.sites)
    if not known:
        return ()
    fresh = tuple(
        e
        for e in view.episodes
        if e.local_date >= settled and _regions(e) - known and not _may_be_same(_regions(e), known)
    )
    return fresh if len({e.local_date for e in fresh}) >= view.thresholds.gate_episodes else ()


def _regions(episode: Episode) -> frozenset[SiteGroup]:
    return site_groups(episode.sites)


def _may_be_same(regions: frozenset[SiteGroup], known: frozenset[SiteGroup]) -> bool:
    """Tell whether "face, part unsaid" on either side may name a place already known."""
    parts = {SiteGroup.EYELID, SiteGroup.LOWER, SiteGroup.OTHER_FACE}
    if regions - known == {SiteGroup.FACE}:
        return bool(known & parts)
    return SiteGroup.FACE in known and regions <= parts | {SiteGroup.FACE}


def _told_spread(view: DiaryView, problem: Problem) -> bool:
    if problem.still_present is False or not is_twitching(problem) or intake_is_calm(view):
        return False
    regions = site_groups(problem.sites)
    distinct = regions - {SiteGroup.FACE} if SiteGroup.BODY not in regions else regions
    return problem.course in MOVING or len(distinct) > 1


def _sided_log(view: DiaryView) -> tuple[Episode, ...]:
    chosen = view.thresholds
    sided = [e for e in view.episodes if any(s.side for s in e.sites)]
    days = sorted({e.local_date for e in sided})
    if len(sided) < chosen.sided_episodes or len(days) < chosen.sided_days:
        return ()
    if (days[-1] - days[0]).days < chosen.sided_span_days:
        return ()
    for side in (Side.LEFT, Side.RIGHT):
        same = tuple(e for e in sided if {s.side for s in e.sites if s.side} == {side})
        if len(same) >= chosen.sided_share * len(sided):
            return same
    return ()


def _one_sided(episode: Episode) -> bool:
    sides = {s.side for s in episode.sites}
    return len(sides) == 1 and sides <= ONE_SIDED


def _told_one_side(view: DiaryView, problem: Problem) -> bool:
    sides = {s.side for s in problem.sites if s.side}
    if len(sides) != 1 or not sides <= ONE_SIDED or problem.still_present is False:
        return False
    if not is_twitching(problem) or intake_is_calm(view):
        return False
    onset = problem.first_day_latest
    lasting = onset is not None and (view.today - onset).days >= view.thresholds.sided_span_days
    return "asleep" in problem.contexts or (lasting and problem.course in GROWING)
