"""One stream of everything reported as present, with the date it began as far as it is known."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from diary.domain.bouts import ViewOfBouts, bouts
from diary.domain.entries import (
    CheckIn,
    Course,
    Episode,
    Onset,
    Problem,
    ReportedSymptom,
    Side,
    SitedSide,
)
from diary.domain.view import DiaryView

NOW_DAYS = 1  # "within 24 hours" in whole local dates: today or yesterday; FAST, NICE NG127
WEEK_DAYS = 7  # a passed attack is still urgent for a week; TIA guidance
SAME_COMPLAINT_DAYS = 28  # reports of one symptom closer than this are one complaint; choice
ONE_SIDED = frozenset({Side.LEFT, Side.RIGHT, Side.ONE})
# What comes and goes is not settled: an attack of it may have been yesterday.
SETTLED_COURSES = frozenset({Course.STABLE, Course.IMPROVING, Course.RESOLVED})


class Recency(StrEnum):
    """How long ago a symptom began, seen from the day of the look.

    `NOW` within a day, `WEEK` within 7 days, `OLD` longer, `DOUBTFUL` when an older intake lists it
    without saying when it began.
    """

    NOW = "now"
    WEEK = "week"
    DOUBTFUL = "doubtful"
    OLD = "old"


class Origin(StrEnum):
    """Which kind of record a report stands in."""

    INTAKE = "intake"
    EPISODE = "episode"
    CHECK_IN = "check_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomReport:
    """A symptom reported as present, made comparable across records.

    `began_on` is the stated date; else the start of the same complaint in earlier reports; else the
    entry's date; for the intake else the stated start of the problem, or None. `date_stated` says
    whether the person gave the date for this symptom. `sudden_said` is True when "suddenly" was
    said of this very symptom, `sudden` also when the intake says it of the problem.
    """

    symptom: str
    entry: UUID
    origin: Origin
    reported_on: date
    began_on: date | None
    date_stated: bool
    sudden: bool
    sudden_said: bool
    gradual: bool
    one_sided: bool
    ongoing: bool | None
    recurs: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyView(ViewOfBouts):
    """A diary whose bouts and reports are worked out already, for asking many rules in a row."""

    reports: tuple[SymptomReport, ...]


def ready(view: DiaryView) -> ReadyView:
    """Return the same diary with its bouts and symptom reports worked out once."""
    parts = {part.name: getattr(view, part.name) for part in fields(DiaryView)}
    return ReadyView(**parts, bouts=bouts(view.days, view.problem), reports=symptom_reports(view))


def symptom_reports(view: DiaryView) -> tuple[SymptomReport, ...]:
    """Return every symptom reported as present, by date and entry; stated absences are left out."""
    if isinstance(view, ReadyView):
        return view.reports
    reports = [
        *(_of_problem(view.problem) if view.problem else ()),
        *(report for episode in view.episodes for report in _of_episode(episode)),
        *(report for check_in in view.check_ins for report in _of_check_in(check_in)),
    ]
    # The intake goes first: what it dates is the start of what is logged afterward.
    ordered = sorted(
        reports,
        key=lambda r: (r.origin is not Origin.INTAKE, r.reported_on, r.symptom, str(r.entry)),
    )
    joined = _joined(ordered, absences=_absences(view), settled=_settled(view))
    return tuple(sorted(joined, key=lambda r: (r.reported_on, r.symptom, str(r.entry))))


def recency(report: SymptomReport, view: DiaryView) -> Recency:
    """Return how long ago the reported symptom began, on the safe side where that is unsaid."""
    told = (view.today - report.reported_on).days
    if report.began_on is None:
        return _undated(report, told)
    age = max(0, (view.today - report.began_on).days)
    if age <= NOW_DAYS:
        return Recency.NOW
    if age <= WEEK_DAYS:
        return Recency.WEEK
    # An undated sign in an older intake may have joined last week or years ago.
    unsure = not report.date_stated and report.origin is Origin.INTAKE and told <= WEEK_DAYS
    return Recency.DOUBTFUL if unsure and not _settled(view) else Recency.OLD


def _settled(view: DiaryView) -> bool:
    return view.problem is not None and view.problem.course in SETTLED_COURSES


def _undated(report: SymptomReport, told: int) -> Recency:
    if told > WEEK_DAYS:
        return Recency.OLD
    if report.sudden:
        return Recency.NOW if told <= NOW_DAYS else Recency.WEEK
    return Recency.DOUBTFUL


def _of_problem(problem: Problem) -> Iterable[SymptomReport]:
    for symptom in _present(problem.symptoms):
        with_problem = symptom.began_on is None or symptom.began_on in {
            problem.first_day_earliest,
            problem.first_day_latest,
        }
        report = _report(symptom, problem.id, Origin.INTAKE, problem.asked_on, problem.sites)
        inherited = symptom.onset is None and problem.onset is Onset.SUDDEN and with_problem
        yield replace(
            report,
            began_on=symptom.began_on or problem.first_day_latest,
            sudden=report.sudden or inherited,
            ongoing=symptom.ongoing if symptom.ongoing is not None else problem.still_present,
        )


def _of_episode(episode: Episode) -> Iterable[SymptomReport]:
    for symptom in _present(episode.symptoms):
        yield _report(symptom, episode.id, Origin.EPISODE, episode.local_date, episode.sites)


def _of_check_in(check_in: CheckIn) -> Iterable[SymptomReport]:
    for symptom in _present(check_in.symptoms):
        yield _report(symptom, check_in.id, Origin.CHECK_IN, check_in.local_date, ())


def _report(
    symptom: ReportedSymptom, entry: UUID, origin: Origin, day: date, sites: Sequence[SitedSide]
) -> SymptomReport:
    sudden = symptom.onset is Onset.SUDDEN
    return SymptomReport(
        symptom=symptom.symptom,
        entry=entry,
        origin=origin,
        reported_on=day,
        began_on=symptom.began_on or day,
        date_stated=symptom.began_on is not None,
        sudden=sudden,
        sudden_said=sudden,
        gradual=symptom.onset is Onset.GRADUAL,
        one_sided=_one_sided(symptom, sites),
        ongoing=symptom.ongoing,
        recurs=symptom.recurs,
    )


def _one_sided(symptom: ReportedSymptom, sites: Sequence[SitedSide]) -> bool:
    if symptom.side is not None:
        return symptom.side in ONE_SIDED
    sides = {site.side for site in sites}
    return len(sides) == 1 and sides <= ONE_SIDED


def _present(symptoms: Sequence[ReportedSymptom]) -> Iterable[ReportedSymptom]:
    return (symptom for symptom in symptoms if symptom.present)


def _absences(view: DiaryView) -> Mapping[str, tuple[date, ...]]:
    absent: dict[str, list[date]] = defaultdict(list)
    entries: tuple[Episode | CheckIn, ...] = (*view.episodes, *view.check_ins)
    for entry in entries:
        for symptom in entry.symptoms:
            if not symptom.present:
                absent[symptom.symptom].append(entry.local_date)
    return {symptom: tuple(dates) for symptom, dates in absent.items()}


def _joined(
    ordered: Sequence[SymptomReport],
    *,
    absences: Mapping[str, tuple[date, ...]],
    settled: bool,
) -> tuple[SymptomReport, ...]:
    """Give repeated undated reports of one symptom the start of the complaint they belong to.

    A long-standing symptom ticked every evening is one old complaint. A report said to be sudden
    or carrying its own date is never joined, nor one after a stated absence: it is a new attack.
    """
    latest: dict[str, SymptomReport] = {}
    joined = []
    for told in ordered:
        report, before = told, latest.get(told.symptom)
        if before and _continues(told, before, absences.get(told.symptom, ())):
            report = replace(told, began_on=_earliest(before.began_on, told.began_on))
        if report.origin is not Origin.INTAKE or report.date_stated or settled:
            latest[report.symptom] = report
        joined.append(report)
    return tuple(joined)


def _earliest(first: date | None, second: date | None) -> date | None:
    return min((day for day in (first, second) if day is not None), default=None)


def _continues(report: SymptomReport, before: SymptomReport, absences: Sequence[date]) -> bool:
    if report.sudden or report.date_stated or report.origin is Origin.INTAKE:
        return False
    if (report.reported_on - before.reported_on).days > SAME_COMPLAINT_DAYS:
        return False
    return not any(before.reported_on < day < report.reported_on for day in absences)
