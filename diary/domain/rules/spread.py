"""Rules on places: N3 when twitching takes new ones, N4 when it keeps to one side and goes on."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from diary.domain.bouts import (
    Bout,
    current_bout,
    groups_of_days,
    site_group,
    site_groups,
)
from diary.domain.entries import Course, Episode, Problem, Side, SitedSide
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, finding
from diary.domain.rules.calm import ear_alone, intake_is_calm, is_twitching
from diary.domain.rules.trends import is_rising
from diary.domain.symptom_reports import ONE_SIDED
from diary.domain.view import DiaryView
from diary.domain.vocabulary.sites import SiteGroup

MOVING = frozenset({Course.SPREADING, Course.MIGRATING})
LID_OR_MOUTH = frozenset({SiteGroup.EYELID, SiteGroup.LOWER})  # hemifacial spasm takes both
FACE_PARTS = frozenset({SiteGroup.EYELID, SiteGroup.LOWER, SiteGroup.OTHER_FACE})
MOUTH_MOVES = frozenset({"drinking", "eating", "smiling", "speaking"})
GROWING = frozenset({Course.WORSENING, Course.MORE_FREQUENT, Course.SPREADING})


def spread(view: DiaryView) -> Finding | None:
    """Return N3: twitching in a new region of the face or body, logged twice or told in the intake.

    Logged: 2 episodes on 2 days in a region that was quiet in the first 14 days of the bout and in
    all that is known before; it holds while the bout lasts. After a pause: a new bout with 2 such
    episodes of lid or lower face on one said side, when the other of the two twitched on that side
    before, on 5 days of the 90 days before or by the intake, and both the part and the other side
    were quiet in all that is known. Told: a course that spreads or moves, or two regions from the
    start. Source: Lip Twitching: When to See a Neurologist, "twitching of facial or body muscles";
    NHS, "more than 1 place".
    """
    bout = current_bout(view)
    if bout and (fresh := _new_region(view, bout)):
        return _logged_spread(view, fresh, _episodes_since(view, bout.first_day))
    if bout and (moved := _after_pause(view, bout)):
        return _logged_spread(view, moved, view.episodes, returned=True)
    problem = view.problem
    if problem is None or not _told_spread(view, problem):
        return None
    numbers = {
        **_regions_of(problem.sites),
        "episodes": 0,
        "same_side": _lid_and_mouth_on_one_side(problem.sites),
    }
    return finding(
        "N3", Level.SEE_DOCTOR, Addressee.NEUROLOGIST, view, Ground(intake=problem), numbers
    )


def one_side(view: DiaryView) -> Finding | None:
    """Return N4: twitching that keeps to one side, with a second region, growth, or in sleep.

    Growth is N7 or W2 in a weekly look, or the course the intake tells. A lid that twitches when
    the mouth moves counts like sleep. Being one-sided alone is
    usual for harmless eyelid twitching and never enough. Source: Lip
    Twitching: When to See a Neurologist, "muscles on one side of the face".
    """
    whom = Addressee.OWN_DOCTOR if ear_alone(view) else Addressee.NEUROLOGIST
    bout = current_bout(view)
    asleep = [e for e in view.episodes if e.asleep and _one_sided(e)]
    sided = _sided_log(view)
    in_sleep = len({e.local_date for e in asleep}) >= view.thresholds.gate_episodes
    goes_on = in_sleep or (bout is not None and len(_distinct(bout.site_groups)) > 1)
    if sided and bout and (goes_on or is_rising(view)):
        # What rests on the weekly test alone can be judged again only there.
        rising = not goes_on
        numbers = {"episodes": len(sided), "in_sleep": in_sleep, "rising": rising}
        return finding("N4", Level.SEE_DOCTOR, whom, view, Ground(logged=sided), numbers)
    problem = view.problem
    if problem is None or not _told_one_side(view, problem):
        return None
    numbers = {"episodes": 0, "in_sleep": "asleep" in problem.contexts}
    return finding("N4", Level.SEE_DOCTOR, whom, view, Ground(intake=problem), numbers)


def _logged_spread(
    view: DiaryView,
    fresh: tuple[Episode, ...],
    compared: Sequence[Episode],
    *,
    returned: bool = False,
) -> Finding:
    sites = [s for e in compared for s in e.sites]
    sites += view.problem.sites if view.problem else ()
    numbers = {
        **_regions_of(sites),
        "episodes": len(fresh),
        "same_side": _lid_and_mouth_on_one_side(sites),
        "returned": returned,
    }
    return finding(
        "N3", Level.SEE_DOCTOR, Addressee.NEUROLOGIST, view, Ground(logged=fresh), numbers
    )


def _regions_of(sites: Iterable[SitedSide]) -> dict[str, Any]:
    names = sorted(group.value for group in site_groups(sites))
    return {"regions": len(names), "region_names": names}


def _lid_and_mouth_on_one_side(sites: Iterable[SitedSide]) -> bool:
    """Tell whether eye and lower face twitch on the same side; a number for the clinician."""
    named = tuple(sites)
    return any(
        {SiteGroup.EYELID, SiteGroup.LOWER} <= site_groups(s for s in named if s.side is side)
        for side in (Side.LEFT, Side.RIGHT)
    )


def _new_region(view: DiaryView, bout: Bout) -> tuple[Episode, ...]:
    settled = bout.first_day + timedelta(days=view.thresholds.settled_days)
    known = groups_of_days(day for day in view.days if day.local_date < settled)
    if view.problem and (bout.stated_onset or view.problem.asked_on < settled):
        known |= site_groups(view.problem.sites)
    return _in_new_place(view, _episodes_since(view, settled), known)


def _after_pause(view: DiaryView, bout: Bout) -> tuple[Episode, ...]:
    """Return the episodes of a new bout on one side of lid or lower face, the other one before."""
    before = _lid_or_mouth(_sites_before(view, bout))
    known = groups_of_days(day for day in view.days if day.local_date < bout.first_day)
    told = view.problem if view.problem and view.problem.asked_on < bout.first_day else None
    known |= site_groups(told.sites) if told else frozenset()
    sides = {s.side for s in before}
    if len(sides) != 1 or not sides <= {Side.LEFT, Side.RIGHT} or not _only_on(sides, view):
        return ()
    moved = [
        e
        for e in _episodes_since(view, bout.first_day)
        if any(s.side in sides and site_group(s.site) not in known for s in _lid_or_mouth(e.sites))
    ]
    return _in_new_place(view, moved, known)


def _only_on(sides: Collection[Side | None], view: DiaryView) -> bool:
    """Tell whether every said side of the diary is one of these."""
    sites = [s for e in view.episodes for s in e.sites]
    sites += view.problem.sites if view.problem else ()
    return all(s.side in sides for s in sites if s.side is not None)


def _sites_before(view: DiaryView, bout: Bout) -> tuple[SitedSide, ...]:
    """Return the sites of earlier bouts, of enough days or told, that a spread can be told from."""
    chosen = view.thresholds
    since = bout.first_day - timedelta(days=chosen.spread_memory_days)
    here = [
        e
        for e in view.episodes
        if since <= e.local_date < bout.first_day and _lid_or_mouth(e.sites)
    ]
    enough = len({e.local_date for e in here}) >= chosen.spread_memory_least
    sites = [s for e in here for s in e.sites] if enough else []
    problem = view.problem
    if problem and since <= problem.asked_on < bout.first_day and _told_more_than_once(problem):
        sites += problem.sites
    return tuple(sites)


def _told_more_than_once(problem: Problem) -> bool:
    return is_twitching(problem) and problem.first_day_latest != problem.asked_on


def _in_new_place(
    view: DiaryView, episodes: Iterable[Episode], known: frozenset[SiteGroup]
) -> tuple[Episode, ...]:
    """Return the episodes outside the known regions, when there are enough of them."""
    if not known:
        return ()
    fresh = tuple(
        e for e in episodes if _regions(e) - known and not _may_be_same(_regions(e), known)
    )
    return fresh if len({e.local_date for e in fresh}) >= view.thresholds.gate_episodes else ()


def _episodes_since(view: DiaryView, day: date) -> tuple[Episode, ...]:
    return tuple(e for e in view.episodes if e.local_date >= day)


def _lid_or_mouth(sites: Iterable[SitedSide]) -> tuple[SitedSide, ...]:
    return tuple(s for s in sites if site_group(s.site) in LID_OR_MOUTH)


def _distinct(regions: frozenset[SiteGroup]) -> frozenset[SiteGroup]:
    """Return the regions without "face, part unsaid" when it may be a part already named."""
    return regions - {SiteGroup.FACE} if regions & FACE_PARTS else regions


def _regions(episode: Episode) -> frozenset[SiteGroup]:
    return site_groups(episode.sites)


def _may_be_same(regions: frozenset[SiteGroup], known: frozenset[SiteGroup]) -> bool:
    """Tell whether "face, part unsaid" on either side may name a place already known."""
    if regions - known == {SiteGroup.FACE}:
        return bool(known & FACE_PARTS)
    return SiteGroup.FACE in known and regions <= FACE_PARTS | {SiteGroup.FACE}


def _told_spread(view: DiaryView, problem: Problem) -> bool:
    if problem.still_present is False or not is_twitching(problem) or intake_is_calm(view):
        return False
    return problem.course in MOVING or len(_distinct(site_groups(problem.sites))) > 1


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


def _lid_with_mouth(problem: Problem) -> bool:
    """Tell whether a lid twitches when the mouth moves: a nerve may reach the wrong muscle."""
    lids = {site_group(s.site) for s in problem.sites} == {SiteGroup.EYELID}
    return lids and bool(MOUTH_MOVES & set(problem.contexts))


def _told_one_side(view: DiaryView, problem: Problem) -> bool:
    sides = {s.side for s in problem.sites if s.side}
    if len(sides) != 1 or not sides <= ONE_SIDED or problem.still_present is False:
        return False
    if not is_twitching(problem) or intake_is_calm(view):
        return False
    onset = problem.first_day_latest
    lasting = onset is not None and (view.today - onset).days >= view.thresholds.sided_span_days
    if "asleep" in problem.contexts or problem.movement == "synkinesis" or _lid_with_mouth(problem):
        return True
    return lasting and problem.course in GROWING
