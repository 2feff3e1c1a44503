"""Rules on what comes with the twitching and is neither an emergency nor urgent: N5 to N20."""

from collections.abc import Iterable, Sequence
from datetime import date

from diary.domain.bouts import site_groups
from diary.domain.entries import CheckIn, Episode, EyeClosure, Problem, Side
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, finding
from diary.domain.rules.calm import BETTER
from diary.domain.rules.signs import (
    AIRWAY,
    BALANCE,
    FACE_WEAKNESS_CLUSTER,
    FUNCTION_LOSS,
    LID_DROOP,
    NUMBNESS,
    NUMBNESS_AT_SITE,
    SEIZURE,
    SIGHT_LOSS,
    SPEECH,
    TINGLING,
    WEAKNESS,
    found,
    of,
)
from diary.domain.symptom_reports import Origin, SymptomReport
from diary.domain.thresholds import Thresholds
from diary.domain.view import DiaryView
from diary.domain.vocabulary.sites import SiteGroup

AT_SITE = NUMBNESS_AT_SITE | {"sensation_change", "eyelid_odd_sensation", "burning"}
PAIN = frozenset({"facial_pain", "ear_pain", "hearing_change", "ear_noise"})
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
    | SEIZURE
    | AIRWAY
    | {"scalp_tingling", "eyelid_droop_on_movement", "severe_headache", "muscle_wasting"}
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
GENERAL = frozenset({"dizziness", "high_blood_pressure", "palpitations", "vomiting", "fever"})
MOUTH_TINGLING = frozenset({"lip_tingling", "face_tingling"})
HAND_OR_FOOT = frozenset({"hand_tingling", "limb_numbness"})
HINDERED = frozenset({"eat", "speak", "read", "drive"})


def eye_closure(view: DiaryView) -> Finding | None:
    """Return N5: the twitch shuts the eye, on 2 logged days, once on both sides, or by the intake.

    Source: Lip Twitching: When to See a Neurologist, "cause the eyes to close"; Mayo Clinic.
    """
    shut = [e for e in view.episodes if e.eye_closure is EyeClosure.FULL]
    both = [e for e in shut if any(s.side is Side.BOTH for s in e.sites)]
    reports = _spoken(view, frozenset({"eye_closes"}))
    logged = shut if both or len({e.local_date for e in shut}) >= view.thresholds.gate_days else []
    problem = view.problem
    told = problem if problem and problem.eye_closure is EyeClosure.FULL else None
    if not (logged or reports or told):
        return None
    numbers = {"episodes": len(logged), "reports": len(reports)}
    return finding(
        "N5",
        Level.SEE_DOCTOR,
        Addressee.NEUROLOGIST,
        view,
        Ground(reports=reports, logged=logged, intake=told),
        numbers,
    )


def feeling_at_site(view: DiaryView) -> Finding | None:
    """Return N6: numbness or a changed feeling where it twitches.

    Source: Lip Twitching: When to See a Neurologist, "experiencing abnormal sensations".
    """
    return _doctor("N6", view, _spoken(view, AT_SITE), _whom(view))


def pain(view: DiaryView) -> Finding | None:
    """Return N6b: pain of face or ear, or a change of hearing, with the twitching.

    Source: Facial Nerve Issues: Uncontrollable Lip Twitches Explained, "symptoms such as pain".
    """
    return _doctor("N6b", view, _spoken(view, PAIN), _whom(view))


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


def body_weakness(view: DiaryView) -> Finding | None:
    """Return N13: twitching of body or tongue with weakness, wasting or stiffness.

    A logged sign speaks for 28 days, and one report is enough. Source: NICE NG127; Lip Twitching:
    When to See a Neurologist, "weakness, numbness, or changes".
    """
    sites = [s for e in view.episodes for s in e.sites]
    sites += view.problem.sites if view.problem else ()
    tongue = any(s.site == "tongue" for s in sites)
    if not tongue and SiteGroup.BODY not in site_groups(sites):
        return None
    return _doctor("N13", view, _lately(view, WASTING), Addressee.NEUROLOGIST)


def standing_deficit(view: DiaryView) -> Finding | None:
    """Return N17: a weakness, numbness, tingling or other nervous sign, however long it has lasted.

    The urgent rules look at the new ones; this one keeps an old one from being forgotten. Source:
    Lip Twitching: When to See a Neurologist, "any other neurological symptoms".
    """
    return _doctor("N17", view, _spoken(view, DEFICIT), Addressee.NEUROLOGIST)


def general_signs(view: DiaryView) -> Finding | None:
    """Return N18: dizziness, high blood pressure or another general sign: the own doctor's matter.

    Source: What Causes Lip Twitching, "weakness, dizziness, or numbness".
    """
    return _doctor("N18", view, _spoken(view, GENERAL), Addressee.OWN_DOCTOR)


def eye_surface(view: DiaryView) -> Finding | None:
    """Return N19: a red, running, sore or blurred eye: the eye doctor's matter.

    Source: Lip Twitching: When to See a Neurologist, "redness of the eyes, discharge".
    """
    return _doctor("N19", view, _spoken(view, EYE_SURFACE), Addressee.EYE_DOCTOR)


def mouth_and_hands(view: DiaryView) -> Finding | None:
    """Return N20: tingling round the mouth and in hands or feet on one day, or in the intake.

    One report of both is enough: two signs that belong together are no mis-tap. The own doctor can
    test the blood; tingling on one side goes to the neurologist. With cramps or palpitations it is
    U4. Source: patient information on low calcium; What Causes Lip Twitching, "tingling or numbness
    in the extremities"; choice of the project.
    """
    mouth, hands = _lately(view, MOUTH_TINGLING), _lately(view, HAND_OR_FOOT)
    days = {_told_at(r) for r in mouth} & {_told_at(r) for r in hands}
    both = tuple(r for r in (*mouth, *hands) if _told_at(r) in days)
    one_sided = any(r.one_sided for r in both if r.symptom in HAND_OR_FOOT)
    whom = Addressee.NEUROLOGIST if one_sided else Addressee.OWN_DOCTOR
    return _doctor("N20", view, both, whom)


def _told_at(report: SymptomReport) -> tuple[bool, date]:
    return report.origin is Origin.INTAKE, report.reported_on


def _whom(view: DiaryView) -> Addressee:
    """Return who looks first at a changed feeling or pain: the dentist after dental work."""
    problem = view.problem
    if problem is None:
        return Addressee.NEUROLOGIST
    work = any(t.factor == "dental_work" and t.present for t in problem.triggers)
    pulled = any(h.item == "tooth_extraction" and h.present for h in problem.history)
    return Addressee.DENTIST if work or pulled else Addressee.NEUROLOGIST


def _spoken(view: DiaryView, symptoms: frozenset[str]) -> tuple[SymptomReport, ...]:
    """Return lately reported symptoms when the intake names one or 2 logged days do."""
    lately = _lately(view, symptoms)
    told = any(r.origin is Origin.INTAKE for r in lately)
    logged_days = {r.reported_on for r in lately}
    return lately if told or len(logged_days) >= view.thresholds.gate_days else ()


def _lately(view: DiaryView, symptoms: frozenset[str]) -> tuple[SymptomReport, ...]:
    speaks = view.thresholds.companion_days
    return tuple(
        r
        for r in found(view, of(symptoms))
        if r.origin is Origin.INTAKE or (view.today - r.reported_on).days <= speaks
    )


def _doctor(
    rule: str, view: DiaryView, reports: Sequence[SymptomReport], addressee: Addressee
) -> Finding | None:
    if not reports:
        return None
    numbers = {"reports": len(reports), "days": len({r.reported_on for r in reports})}
    return finding(rule, Level.SEE_DOCTOR, addressee, view, Ground(reports=reports), numbers)


def _on_days(entries: Sequence[Episode | CheckIn], days: int) -> Iterable[Episode | CheckIn]:
    return entries if len({e.local_date for e in entries}) >= days else ()


def _told_impact(problem: Problem, chosen: Thresholds) -> bool:
    if problem.course in BETTER or problem.still_present is False:
        return False
    stopped = (problem.impact or 0) >= chosen.stopped
    stopped = stopped or (problem.distress or 0) >= chosen.distressed
    eating = any(s.present and s.symptom == "eating_difficulty" for s in problem.symptoms)
    return stopped or eating or bool(HINDERED.intersection(problem.interferes))
