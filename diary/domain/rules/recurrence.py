"""Rules on twitching that self-care does not help, that comes back, or that comes often."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from diary.domain.bouts import Bout, bouts, current_bout, groups_of_days, site_groups
from diary.domain.entries import Day, Episode, RemedyTrial
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, finding, interval, iso
from diary.domain.rules.calm import intake_is_calm, is_twitching
from diary.domain.rules.persistence import PERSIST_DAYS
from diary.domain.rules.reassurance import quiet_check_ins, quiet_days_needed, twitch_share
from diary.domain.view import DiaryView
from diary.domain.vocabulary.remedies import REMEDIES
from diary.domain.vocabulary.sites import SiteGroup

# Watching, writing down and telling others are no remedies that could fail.
NO_REMEDY = frozenset(
    {"symptom_diary", "monitor", "disregard_if_not_recurring", "tell_supervisor", "support_group"}
)
SUPPLEMENTS = frozenset(
    {"supplements", "calcium_magnesium", "potassium_supplement", "vitamin_d", "b_vitamins"}
)


def remedy_failed(view: DiaryView) -> Finding | None:
    """Return N10: twitching of 14 days goes on though something was kept up against it.

    Logged: a remedy kept up for 14 days, with 10 observed days before and during, under which the
    episodes a day did not fall by 30 %. Told: the intake says of a remedy that it did not help.
    Medicines are left to whoever prescribed them. Source: What Causes Lip Twitching, "steps like
    improving potassium intake"; Facial Nerve Issues: Uncontrollable Lip Twitches Explained, "If
    there is no improvement".
    """
    bout = current_bout(view)
    if bout is None or bout.span_days < PERSIST_DAYS:
        return None
    compared = [c for trial in view.remedy_trials if (c := _compared(trial, bout, view))]
    failed = [c for c in compared if c.ratio >= view.thresholds.remedy_ratio]
    if failed:
        newest = max(failed, key=lambda c: (c.trial.started_on, str(c.trial.id)))
        return _remedy_result(view, Ground(bout=bout, trials=[newest.trial]), newest.as_numbers())
    if not _told_failed(view):
        return None
    numbers = {"told": True, "days": bout.span_days, "since": iso(bout.first_day)}
    return _remedy_result(view, Ground(bout=bout, intake=view.problem), numbers)


def recurring(view: DiaryView) -> Finding | None:
    """Return N15: three bouts within 180 days, or a bout in a new region after a remission.

    Each bout has 2 logged twitch days and 14 quiet check-ins part them; unlogged days part nothing.
    A remission is as many quiet check-ins as X1 asks for; the new region needs 2 episodes on 2
    days. A bout that began before the 180 days and reaches into them is one of the three. Bouts
    that the intake tells of are not counted. Source: What Causes Lip Twitching, "If the lip
    twitching persists, recurs".
    """
    chosen = view.thresholds
    start = view.today - timedelta(days=chosen.recur_window_days)
    runs = [
        run
        for run in bouts(view.days, None)
        if run.last_day > start and run.logged_days >= chosen.recur_twitch_days
    ]
    if not runs:
        return None
    between = _quiet_between(runs, view.days)
    apart = 1 + sum(quiet >= chosen.recur_quiet_days for quiet in between)
    moved = _came_back_elsewhere(view, runs)
    if apart < chosen.recur_bouts and not moved:
        return None
    numbers = {
        "bouts": apart,
        "spans": [interval(run.first_day, run.last_day) for run in runs],
        "quiet_between": between,
        "quiet_needed": chosen.recur_quiet_days,
        "window_days": chosen.recur_window_days,
        "moved": bool(moved),
        **({"episodes": len(moved)} if moved else {}),
    }
    return finding(
        "N15",
        Level.SEE_DOCTOR,
        Addressee.NEUROLOGIST,
        view,
        Ground(bout=runs[-1], logged=moved),
        numbers,
    )


def frequent(view: DiaryView) -> Finding | None:
    """Return N16: at least 3 episodes a day on 10 of the last 14 days.

    Source: Lip Twitching (Persistent, Once Off) Causes and Diseases, "frequent episodes or
    persistent lip twitching".
    """
    chosen = view.thresholds
    start = view.today - timedelta(days=chosen.frequent_window_days)
    recent = [d for d in view.days if d.local_date > start and d.observed]
    full = [day for day in recent if day.episodes >= chosen.frequent_episodes]
    if len(full) < chosen.frequent_days:
        return None
    numbers = {
        "days": len(full),
        "window_days": chosen.frequent_window_days,
        "observed_days": len(recent),
        "episodes_a_day": chosen.frequent_episodes,
        "episodes_by_date": {iso(day.local_date): day.episodes for day in recent},
    }
    ground = Ground(bout=current_bout(view))
    return finding("N16", Level.SEE_DOCTOR, Addressee.NEUROLOGIST, view, ground, numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """Episodes and observed days before and during a trial."""

    trial: RemedyTrial
    until: date
    before_episodes: int
    before_days: int
    during_episodes: int
    during_days: int

    @property
    def ratio(self) -> float:
        """Return episodes a day during over before."""
        return (self.during_episodes / self.during_days) / (self.before_episodes / self.before_days)

    def as_numbers(self) -> dict[str, Any]:
        return {
            "remedy": self.trial.remedy,
            "days": (self.until - self.trial.started_on).days,
            "kept_from": iso(self.trial.started_on),
            "kept_until": iso(self.until),
            "before_episodes": self.before_episodes,
            "before_days": self.before_days,
            "during_episodes": self.during_episodes,
            "during_days": self.during_days,
            "before_rate": self.before_episodes / self.before_days,
            "during_rate": self.during_episodes / self.during_days,
            "ratio": self.ratio,
        }


def _compared(trial: RemedyTrial, bout: Bout, view: DiaryView) -> _Compared | None:
    chosen = view.thresholds
    until = min(trial.stopped_on or view.today, view.today)
    kept_long = (until - trial.started_on).days >= chosen.remedy_days
    if not _is_remedy(trial.remedy) or not kept_long or until < bout.first_day:
        return None
    since = trial.started_on - timedelta(days=chosen.remedy_before_days)
    before = [d for d in view.days if d.observed and since <= d.local_date < trial.started_on]
    during = [d for d in view.days if d.observed and trial.started_on <= d.local_date <= until]
    twitched = sum(day.episodes for day in before)
    if min(len(before), len(during)) < chosen.remedy_observed_days or not twitched:
        return None
    return _Compared(
        trial=trial,
        until=until,
        before_episodes=twitched,
        before_days=len(before),
        during_episodes=sum(day.episodes for day in during),
        during_days=len(during),
    )


def _is_remedy(code: str) -> bool:
    known = REMEDIES.get(code)
    self_care = known is not None and known.self_care
    return code in SUPPLEMENTS or (self_care and code not in NO_REMEDY)


def _told_failed(view: DiaryView) -> bool:
    problem = view.problem
    if problem is None or problem.still_present is False or intake_is_calm(view):
        return False
    onset = problem.first_day_latest
    lasting = onset is not None and (view.today - onset).days >= PERSIST_DAYS
    tried = any(r.helped is False and _is_remedy(r.remedy) for r in problem.remedies)
    return lasting and tried and is_twitching(problem)


def _remedy_result(view: DiaryView, ground: Ground, numbers: dict[str, Any]) -> Finding:
    return finding("N10", Level.SEE_DOCTOR, Addressee.NEUROLOGIST, view, ground, numbers)


def _quiet_between(runs: Sequence[Bout], days: Sequence[Day]) -> list[int]:
    """Return the quiet check-ins between each bout and the next."""
    return [_quiet(days, one.last_day, following.first_day) for one, following in pairwise(runs)]


def _quiet(days: Sequence[Day], after: date, before: date) -> int:
    """Return the quiet check-ins strictly between two days."""
    between = (d for d in days if after < d.local_date < before)
    return sum(d.checked_in and d.observed and not d.twitch_day for d in between)


def _came_back_elsewhere(view: DiaryView, runs: Sequence[Bout]) -> tuple[Episode, ...]:
    """Return the episodes in a new region of a bout that follows a remission."""
    bout = current_bout(view)
    if bout is None or not any(run.last_day < bout.first_day for run in runs):
        return ()
    # A single day counts here: it breaks a silence, and its place is no new one.
    before = [day for day in view.days if day.local_date < bout.first_day and day.twitch_day]
    last = before[-1].local_date
    needed = quiet_days_needed(twitch_share(view, last), view.thresholds.remission_chance)
    known = groups_of_days(before)
    quiet = quiet_check_ins(view.days, last, bout.first_day - timedelta(days=1))
    if len(quiet) < needed or SiteGroup.FACE in known or not known:
        return ()
    fresh = tuple(
        e
        for e in view.episodes
        if e.local_date >= bout.first_day and site_groups(e.sites) - known - {SiteGroup.FACE}
    )
    enough = len({e.local_date for e in fresh}) >= view.thresholds.gate_episodes
    return fresh if enough else ()
