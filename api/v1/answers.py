"""What the clinical answers look like on the wire: advice, assessment and alerts."""

import uuid
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from typing import Any

from diary.domain.assessment import with_unchecked
from diary.domain.deliveries import DeliveryState
from diary.domain.entries import Person
from diary.domain.findings import Assessment, EvidenceFrom, Finding
from diary.domain.view import DiaryView
from diary.domain.wire.fields import WireModel
from diary.domain.words.advice import advice_for, phrases_in, unchecked_advice
from diary.models import Alert
from diary.operations.guard import Guard
from diary.queries.alerts import columns_of_finding, finding_of, plain


class SourceAnswer(WireModel):
    """The document a rule rests on."""

    document: str
    title: str
    locator: str


class AdviceAnswer(WireModel):
    """What a person is told about one finding, in their language."""

    # The fields of `Advice`, in its order, held equal by a test. Written out, because a class made
    # from them at run time can be no base of a typed class, and the default of `emergency_number`
    # would tell phones that the field may be missing, which it never is.

    rule: str
    version: int
    level: str
    level_text: str
    addressee: str
    addressee_text: str
    title: str
    text: str
    sources: list[SourceAnswer]
    source_line: str
    not_a_diagnosis: str
    emergency_number: str | None


class FindingAnswer(AdviceAnswer):
    """The advice with the numbers and entries it rests on."""

    evidence_from: str
    numbers: dict[str, Any]
    entries: list[uuid.UUID]
    first_day: date | None
    last_day: date | None


class QuestionAnswer(WireModel):
    """A question whose answer could change the level."""

    code: str
    field: str


class MissingConsentAnswer(WireModel):
    """A text that is asked for, and that the person has not agreed to in this version."""

    code: str
    version: str


class AssessmentAnswer(WireModel):
    """Everything known, weighed on one local day."""

    level: str
    addressee: str
    today: date
    findings: list[FindingAnswer]
    questions: list[QuestionAnswer]
    missing_consents: list[MissingConsentAnswer]


class AlertAnswer(FindingAnswer):
    """An alert: a finding that was raised, and what became of it."""

    id: uuid.UUID
    alert_version: int
    seq: int
    state: str
    closed_reason: str
    opened_at: datetime
    changed_at: datetime
    seen_at: datetime | None
    acknowledged_at: datetime | None
    snoozed_until: datetime | None
    seen_by_clinician_on: date | None


class AlertListAnswer(WireModel):
    """All alerts, the most pressing first."""

    items: list[AlertAnswer]


class FollowedAlertAnswer(AdviceAnswer):
    """An alert as a follower sees it: the words, without the entries and numbers behind them."""

    id: uuid.UUID
    state: str
    opened_at: datetime
    changed_at: datetime
    about_another: str


class FollowedAlertListAnswer(WireModel):
    """The live alerts of a diary that is followed, the most pressing first."""

    items: list[FollowedAlertAnswer]


class MessageAnswer(WireModel):
    """One message that told somebody to look: it said nothing about the alert itself."""

    to_follower: bool
    label: str
    kind: str
    state: DeliveryState
    attempts: int
    due_at: datetime
    finished_at: datetime | None
    last_error: str


class MessageListAnswer(WireModel):
    """The messages about one alert, the oldest first."""

    items: list[MessageAnswer]


_EVIDENCE = ("evidence_from", "numbers", "entries", "first_day", "last_day")
_NO_EVIDENCE: dict[str, Any] = {
    "evidence_from": EvidenceFrom.DIARY.value,
    "numbers": {},
    "entries": [],
    "first_day": None,
    "last_day": None,
}
_ALERT = (
    "id",
    "seq",
    "state",
    "closed_reason",
    "opened_at",
    "changed_at",
    "seen_at",
    "acknowledged_at",
    "snoozed_until",
    "seen_by_clinician_on",
)


def finding_json(finding: Finding, person: Person) -> dict[str, Any]:
    """Return a finding in the person's words, with its evidence."""
    columns = columns_of_finding(finding)
    evidence = {name: plain(columns[name]) for name in _EVIDENCE}
    return asdict(advice_for(finding, person)) | evidence


def assessment_json(assessment: Assessment, view: DiaryView, guard: Guard) -> dict[str, Any]:
    """Return an assessment in the person's words; where anything failed, that is told last."""
    worded = {
        finding.rule: guard.attempt(
            finding.rule, partial(finding_json, finding, view.person), otherwise=None
        )
        for finding in assessment.findings
    }
    assessment = with_unchecked(assessment, guard.failed)
    findings = [told for each in assessment.findings if (told := worded[each.rule])]
    if assessment.unchecked:
        findings.append(asdict(unchecked_advice(view.person)) | _NO_EVIDENCE)
    return {
        "level": assessment.level.code,
        "addressee": assessment.addressee.value,
        "today": view.today.isoformat(),
        "findings": findings,
        "questions": [asdict(question) for question in assessment.questions],
    }


def alert_json(alert: Alert, person: Person) -> dict[str, Any]:
    """Return an alert in the person's words, with its evidence and state."""
    state = {name: getattr(alert, name) for name in _ALERT}
    return finding_json(finding_of(alert), person) | state | {"alert_version": alert.version}


def followed_alert_json(alert: Alert, person: Person) -> dict[str, Any]:
    """Return an alert in the language of `person`, for somebody who follows the diary."""
    state = {name: getattr(alert, name) for name in ("id", "state", "opened_at", "changed_at")}
    note = {"about_another": phrases_in(person.language).about_another}
    return asdict(advice_for(finding_of(alert), person)) | state | note


def alerts_json(alerts: Sequence[Alert], person: Person) -> dict[str, Any]:
    """Return all alerts of a person."""
    return {"items": [alert_json(alert, person) for alert in alerts]}
