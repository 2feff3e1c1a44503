"""Rules that speak: flags, the medicine question, what was told, and the weekly looks."""

from types import MappingProxyType
from typing import Any

from diary.domain.rules.history import blocks_dopamine
from diary.domain.rules.medicines import LOWERS_CALCIUM
from diary.domain.vocabulary import MEDICINE_CLASSES
from diary.domain.words.advice import phrases_in
from reports.domain.fhir_record import ToldAlert, WeeklyLook
from reports.domain.inputs import Edition
from reports.render.fhir.background import told_medicines
from reports.render.fhir.base import Json, Scope, instant, observation, quantity, text_of
from reports.render.fhir.codes import UCUM, local, standard
from reports.render.fhir.components import component
from reports.render.fhir.people import device_reference

COUNTS = (
    "recent_episodes",
    "recent_days",
    "reference_episodes",
    "reference_days",
)
FIGURES = ("matched_days", "dispersion", "p", "ratio")


def _may_cause_twitching(medicine_class: str) -> bool:
    known = MEDICINE_CLASSES.get(medicine_class)
    return medicine_class in LOWERS_CALCIUM or bool(known and known.may_cause_twitching)


def _blocks_dopamine(medicine_class: str) -> bool:
    return blocks_dopamine(medicine_class) or medicine_class == "psychiatric_medication"


# The rules about a medicine, and the classes each looks at.
LOOKS_AT = MappingProxyType({"W4": _may_cause_twitching, "N14": _blocks_dopamine})


def flag(scope: Scope, alert: ToldAlert, edition: Edition) -> Json:
    """Return a live alert as a notice to whoever reads the record."""
    return {
        "resourceType": "Flag",
        "id": scope.id_of("Flag", alert.id),
        "status": "active",
        "category": [
            standard("flag-category", "clinical"),
            local("levels", alert.finding.level.code, _level(scope, alert)),
        ],
        "code": _rule(scope, alert),
        "subject": scope.patient,
        "period": {"start": instant(alert.opened_at)},
        "author": device_reference(scope, edition),
    }


def medicines_in_question(scope: Scope, alert: ToldAlert) -> list[Json]:
    """Return references to all medicines of the classes that a rule about medicines looks at."""
    looks_at = LOOKS_AT.get(alert.finding.rule)
    if looks_at is None:
        return []
    diary = scope.record.diary
    courses = [c.id for c in diary.medications if looks_at(c.medicine_class)]
    told = [place for place, each in told_medicines(diary) if looks_at(each.medicine_class)]
    return [
        *(scope.reference("Medication", key) for key in courses),
        *(scope.reference("ToldMedicine", place) for place in told),
    ]


def detected_issue(scope: Scope, alert: ToldAlert, edition: Edition) -> Json:
    """Return the question whether a medicine goes with it, for the prescriber."""
    return {
        "resourceType": "DetectedIssue",
        "id": scope.id_of("DetectedIssue", alert.id),
        "status": "preliminary",
        "code": _rule(scope, alert),
        "patient": scope.patient,
        "identifiedDateTime": instant(alert.opened_at),
        "author": device_reference(scope, edition),
        "implicated": medicines_in_question(scope, alert),
    }


def communication(scope: Scope, alert: ToldAlert, edition: Edition) -> Json:
    """Return what the patient was told, word for word."""
    return {
        "resourceType": "Communication",
        "id": scope.id_of("Communication", alert.id),
        "status": "completed",
        "subject": scope.patient,
        "about": [scope.reference("Flag", alert.id)] if alert.live else None,
        "topic": _rule(scope, alert),
        "sent": instant(alert.spoke_at),
        "received": instant(alert.seen_at) if alert.seen_at else None,
        "recipient": [scope.patient],
        "sender": device_reference(scope, edition),
        "payload": [{"contentString": text_of(text)} for text in alert.told],
    }


def weekly_look(scope: Scope, look: WeeklyLook, edition: Edition) -> Json:
    """Return the weekly comparison with every number it rests on."""
    found = look.frequency
    verdict = found.verdict.value
    return observation(scope, "Look", look.id, scope.answer("weekly_look")) | {
        "effectivePeriod": {
            "start": found.recent_first.isoformat(),
            "end": found.recent_last.isoformat(),
        },
        "issued": instant(look.at),
        "performer": None,  # reckoned by the device, told by nobody
        "device": device_reference(scope, edition),
        "valueCodeableConcept": local("verdicts", verdict, scope.words.verdict(verdict)),
        "method": {"text": scope.words.fixed("look_method")},
        "component": [
            *(_number(scope, code, valueInteger=getattr(found, code)) for code in COUNTS),
            *(_figure(scope, code, getattr(found, code)) for code in FIGURES),
            _interval(scope, found.ratio_low, found.ratio_high),
        ],
    }


def _rule(scope: Scope, alert: ToldAlert) -> Json:
    finding = alert.finding
    name = scope.words.rule(finding.rule)
    return local("rules", finding.rule, name, version=str(finding.version))


def _level(scope: Scope, alert: ToldAlert) -> str:
    return phrases_in(scope.words.language).levels[alert.finding.level.code]


def _number(scope: Scope, code: str, **value: Any) -> Json:
    return component(scope.answer(code), **value)


def _figure(scope: Scope, code: str, value: float | None) -> Json | None:
    if value is None:
        return None
    return _number(scope, code, valueQuantity={"value": value, "system": UCUM, "code": "1"})


def _interval(scope: Scope, low: float | None, high: float | None) -> Json | None:
    ends = {"low": low, "high": high}
    known = {end: quantity(value, "1", "1") for end, value in ends.items() if value is not None}
    return _number(scope, "ratio_interval", valueRange=known) if known else None
