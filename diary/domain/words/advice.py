"""Advice: a finding put into words for one person, with rule, source and whom to see."""

from dataclasses import dataclass
from types import MappingProxyType

from diary.domain.entries import Person, Referral
from diary.domain.findings import Addressee, Finding, Level, Source
from diary.domain.rules.base import VERSION, source
from diary.domain.rules.registry import BY_ID
from diary.domain.severity import Measure
from diary.domain.vocabulary.codes import is_chinese
from diary.domain.words.en import ENGLISH
from diary.domain.words.phrases import Phrases
from diary.domain.words.zh_hant import TRADITIONAL_CHINESE

DEFAULT_EMERGENCY_NUMBER = "112"  # European Union, and most mobile networks elsewhere
EMERGENCY_NUMBERS = MappingProxyType(
    {
        "GB": "999",
        "US": "911",
        "CA": "911",
        "AU": "000",
        "NZ": "111",
        "TW": "119",
        "JP": "119",
        "KR": "119",
    }
)
UNCHECKED = "unchecked"  # stands where a rule's id does
NEXT_DAY_CHECK = frozenset({"W1", "W6", "W7"})
ABOUT_MEDICINES = frozenset({"U5", "U10", "N14", "W4"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What a person is told about one finding.

    `emergency_number` is set for emergencies, and where not all could be checked.

    `text` is complete: what was logged, what to do, and that nobody reads along. `sources` and
    `source_line` name the rule and where it comes from.
    """

    rule: str
    version: int
    level: str
    level_text: str
    addressee: str
    addressee_text: str
    title: str
    text: str
    sources: tuple[Source, ...]
    source_line: str
    not_a_diagnosis: str
    emergency_number: str | None = None


def advice_for(finding: Finding, person: Person) -> Advice:
    """Return the finding in the person's language; languages other than Chinese get English.

    Raises KeyError for a rule that is not registered.
    """
    phrases = phrases_in(person.language)
    rule = BY_ID[finding.rule]
    whom = _whom(finding.addressee, person, phrases)
    title, body = phrases.rules[_variant(finding, phrases)]
    is_emergency = finding.level is Level.EMERGENCY
    number = emergency_number(person.country) if is_emergency else None
    values = {**finding.numbers, "whom": whom}
    return Advice(
        rule=finding.rule,
        version=finding.version,
        level=finding.level.code,
        level_text=phrases.levels[finding.level.code],
        addressee=finding.addressee.value,
        addressee_text=whom,
        title=title.format_map(values),
        text=" ".join(_lines(finding, phrases, body.format_map(values), number)),
        sources=rule.sources,
        source_line=phrases.source_line.format(
            rule=finding.rule, version=finding.version, document=rule.sources[0].title
        ),
        not_a_diagnosis=phrases.not_a_diagnosis,
        emergency_number=number,
    )


def unchecked_advice(person: Person) -> Advice:
    """Return what to say of an entry or a diary where a rule has failed: when to call whom.

    It stands beside what the other rules find, and names no sign that was logged.
    """
    phrases = phrases_in(person.language)
    number = emergency_number(person.country)
    title, body = phrases.unchecked
    by_project = source("PROJECT")
    return Advice(
        rule=UNCHECKED,
        version=VERSION,
        level=Level.WATCH.code,
        level_text=phrases.levels[Level.WATCH.code],
        addressee=Addressee.EMERGENCY_SERVICE.value,
        addressee_text=phrases.addressees[Addressee.EMERGENCY_SERVICE.value],
        title=title,
        text=f"{body.format(number=number)} {phrases.not_watched}",
        sources=(by_project,),
        source_line=phrases.source_line.format(
            rule=UNCHECKED, version=VERSION, document=by_project.title
        ),
        not_a_diagnosis=phrases.not_a_diagnosis,
        emergency_number=number,
    )


def phrases_in(language: str) -> Phrases:
    """Return the words for a language tag."""
    return TRADITIONAL_CHINESE if is_chinese(language) else ENGLISH


def emergency_number(country: str) -> str:
    """Return the number for an ISO 3166-1 alpha-2 country, 112 when it is unknown or empty."""
    return EMERGENCY_NUMBERS.get(country.upper(), DEFAULT_EMERGENCY_NUMBER)


def _lines(finding: Finding, phrases: Phrases, body: str, number: str | None) -> list[str]:
    if number is not None:
        return [phrases.call.format(number=number), body, phrases.not_watched]
    lines = [body]
    if finding.rule in NEXT_DAY_CHECK:
        lines.append(phrases.next_day_check)
    if finding.rule in ABOUT_MEDICINES:
        lines.append(phrases.keep_medicines)
    if finding.level is Level.URGENT:
        lines.append(phrases.not_watched)
    return lines


def _whom(addressee: Addressee, person: Person, phrases: Phrases) -> str:
    if addressee is Addressee.NEUROLOGIST and person.referral is Referral.VIA_GP:
        return phrases.neurologist_via_own_doctor
    return phrases.addressees[addressee.value]


def _variant(finding: Finding, phrases: Phrases) -> str:
    numbers = finding.numbers
    wanted = {
        "undated": "" in {numbers.get("since"), numbers.get("last_day")},
        "older": numbers.get("at_least") is True,
        "returned": numbers.get("returned") is True,
        "course": numbers.get("course") is True,
        "long": numbers.get("long_lasting") is True,
        "jerking": numbers.get("jerking") is True,
        "injected": numbers.get("injected") is True,
        "treated": numbers.get("treated") is True,
        "known": numbers.get("known_attacks") is True,
        "told": numbers.get("told") is True,
        "moved": numbers.get("moved") is True,
        "duration": numbers.get("measure") == Measure.DURATION,
    }
    for variant, holds in wanted.items():
        if holds and f"{finding.rule}.{variant}" in phrases.rules:
            return f"{finding.rule}.{variant}"
    return finding.rule
