"""The foot of page 1: medicines now, history asked about, what was tried, daily life affected."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from diary.domain.entries import (
    CheckIn,
    Episode,
    HistoryItem,
    HistoryKind,
    HistoryStatus,
    Medication,
    RemedyUse,
)
from diary.domain.experiments import Experiment
from diary.domain.vocabulary import HISTORY, INTERFERES, MEDICINE_CLASSES, REMEDIES, TESTS
from reports.domain.bands import Background, ImpactLine, MedicineLine, Pair, TriedLine
from reports.domain.comparisons import Comparison
from reports.domain.inputs import ReportDiary
from reports.domain.looks import Looks
from reports.domain.sections.changes import is_affected
from reports.domain.sections.index import Index
from reports.domain.text_gate import capped, visual_width
from reports.domain.words import Words

MOST_MEDICINES = 4
MOST_PER_KIND = 3
MOST_TRIED = 5
TRIALS_KEPT = 2  # of those lines, when there are so many
HISTORY_ROOM = 200  # all kinds together
HISTORY_WIDTH = 58  # two lines of the column each when there is more
MEDICINE_LINE_WIDTH = 60
MOST_IMPACTS = 6
PROJECT = "project"


def background(index: Index, looks: Looks, words: Words) -> Background:
    """Return the four lists; each says in words why it is empty."""
    diary = index.diary
    medicines = _medicines(diary, words)
    used, trials = _used(index, words), _trials(diary, looks, words)
    room = MOST_TRIED - min(len(trials), TRIALS_KEPT)
    tried = (*used[:room], *trials)[:MOST_TRIED]
    answered = sum(is_affected(c) is not None for c in diary.check_ins)
    return Background(
        medicines=medicines[:MOST_MEDICINES],
        medicines_in_all=len(medicines),
        medicines_note=_medicines_note(diary, medicines, words),
        history=_history(diary, words),
        tried=tried,
        tried_in_all=len(used) + len(trials),
        tried_note="" if tried else words.nothing_tried,
        impact=_impact(diary, answered, words),
        impact_note=words.impact_note(answered),
    )


# Medicines ------------------------------------------------------------------------------------


def taken_on(course: Medication, day: date) -> bool:
    """Return whether a course covers `day`; an unsaid start or end does not exclude it."""
    begun = course.started is None or course.started.day <= day
    return begun and (course.stopped is None or course.stopped.day > day)


def sources_of_class(medicine_class: str) -> tuple[str, ...]:
    """Return the source documents that name a class as able to cause twitching, if any."""
    entry = MEDICINE_CLASSES.get(medicine_class)
    if entry is None or not entry.may_cause_twitching:
        return ()
    return tuple(source for source in entry.sources if source != PROJECT)


def _current(diary: ReportDiary) -> list[Medication]:
    courses = [c for c in diary.medications if taken_on(c, diary.end)]
    return sorted(courses, key=lambda c: (not sources_of_class(c.medicine_class), c.name))


def _medicines(diary: ReportDiary, words: Words) -> tuple[MedicineLine, ...]:
    courses = _current(diary)
    known = {course.name.casefold() for course in diary.medications}
    lines = [
        MedicineLine(
            name=capped(words.medicine(course), MEDICINE_LINE_WIDTH),
            detail=words.medicine_detail(course),
            marked=bool(sources_of_class(course.medicine_class)),
        )
        for course in courses
    ]
    stated = diary.problem.medicines if diary.problem else ()
    lines += [
        MedicineLine(
            name=words.term(MEDICINE_CLASSES, m.medicine_class, m.name),
            detail=words.said_at_the_start,
            marked=bool(sources_of_class(m.medicine_class)),
        )
        for m in stated
        if not m.stopped and m.name.casefold() not in known
    ]
    return tuple(lines)


def _medicines_note(diary: ReportDiary, lines: Sequence[MedicineLine], words: Words) -> str:
    if not lines:
        return words.no_medicines
    classes = [course.medicine_class for course in _current(diary)]
    classes += [m.medicine_class for m in (diary.problem.medicines if diary.problem else ())]
    documents = sorted({source for code in classes for source in sources_of_class(code)})
    return words.marked_medicine(documents) if any(line.marked for line in lines) else ""


# History --------------------------------------------------------------------------------------


def _history(diary: ReportDiary, words: Words) -> tuple[Pair, ...]:
    """One line per kind: what is there, "none known", or "not asked"; never left out."""
    answers = {kind: _history_answer(diary, kind, words) for kind in HistoryKind}
    crowded = sum(visual_width(text) for text in answers.values()) > HISTORY_ROOM
    width = HISTORY_WIDTH if crowded else HISTORY_ROOM
    return tuple(
        Pair(label=words.history_kinds[kind], text=capped(text, width))
        for kind, text in answers.items()
    )


def _history_answer(diary: ReportDiary, kind: HistoryKind, words: Words) -> str:
    """Return what is there, what is denied, what is not known of, and what was not asked."""
    items = [item for item in diary.history if item.kind is kind]
    present = [_item(item, words) for item in items if item.status is HistoryStatus.PRESENT]
    present += [text for text in _told_at_the_start(diary, kind, words) if text not in present]
    denied = _denied_at_the_start(diary, kind, words)
    unknown = [item for item in items if item.status is HistoryStatus.NONE_KNOWN]
    unasked = [item for item in items if item.status is HistoryStatus.NOT_ASKED]
    states = [
        words.joined(_shown(present, words)) if present else "",
        words.none_of(_shown(denied, words)) if denied else "",
        words.none_known_of(_shown(_names(unknown, words), words)) if unknown else "",
        words.not_asked_of(_shown(_names(unasked, words), words)) if unasked else "",
    ]
    said = [state for state in states if state]
    return words.apart(said) if said else words.not_asked


def _shown(names: list[str], words: Words) -> list[str]:
    more = len(names) - MOST_PER_KIND
    return names[:MOST_PER_KIND] + ([words.more_items(more)] if more > 0 else [])


def _names(items: Sequence[HistoryItem], words: Words) -> list[str]:
    """Return the names of items; an answer about the whole kind has none."""
    return [_item(item, words) for item in items if item.item or item.own_label]


def _item(item: HistoryItem, words: Words) -> str:
    codes = TESTS if item.kind is HistoryKind.TEST else HISTORY
    name = words.term(codes, item.item, item.own_label)
    return words.history_item(name, item.since, item.result)


def _told_at_the_start(diary: ReportDiary, kind: HistoryKind, words: Words) -> list[str]:
    problem = diary.problem
    if problem is None:
        return []
    if kind is HistoryKind.TEST:
        return [
            words.history_item(words.term(TESTS, test.test), test.done, test.result)
            for test in problem.tests
        ]
    return [
        words.term(HISTORY, answer.item, answer.own_label)
        for answer in problem.history
        if answer.present and _kind_of(answer.item) is kind
    ]


def _denied_at_the_start(diary: ReportDiary, kind: HistoryKind, words: Words) -> list[str]:
    answers = diary.problem.history if diary.problem else ()
    return [
        words.term(HISTORY, answer.item, answer.own_label)
        for answer in answers
        if not answer.present and _kind_of(answer.item) is kind
    ]


def _kind_of(item: str) -> HistoryKind:
    entry = HISTORY.get(item)
    return entry.kind if entry else HistoryKind.CONDITION


# Tried ----------------------------------------------------------------------------------------


def _used(index: Index, words: Words) -> tuple[TriedLine, ...]:
    entries: tuple[Episode | CheckIn, ...] = (*index.diary.episodes, *index.diary.check_ins)
    uses = [use for entry in entries for use in entry.remedies]
    names = Counter(_remedy_name(use, words) for use in uses)
    lines = []
    for name, _ in sorted(names.items(), key=lambda item: (-item[1], item[0])):
        rated = [u.helped for u in uses if _remedy_name(u, words) == name and u.helped is not None]
        lines.append(
            TriedLine(
                label=name,
                helped=sum(rated) if rated else None,
                rated=len(rated) if rated else None,
                text="" if rated else words.not_rated(names[name]),
            )
        )
    return tuple(lines)


def _remedy_name(use: RemedyUse, words: Words) -> str:
    return words.term(REMEDIES, use.remedy, use.own_label)


def _trials(diary: ReportDiary, looks: Looks, words: Words) -> tuple[TriedLine, ...]:
    """Return the compared trials, the newest first."""
    return tuple(
        TriedLine(
            label=words.term(REMEDIES, trial.remedy, trial.own_label),
            helped=None,
            rated=None,
            text=words.trial_compared(trial, looks.trials[trial.id]),
            comparison=_comparison(looks.trials[trial.id]),
        )
        for trial in sorted(diary.remedy_trials, key=lambda t: t.started_on, reverse=True)
        if trial.id in looks.trials
    )


def _comparison(found: Experiment) -> Comparison:
    return Comparison(
        test="trial",
        verdict=found.outcome,
        recent=found.during_rate,
        before=found.before_rate,
        ratio=found.ratio,
        low=found.ratio_low,
        high=found.ratio_high,
        unmet=(),
    )


# Daily life -----------------------------------------------------------------------------------


def _impact(diary: ReportDiary, answered: int, words: Words) -> tuple[ImpactLine, ...]:
    """Days per activity from check-ins; activities with 0 only when the question was answered."""
    if answered == 0:
        return ()
    days = Counter(code for c in diary.check_ins for code in set(c.interferes))
    codes = sorted(INTERFERES.codes, key=lambda code: (-days[code], INTERFERES.codes.index(code)))
    return tuple(
        ImpactLine(code=code, label=words.term(INTERFERES, code), days=days[code])
        for code in codes[:MOST_IMPACTS]
    )
