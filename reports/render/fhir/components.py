"""The components of an observation: each answer with its code, the standard's where it has one."""

from collections.abc import Iterable, Sequence
from typing import Any

from diary.domain.days import duration_seconds
from diary.domain.entries import (
    Episode,
    Factor,
    NumberRange,
    Problem,
    RemedyUse,
    ReportedSymptom,
    SitedSide,
)
from diary.domain.vocabulary import (
    CONTEXTS,
    COURSES,
    DIRECTIONS,
    EYE_CLOSURES,
    HISTORY,
    IMPACT_LEVELS,
    INTERFERES,
    MOVEMENTS,
    ONSETS,
    REMEDIES,
    SITES,
    SYMPTOMS,
    TRIGGERS,
    Code,
    CodeList,
)
from reports.render.fhir.base import Json, Scope, quantity, text_of
from reports.render.fhir.codes import LOCATION_QUALIFIER, local_system, loinc

YES_OR_NO = (
    "visible",
    "continuous",
    "at_rest",
    "in_action",
    "asleep",
    "eyes_closed",
    "stops_with_action",
    "rhythmic",
    "suppressible",
    "urge_before",
    "video_recorded",
)


def component(code: Json, **value: Any) -> Json:
    """Return one component with its `value...`."""
    return {"code": code, **value}


def place(scope: Scope, sited: SitedSide) -> Json:
    """Return a site with its side as one concept; its own code is that of the daily rows."""
    concept = scope.concept(SITES, sited.site)
    key = f"{sited.site}:{sited.side.value}" if sited.side else sited.site
    own = {"system": local_system("site_and_side"), "code": key}
    coding = [own, *concept.get("coding", ())]
    return {"coding": coding, "text": text_of(scope.words.sided_site(sited))}


def body_site(scope: Scope, sited: SitedSide) -> Json:
    """Return a site as the Symptoms guide wants it: the place, and its side as a qualifier."""
    concept = place(scope, sited)
    if sited.side:
        side = {"url": LOCATION_QUALIFIER, "valueString": sited.side.value}
        concept = {"extension": [side], **concept}
    return concept


def concepts(scope: Scope, code: str, codes: CodeList[Code], chosen: Iterable[str]) -> list[Json]:
    """Return one component per chosen code, under one of our own codes."""
    return [
        component(scope.answer(code), valueCodeableConcept=scope.concept(codes, each))
        for each in chosen
        if each
    ]


def quality(scope: Scope, movements: Iterable[str]) -> list[Json]:
    """Return the kinds of movement as the quality of the problem."""
    code = loinc("56823-8", scope.words.characters["movement"])
    return [
        component(code, valueCodeableConcept=scope.concept(MOVEMENTS, movement))
        for movement in movements
        if movement
    ]


def triggers(scope: Scope, factors: Iterable[Factor]) -> list[Json]:
    """Return triggers as reported, those said not to matter under a code of their own."""
    made_worse = loinc("100752-5", scope.words.answer("exacerbating"))
    return [
        component(
            made_worse if factor.present else scope.answer("trigger_absent"),
            valueCodeableConcept=scope.concept(TRIGGERS, factor.factor, factor.own_label),
        )
        for factor in factors
    ]


def remedies(scope: Scope, uses: Iterable[RemedyUse]) -> list[Json]:
    """Return remedies by what they did: helped, did not, or not said."""
    codes = {
        True: loinc("100753-3", scope.words.answer("alleviating")),
        False: scope.answer("remedy_no_help"),
        None: scope.answer("remedy_unrated"),
    }
    return [
        component(
            codes[use.helped],
            valueCodeableConcept=scope.concept(REMEDIES, use.remedy, use.own_label),
        )
        for use in uses
    ]


def symptoms(scope: Scope, reported: Iterable[ReportedSymptom]) -> list[Json]:
    """Return symptoms that came with it, and those said to be absent, apart."""
    return [
        component(
            scope.answer("symptom_present" if each.present else "symptom_denied"),
            valueCodeableConcept=scope.concept(SYMPTOMS, each.symptom),
        )
        for each in reported
    ]


def impact(scope: Scope, entry: Episode | Problem) -> list[Json]:
    """Return how it got in the way."""
    levels = [] if entry.impact is None else [IMPACT_LEVELS.codes[entry.impact]]
    return [
        *concepts(scope, "impact", IMPACT_LEVELS, levels),
        *concepts(scope, "interferes", INTERFERES, entry.interferes),
        *_whole(scope, "distress", entry.distress),
    ]


def onset(scope: Scope, problem: Problem) -> list[Json]:
    """Return how it began and how it has gone, in the person's own judgment."""
    words = scope.words
    found = []
    if problem.onset:
        speed = loinc("99495-4", words.answer("onset"))
        found.append(component(speed, valueCodeableConcept=scope.concept(ONSETS, problem.onset)))
    if problem.course:
        trend = loinc("89253-9", words.answer("trend"))
        found.append(component(trend, valueCodeableConcept=scope.concept(COURSES, problem.course)))
    return found


def of_episode(scope: Scope, episode: Episode) -> list[Json]:
    """Return every answer of one episode; what was not answered is left out."""
    eye = [episode.eye_closure] if episode.eye_closure else []
    return [
        *quality(scope, [episode.movement]),
        *(
            [component(severity_code(scope), valueInteger=episode.strength)]
            if episode.strength is not None
            else []
        ),
        *_duration(scope, episode),
        *places(scope, episode.sites[1:]),
        *_answered(scope, episode),
        *_whole(scope, "contractions", episode.contractions),
        *concepts(scope, "eye_closure", EYE_CLOSURES, eye),
        *concepts(scope, "direction", DIRECTIONS, episode.directions),
        *concepts(scope, "context", CONTEXTS, episode.contexts),
        *symptoms(scope, episode.symptoms),
        *triggers(scope, episode.triggers),
        *remedies(scope, episode.remedies),
        *impact(scope, episode),
    ]


def of_intake(scope: Scope, problem: Problem) -> list[Json]:
    """Return every answer of the intake but medicines, tests and history, which stand apart."""
    eye = [problem.eye_closure] if problem.eye_closure else []
    denied = [answer for answer in problem.history if not answer.present]
    return [
        *_first_day(scope, problem),
        *onset(scope, problem),
        *quality(scope, [problem.movement]),
        *places(scope, problem.sites[1:]),
        *_answered(scope, problem, ("still_present", "visible", "continuous")),
        *_range(scope, "seconds_per_bout", problem.seconds_per_bout, unit="s"),
        *_range(scope, "bouts_per_day", problem.bouts_per_day, unit="/d"),
        *concepts(scope, "eye_closure", EYE_CLOSURES, eye),
        *concepts(scope, "context", CONTEXTS, problem.contexts),
        *symptoms(scope, problem.symptoms),
        *triggers(scope, problem.triggers),
        *remedies(scope, problem.remedies),
        *impact(scope, problem),
        *[
            component(
                scope.answer("history_absent"),
                valueCodeableConcept=scope.concept(HISTORY, answer.item, answer.own_label),
            )
            for answer in denied
        ],
    ]


def places(scope: Scope, sites: Iterable[SitedSide]) -> list[Json]:
    """Return places as components; an observation has room for one body site only."""
    return [
        component(scope.answer("site"), valueCodeableConcept=place(scope, sited)) for sited in sites
    ]


def severity_code(scope: Scope) -> Json:
    """Return the code of a strength."""
    return loinc("64750-3", scope.words.answer("severity"))


def _answered(
    scope: Scope, entry: Episode | Problem, fields: Sequence[str] = YES_OR_NO
) -> list[Json]:
    answers = {field: getattr(entry, field) for field in fields}
    return [
        component(scope.answer(field), valueBoolean=answer)
        for field, answer in answers.items()
        if answer is not None
    ]


def _whole(scope: Scope, code: str, number: int | None) -> list[Json]:
    return [] if number is None else [component(scope.answer(code), valueInteger=number)]


def _duration(scope: Scope, episode: Episode) -> list[Json]:
    seconds = duration_seconds(episode)
    if seconds is None:
        return []
    return [component(scope.answer("duration"), valueQuantity=quantity(seconds, "s", "s"))]


def _range(scope: Scope, code: str, numbers: NumberRange | None, *, unit: str) -> list[Json]:
    if numbers is None:
        return []
    ends = {"low": numbers.low, "high": numbers.high}
    value = {end: quantity(number, unit, unit) for end, number in ends.items()}
    return [component(scope.answer(code), valueRange=value)]


def _first_day(scope: Scope, problem: Problem) -> list[Json]:
    known = {"start": problem.first_day_earliest, "end": problem.first_day_latest}
    period = {end: day.isoformat() for end, day in known.items() if day is not None}
    return [component(scope.answer("first_day"), valuePeriod=period)] if period else []
