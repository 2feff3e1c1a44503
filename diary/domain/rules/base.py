"""What a rule is, the source documents rules cite, and the one way a finding is built."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from diary.domain.bouts import Bout, site_groups
from diary.domain.entries import CheckIn, Day, Episode, Problem, RemedyTrial
from diary.domain.findings import Addressee, EvidenceFrom, Finding, Level, Source
from diary.domain.symptom_reports import Origin, SymptomReport
from diary.domain.view import DiaryView
from diary.domain.vocabulary.sites import SiteGroup

TITLES = MappingProxyType(
    {
        "S0": "Lip Tremors: Causes and Concerns in Neurology",
        "S1": "Lip Twitching: When to See a Neurologist",
        "S2": "Lip Twitching (Persistent, Once Off) Causes and Diseases",
        "S3": "Facial Nerve Issues: Uncontrollable Lip Twitches Explained",
        "S4": "What Causes Lip Twitching",
        "FAST": "Act FAST, public advice on stroke signs",
        "NG127": "NICE NG127, suspected neurological conditions",
        "NHS": "NHS advice on twitching eyes and muscles",
        "NHS-PALSY": "NHS advice on sudden facial weakness",
        "MAYO": "Mayo Clinic, eye twitching: when to see a doctor",
        "EPILEPSY": "Epilepsy Society, when to call an ambulance",
        "CALCIUM": "Patient information on low calcium after neck surgery",
        "DRUGS": "Review of movement disorders caused by medicines",
        "PROJECT": "Choice of this project, for a clinician to confirm",
    }
)


VERSION = 1  # of a rule whose meaning has not changed since it was first released
CHANGED = MappingProxyType(
    dict.fromkeys(
        (
            *("E2", "E3", "E4", "U1", "U2", "U4", "U5", "U6"),
            *("N1", "N2", "N3", "N4", "N6", "N6b", "N9", "N10", "N12", "N13", "N15", "N17", "N18"),
            *("W4", "W6", "R1", "X1"),
        ),
        2,
    )
)


def version_of(rule: str) -> int:
    """Return the version of a rule's meaning, which alerts and advice carry."""
    return CHANGED.get(rule, VERSION)


def source(document: str, locator: str = "") -> Source:
    """Return the source document with this short name; raises KeyError for an unknown one."""
    return Source(document=document, title=TITLES[document], locator=locator)


class Family(StrEnum):
    """Families of rules, from most to least pressing."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    SEE_DOCTOR = "see_doctor"
    WATCH = "watch"
    REASSURE = "reassure"
    CLOSE = "close"


class Cadence(StrEnum):
    """When a rule is asked: in the write, in a look after it and daily, weekly, or of an alert."""

    WRITE = "write"
    STATE = "state"
    WEEKLY = "weekly"
    ALERT = "alert"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A registered rule. Its words are found under `id`; a changed meaning raises `version`.

    `judge` takes a diary view; only a rule of cadence ALERT takes what its function names.
    """

    id: str
    version: int
    family: Family
    cadence: Cadence
    level: Level
    title: str  # key of its words, the same in every language
    judge: Callable[..., Finding | None]
    sources: tuple[Source, ...]


Ask = Callable[[Rule, DiaryView], Finding | None]


def asked(rule: Rule, view: DiaryView) -> Finding | None:
    """Return what the rule finds; what it raises is raised."""
    return rule.judge(view)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a finding rests on: reports of symptoms, logged entries, trials, the intake, a bout.

    `groups` are regions known from daily rows alone.
    """

    reports: Sequence[SymptomReport] = ()
    logged: Sequence[Episode | CheckIn] = ()
    trials: Sequence[RemedyTrial] = ()
    intake: Problem | None = None
    bout: Bout | None = None
    groups: frozenset[SiteGroup] = frozenset()

    def parts(self) -> tuple[tuple[date, UUID, bool], ...]:
        """Return (local date, entry, whether it is the intake) of everything, oldest first."""
        parts = [(r.reported_on, r.entry, r.origin is Origin.INTAKE) for r in self.reports]
        parts += [(entry.local_date, entry.id, False) for entry in self.logged]
        parts += [(trial.started_on, trial.id, False) for trial in self.trials]
        if self.intake:
            parts.append((self.intake.asked_on, self.intake.id, True))
        return tuple(sorted(parts, key=lambda part: (part[0], str(part[1]))))

    def place_and_signs(self) -> dict[str, Any]:
        """Return the regions and symptom codes of the ground; what is new there breaks a mute.

        `signs` are the reports themselves, each as its entry and its symptom.
        """
        sites = [s for entry in self.logged if isinstance(entry, Episode) for s in entry.sites]
        groups = site_groups([*sites, *(self.intake.sites if self.intake else ())]) | self.groups
        groups |= self.bout.site_groups if self.bout else frozenset()
        return {
            # "Face, part unsaid" may be any of the known parts and is never a new one.
            "site_groups": sorted(group.value for group in groups - {SiteGroup.FACE}),
            "symptoms": sorted({report.symptom for report in self.reports}),
            "signs": [[str(report.entry), report.symptom] for report in self.reports],
        }


def finding(
    rule: str,
    level: Level,
    addressee: Addressee,
    view: DiaryView,
    ground: Ground,
    numbers: Mapping[str, Any],
) -> Finding:
    """Return a finding of `rule` on this ground, with JSON values as its numbers.

    What rests on reports or entries alone is keyed by the newest of their days, so another day's
    warning sign is another alert; what rests on a bout is keyed by the first day of the bout.
    """
    bout, parts = ground.bout, ground.parts()
    newest = max((day for day, _, _ in parts), default=view.today)
    oldest = min((day for day, _, _ in parts), default=view.today)
    return Finding(
        rule=rule,
        version=version_of(rule),
        level=level,
        addressee=addressee,
        bout_start=bout.first_day if bout else newest,
        evidence_from=_evidence(ground),
        numbers=MappingProxyType({**numbers, **ground.place_and_signs()}),
        entries=tuple(dict.fromkeys(entry for _, entry, _ in parts)),
        first_day=bout.first_day if bout else oldest,
        last_day=bout.last_day if bout else newest,
    )


def iso(day: date | None) -> str:
    """Return a date as it stands in a finding's numbers: ISO 8601, empty when unknown."""
    return "" if day is None else day.isoformat()


def dates_of(days: Iterable[Day]) -> list[str]:
    """Return the dates of daily rows, oldest first, as they stand in a finding's numbers.

    Days in a row are one interval of ISO 8601, such as `2026-06-01/2026-06-14`.
    """
    runs: list[tuple[date, date]] = []
    for day in days:
        first = day.local_date
        if runs and first - runs[-1][1] == timedelta(days=1):
            first, _ = runs.pop()
        runs.append((first, day.local_date))
    return [interval(first, last) for first, last in runs]


def interval(first: date, last: date) -> str:
    """Return two dates as an interval of ISO 8601, a single day as that date."""
    return iso(first) if first == last else f"{iso(first)}/{iso(last)}"


def _evidence(ground: Ground) -> EvidenceFrom:
    if ground.bout:
        return ground.bout.evidence_from
    from_intake = {is_intake for _, _, is_intake in ground.parts()}
    if len(from_intake) > 1:
        return EvidenceFrom.BOTH
    return EvidenceFrom.INTAKE if True in from_intake else EvidenceFrom.DIARY
