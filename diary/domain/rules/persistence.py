"""Rules on how long twitching has gone on: N1, N2, the shorter wait of N12, and N9 at rest."""

from diary.domain.bouts import Bout, current_bout, may_be_older
from diary.domain.entries import Episode
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, finding, iso
from diary.domain.rules.calm import intake_is_calm, is_twitching
from diary.domain.rules.history import RECENT_HISTORY, at_neurological_risk, conditions
from diary.domain.rules.signs import found, of
from diary.domain.view import DiaryView
from diary.domain.vocabulary.sites import SiteGroup

PERSIST_DAYS = 14  # days from first to last; NHS, "more than 2 weeks"
PERSIST_EYELID_DAYS = 21  # days; Lip Twitching: When to See a Neurologist, "2-3 weeks"
LONG_DAYS = 90  # from here on the words say three months; NICE NG127
TREMOR_MOVEMENTS = frozenset({"tremor", "quiver", "shaking"})
AT_REST = frozenset({"at_rest", "stops_with_activity"})
TREMOR_SITES = frozenset({"upper_lip", "lower_lip", "lips", "mouth", "chin", "jaw"})
PARKINSON_SIGNS = frozenset({"hand_tremor", "slowness", "stiffness"})


def persistence(view: DiaryView) -> Finding | None:
    """Return N1: twitching that is not of the eyelid alone and has gone on for 14 days.

    Needs 5 logged twitch days on 40 % of the observed days of the bout, or an intake that states
    the 14 days and nothing that calms. Source: Lip Twitching: When to See a Neurologist, "several
    days or weeks without improvement"; NHS.
    """
    bout = _persisting(view, PERSIST_DAYS, view.thresholds.twitch_days)
    return _result("N1", view, bout, PERSIST_DAYS) if bout and not is_eyelid_only(bout) else None


def eyelid_persistence(view: DiaryView) -> Finding | None:
    """Return N2: twitching of the eyelid alone that has gone on for 21 days.

    Source: Lip Twitching: When to See a Neurologist, "more than 2-3 weeks"; Mayo Clinic.
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


def rest_tremor(view: DiaryView) -> Finding | None:
    """Return N9: a tremor of lip, chin or jaw at rest, at 50 years or with stiffness or slowness.

    Logged on 3 days over 14 days, or told in the intake with a start 14 days ago; from 40 years on
    it is watched. Source: What Causes Lip Twitching, "Tremors in the lower lip"; NICE NG127.
    """
    level = _tremor_level(view)
    logged = [e for e in view.episodes if _is_rest_tremor(e)]
    days = sorted({e.local_date for e in logged})
    chosen = view.thresholds
    enough = len(days) >= chosen.rest_tremor_days
    if not enough or (days[-1] - days[0]).days < chosen.rest_tremor_span_days:
        logged, days = [], []
    told = view.problem if _told_rest_tremor(view) else None
    if level is None or not (logged or told):
        return None
    counts = {"episodes": len(logged), "days": len(days)}
    numbers = counts if logged else {"told": True}
    ground = Ground(logged=logged, intake=told)
    return finding("N9", level, Addressee.NEUROLOGIST, view, ground, numbers)


def _tremor_level(view: DiaryView) -> Level | None:
    age, chosen = view.person.age_on(view.today), view.thresholds
    if found(view, of(PARKINSON_SIGNS)) or (age is not None and age >= chosen.rest_tremor_age):
        return Level.SEE_DOCTOR
    middle = age is not None and age >= chosen.rest_tremor_watch_age
    return Level.WATCH if middle else None


def _is_rest_tremor(episode: Episode) -> bool:
    trembles = episode.movement in TREMOR_MOVEMENTS or bool(episode.rhythmic)
    at_rest = bool(episode.at_rest) and episode.stops_with_action is not False
    return at_rest and trembles and any(s.site in TREMOR_SITES for s in episode.sites)


def _told_rest_tremor(view: DiaryView) -> bool:
    problem = view.problem
    if problem is None or problem.still_present is False or intake_is_calm(view):
        return False
    onset = problem.first_day_latest
    span = view.thresholds.rest_tremor_span_days
    lasting = onset is not None and (view.today - onset).days >= span
    at_rest = AT_REST.intersection(problem.contexts)
    here = any(s.site in TREMOR_SITES for s in problem.sites)
    return lasting and here and bool(at_rest) and problem.movement in TREMOR_MOVEMENTS


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
    numbers = {
        "days": 0,
        "threshold_days": view.thresholds.history_days,
        "since": "",
        "logged_days": 0,
    }
    return finding(
        "N12", Level.SEE_DOCTOR, Addressee.NEUROLOGIST, view, Ground(intake=problem), numbers
    )


def _result(rule: str, view: DiaryView, bout: Bout, threshold: int) -> Finding:
    return finding(
        rule,
        Level.SEE_DOCTOR,
        Addressee.NEUROLOGIST,
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
            "long_lasting": bout.span_days >= LONG_DAYS,
            "at_least": may_be_older(bout, view.today),
        },
    )
