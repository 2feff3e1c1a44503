"""What calms: reasons for which a stated duration or spread alone is no reason for a referral."""

from diary.domain.bouts import site_groups, stated_onset
from diary.domain.entries import Course, Problem
from diary.domain.rules.history import at_neurological_risk, examined_and_normal, is_child
from diary.domain.rules.signs import SENSORY, STROKE
from diary.domain.symptom_reports import ONE_SIDED
from diary.domain.view import DiaryView
from diary.domain.vocabulary.sites import SiteGroup

BOUND_DAYS = 28  # being bound to a situation calms no longer than this; choice of the project
# Twitching only then is bound to the situation; speaking and eating are left out on purpose.
SEEN_BY_OTHERS = frozenset({"being_photographed", "in_front_of_people"})
# On one side alone, what moves with these may be a nerve that grew back to the wrong muscle.
FACE_MOVES = frozenset({"smiling", "facial_expression", "blinking"})
SITUATIONS = SEEN_BY_OTHERS | FACE_MOVES | {"eyes_closed", "screen_use", "reading", "working"}
BETTER = frozenset({Course.IMPROVING, Course.RESOLVED})
UNCHANGED = frozenset({Course.STABLE, Course.INTERMITTENT, *BETTER})
WEAKNESS_ABSENT = frozenset({"weakness", "limb_weakness", "one_sided_weakness", "muscle_wasting"})


def ear_alone(view: DiaryView) -> bool:
    """Return whether the ear is the only place on record: there the own doctor looks first."""
    return {s.site for s in view.sites} == {"ear"}


def is_twitching(problem: Problem) -> bool:
    """Return whether the intake is about a movement, not about a feeling or a loss alone."""
    felt = any(s.present and s.symptom in SENSORY | STROKE for s in problem.symptoms)
    return bool(problem.movement) or not felt


def intake_is_calm(view: DiaryView) -> bool:
    """Return whether the intake gives a reason to wait: better, rare, unseen, bound or examined.

    Rare is on a smaller share of days than N1 asks for. Twitching of the body alone is calm when it
    is unchanged and weakness is stated absent; NICE NG127 refers it only with weakness. Source:
    choice of the project, from what doctors answered to people who asked.
    """
    problem = view.problem
    if problem is None:
        return False
    share = view.thresholds.daily_share
    rare = problem.bouts_per_day is not None and problem.bouts_per_day.high < share
    examined = examined_and_normal(view) and problem.course in UNCHANGED
    calm_course = problem.course in BETTER
    return any(
        (
            calm_course,
            rare,
            problem.visible is False,
            _bound(view, problem),
            examined,
            _for_decades(view, problem),
            _strong_body(problem),
        )
    )


def _bound(view: DiaryView, problem: Problem) -> bool:
    """Tell whether it comes in a calming situation alone and nothing speaks against waiting.

    Being watched by others calms for any time, the other situations for less than 28 days.
    """
    contexts = frozenset(problem.contexts)
    if not contexts or not contexts <= SITUATIONS or at_neurological_risk(view) or is_child(view):
        return False
    groups = site_groups(problem.sites)
    if SiteGroup.BODY in groups and len(groups) > 1:
        return False
    sides = {s.side for s in problem.sites if s.side}
    if contexts & FACE_MOVES and len(sides) == 1 and sides <= ONE_SIDED:
        return False
    onset = stated_onset(problem)
    short = onset is None or (view.today - onset).days < BOUND_DAYS
    return short or contexts <= SEEN_BY_OTHERS


def _strong_body(problem: Problem) -> bool:
    body = site_groups(problem.sites) == {SiteGroup.BODY}
    strong = any(not s.present and s.symptom in WEAKNESS_ABSENT for s in problem.symptoms)
    lost = any(s.present and s.symptom in SENSORY | STROKE for s in problem.symptoms)
    return body and strong and not lost and problem.course in {None, *UNCHANGED}


def _for_decades(view: DiaryView, problem: Problem) -> bool:
    onset = stated_onset(problem)
    old = onset is not None and (view.today - onset).days >= view.thresholds.unchanged_days
    return old and problem.course in {None, Course.STABLE}
