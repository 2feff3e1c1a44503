"""The one layer between a diary and its report that takes away what the person leaves out.

What only a left-out section shows is taken from the diary before the report is built, so that it
stands nowhere else either: not in the log, not beside a figure, not in the attached file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from diary.domain.days import EXPOSURE_FIELDS
from diary.domain.entries import CheckIn, Day, Episode, Problem
from reports.domain.bands import Background
from reports.domain.choices import Choices, Section
from reports.domain.edits import Edit
from reports.domain.inputs import ReportDiary
from reports.domain.shape import ReportModel

Entry = TypeVar("Entry", Episode, CheckIn, Problem)
MEDICINES_CHANGED = "medicines_changed"
AFFECTED = "affected"  # the row of "What changed" that counts days with daily life affected


def chosen(diary: ReportDiary, choices: Choices) -> ReportDiary:
    """Return the diary as the report may know it: the chosen notes, nothing of what is left out."""
    if choices.notes is not None:
        diary = _with_notes(diary, frozenset(choices.notes))
    for section in choices.left_out:
        diary = _TAKEN_FROM_DIARY.get(section, _nothing_taken)(diary)
    return _without_former(diary, choices.left_out)


def handed_over(diary: ReportDiary, left_out: Sequence[Section]) -> ReportDiary:
    """Return what the attached file may hold: without the log, the days and no single entry."""
    if Section.LOG not in left_out:
        return diary
    return replace(diary, episodes=(), check_ins=(), edits=())


def _without_former(diary: ReportDiary, left_out: Sequence[Section]) -> ReportDiary:
    """Return the diary whose edits do not tell what left-out fields said before, either."""
    hidden = frozenset().union(*(_FIELDS.get(section, frozenset()) for section in left_out))

    def bare(edit: Edit) -> Edit:
        kept = {name: value for name, value in edit.before.items() if name not in hidden}
        return replace(edit, before=MappingProxyType(kept))

    return replace(diary, edits=tuple(map(bare, diary.edits)))


def _nothing_taken(diary: ReportDiary) -> ReportDiary:
    return diary


def _with_notes(diary: ReportDiary, notes: frozenset[UUID]) -> ReportDiary:
    def ticked(entry: Entry) -> Entry:
        return replace(entry, note_for_doctor=entry.id in notes)

    return _each_entry(diary, ticked, ticked, ticked)


def _each_entry(
    diary: ReportDiary,
    of_episode: Callable[[Episode], Episode],
    of_check_in: Callable[[CheckIn], CheckIn],
    of_problem: Callable[[Problem], Problem],
) -> ReportDiary:
    return replace(
        diary,
        episodes=tuple(map(of_episode, diary.episodes)),
        check_ins=tuple(map(of_check_in, diary.check_ins)),
        problem=None if diary.problem is None else of_problem(diary.problem),
    )


def _without_medicines(diary: ReportDiary) -> ReportDiary:
    unsaid: dict[str, Any] = {MEDICINES_CHANGED: None}
    problem = diary.problem
    return replace(
        _without_exposures(diary, frozenset({MEDICINES_CHANGED})),
        check_ins=tuple(replace(each, **unsaid) for each in diary.check_ins),
        medications=(),
        problem=None if problem is None else replace(problem, medicines=()),
    )


def _without_history(diary: ReportDiary) -> ReportDiary:
    problem = diary.problem
    return replace(
        diary,
        history=(),
        problem=None if problem is None else replace(problem, history=(), tests=()),
    )


def _without_tried(diary: ReportDiary) -> ReportDiary:
    def bare(entry: Entry) -> Entry:
        return replace(entry, remedies=())

    return replace(_each_entry(diary, bare, bare, bare), remedy_trials=())


def _without_impact(diary: ReportDiary) -> ReportDiary:
    def bare(entry: Entry) -> Entry:
        return replace(entry, impact=None, interferes=(), distress=None)

    return _each_entry(diary, bare, bare, bare)


def _without_factors(diary: ReportDiary) -> ReportDiary:
    unsaid: dict[str, Any] = dict.fromkeys(EXPOSURE_FIELDS)
    diary = _each_entry(
        diary,
        lambda episode: replace(episode, triggers=()),
        lambda check_in: replace(check_in, factors=(), **unsaid),
        lambda problem: replace(problem, triggers=()),
    )
    return _without_exposures(diary, None)


def _without_exposures(diary: ReportDiary, names: frozenset[str] | None) -> ReportDiary:
    """Return the diary whose daily rows lack the exposures of these names; None: all of them."""

    def bare(day: Day) -> Day:
        kept = {} if names is None else {n: v for n, v in day.exposures.items() if n not in names}
        return replace(day, exposures=MappingProxyType(kept))

    return replace(
        diary,
        days=tuple(map(bare, diary.days)),
        earlier_days=tuple(map(bare, diary.earlier_days)),
    )


_TAKEN_FROM_DIARY: Mapping[Section, Callable[[ReportDiary], ReportDiary]] = MappingProxyType(
    {
        Section.GOES_WITH: _without_factors,
        Section.MEDICINES: _without_medicines,
        Section.HISTORY: _without_history,
        Section.TRIED: _without_tried,
        Section.IMPACT: _without_impact,
    }
)


_FIELDS: Mapping[Section, frozenset[str]] = MappingProxyType(
    {
        Section.GOES_WITH: frozenset({"triggers", "factors", *EXPOSURE_FIELDS}),
        Section.MEDICINES: frozenset({MEDICINES_CHANGED}),
        Section.TRIED: frozenset({"remedies"}),
        Section.IMPACT: frozenset({"impact", "interferes", "distress"}),
    }
)

# The bands that are a section of their own, by the name of their field.
_BANDS = (Section.CHANGED, Section.WHERE, Section.WHEN, Section.GOES_WITH)
_FIGURES = MappingProxyType(
    {Section.WHERE: "face", Section.WHEN: "timeline", Section.GOES_WITH: "factors"}
)


def with_gaps(model: ReportModel, left_out: Sequence[Section], sentence: str) -> ReportModel:
    """Return the model with `sentence` in the place of each section that is left out."""
    figures = {name: sentence for section, name in _FIGURES.items() if section in left_out}
    gapped = replace(
        model,
        **{each.value: _emptied(getattr(model, each.value)) for each in _BANDS if each in left_out},
        character=() if Section.CHARACTER in left_out else model.character,
        background=_background_with_gaps(model.background, left_out, sentence),
        alternatives=replace(model.alternatives, **figures),
        left_out={section.value: sentence for section in left_out},
    )
    if Section.GOES_WITH in left_out:
        gapped = replace(gapped, when=replace(gapped.when, strips=()))
    if Section.IMPACT in left_out:
        rows = tuple(row for row in gapped.changed.rows if row.code != AFFECTED)
        gapped = replace(gapped, changed=replace(gapped.changed, rows=rows))
    if Section.LOG in left_out:
        gapped = replace(gapped, page_two=replace(gapped.page_two, log=(), log_note=sentence))
    return gapped


def _emptied(band: Any) -> Any:
    """Return the band with each value's own kind of nothing in it; a date has none."""
    values = {each.name: getattr(band, each.name) for each in fields(band)}
    nothing = {n: type(v)() for n, v in values.items() if not isinstance(v, date)}
    return replace(band, **nothing)


def _background_with_gaps(
    band: Background, left_out: Sequence[Section], sentence: str
) -> Background:
    if Section.MEDICINES in left_out:
        band = replace(band, medicines=(), medicines_in_all=0, medicines_note=sentence)
    if Section.HISTORY in left_out:
        band = replace(band, history=())
    if Section.TRIED in left_out:
        band = replace(band, tried=(), tried_in_all=0, tried_note=sentence)
    if Section.IMPACT in left_out:
        band = replace(band, impact=(), impact_note=sentence)
    return band
