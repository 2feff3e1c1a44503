"""Twitching as observations: bouts and quiet days by the HL7 Symptoms guide, episodes, intake."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from diary.domain.bouts import BOUT_GAP_DAYS, Bout
from diary.domain.days import duration_seconds
from diary.domain.entries import (
    CheckIn,
    Episode,
    MomentPrecision,
    Problem,
    Reporter,
    SitedSide,
    Twitched,
)
from diary.domain.findings import EvidenceFrom
from diary.domain.vocabulary import MOVEMENTS
from reports.domain.sections.index import Index
from reports.render.fhir import components
from reports.render.fhir.base import Json, Scope, date_time, note, observation, quantity
from reports.render.fhir.codes import (
    ABSENT_PROFILE,
    ANY_MOVEMENT,
    SYMPTOM_CATEGORY,
    SYMPTOM_PROFILE,
    UCUM,
    local,
    loinc,
    snomed,
)


def bout(scope: Scope, found: Bout, index: Index) -> Json:
    """Return one bout as the guide's symptom: the same phenomenon while it lasts."""
    inside = [e for e in index.diary.episodes if found.first_day <= e.local_date <= found.last_day]
    stated = _stated(found, index.diary.problem)
    sites = _sites(inside, stated)
    code = loinc("75325-1", scope.words.answer("symptom"))
    reporter = _reporter(inside, stated)
    return observation(scope, "Bout", found.first_day, code, reporter) | {
        "meta": {"profile": [SYMPTOM_PROFILE]},
        "category": [{"coding": [SYMPTOM_CATEGORY]}],
        "effectivePeriod": {
            "start": found.first_day.isoformat(),
            "end": None if _lasts(found, index) else found.last_day.isoformat(),
        },
        "valueCodeableConcept": _symptom(scope, _movement(inside, stated)),
        "bodySite": _body_site(scope, sites),
        "hasMember": [scope.reference("Episode", episode.id) for episode in inside],
        "component": [
            *_severity(scope, inside),
            *_frequency(scope, found, index),
            *_of_many(scope, inside, stated),
            *components.places(scope, sites[1:]),
            *_days(scope, found),
        ],
    }


def episode(scope: Scope, logged: Episode) -> Json:
    """Return one episode as it was logged."""
    start, end = date_time(logged.start, logged.local_date), _end(logged)
    when = (
        {"effectivePeriod": {"start": start, "end": end}} if end else {"effectiveDateTime": start}
    )
    code = scope.answer("episode")
    return observation(scope, "Episode", logged.id, code, logged.reported_by) | {
        **when,
        "valueCodeableConcept": _symptom(scope, logged.movement),
        "note": note(logged.note),
        "bodySite": _body_site(scope, logged.sites),
        "component": components.of_episode(scope, logged),
    }


def intake(scope: Scope, problem: Problem) -> Json:
    """Return what was said at the start of the diary."""
    code = scope.answer("intake")
    return observation(scope, "Intake", problem.id, code, problem.reported_by) | {
        "effectiveDateTime": problem.asked_on.isoformat(),
        "valueCodeableConcept": _symptom(scope, problem.movement),
        "note": note(problem.note),
        "bodySite": _body_site(scope, problem.sites),
        "component": components.of_intake(scope, problem),
    }


def quiet_check_ins(index: Index) -> tuple[CheckIn, ...]:
    """Return the check-ins that say "no" of a day without an episode, oldest first."""
    return tuple(
        index.check_ins[day]
        for day in sorted(index.check_ins)
        if index.check_ins[day].twitched is Twitched.NO and not index.twitched_on(day)
    )


def symptom_absent(scope: Scope, check_in: CheckIn) -> Json:
    """Return a quiet day as the guide's absent symptom: asked, and there was none."""
    code = loinc("111551-8", scope.words.answer("symptom_absent"))
    return observation(scope, "Quiet", check_in.id, code, check_in.reported_by) | {
        "meta": {"profile": [ABSENT_PROFILE]},
        "category": [{"coding": [SYMPTOM_CATEGORY]}],
        "effectiveDateTime": check_in.local_date.isoformat(),
        "valueCodeableConcept": _symptom(scope, ""),
        "derivedFrom": [scope.reference("CheckIn", check_in.id)],
    }


def _body_site(scope: Scope, sites: Sequence[SitedSide]) -> Json | None:
    return components.body_site(scope, sites[0]) if sites else None


# Parts of a bout ------------------------------------------------------------------------------


def _stated(found: Bout, problem: Problem | None) -> Problem | None:
    return None if found.evidence_from is EvidenceFrom.DIARY else problem


def _lasts(found: Bout, index: Index) -> bool:
    last_day = index.diary.end - timedelta(days=1)
    return (last_day - found.last_day).days <= BOUT_GAP_DAYS


def _reporter(inside: Sequence[Episode], stated: Problem | None) -> Reporter:
    """Return the patient, unless somebody else alone reported the whole bout."""
    reporters = {e.reported_by for e in inside} | ({stated.reported_by} if stated else set())
    return reporters.pop() if len(reporters) == 1 else Reporter.SELF


def _movement(inside: Sequence[Episode], stated: Problem | None) -> str:
    """Return the kind of movement named most often, the intake's where no episode names one."""
    named = Counter(e.movement for e in inside if e.movement)
    return named.most_common(1)[0][0] if named else (stated.movement if stated else "")


def _sites(inside: Sequence[Episode], stated: Problem | None) -> tuple[SitedSide, ...]:
    """Return every place once, the one named most often first."""
    named = Counter(sited for e in inside for sited in e.sites)
    said = stated.sites if stated else ()
    return tuple(dict.fromkeys([*(sited for sited, _ in named.most_common()), *said]))


def _symptom(scope: Scope, movement: str) -> Json:
    if movement not in MOVEMENTS:
        return {"coding": [snomed(ANY_MOVEMENT)], "text": scope.words.fixed("twitching")}
    concept = scope.concept(MOVEMENTS, movement)
    own, *known = concept["coding"]
    return {**concept, "coding": [*(known or [snomed(ANY_MOVEMENT)]), own]}


def _severity(scope: Scope, inside: Sequence[Episode]) -> list[Json]:
    strengths = [e.strength for e in inside if e.strength is not None]
    if not strengths:
        return []
    most = max(strengths)
    value = local("strength_0_to_10", str(most), scope.words.strength(most))
    return [components.component(components.severity_code(scope), valueCodeableConcept=value)]


def _frequency(scope: Scope, found: Bout, index: Index) -> list[Json]:
    """Return episodes per checked-in day of the bout: other days would make it too high."""
    days = [day for day in index.rate_days if found.first_day <= day <= found.last_day]
    if not days:
        return []
    ratio = {
        "numerator": {
            "value": sum(index.episodes_on(day) for day in days),
            "system": UCUM,
            "code": "1",
        },
        "denominator": quantity(len(days), "d", "d"),
    }
    return [
        components.component(loinc("104156-5", scope.words.answer("frequency")), valueRatio=ratio)
    ]


def _of_many(scope: Scope, inside: Sequence[Episode], stated: Problem | None) -> list[Json]:
    """Return what episodes and intake name, each once and in the order of its first naming."""
    entries: list[Episode | Problem] = [*inside, *([stated] if stated else [])]
    named = dict.fromkeys(t for entry in entries for t in entry.triggers if t.present)
    helped = dict.fromkeys(use for entry in entries for use in entry.remedies if use.helped)
    return [
        *components.quality(scope, dict.fromkeys(entry.movement for entry in entries)),
        *(components.onset(scope, stated) if stated else []),
        *_distinct(components.triggers(scope, named)),
        *_distinct(components.remedies(scope, helped)),
    ]


def _distinct(found: Sequence[Json]) -> list[Json]:
    """Return components without repeats: two amounts of one trigger are one trigger."""
    return [each for n, each in enumerate(found) if each not in found[:n]]


def _days(scope: Scope, found: Bout) -> list[Json]:
    where = found.evidence_from.value
    stands = local("evidence_from", where, scope.words.evidence_stands(where))
    return [
        components.component(scope.answer("logged_days"), valueInteger=found.logged_days),
        components.component(scope.answer("observed_days"), valueInteger=found.observed_days),
        components.component(scope.answer("evidence_from"), valueCodeableConcept=stands),
    ]


def _end(logged: Episode) -> str:
    """Return when an episode ended, empty unless start and length are both known."""
    seconds = duration_seconds(logged)
    if seconds is None or logged.start.precision is not MomentPrecision.MINUTE:
        return ""
    ended = replace(logged.start, instant=logged.start.instant + timedelta(seconds=seconds))
    return date_time(ended, logged.local_date)
