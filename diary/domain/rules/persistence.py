"""Rules on how long twitching has gone on: N1, N2 and the shorter wait of N12."""

from diary.domain.bouts import Bout, current_bout, may_be_older
from diary.domain.entries import Course
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, dates_of, finding, iso
from diary.domain.rules.calm import ear_alone, intake_is_calm, is_twitching
from diary.domain.rules.history import (
    KNOWN_SPASM,
    RECENT_HISTORY,
    at_neurological_risk,
    conditions,
    is_child,
)
from diary.domain.rules.treated import face_was_treated
from diary.domain.view import DiaryView
from diary.domain.vocabulary.sites import SiteGroup

PERSIST_DAYS = 14  # days from first to last; NHS, "more than 2 weeks"
PERSIST_EYELID_DAYS = 21  # days; Lip Twitching: When to See a Neurologist, "2-3 weeks"
LONG_DAYS = 90  # from here on the words say three months; NICE NG127
GROWING = frozenset({Course.WORSENING, Course.MORE_FREQUENT, Course.SPREADING, Course.MIGRATING})


def persistence(view: DiaryView) -> Finding | None:
    """Return N1: twitching that is not of the eyelid alone and has gone on for 14 days.

    Needs 5 logged twitch days on 40 % of the observed days of the bout, or an intake that states
    the 14 days and nothing that calms. The own doctor looks first when the body or the ear alone
    twitches, after a treatment of the face, or below 17 years. Source: Lip Twitching: When to See
    a Neurologist, "several days or weeks without improvement"; NHS.
    """
    bout = _persisting(view, PERSIST_DAYS, view.thresholds.twitch_days)
    return _result("N1", view, bout, PERSIST_DAYS) if bout and not is_eyelid_only(bout) else None


def eyelid_persistence(view: DiaryView) -> Finding | None:
    """Return N2: twitching of the eyelid alone that has gone on for 21 days.

    The own doctor looks first, and the neurologist from 3 months on or when the intake says that it
    grows, spreads or moves; below 17 years always the own doctor. Source: Lip Twitching: When to
    See a Neurologist, "more than 2-3 weeks"; Mayo Clinic; NICE NG127.
    """
    bout = _persisting(view, PERSIST_EYELID_DAYS, view.thresholds.twitch_days)
    return _result("N2", view, bout, PERSIST_EYELID_DAYS) if bout and is_eyelid_only(bout) else None


def history(view: DiaryView) -> Finding | None:
    """Return N12: with a nervous condition on record, half the waiting time of N1 and N2.

    After a recent stroke, or a recent palsy of the other side, there is no waiting. An intake about
    present twitching that does not say since when counts as long enough. Source: Lip Twitching:
    When to See a Neurologist, "history of neurological conditions".
    """
    if not at_neurological_risk(view):
        return None
    bout = current_bout(view)
    if bout and conditions(view) & RECENT_HISTORY:
        return _result("N12", view, bout, 0)
    chosen = view.thresholds
    days = chosen.history_days
    if bout and is_eyelid_only(bout):
        days = chosen.history_eyelid_days
    lasting = _persisting(view, days, chosen.history_twitch_days)
    return _result("N12", view, lasting, days) if lasting else _undated_history(view)


def is_eyelid_only(bout: Bout) -> bool:
    """Return whether every named site of the bout lies at the eye."""
    return bout.site_groups == {SiteGroup.EYELID}


def _persisting(view: DiaryView, days: int, twitch_days: int) -> Bout | None:
    bout = current_bout(view)
    if bout is None or bout.span_days < days:
        return None
    if _stated_long_enough(view, bout, days) or _logged_enough(view, bout, twitch_days):
        return bout
    return None


def _stated_long_enough(view: DiaryView, bout: Bout, days: int) -> bool:
    problem = view.problem
    if problem is None or bout.stated_days < days:
        return False
    return is_twitching(problem) and not intake_is_calm(view)


def _logged_enough(view: DiaryView, bout: Bout, twitch_days: int) -> bool:
    stated = 0 if intake_is_calm(view) else min(bout.stated_days, twitch_days - 1)
    often = bout.logged_days >= view.thresholds.daily_share * bout.observed_days
    return bout.logged_days > 0 and bout.logged_days + stated >= twitch_days and often


def _undated_history(view: DiaryView) -> Finding | None:
    problem = view.problem
    if problem is None or problem.still_present is False or problem.first_day_latest:
        return None
    if not is_twitching(problem) or intake_is_calm(view):
        return None
    numbers = {"threshold_days": view.thresholds.history_days, "since": ""}
    return finding(
        "N12", Level.SEE_DOCTOR, Addressee.NEUROLOGIST, view, Ground(intake=problem), numbers
    )


def _result(rule: str, view: DiaryView, bout: Bout, threshold: int) -> Finding:
    inside = [day for day in view.days if bout.first_day <= day.local_date <= bout.last_day]
    return finding(
        rule,
        Level.SEE_DOCTOR,
        _whom(rule, view, bout),
        view,
        Ground(
            bout=bout,
            logged=[e for e in view.episodes if bout.first_day <= e.local_date <= bout.last_day],
            intake=view.problem if bout.stated_onset else None,
        ),
        {
            "days": bout.span_days,
            "threshold_days": threshold,
            "since": iso(bout.first_day),
            "logged_days": bout.logged_days,
            "observed_days": bout.observed_days,
            "twitch_dates": dates_of(day for day in inside if day.twitch_day),
            "quiet_dates": dates_of(day for day in inside if day.observed and not day.twitch_day),
            "long_lasting": bout.span_days >= LONG_DAYS,
            "at_least": may_be_older(bout, view.today),
        },
    )


def _whom(rule: str, view: DiaryView, bout: Bout) -> Addressee:
    """Return who looks first; a condition on record (N12) leads to the neurologist.

    Not while the face was just treated: then the own doctor looks first.
    """
    if face_was_treated(view) and not conditions(view) & KNOWN_SPASM:
        return Addressee.OWN_DOCTOR
    if rule == "N12":
        return Addressee.NEUROLOGIST
    grows = view.problem is not None and view.problem.course in GROWING
    short_lid = rule == "N2" and bout.span_days < LONG_DAYS and not grows
    body_alone = bout.site_groups == {SiteGroup.BODY}
    first = short_lid or body_alone or ear_alone(view) or is_child(view)
    return Addressee.OWN_DOCTOR if first else Addressee.NEUROLOGIST
