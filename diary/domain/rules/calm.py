"""What calms: reasons for which a stated duration or spread alone is no reason for a referral."""

from diary.domain.bouts import stated_onset
from diary.domain.entries import Course, Problem
from diary.domain.rules.history import examined_and_normal
from diary.domain.rules.signs import SENSORY, STROKE
from diary.domain.view import DiaryView

# Twitching only then is bound to the situation; speaking and eating are left out on purpose.
SITUATIONS = frozenset(
    {
        "being_photographed",
        "in_front_of_people",
        "smiling",
        "facial_expression",
        "eyes_closed",
        "screen_use",
        "reading",
        "working",
    }
)
BETTER = frozenset({Course.IMPROVING, Course.RESOLVED})
UNCHANGED = frozenset({Course.STABLE, Course.INTERMITTENT, *BETTER})


def is_twitching(problem: Problem) -> bool:
    """Return whether the intake is about a movement, not about a feeling or a loss alone."""
    felt = any(s.present and s.symptom in SENSORY | STROKE for s in problem.symptoms)
    return bool(problem.movement) or not felt


def intake_is_calm(view: DiaryView) -> bool:
    """Return whether the intake gives a reason to wait: better, rare, unseen, bound or examined.

    Rare is on a smaller share of days than N1 asks for. Source: choice of the project, from what
    doctors answered to people who asked.
    """
    problem = view.problem
    if problem is None:
        return False
    share = view.thresholds.daily_share
    rare = problem.bouts_per_day is not None and problem.bouts_per_day.high < share
    bound = bool(problem.contexts) and SITUATIONS.issuperset(problem.contexts)
    examined = examined_and_normal(view) and problem.course in UNCHANGED
    calm_course = problem.course in BETTER
    return any(
        (calm_course, rare, problem.visible is False, bound, examined, _for_decades(view, problem))
    )


def _for_decades(view: DiaryView, problem: Problem) -> bool:
    onset = stated_onset(problem)
    old = onset is not None and (view.today - onset).days >= view.thresholds.unchanged_days
    return old and problem.course in {None, Course.STABLE}
