"""Rules on trembling: N9 at rest, N21 for every other tremor that lasts."""

from diary.domain.entries import Episode, Problem, SitedSide
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, finding
from diary.domain.rules.calm import BETTER, intake_is_calm
from diary.domain.rules.history import conditions
from diary.domain.rules.signs import found, of
from diary.domain.symptom_reports import ONE_SIDED, Origin, SymptomReport
from diary.domain.view import DiaryView

TREMOR_MOVEMENTS = frozenset({"tremor", "quiver", "shaking"})
COARSE = TREMOR_MOVEMENTS - {"quiver"}
AT_REST = frozenset({"at_rest", "stops_with_activity"})
FACE_SITES = frozenset({"upper_lip", "lower_lip", "lips", "mouth", "chin", "jaw"})
LIMB_SITES = frozenset({"hand", "finger", "arm", "leg", "foot", "limb"})
TREMOR_SITES = FACE_SITES | LIMB_SITES
PARKINSON_SIGNS = frozenset(
    {"hand_tremor", "slowness", "stiffness", "reduced_expression", "small_handwriting"}
)
TREMOR_SIGNS = frozenset({"hand_tremor", "head_shaking", "chin_or_jaw_tremor", "voice_tremor"})
IN_USE = frozenset({"in_action", "eating", "drinking", "working"})


def rest_tremor(view: DiaryView) -> Finding | None:
    """Return N9: a tremor at rest of lip, chin, jaw or limb, at 50 years or with another sign.

    Another sign is stiffness, slowness, a stiller face, smaller handwriting, a trembling hand with
    the face, or a tremor of a hand or leg on one side alone. Logged on 3 days over 14 days, or told
    in the intake as present with a start 14 days ago or unsaid; from 40 years on it is watched.
    Source: What Causes Lip Twitching, "Tremors in the lower lip"; NICE NG127.
    """
    logged = [e for e in view.episodes if _is_rest_tremor(e)]
    days = sorted({e.local_date for e in logged})
    chosen = view.thresholds
    enough = len(days) >= chosen.rest_tremor_days
    if not enough or (days[-1] - days[0]).days < chosen.rest_tremor_span_days:
        logged, days = [], []
    told = view.problem if _told_rest_tremor(view) else None
    sites = [s for entry in (*logged, *([told] if told else ())) for s in entry.sites]
    level = _level(view, sites) if sites else None
    if level is None:
        return None
    counts = {"episodes": len(logged), "days": len(days)}
    numbers = counts if logged else {"told": True}
    ground = Ground(logged=logged, intake=told)
    return finding("N9", level, Addressee.NEUROLOGIST, view, ground, numbers)


def lasting_tremor(view: DiaryView) -> Finding | None:
    """Return N21: a tremor that the intake tells as present, of 14 days or of unsaid start.

    It is the movement, with one of: 50 years, a limb on one side or both hands, when the part is
    used, tremor in the family, a hindrance, or a place left unsaid. Or a shaking hand, head, chin
    or voice comes with the twitching. The own doctor looks first; N9 is left to the neurologist.
    Source: NICE NG127; Lip Twitching (Persistent, Once Off) Causes and Diseases, "these tremors
    arise at rest"; choice of the project.
    """
    problem, at_rest = view.problem, rest_tremor(view)
    if problem is None or (at_rest and at_rest.level >= Level.SEE_DOCTOR):
        return None
    if not _present(problem, view) or intake_is_calm(view):
        return None
    signs = found(view, of(TREMOR_SIGNS), _of_intake)
    if not signs and not (problem.movement in COARSE and _matters(problem, view)):
        return None
    numbers = {"reports": len(signs)}
    ground = Ground(reports=signs, intake=problem)
    return finding("N21", Level.SEE_DOCTOR, Addressee.OWN_DOCTOR, view, ground, numbers)


def _matters(problem: Problem, view: DiaryView) -> bool:
    age = view.person.age_on(view.today)
    hands = any(s.site in LIMB_SITES and s.side is not None for s in problem.sites)
    used = bool(IN_USE.intersection(problem.contexts))
    hindered = bool(problem.impact or problem.interferes)
    family = "family_tremor" in conditions(view)
    old = age is not None and age >= view.thresholds.rest_tremor_age
    return old or hands or used or hindered or family or not problem.sites


def _of_intake(report: SymptomReport) -> bool:
    return report.origin is Origin.INTAKE and report.ongoing is not False


def _level(view: DiaryView, sites: list[SitedSide]) -> Level | None:
    age, chosen = view.person.age_on(view.today), view.thresholds
    limbs = [s for s in sites if s.site in LIMB_SITES]
    others = PARKINSON_SIGNS - ({"hand_tremor"} if limbs else set())
    sides = {s.side for s in limbs}
    one_limb = len(sides) == 1 and sides <= ONE_SIDED
    if one_limb or found(view, of(others)) or (age is not None and age >= chosen.rest_tremor_age):
        return Level.SEE_DOCTOR
    middle = age is not None and age >= chosen.rest_tremor_watch_age
    return Level.WATCH if middle else None


def _is_rest_tremor(episode: Episode) -> bool:
    trembles = episode.movement in TREMOR_MOVEMENTS or bool(episode.rhythmic)
    at_rest = bool(episode.at_rest) and episode.stops_with_action is not False
    return at_rest and trembles and any(s.site in TREMOR_SITES for s in episode.sites)


def _told_rest_tremor(view: DiaryView) -> bool:
    problem = view.problem
    if problem is None or not _present(problem, view) or intake_is_calm(view):
        return False
    at_rest = AT_REST.intersection(problem.contexts)
    here = any(s.site in TREMOR_SITES for s in problem.sites)
    return here and bool(at_rest) and problem.movement in TREMOR_MOVEMENTS


def _present(problem: Problem, view: DiaryView) -> bool:
    """Tell whether it is still there and began 14 days ago, or at a time the intake leaves out."""
    if problem.still_present is False or problem.course in BETTER:
        return False
    onset = problem.first_day_latest
    span = view.thresholds.rest_tremor_span_days
    return onset is None or (view.today - onset).days >= span
