"""Rules on what comes with the twitching and is neither an emergency nor urgent: N5 to N23."""

from collections.abc import Iterable, Sequence

from diary.domain.bouts import site_groups
from diary.domain.entries import CheckIn, Episode, EyeClosure, Problem, Side
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, finding
from diary.domain.rules.blood import HAND_OR_FOOT, MOUTH_TINGLING, mouth_and_hands
from diary.domain.rules.calm import BETTER, ear_alone, is_twitching
from diary.domain.rules.history import brought_on_by
from diary.domain.rules.signs import (
    AIRWAY,
    BALANCE,
    FACE_WEAKNESS_CLUSTER,
    FUNCTION_LOSS,
    LID_DROOP,
    NEW_LOSS,
    NUMBNESS,
    NUMBNESS_AT_SITE,
    SEIZURE,
    SIGHT_LOSS,
    SPEECH,
    TINGLING,
    WEAKNESS,
)
from diary.domain.rules.spoken import doctor, lately, spoken
from diary.domain.rules.treated import after_injury, by_injection, near_treatment
from diary.domain.thresholds import Thresholds
from diary.domain.view import DiaryView
from diary.domain.vocabulary.sites import SiteGroup

AT_SITE = NUMBNESS_AT_SITE | {"sensation_change", "eyelid_odd_sensation", "burning"}
PAIN = frozenset(
    {
        "facial_pain",
        "ear_pain",
        "hearing_change",
        "ear_noise",
        "shooting_pain",
        "jaw_pain_on_chewing",
        "temple_pain",
        "toothache",
    }
)
DENTAL_PAIN = frozenset({"pain", "facial_tightness", "teeth_grinding", "toothache"})
WASTING = WEAKNESS | {"muscle_wasting", "stiffness"}
DEFICIT = (
    FACE_WEAKNESS_CLUSTER
    | LID_DROOP
    | SPEECH
    | SIGHT_LOSS
    | WEAKNESS
    | BALANCE
    | NUMBNESS
    | TINGLING
    | FUNCTION_LOSS
    | NEW_LOSS
    | SEIZURE
    | AIRWAY
    | {"scalp_tingling", "eyelid_droop_on_movement", "severe_headache", "muscle_wasting"}
    | {"synkinesis", "tearing_when_eating", "taste_change", "nystagmus", "tongue_biting"}
)
EYE_SURFACE = frozenset(
    {
        "eye_redness",
        "eye_discharge",
        "eye_pain",
        "eye_burning",
        "eye_irritation",
        "light_sensitivity",
        "blurred_vision",
        "visual_disturbance",
    }
)
GENERAL = frozenset(
    {
        "dizziness",
        "high_blood_pressure",
        "palpitations",
        "vomiting",
        "fever",
        "chest_pain",
        "heat_intolerance",
        "weight_loss",
        "hallucinations",
    }
)
HINDERED = frozenset({"eat", "speak", "read", "drive"})


def eye_closure(view: DiaryView) -> Finding | None:
    """Return N5: the twitch shuts the eye, on 2 logged days, once on both sides, or by the intake.

    Source: Lip Twitching: When to See a Neurologist, "cause the eyes to close"; Mayo Clinic.
    """
    shut = [e for e in view.episodes if e.eye_closure is EyeClosure.FULL]
    both = [e for e in shut if any(s.side is Side.BOTH for s in e.sites)]
    reports = spoken(view, frozenset({"eye_closes"}))
    often = len({e.local_date for e in shut}) >= view.thresholds.gate_days
    problem = view.problem
    told = problem if problem and problem.eye_closure is EyeClosure.FULL else None
    if not (both or often or reports or told):
        return None
    numbers = {"episodes": len(shut), "reports": len(reports)}
    return finding(
        "N5",
        Level.SEE_DOCTOR,
        Addressee.NEUROLOGIST,
        view,
        Ground(reports=reports, logged=shut, intake=told),
        numbers,
    )


def feeling_at_site(view: DiaryView) -> Finding | None:
    """Return N6: numbness or a changed feeling where it twitches, or of a face that was hurt.

    The dentist looks first after dental work, the own doctor after a blow. What goes with a
    treatment of the face is the matter of N17. Source: Lip Twitching: When to See a Neurologist,
    "experiencing abnormal sensations".
    """
    felt = spoken(view, AT_SITE)
    hurt = tuple(r for r in spoken(view, DEFICIT) if after_injury(r, view))
    reports = tuple(r for r in dict.fromkeys((*felt, *hurt)) if not near_treatment(r, view))
    injured = bool(reports) and all(after_injury(r, view) for r in reports)
    whom = _whom(view)
    blow = injured and whom is Addressee.NEUROLOGIST
    return doctor("N6", view, reports, Addressee.OWN_DOCTOR if blow else whom)


def pain(view: DiaryView) -> Finding | None:
    """Return N6b: pain of face, tooth or ear, or a change of hearing, with the twitching.

    After dental work a pain of unsaid place, tightness or clenching counts too, and the dentist
    looks first, as with a toothache alone. Source: Facial Nerve Issues: Uncontrollable Lip Twitches
    Explained, "symptoms such as pain".
    """
    whom = _whom(view)
    dental = whom is Addressee.DENTIST
    reports = spoken(view, PAIN | DENTAL_PAIN if dental else PAIN)
    teeth = bool(reports) and all(r.symptom == "toothache" for r in reports)
    return doctor("N6b", view, reports, Addressee.DENTIST if teeth else whom)


def impact(view: DiaryView) -> Finding | None:
    """Return N11: twitching that hinders daily life on several days, or by the intake stops it.

    Source: Lip Twitching: When to See a Neurologist, "ability to perform daily activities".
    """
    everything: tuple[Episode | CheckIn, ...] = (*view.episodes, *view.check_ins)
    chosen, today = view.thresholds, view.today
    entries = [e for e in everything if (today - e.local_date).days < chosen.impact_window_days]
    hard = [e for e in entries if (e.impact or 0) >= chosen.hindered]
    upset = [e for e in entries if (e.distress or 0) >= chosen.distressed]
    held = [e for e in entries if HINDERED.intersection(e.interferes)]
    logged = [
        *_on_days(hard, chosen.hindered_days),
        *_on_days(upset, chosen.hindered_days),
        *_on_days(held, chosen.held_days),
    ]
    told = view.problem if view.problem and _told_impact(view.problem, chosen) else None
    if not logged and told is None:
        return None
    numbers = {
        "days": len({e.local_date for e in logged}),
        "window_days": chosen.impact_window_days,
    }
    return finding(
        "N11",
        Level.SEE_DOCTOR,
        Addressee.NEUROLOGIST,
        view,
        Ground(logged=logged, intake=told),
        numbers,
    )


def after_blow(view: DiaryView) -> Finding | None:
    """Return N23: present twitching that the intake puts down to a blow or injury, not improving.

    Source: What Causes Lip Twitching, "Past Trauma to the Facial Nerve".
    """
    problem = view.problem
    if problem is None or problem.still_present is False or not is_twitching(problem):
        return None
    if not brought_on_by(view, "trauma") or problem.course in BETTER:
        return None
    ground = Ground(intake=problem)
    return finding("N23", Level.SEE_DOCTOR, Addressee.OWN_DOCTOR, view, ground, {})


def body_weakness(view: DiaryView) -> Finding | None:
    """Return N13: twitching of body or tongue with weakness, wasting or stiffness.

    A logged sign speaks for 28 days, and one report is enough. Source: NICE NG127; Lip Twitching:
    When to See a Neurologist, "weakness, numbness, or changes".
    """
    tongue = any(s.site == "tongue" for s in view.sites)
    if not tongue and SiteGroup.BODY not in site_groups(view.sites):
        return None
    return doctor("N13", view, lately(view, WASTING), Addressee.NEUROLOGIST)


def standing_deficit(view: DiaryView) -> Finding | None:
    """Return N17: a weakness, numbness, tingling or other nervous sign, however long it has lasted.

    The urgent rules look at the new ones; this one keeps an old one from being forgotten. Tingling
    that N20 takes to the own doctor is left to it, and the feeling of a hurt face to N6. A lid
    that hangs after botulinum toxin, and a weak or numb face after a treatment there, go to
    whoever treated it when they are all there is. Source: Lip Twitching: When to See a
    Neurologist, "any other neurological symptoms".
    """
    taken = mouth_and_hands(view)
    others = taken.entries if taken and taken.addressee is Addressee.OWN_DOCTOR else ()
    reports = tuple(
        r
        for r in spoken(view, DEFICIT | NUMBNESS_AT_SITE)
        if not (r.entry in others and r.symptom in MOUTH_TINGLING | HAND_OR_FOOT)
        and (near_treatment(r, view) or (r.symptom in DEFICIT and not after_injury(r, view)))
    )
    injected = bool(reports) and all(by_injection(r, view) for r in reports)
    treated = not injected and all(
        by_injection(r, view) or near_treatment(r, view) for r in reports
    )
    whom = Addressee.PRESCRIBER if injected or treated else Addressee.NEUROLOGIST
    return doctor("N17", view, reports, whom, injected=injected, treated=treated)


def general_signs(view: DiaryView) -> Finding | None:
    """Return N18: dizziness, high blood pressure or another general sign: the own doctor's matter.

    Source: What Causes Lip Twitching, "weakness, dizziness, or numbness".
    """
    return doctor("N18", view, spoken(view, GENERAL), Addressee.OWN_DOCTOR)


def eye_surface(view: DiaryView) -> Finding | None:
    """Return N19: a red, running, sore or blurred eye: the eye doctor's matter.

    Source: Lip Twitching: When to See a Neurologist, "redness of the eyes, discharge".
    """
    return doctor("N19", view, spoken(view, EYE_SURFACE), Addressee.EYE_DOCTOR)


def _whom(view: DiaryView) -> Addressee:
    """Return who looks first: at an ear alone the own doctor, after dental work the dentist."""
    if ear_alone(view):
        return Addressee.OWN_DOCTOR
    problem = view.problem
    if problem is None:
        return Addressee.NEUROLOGIST
    work = brought_on_by(view, "dental_work")
    pulled = any(h.item == "tooth_extraction" and h.present for h in problem.history)
    return Addressee.DENTIST if work or pulled else Addressee.NEUROLOGIST


def _on_days(entries: Sequence[Episode | CheckIn], days: int) -> Iterable[Episode | CheckIn]:
    return entries if len({e.local_date for e in entries}) >= days else ()


def _told_impact(problem: Problem, chosen: Thresholds) -> bool:
    if problem.course in BETTER or problem.still_present is False:
        return False
    stopped = (problem.impact or 0) >= chosen.stopped
    stopped = stopped or (problem.distress or 0) >= chosen.distressed
    eating = any(s.present and s.symptom == "eating_difficulty" for s in problem.symptoms)
    return stopped or eating or bool(HINDERED.intersection(problem.interferes))
