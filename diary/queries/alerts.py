"""Alerts of one person."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from diary.domain.errors import RecordNotFound
from diary.domain.findings import Addressee, EvidenceFrom, Finding, Level
from diary.domain.lifecycle import AlertState, AlertStatus, CloseReason, rests_on_weekly_test
from diary.models import LIVE_STATES, Alert
from diary.queries.json_rows import read, rows_of

_LEVELS: Mapping[str, Level] = {level.code: level for level in Level}
ALERT_STATES = rows_of(Alert, "NOT deleted", order="opened_at DESC, id")


def alerts_of(person_id: UUID, *, live_only: bool = False) -> tuple[Alert, ...]:
    """Return the person's alerts, the most pressing first, then the newest.

    Call inside `acting_for(person_id)`.
    """
    rows = Alert.objects.filter(person_id=person_id, deleted=False)
    if live_only:
        rows = rows.filter(state__in=LIVE_STATES)
    found = list(rows.order_by("-opened_at", "id"))
    return tuple(sorted(found, key=lambda alert: -level_of(alert)))


def alert_states(person_id: UUID) -> tuple[AlertState, ...]:
    """Return the person's alerts as the life cycle sees them, the most pressing first.

    Call inside `acting_for(person_id)`.
    """
    return alert_states_of(*read((ALERT_STATES,), {"person": person_id}))


def alert_states_of(rows: Iterable[Mapping[str, Any]]) -> tuple[AlertState, ...]:
    """Return the rows of `ALERT_STATES` as the life cycle sees them, the most pressing first."""
    return tuple(sorted(map(_state_of, rows), key=lambda alert: -alert.level))


def _state_of(row: Mapping[str, Any]) -> AlertState:
    return AlertState(
        id=UUID(row["id"]),
        rule=row["rule"],
        level=_LEVELS[row["level"]],
        status=AlertStatus(row["state"]),
        bout_start=_date(row["bout_start"]),
        reason=CloseReason(row["closed_reason"]) if row["closed_reason"] else None,
        entries=tuple(UUID(entry) for entry in row["entries"]),
        first_day=_date(row["first_day"]),
        found_on=_date(row["found_on"]),
        closed_on=_date(row["closed_on"]),
        numbers=row["numbers"],
    )


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def alert_of(person_id: UUID, alert_id: UUID) -> Alert:
    """Return one alert. Raises RecordNotFound."""
    row = Alert.objects.filter(person_id=person_id, id=alert_id, deleted=False).first()
    if row is None:
        raise RecordNotFound
    return row


def level_of(alert: Alert) -> Level:
    """Return the alert's level."""
    return _LEVELS[alert.level]


def finding_of(alert: Alert) -> Finding:
    """Return the finding that the alert was raised for, as it stands now."""
    return Finding(
        rule=alert.rule,
        version=alert.rule_version,
        level=level_of(alert),
        addressee=Addressee(alert.addressee),
        bout_start=alert.bout_start,
        evidence_from=EvidenceFrom(alert.evidence_from),
        numbers=alert.numbers,
        entries=tuple(UUID(entry) for entry in alert.entries),
        first_day=alert.first_day,
        last_day=alert.last_day,
    )


def held_findings(person_id: UUID) -> tuple[Finding, ...]:
    """Return what weekly looks found and what holds until the next one: live alerts only.

    Call inside `acting_for(person_id)`.
    """
    return tuple(
        finding_of(alert)
        for alert in alerts_of(person_id, live_only=True)
        if rests_on_weekly_test(alert.rule, alert.numbers)
    )


def columns_of_finding(finding: Finding) -> dict[str, Any]:
    """Return the alert columns that hold a finding; the inverse of `finding_of`."""
    return {
        "rule": finding.rule,
        "rule_version": finding.version,
        "level": finding.level.code,
        "addressee": finding.addressee.value,
        "bout_start": finding.bout_start,
        "evidence_from": finding.evidence_from.value,
        "numbers": plain(finding.numbers),
        "entries": [str(entry) for entry in finding.entries],
        "first_day": finding.first_day,
        "last_day": finding.last_day,
    }


def plain(value: Any) -> Any:
    """Return numbers of a finding as JSON values: dates as ISO text, tuples as lists."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
