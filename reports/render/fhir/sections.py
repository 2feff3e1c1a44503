"""The sections of the composition: each has its words for a reader and its entries for a machine.

An empty section stays and says why: none known, not asked and no information are three codes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from diary.domain.entries import Episode, HistoryKind, Twitched
from diary.domain.vocabulary import MEDICINE_CLASSES, REMEDIES
from reports.domain.inputs import Edition
from reports.domain.sections.index import Index, indexed
from reports.domain.shape import ReportModel
from reports.render.fhir import alerts, background, check_ins, symptoms
from reports.render.fhir.base import Json, Scope, date_time, narrative, partial
from reports.render.fhir.codes import local, loinc, standard

LOINC_SECTIONS = {
    "medicines": "10160-0",
    "history": "11450-4",
    "alerts": "104605-1",
    "own_words": "81338-6",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section as FHIR has it, and the resources it lists."""

    body: Json
    resources: tuple[Json, ...] = ()


def sections(scope: Scope, model: ReportModel, edition: Edition) -> tuple[Section, ...]:
    """Return all sections in their fixed order."""
    index = indexed(scope.record.diary)
    page, foot = model.page_two, model.furniture
    synthetic = scope.words.labels["synthetic"] if foot.synthetic else ""
    about = (synthetic, *page.quality, *page.method, foot.foot_left, foot.foot_right)
    return (
        _why(scope, model),
        _bouts(scope, index),
        _episodes(scope),
        _quiet_days(scope, index),
        _check_ins(scope),
        _intake(scope),
        _medicines(scope),
        _history(scope),
        _tried(scope),
        _alerts(scope, edition),
        _told(scope, edition),
        _looks(scope, edition),
        _section(scope, "own_words", rows=[(p.label, p.text) for p in model.page_two.words]),
        _section(scope, "about", paragraphs=about),
    )


def _section(
    scope: Scope,
    code: str,
    *,
    paragraphs: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
    head: Sequence[str] = (),
    resources: Sequence[Json] = (),
) -> Section:
    """Return one section; without anything to say it says that nothing was recorded."""
    title = scope.words.heading(code)
    said = paragraphs or (() if rows else (scope.words.fixed("nothing_recorded"),))
    body = {
        "title": title,
        "code": _code(code, title),
        "text": narrative(said, rows, head),
        "entry": [{"reference": f"urn:uuid:{each['id']}"} for each in resources],
        "emptyReason": None if paragraphs or rows else standard("list-empty-reason", "unavailable"),
    }
    return Section(body=body, resources=tuple(resources))


def _code(code: str, title: str) -> Json:
    if code in LOINC_SECTIONS:
        return loinc(LOINC_SECTIONS[code], title)
    return local("sections", code, title)


def _why(scope: Scope, model: ReportModel) -> Section:
    words, why = scope.words, model.why
    rules = [words.fired_rule(rule.rule, rule.name, rule.evidence) for rule in why.rules]
    signs = [(s.label, words.asked_sign(s.yes, s.asked)) for s in model.warning_signs.rows]
    return _section(
        scope,
        "why",
        paragraphs=(model.period.text, model.period.completeness, why.lead, why.question, *rules),
        rows=signs,
    )


def _bouts(scope: Scope, index: Index) -> Section:
    found = [symptoms.bout(scope, each, index) for each in scope.record.bouts]
    rows = [
        (each.first_day.isoformat(), each.last_day.isoformat(), scope.words.days(each.logged_days))
        for each in scope.record.bouts
    ]
    words = scope.words
    head = (words.fixed("from"), words.fixed("until"), words.answer("logged_days"))
    return _section(scope, "twitching", rows=rows, head=head, resources=found)


def _episodes(scope: Scope) -> Section:
    logged = scope.record.diary.episodes
    return _section(
        scope,
        "episodes",
        rows=[_episode_row(scope, each) for each in logged],
        head=[scope.words.answer(code) for code in ("episode", "severity", "site", "note")],
        resources=[symptoms.episode(scope, each) for each in logged],
    )


def _episode_row(scope: Scope, episode: Episode) -> tuple[str, ...]:
    strength = "" if episode.strength is None else scope.words.strength(episode.strength)
    places = [scope.words.sided_site(sited) for sited in episode.sites]
    when = date_time(episode.start, episode.local_date).replace("T", " ")
    return (when, strength, scope.words.joined(places), episode.note)


def _quiet_days(scope: Scope, index: Index) -> Section:
    quiet = symptoms.quiet_check_ins(index)
    said = scope.words.quiet_days(len(quiet)) if quiet else scope.words.fixed("no_quiet_day")
    return _section(
        scope,
        "quiet_days",
        paragraphs=(said,),
        resources=[symptoms.symptom_absent(scope, each) for each in quiet],
    )


def _check_ins(scope: Scope) -> Section:
    answered = scope.record.diary.check_ins
    unsure = sum(each.twitched is Twitched.UNSURE for each in answered)
    said = (scope.words.check_ins(len(answered)), scope.words.unsure(unsure)) if answered else ()
    return _section(
        scope,
        "check_ins",
        paragraphs=said,
        resources=[
            check_ins.form(scope),
            *(check_ins.response(scope, each) for each in answered),
        ]
        if answered
        else (),
    )


def _intake(scope: Scope) -> Section:
    problem = scope.record.diary.problem
    if problem is None:
        return _section(scope, "intake")
    said = (problem.asked_on.isoformat(), problem.question, problem.note)
    return _section(scope, "intake", paragraphs=said, resources=[symptoms.intake(scope, problem)])


def _medicines(scope: Scope) -> Section:
    diary, words = scope.record.diary, scope.words
    told = background.told_medicines(diary)
    found = [background.medication(scope, course) for course in diary.medications]
    found += [background.told_medicine(scope, place, each) for place, each in told]
    rows = [
        (words.medicine(course), partial(course.started), partial(course.stopped))
        for course in diary.medications
    ]
    rows += [
        (words.term(MEDICINE_CLASSES, each.medicine_class, each.name), words.said_at_the_start, "")
        for _, each in told
    ]
    head = (words.fixed("medicine"), words.fixed("from"), words.fixed("until"))
    return _section(scope, "medicines", rows=rows, head=head, resources=found)


def _history(scope: Scope) -> Section:
    parts = [_history_of(scope, kind) for kind in HistoryKind]
    title = scope.words.heading("history")
    body = {
        "title": title,
        "code": _code("history", title),
        "section": [part.body for part in parts],
    }
    return Section(body=body, resources=tuple(each for part in parts for each in part.resources))


def _history_of(scope: Scope, kind: HistoryKind) -> Section:
    """Return one kind of history: what is there, none known, or not asked."""
    diary, words = scope.record.diary, scope.words
    items = dict(background.history(diary, kind))
    none = background.none_known(diary, kind)
    found = [background.past(scope, key, item) for key, item in items.items()]
    said = [
        words.history_item(background.what(scope, item)["text"], item.since, item.result)
        for item in items.values()
    ]
    body = {
        "title": words.history_kinds[kind],
        "code": local("history_kinds", kind.value, words.history_kinds[kind]),
        "text": narrative(said or [words.none_known if none else words.not_asked]),
        "entry": [{"reference": f"urn:uuid:{each['id']}"} for each in found],
        "emptyReason": None
        if found
        else standard("list-empty-reason", "nilknown" if none else "notasked"),
    }
    return Section(body=body, resources=tuple(found))


def _tried(scope: Scope) -> Section:
    diary = scope.record.diary
    trials = [each for each in diary.remedy_trials if each.started_on < diary.end]
    return _section(
        scope,
        "tried",
        rows=[
            (each.started_on.isoformat(), scope.words.term(REMEDIES, each.remedy, each.own_label))
            for each in trials
        ],
        resources=[background.remedy_trial(scope, each) for each in trials],
    )


def _alerts(scope: Scope, edition: Edition) -> Section:
    live = [each for each in scope.record.alerts if each.live]
    found = [alerts.flag(scope, each, edition) for each in live]
    found += [
        alerts.detected_issue(scope, each, edition)
        for each in live
        if alerts.medicines_in_question(scope, each)
    ]
    rows = [
        (each.opened_at.date().isoformat(), scope.words.rule(each.finding.rule)) for each in live
    ]
    return _section(scope, "alerts", rows=rows, resources=found)


def _told(scope: Scope, edition: Edition) -> Section:
    told = scope.record.alerts
    rows = [(each.spoke_at.date().isoformat(), " ".join(each.told)) for each in told]
    found = [alerts.communication(scope, each, edition) for each in told]
    return _section(scope, "told", rows=rows, resources=found)


def _looks(scope: Scope, edition: Edition) -> Section:
    looks = scope.record.looks
    rows = [
        (
            each.frequency.recent_first.isoformat(),
            each.frequency.recent_last.isoformat(),
            scope.words.verdict(each.frequency.verdict.value),
        )
        for each in looks
    ]
    head = (
        scope.words.fixed("from"),
        scope.words.fixed("until"),
        scope.words.answer("weekly_look"),
    )
    found = [alerts.weekly_look(scope, each, edition) for each in looks]
    return _section(scope, "looks", rows=rows, head=head, resources=found)
