"""Urgent rules: signs that a doctor should see the same day or within a few days."""

from collections.abc import Sequence
from functools import partial

from diary.domain.bouts import site_group
from diary.domain.entries import Course, Episode
from diary.domain.findings import Addressee, Finding
from diary.domain.rules.emergency import taken_for_stroke
from diary.domain.rules.history import (
    CALCIUM_SURGERY,
    LOW_CALCIUM_HISTORY,
    PALSY_HISTORY,
    PALSY_NOW,
    PALSY_TREATED,
    brought_on_by,
    conditions,
    medicine_classes,
)
from diary.domain.rules.signs import (
    BALANCE,
    FACE_WEAKNESS_CLUSTER,
    FUNCTION_LOSS,
    LID_DROOP,
    NEW_LOSS,
    NUMBNESS,
    PANIC,
    RECENT,
    SENSORY,
    SIGHT_CHANGE,
    SPEECH,
    WEAKNESS,
    Test,
    aged,
    began_within,
    found,
    of,
    sudden_loss,
)
from diary.domain.rules.spoken import urgently
from diary.domain.rules.treated import explained_by_treatment
from diary.domain.symptom_reports import (
    WEEK_DAYS,
    Origin,
    Recency,
    SymptomReport,
    recency,
)
from diary.domain.view import DiaryView
from diary.domain.vocabulary.sites import SiteGroup

FACE_HOURS = 72  # treatment of a weak face works best within 72 hours; NHS
WORSENING_DAYS = 28  # a loss that progresses within 4 weeks is urgent; NICE NG127

RED_EYE = frozenset({"eye_redness", "eye_discharge"})
EYE_ALARM = SIGHT_CHANGE | {"eye_pain", "light_sensitivity"}
CRAMP = frozenset({"muscle_cramp", "jaw_cramp", "throat_spasm", "palpitations"})
HAND_TINGLING = frozenset({"hand_tingling", "tingling", "limb_numbness"})
SUSTAINED = frozenset({"spasm", "contraction"})
# With an undated loss of feeling these make it a new loss in doubt.
SECOND_SIGN = (
    SIGHT_CHANGE | SPEECH | WEAKNESS | BALANCE | {"hearing_change", "swallowing_difficulty"}
)
PROGRESS = frozenset({Course.SPREADING, Course.WORSENING})


def face_weakness(view: DiaryView) -> Finding | None:
    """Return U1: a weak or drooping face, or a drooping lid, that is new and not a stroke sign now.

    New means within 7 days, or of unsaid age; an old palsy named in the history explains signs
    that carry no date, and a palsy in treatment those that the intake tells. Left out are signs of
    a local anesthetic, a lid after botulinum toxin with double vision stated absent, and an uneven
    face whose weakness is stated absent. Source: NHS, treatment works best within 72 hours; Lip
    Tremors: Causes and Concerns in Neurology, "noticeable weakness or drooping on one side".
    """
    signs = found(view, of(FACE_WEAKNESS_CLUSTER | LID_DROOP), _new(view))
    grounds = tuple(
        r
        for r in signs
        if not _explained_by_old_palsy(r, view) and not explained_by_treatment(r, view)
    )
    return urgently("U1", view, grounds, hours=FACE_HOURS)


def new_deficit(view: DiaryView) -> Finding | None:
    """Return U2: a new weakness, numbness, change of coordination, speech or swallowing.

    Loss of feeling counts while it lasts, of unsaid age when a second nervous sign comes with it;
    loss of function also when it has passed or its age is unsaid; wasting or stiffness where body
    or tongue twitch, when it worsens within 28 days; weakness and numbness together also when they
    spread within 28 days; not what a treatment of the place explains. Source: NICE NG127; Lip
    Twitching: When to See a Neurologist, "seek medical attention".
    """
    function = SPEECH | WEAKNESS | BALANCE | FUNCTION_LOSS | NEW_LOSS
    losses = found(view, of(function), _new(view))
    lasting = found(view, of(NUMBNESS), aged(view, *RECENT), lambda r: r.ongoing is not False)
    numb = [r for r in (*lasting, *_undated_numbness(view)) if not r.sudden]
    if view.problem and view.problem.course is Course.INTERMITTENT:
        numb = [r for r in numb if r.origin is not Origin.INTAKE]
    grounds = (*losses, *numb, *_worsening_wasting(view), *_spreading_loss(view))
    return urgently("U2", view, tuple(r for r in grounds if not explained_by_treatment(r, view)))


def eye(view: DiaryView) -> Finding | None:
    """Return U3: a red or running eye together with pain, change of sight or pain from light.

    Source: Lip Twitching: When to See a Neurologist, "redness of the eyes, discharge"; Mayo Clinic.
    """
    red, alarm = found(view, of(RED_EYE), _lately(view)), found(view, of(EYE_ALARM), _lately(view))
    if not (red and alarm):
        return None
    return urgently("U3", view, (*red, *alarm), addressee=Addressee.EYE_DOCTOR)


def low_calcium(view: DiaryView) -> Finding | None:
    """Return U4: tingling round the mouth and in hands or feet, with cramps, spasm or palpitations.

    A spasm is also one logged within the week as the movement. Palpitations do not count in spells
    of panic or fast breathing that all began more than 28 days ago. Where a medicine or condition
    known to lower calcium is on record, any one of the three signs is enough; so it is within 28
    days after it began when thyroid, parathyroid or neck were operated on, later two of them are.
    Tingling in both places after any operation that the intake names counts too. Source: patient
    information on low calcium; What Causes Lip Twitching, "tingling or numbness in the
    extremities".
    """
    signs = [
        found(view, of({"lip_tingling"}), _lately(view)),
        found(view, of(HAND_TINGLING), _lately(view)),
        found(view, of(CRAMP), _lately(view)),
    ]
    if _panic_spells(view, (*signs[0], *signs[1])):
        signs[2] = tuple(r for r in signs[2] if r.symptom != "palpitations")
    there = sum(bool(group) for group in signs)
    spasm = not signs[2] and bool(_spasms_lately(view))
    if there + spasm < _signs_needed(view, signs) or not there:
        return None
    return urgently("U4", view, tuple(r for group in signs for r in group))


def _signs_needed(view: DiaryView, signs: Sequence[Sequence[SymptomReport]]) -> int:
    """Return how many of the three signs of low calcium are enough, by what is on record."""
    known = conditions(view)
    if known & LOW_CALCIUM_HISTORY or "denosumab" in medicine_classes(view):
        return 1
    if known & CALCIUM_SURGERY:
        new = any(began_within(r, view, WORSENING_DAYS) for group in signs for r in group)
        return 1 if new else 2
    operated = brought_on_by(view, "surgery")
    return 2 if operated and signs[0] and signs[1] else 3


def _panic_spells(view: DiaryView, tingling: Sequence[SymptomReport]) -> bool:
    spells = found(view, of(PANIC))
    old = [not began_within(r, view, WORSENING_DAYS) for r in tingling if r.began_on is not None]
    return bool(spells) and bool(old) and all(old)


def several_signs(view: DiaryView) -> Finding | None:
    """Return U7: twitching that spreads or worsens, with changed sight and a second nervous sign.

    Source: choice of the project on Lip Twitching: When to See a Neurologist, "any other
    neurological symptoms".
    """
    if view.problem is None or view.problem.course not in PROGRESS:
        return None
    sight = found(view, of(SIGHT_CHANGE))
    second = found(view, of(SENSORY | WEAKNESS | BALANCE | SPEECH | {"hearing_change"}))
    face = any(site_group(s.site) is not SiteGroup.BODY for s in view.problem.sites)
    if not (sight and second and face):
        return None
    return urgently("U7", view, (*sight, *second))


def fever_with_stiff_neck(view: DiaryView) -> Finding | None:
    """Return U8: a fever together with a stiff neck, both lately and not over.

    Source: choice of the project; it is not about twitching, but must not be passed over.
    """
    signs = [
        tuple(r for r in found(view, of({sign}), aged(view, *RECENT)) if r.ongoing is not False)
        for sign in ("fever", "neck_stiffness")
    ]
    return urgently("U8", view, tuple(r for group in signs for r in group)) if all(signs) else None


def _undated_numbness(view: DiaryView) -> tuple[SymptomReport, ...]:
    """Return loss of feeling of unsaid age that the intake tells together with a second sign."""
    numb = found(view, of(NUMBNESS), aged(view, Recency.DOUBTFUL), lambda r: r.began_on is None)
    numb = tuple(r for r in numb if r.ongoing is not False)
    second = found(view, of(SECOND_SIGN), lambda r: r.began_on is None and r.ongoing is not False)
    return numb if second else ()


def _new(view: DiaryView) -> Test:
    """Return a test for losses that began within a week, progress, or may have begun lately."""
    is_emergency = taken_for_stroke(view)

    def is_new(report: SymptomReport) -> bool:
        age = recency(report, view)
        if sudden_loss(report) or (age is Recency.NOW and is_emergency(report)):
            return False
        if age is Recency.DOUBTFUL:
            unsafe = report.symptom in FUNCTION_LOSS | FACE_WEAKNESS_CLUSTER
            return unsafe or report.began_on is None or _progresses(report, view)
        return age in RECENT or _progresses(report, view)

    return is_new


def _worsening_wasting(view: DiaryView) -> tuple[SymptomReport, ...]:
    sites = view.problem.sites if view.problem else ()
    if not any(s.site == "tongue" or site_group(s.site) is SiteGroup.BODY for s in sites):
        return ()
    return found(view, of({"muscle_wasting", "stiffness"}), lambda r: _progresses(r, view))


def _spreading_loss(view: DiaryView) -> tuple[SymptomReport, ...]:
    """Return weakness and numbness that take more of the body, when there are both."""
    if view.problem is None or view.problem.course is not Course.SPREADING:
        return ()
    new = partial(began_within, view=view, days=WORSENING_DAYS)
    weak, numb = found(view, of(WEAKNESS), new), found(view, of(NUMBNESS), new)
    return (*weak, *numb) if weak and numb else ()


def _progresses(report: SymptomReport, view: DiaryView) -> bool:
    course = view.problem.course if view.problem else None
    return course is Course.WORSENING and began_within(report, view, WORSENING_DAYS)


def _lately(view: DiaryView) -> Test:
    return lambda report: (view.today - report.reported_on).days <= WEEK_DAYS


def _spasms_lately(view: DiaryView) -> tuple[Episode, ...]:
    return tuple(
        e
        for e in view.episodes
        if e.movement in SUSTAINED and (view.today - e.local_date).days <= WEEK_DAYS
    )


def _explained_by_old_palsy(report: SymptomReport, view: DiaryView) -> bool:
    known = conditions(view)
    if report.sudden_said or not known & PALSY_HISTORY:
        return False
    if report.origin is Origin.INTAKE and known & PALSY_TREATED:
        return True
    if report.date_stated:
        return False
    if report.origin is not Origin.INTAKE:
        return bool(known & PALSY_NOW)
    return not began_within(report, view, view.thresholds.old_palsy_days)
