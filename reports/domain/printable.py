"""A diary whose every free text can be printed, and the same diary without free text at all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TypeVar

from diary.domain.entries import (
    CheckIn,
    Day,
    Episode,
    Factor,
    HistoryItem,
    Medication,
    Problem,
    RemedyTrial,
    RemedyUse,
)
from reports.domain.inputs import ReportDiary
from reports.domain.text_gate import TextGate

OWN = "own:"
NAME_WIDTH = 40
QUESTION_WIDTH = 160
MEDICINE_WIDTH = 44
DOSE_WIDTH = 30
LABEL_WIDTH = 36
RESULT_WIDTH = 24
UNIT_WIDTH = 12
NOTE_WIDTH = 180

Entry = TypeVar("Entry", Episode, CheckIn)
Clean = Callable[[str, int], str]  # a text and its width -> the text as it may be printed


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintableDiary:
    """The gated diary, how many characters had no glyph, and the person's own factors by key.

    The daily rows keep the keys of own factors as recorded, so that two of them stay two.
    """

    diary: ReportDiary
    own_factors: Mapping[str, str]
    replaced: int


@dataclass(slots=True, kw_only=True)
class _Gate:
    """Cleans texts and counts what it replaced."""

    gate: TextGate
    replaced: int = field(default=0)

    def __call__(self, text: str, width: int) -> str:
        cleaned = self.gate.clean(text, width=width)
        self.replaced += cleaned.replaced
        return cleaned.text


def printable(diary: ReportDiary, gate: TextGate) -> PrintableDiary:
    """Return the diary with every text that can reach paper cleaned and capped.

    Notes the person did not tick for the doctor are emptied: they never leave the diary.
    """
    clean = _Gate(gate=gate)
    gated = _with_texts(diary, clean)
    own_factors = {key: clean(key.removeprefix(OWN), LABEL_WIDTH) for key in _own_factors(diary)}
    return PrintableDiary(diary=gated, own_factors=own_factors, replaced=clean.replaced)


def _own_factors(diary: ReportDiary) -> list[str]:
    rows = (*diary.earlier_days, *diary.days)
    return sorted({key for day in rows for key in day.exposures if key.startswith(OWN)})


def _with_texts(diary: ReportDiary, clean: Clean) -> ReportDiary:
    """Return the diary with each text in the person's own words put through `clean`."""
    return replace(
        diary,
        display_name=clean(diary.display_name, NAME_WIDTH),
        episodes=tuple(_entry(episode, clean) for episode in diary.episodes),
        check_ins=tuple(_check_in(check_in, clean) for check_in in diary.check_ins),
        problem=None if diary.problem is None else _problem(diary.problem, clean),
        medications=tuple(_medication(course, clean) for course in diary.medications),
        history=tuple(_history_item(item, clean) for item in diary.history),
        remedy_trials=tuple(_trial(trial, clean) for trial in diary.remedy_trials),
    )


def _note(entry: Episode | CheckIn | Problem, clean: Clean) -> str:
    return clean(entry.note, NOTE_WIDTH) if entry.note_for_doctor else ""


def _entry(entry: Entry, clean: Clean) -> Entry:
    if not entry.note and not entry.remedies:
        return entry  # most of thousands: a copy of each would take longer than all the rest
    return replace(entry, note=_note(entry, clean), remedies=_remedies(entry.remedies, clean))


def _check_in(check_in: CheckIn, clean: Clean) -> CheckIn:
    return replace(_entry(check_in, clean), factors=_factors(check_in.factors, clean))


def _factors(factors: Sequence[Factor], clean: Clean) -> tuple[Factor, ...]:
    return tuple(
        replace(
            factor,
            own_label=clean(factor.own_label, LABEL_WIDTH),
            unit=clean(factor.unit, UNIT_WIDTH),
        )
        for factor in factors
    )


def _remedies(uses: Sequence[RemedyUse], clean: Clean) -> tuple[RemedyUse, ...]:
    return tuple(replace(use, own_label=clean(use.own_label, LABEL_WIDTH)) for use in uses)


def _problem(problem: Problem, clean: Clean) -> Problem:
    return replace(
        problem,
        question=clean(problem.question, QUESTION_WIDTH),
        note=_note(problem, clean),
        triggers=_factors(problem.triggers, clean),
        remedies=_remedies(problem.remedies, clean),
        medicines=tuple(replace(m, name=clean(m.name, MEDICINE_WIDTH)) for m in problem.medicines),
        history=tuple(
            replace(h, own_label=clean(h.own_label, LABEL_WIDTH)) for h in problem.history
        ),
    )


def _medication(course: Medication, clean: Clean) -> Medication:
    return replace(
        course,
        name=clean(course.name, MEDICINE_WIDTH),
        dose=clean(course.dose, DOSE_WIDTH),
        dose_changes=tuple(
            replace(change, dose=clean(change.dose, DOSE_WIDTH)) for change in course.dose_changes
        ),
        note="",
    )


def _history_item(item: HistoryItem, clean: Clean) -> HistoryItem:
    return replace(
        item,
        own_label=clean(item.own_label, LABEL_WIDTH),
        result=clean(item.result, RESULT_WIDTH),
        note="",
    )


def _trial(trial: RemedyTrial, clean: Clean) -> RemedyTrial:
    return replace(trial, own_label=clean(trial.own_label, LABEL_WIDTH), note="")


def without_unticked_notes(diary: ReportDiary) -> ReportDiary:
    """Return the diary as it may be handed over in a file: private notes emptied, words intact."""

    def kept(entry: Entry) -> Entry:
        return replace(entry, note="") if entry.note and not entry.note_for_doctor else entry

    problem = diary.problem
    if problem is not None and not problem.note_for_doctor:
        problem = replace(problem, note="")
    return replace(
        diary,
        episodes=tuple(kept(episode) for episode in diary.episodes),
        check_ins=tuple(kept(check_in) for check_in in diary.check_ins),
        problem=problem,
        medications=tuple(replace(course, note="") for course in diary.medications),
        history=tuple(replace(item, note="") for item in diary.history),
        remedy_trials=tuple(replace(trial, note="") for trial in diary.remedy_trials),
    )


def without_free_text(diary: ReportDiary) -> ReportDiary:
    """Return the diary with every text in the person's own words emptied; codes stay."""
    bare = _with_texts(diary, lambda _text, _width: "")
    return replace(
        bare,
        texts_withheld=True,
        edits=(),  # what was changed may be words of the person, too
        medications=tuple(replace(m, name=m.medicine_class) for m in bare.medications),
        days=_numbered(bare.days, diary),
        earlier_days=_numbered(bare.earlier_days, diary),
    )


def _numbered(days: Sequence[Day], diary: ReportDiary) -> tuple[Day, ...]:
    """Return the rows with own factors told apart by a number instead of by their words."""
    names = {key: f"{OWN}{number}" for number, key in enumerate(_own_factors(diary), start=1)}
    return tuple(
        replace(
            day,
            exposures=MappingProxyType(
                {names.get(key, key): value for key, value in day.exposures.items()}
            ),
        )
        for day in days
    )
