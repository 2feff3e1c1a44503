"""Who and what stands behind the document: patient, other reporters, software, provenance."""

from diary.domain.entries import Reporter
from diary.domain.vocabulary import REPORTERS
from reports.domain.inputs import Edition
from reports.render.fhir.base import Json, Scope, instant, text_of
from reports.render.fhir.codes import BASE, standard

SOFTWARE = "Quiver"
GENDERS = {"female": "female", "male": "male", "other": "other"}


def patient(scope: Scope) -> Json:
    """Return the patient as the profile describes them: name, sex, year of birth."""
    diary = scope.record.diary
    born = diary.person.birth_year
    return {
        "resourceType": "Patient",
        "id": scope.id_of("Patient"),
        "identifier": [{"system": f"{BASE}/diary-id", "value": diary.diary_id}],
        "name": [{"text": text_of(diary.display_name)}],
        "gender": GENDERS.get(diary.person.sex),
        "birthDate": f"{born:04}" if born else None,
    }


def reporters(scope: Scope) -> tuple[Reporter, ...]:
    """Return who else reported in this diary, in a fixed order."""
    diary = scope.record.diary
    named = {episode.reported_by for episode in diary.episodes}
    named |= {check_in.reported_by for check_in in diary.check_ins}
    if diary.problem:
        named.add(diary.problem.reported_by)
    return tuple(each for each in Reporter if each in named and each is not Reporter.SELF)


def related_person(scope: Scope, reporter: Reporter) -> Json:
    """Return somebody who reported for the patient; the diary knows the relation alone."""
    return {
        "resourceType": "RelatedPerson",
        "id": scope.id_of("RelatedPerson", reporter.value),
        "patient": scope.patient,
        "relationship": [scope.concept(REPORTERS, reporter.value)],
    }


def device(scope: Scope, edition: Edition) -> Json:
    """Return the software, with the versions of the report and of its rules."""
    return {
        "resourceType": "Device",
        "id": scope.id_of("Device", f"{edition.report_version}:{edition.rules_version}"),
        "deviceName": [{"name": SOFTWARE, "type": "model-name"}],
        "version": [
            {"type": {"text": scope.words.fixed("report")}, "value": edition.report_version},
            {"type": {"text": scope.words.fixed("rules")}, "value": edition.rules_version},
        ],
    }


def device_reference(scope: Scope, edition: Edition) -> Json:
    """Return the reference to the software."""
    return scope.reference("Device", f"{edition.report_version}:{edition.rules_version}")


def provenance(scope: Scope, edition: Edition) -> Json:
    """Return who told it and what put it together."""
    kinds = {"informant": scope.patient, "assembler": device_reference(scope, edition)}
    return {
        "resourceType": "Provenance",
        "id": scope.id_of("Provenance", scope.record.document_id),
        "target": [scope.reference("Composition", scope.record.document_id)],
        "occurredPeriod": period(scope),
        "recorded": instant(edition.now),
        "agent": [
            {"type": standard("provenance-participant-type", kind), "who": who}
            for kind, who in kinds.items()
        ],
    }


def period(scope: Scope) -> Json:
    """Return the local dates the document covers, both included."""
    diary = scope.record.diary
    return {"start": diary.start.isoformat(), "end": scope.last_day.isoformat()}
