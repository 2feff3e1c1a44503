"""Which companions speak, of the intake or logged on enough days, and the findings they make."""

from collections.abc import Sequence

from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.base import Ground, finding
from diary.domain.rules.signs import each_once, found, of
from diary.domain.rules.treated import by_anesthetic
from diary.domain.symptom_reports import Origin, SymptomReport
from diary.domain.view import DiaryView

SAME_DAY_HOURS = 24


def spoken(view: DiaryView, symptoms: frozenset[str]) -> tuple[SymptomReport, ...]:
    """Return lately reported symptoms when the intake names one or 2 logged days do."""
    recent = lately(view, symptoms)
    told = any(r.origin is Origin.INTAKE for r in recent)
    logged_days = {r.reported_on for r in recent}
    return recent if told or len(logged_days) >= view.thresholds.gate_days else ()


def lately(view: DiaryView, symptoms: frozenset[str]) -> tuple[SymptomReport, ...]:
    """Return the reports of these symptoms that still speak, a local anesthetic's apart.

    The intake always speaks, a logged report for 28 days.
    """
    speaks = view.thresholds.companion_days
    return tuple(
        r
        for r in found(view, of(symptoms))
        if (r.origin is Origin.INTAKE or (view.today - r.reported_on).days <= speaks)
        and not by_anesthetic(r, view)
    )


def doctor(
    rule: str,
    view: DiaryView,
    reports: Sequence[SymptomReport],
    addressee: Addressee,
    **more: bool,
) -> Finding | None:
    """Return a visit to somebody on the ground of these reports, or None without any."""
    if not reports:
        return None
    numbers = {"reports": len(reports), "days": len({r.reported_on for r in reports}), **more}
    return finding(rule, Level.SEE_DOCTOR, addressee, view, Ground(reports=reports), numbers)


def urgently(
    rule: str,
    view: DiaryView,
    reports: Sequence[SymptomReport],
    *,
    addressee: Addressee = Addressee.OWN_DOCTOR,
    hours: int = SAME_DAY_HOURS,
) -> Finding | None:
    """Return that somebody is to be seen within `hours` on the ground of these reports, or None."""
    grounds = each_once(reports)
    if not grounds:
        return None
    numbers = {"reports": len(grounds), "within_hours": hours}
    return finding(rule, Level.URGENT, addressee, view, Ground(reports=grounds), numbers)
