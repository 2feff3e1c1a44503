"""Watch rules: worth keeping an eye on, no visit needed while nothing else joins."""

from collections.abc import Iterable
from datetime import timedelta

from diary.domain.bouts import bouts, current_bout, may_be_older
from diary.domain.entries import CheckIn, Course, Day, Problem, ReportedSymptom
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, dates_of, finding, iso
from diary.domain.view import DiaryView

NEW_DAYS = 1  # last minus first day: from the second day on; two days in the source
CAFFEINE_MG = 400  # a day; What Causes Lip Twitching, after the FDA
SLEEP_HOURS = 7  # a night; What Causes Lip Twitching, "7-8 hours"
LOOK_DAYS = 28  # days the share of observed days is taken of
OBSERVED_SHARE = 0.7  # of 28 days; below, nothing is said of a trend
ILLNESS_SYMPTOMS = frozenset({"cold_symptoms", "fever", "sore_throat"})
ILLNESS_HISTORY = frozenset({"current_respiratory_infection", "recent_throat_infection"})


def new_twitching(view: DiaryView) -> Finding | None:
    """Return W1: twitching present on a second day, or told as present without a start.

    It also stands for longer twitching for which a stated reason calms; a referral rule that holds
    replaces it. Source: Facial Nerve Issues: Uncontrollable Lip Twitches Explained, "monitor the
    situation closely"; NHS.
    """
    bout = current_bout(view)
    if bout and bout.span_days >= NEW_DAYS:
        numbers = {
            "days": bout.span_days + 1,
            "since": iso(bout.first_day),
            "at_least": may_be_older(bout, view.today),
        }
        return finding("W1", Level.WATCH, Addressee.NONE, view, Ground(bout=bout), numbers)
    problem = view.problem
    if problem is None or not _present_since_unsaid(problem):
        return None
    return finding("W1", Level.WATCH, Addressee.NONE, view, Ground(intake=problem), {"since": ""})


def in_sleep(view: DiaryView) -> Finding | None:
    """Return W3: twitching while asleep on 2 nights, or told in the intake.

    Source: Lip Twitching (Persistent, Once Off) Causes and Diseases, "disappear completely during
    sleep", which this does not.
    """
    asleep = [e for e in view.episodes if e.asleep]
    nights = {e.local_date for e in asleep}
    told = view.problem if view.problem and "asleep" in view.problem.contexts else None
    if len(nights) < view.thresholds.sleep_nights and told is None:
        return None
    numbers = {"nights": len(nights)}
    return finding(
        "W3", Level.WATCH, Addressee.NONE, view, Ground(logged=asleep, intake=told), numbers
    )


def lifestyle(view: DiaryView) -> Finding | None:
    """Return W5: while it twitches, one daily factor stands out on 3 of the last 7 days.

    More than 400 mg of caffeine, less than 7 hours of sleep, any alcohol, or stress of 7 or more.
    It says what was logged, never that it is the cause. Source: What Causes Lip Twitching,
    "limiting caffeine intake to 400 milligrams per day".
    """
    bout, chosen = current_bout(view), view.thresholds
    start = view.today - timedelta(days=chosen.lifestyle_window_days)
    rows = [day for day in view.days if day.local_date > start]
    outstanding = {
        "caffeine": [d for d in rows if _answer_or(d, "caffeine_mg", 0) > CAFFEINE_MG],
        "sleep": [d for d in rows if _answer_or(d, "sleep_hours", SLEEP_HOURS) < SLEEP_HOURS],
        "alcohol": [d for d in rows if _answer_or(d, "alcohol_units", 0) > 0],
        "stress": [d for d in rows if _answer_or(d, "stress", 0) >= chosen.stressed],
    }
    if bout is None or max(map(len, outstanding.values())) < chosen.lifestyle_days:
        return None
    numbers = {
        "window_days": chosen.lifestyle_window_days,
        "stressed": chosen.stressed,
        **{f"{factor}_days": len(days) for factor, days in outstanding.items()},
        **{f"{factor}_dates": dates_of(days) for factor, days in outstanding.items()},
    }
    return finding("W5", Level.WATCH, Addressee.NONE, view, Ground(bout=bout), numbers)


def illness(view: DiaryView) -> Finding | None:
    """Return W6: the bout began during an infection or within 7 days of one.

    A check-in says so by its answer on illness or by a cold, sore throat or fever among its
    symptoms. It delays no other rule. Source: Lip Tremors: Causes and Concerns in Neurology,
    "severe cold or upper respiratory infection".
    """
    bout = current_bout(view)
    told = view.problem if view.problem and _told_ill(view.problem) else None
    sick: list[CheckIn] = []
    if bout:
        earliest = bout.first_day - timedelta(days=view.thresholds.illness_days)
        around = [c for c in view.check_ins if earliest <= c.local_date <= bout.first_day]
        sick = [c for c in around if c.ill or _has(c.symptoms, ILLNESS_SYMPTOMS)]
    if not sick and told is None:
        return None
    numbers = {"days": len(sick), "recheck_days": view.thresholds.recheck_days}
    return finding(
        "W6", Level.WATCH, Addressee.NONE, view, Ground(logged=sick, intake=told), numbers
    )


def felt_not_seen(view: DiaryView) -> Finding | None:
    """Return W7: every episode, or the intake, says that the twitch cannot be seen.

    Source: Lip Tremors: Causes and Concerns in Neurology, "not visible from the outside".
    """
    asked = [e for e in view.episodes if e.visible is not None]
    told = view.problem if view.problem and view.problem.visible is False else None
    if any(e.visible for e in asked) or not (asked or told):
        return None
    numbers = {"episodes": len(asked)}
    return finding(
        "W7", Level.WATCH, Addressee.NONE, view, Ground(logged=asked, intake=told), numbers
    )


def too_little_recorded(view: DiaryView) -> Finding | None:
    """Return W8: fewer than 70 % of the last 28 days were observed, so nothing is said of a trend.

    Source: choice of the project, measured.
    """
    start = view.today - timedelta(days=LOOK_DAYS)
    observed = [day for day in view.days if day.local_date > start and day.observed]
    if len(observed) >= OBSERVED_SHARE * LOOK_DAYS:
        return None
    numbers = {
        "observed_days": len(observed),
        "observed_dates": dates_of(observed),
        "window_days": LOOK_DAYS,
    }
    return finding("W8", Level.WATCH, Addressee.NONE, view, Ground(), numbers)


def settling(view: DiaryView) -> Finding | None:
    """Return W9: the intake says better or over, or the last bout has ended and not yet proved it.

    Source: Lip Twitching (Persistent, Once Off) Causes and Diseases, "often resolves
    spontaneously".
    """
    problem = view.problem
    better = {Course.IMPROVING, Course.RESOLVED}
    if problem and (problem.course in better or problem.still_present is False):
        return finding(
            "W9", Level.WATCH, Addressee.NONE, view, Ground(intake=problem), {"last_day": ""}
        )
    ended = bouts(view.days, problem)
    if not ended or current_bout(view):
        return None
    numbers = {"last_day": iso(ended[-1].last_day)}
    return finding("W9", Level.WATCH, Addressee.NONE, view, Ground(bout=ended[-1]), numbers)


def _present_since_unsaid(problem: Problem) -> bool:
    over = problem.still_present is False or problem.course is Course.RESOLVED
    return problem.first_day_latest is None and not over


def _answer_or(day: Day, name: str, unsaid: float) -> float:
    answer = day.exposures.get(name)
    return unsaid if answer is None else float(answer)


def _told_ill(problem: Problem) -> bool:
    answers = {h.item for h in problem.history if h.present}
    infected = any(t.factor == "infection" and t.present for t in problem.triggers)
    return infected or _has(problem.symptoms, ILLNESS_SYMPTOMS) or bool(answers & ILLNESS_HISTORY)


def _has(symptoms: Iterable[ReportedSymptom], wanted: frozenset[str]) -> bool:
    return any(s.present and s.symptom in wanted for s in symptoms)
