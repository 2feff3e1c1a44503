"""Rules that calm on recorded data only: R1 for a single short bout, X1 for a lasting silence."""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from diary.domain.bouts import BOUT_GAP_DAYS, bouts_of, may_be_older
from diary.domain.entries import Day
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, dates_of, finding, iso
from diary.domain.thresholds import DEFAULTS
from diary.domain.view import WINDOW_DAYS, DiaryView

QUIET_FLOOR_DAYS = 28  # checked-in quiet days; measured
QUIET_CEILING_DAYS = 90  # checked-in quiet days; measured
REFERENCE_DAYS = 112  # days before the silence that give the old rate
REFERENCE_LEAST_DAYS = 28  # of these within the window of the view; fewer give no rate


def one_off(view: DiaryView) -> Finding | None:
    """Return R1: a single bout of at most 2 days, then at least 7 quiet check-ins.

    Unlogged days never count as quiet, and a bout at the start of the 180 days a look reads may be
    the end of a longer one. Source: Lip Twitching: When to See a Neurologist, "do not recur, it is
    acceptable to disregard"; Lip Twitching (Persistent, Once Off), "once-off".
    """
    runs = bouts_of(view)
    if len(runs) != 1 or runs[0].span_days >= view.thresholds.one_off_days:
        return None
    if may_be_older(runs[0], view.today):
        return None
    earlier = view.problem.first_day_latest if view.problem else None
    if earlier is not None and earlier < runs[0].first_day:
        return None
    quiet = quiet_check_ins(view.days, runs[0].last_day, view.today)
    if len(quiet) < view.thresholds.quiet_check_ins:
        return None
    numbers = {**_quiet(quiet), "last_day": iso(runs[0].last_day)}
    return finding("R1", Level.REASSURE, Addressee.NONE, view, Ground(bout=runs[0]), numbers)


def remission(view: DiaryView) -> Finding | None:
    """Return X1: so many quiet check-ins in a row that the old rate would allow them 1 in 1000.

    Where the old rate lies before the 180 days a look reads, 90 are needed. Source: Lip Twitching
    (Persistent, Once Off) Causes and Diseases, "often resolves spontaneously"; docs/statistics.md.
    """
    runs = bouts_of(view)
    if not runs:
        return _silent_window(view)
    last = runs[-1].last_day
    needed = _needed(view, _reference(view, last))
    quiet = quiet_check_ins(view.days, last, view.today)
    if len(quiet) < needed["needed_days"]:
        return None
    numbers = {**_quiet(quiet), **needed, "last_day": iso(last)}
    return finding("X1", Level.REASSURE, Addressee.NONE, view, Ground(bout=runs[-1]), numbers)


def quiet_days_needed(share: float, chance: float = DEFAULTS.remission_chance) -> int:
    """Return how many quiet check-ins in a row end a bout, from the old share of twitch days.

    At the old share, so many would come by chance at most `chance` of the time. At 0.001, 0.143
    gives 45; 0.286, 0.5 and 0.9 give the floor of 28; a share of 0 gives the ceiling.
    """
    if share <= 0:
        return QUIET_CEILING_DAYS
    if share >= 1:
        return QUIET_FLOOR_DAYS
    days = math.ceil(math.log(chance) / math.log1p(-share))
    return min(max(days, QUIET_FLOOR_DAYS), QUIET_CEILING_DAYS)


def twitch_share(view: DiaryView, last: date) -> float:
    """Return the share of twitch days among the observed days of the 112 up to `last`.

    0, which asks for the ceiling, when fewer than 28 of these days lie within the window of the
    view: the twitch days that happen to be left say nothing about the rate.
    """
    return _share(_reference(view, last))


def quiet_check_ins(days: Sequence[Day], last: date, until: date) -> tuple[Day, ...]:
    """Return the quiet check-ins in a row after `last` up to `until`, both dates of the diary.

    A hole longer than a bout gap starts the row again, and one before `until` leaves none.
    """
    run: list[Day] = []
    reached = last
    for day in days:
        if not last < day.local_date <= until or not (day.checked_in and day.observed):
            continue
        if (day.local_date - reached).days > BOUT_GAP_DAYS + 1:
            run = []
        run.append(day)
        reached = day.local_date
    return tuple(run) if (until - reached).days <= BOUT_GAP_DAYS else ()


def _silent_window(view: DiaryView) -> Finding | None:
    """Return X1 when the last twitch day lies before the window: the ceiling fits any old rate."""
    quiet = quiet_check_ins(view.days, view.today - timedelta(days=WINDOW_DAYS), view.today)
    if len(quiet) < QUIET_CEILING_DAYS:
        return None
    numbers = {**_quiet(quiet), **_needed(view, ()), "last_day": ""}
    return finding("X1", Level.REASSURE, Addressee.NONE, view, Ground(), numbers)


def _reference(view: DiaryView, last: date) -> tuple[Day, ...]:
    start = last - timedelta(days=REFERENCE_DAYS)
    within = (last - view.today).days + WINDOW_DAYS
    if within < REFERENCE_LEAST_DAYS:
        return ()
    return tuple(d for d in view.days if start < d.local_date <= last and d.observed)


def _share(reference: Sequence[Day]) -> float:
    return sum(d.twitch_day for d in reference) / len(reference) if reference else 0.0


def _quiet(days: Sequence[Day]) -> dict[str, Any]:
    return {"quiet_days": len(days), "quiet_dates": dates_of(days)}


def _needed(view: DiaryView, reference: Sequence[Day]) -> dict[str, Any]:
    """Return how many quiet check-ins are needed, and what that is reckoned from."""
    chance = view.thresholds.remission_chance
    return {
        "needed_days": quiet_days_needed(_share(reference), chance),
        "chance": chance,
        "reference_twitch_days": sum(d.twitch_day for d in reference),
        "reference_observed_days": len(reference),
    }
