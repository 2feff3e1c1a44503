"""One report as a FHIR R4 (4.0.1) document: a composition and everything it lists.

A pure function of record, model and words: the same report gives the same bytes.
"""

import json

from reports.domain.fhir_record import FhirRecord
from reports.domain.inputs import Edition
from reports.domain.shape import ReportModel
from reports.domain.words.catalog import Catalog
from reports.domain.words.fhir import FhirWords
from reports.render.fhir import people
from reports.render.fhir.base import Json, Scope, instant, pruned
from reports.render.fhir.codes import BASE, loinc
from reports.render.fhir.sections import Section, sections

MEDIA_TYPE = "application/fhir+json"


def fhir_bytes(
    record: FhirRecord, model: ReportModel, *, edition: Edition, catalog: Catalog
) -> bytes:
    """Return the document as UTF-8 JSON."""
    bundle = fhir_bundle(record, model, edition=edition, catalog=catalog)
    return json.dumps(bundle, ensure_ascii=False, allow_nan=False).encode()


def fhir_bundle(
    record: FhirRecord, model: ReportModel, *, edition: Edition, catalog: Catalog
) -> Json:
    """Return the document bundle.

    `record.diary` holds no note that the person did not tick (`without_unticked_notes`); `model` is
    the report made of it, and `catalog` speaks the language of the edition.
    """
    scope = Scope(record=record, words=FhirWords(catalog, edition.language))
    told = sections(scope, model, edition)
    resources = [
        _composition(scope, told, edition),
        people.patient(scope),
        people.device(scope, edition),
        *(people.related_person(scope, each) for each in people.reporters(scope)),
        *(each for section in told for each in section.resources),
        people.provenance(scope, edition),
    ]
    bundle: Json = pruned(
        {
            "resourceType": "Bundle",
            "id": scope.id_of("Bundle", record.document_id),
            "language": scope.language,
            "identifier": {
                "system": "urn:ietf:rfc:3986",
                "value": f"urn:uuid:{scope.id_of('Bundle', record.document_id)}",
            },
            "type": "document",
            "timestamp": instant(edition.now),
            "entry": [
                {"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in resources
            ],
        }
    )
    return bundle


def _composition(scope: Scope, told: tuple[Section, ...], edition: Edition) -> Json:
    return {
        "resourceType": "Composition",
        "id": scope.id_of("Composition", scope.record.document_id),
        "language": scope.language,
        "identifier": {"system": f"{BASE}/report-id", "value": str(scope.record.document_id)},
        "status": "final",
        "type": loinc("51855-5", scope.words.fixed("title")),
        "subject": scope.patient,
        "date": instant(edition.now),
        "author": [scope.patient, people.device_reference(scope, edition)],
        "title": scope.words.fixed("title"),
        "event": [{"period": people.period(scope)}],
        "section": [section.body for section in told],
    }
