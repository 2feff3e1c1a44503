"""A report in all its forms, drawn from one reading of the diary so that they say the same."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.utils import translation

from reports.domain.fhir_record import FhirRecord
from reports.domain.inputs import Edition
from reports.domain.leaving_out import handed_over
from reports.domain.model import attachment, build_report, recorded_text
from reports.domain.printable import without_unticked_notes
from reports.render.fhir import fhir_bytes
from reports.render.fonts import text_gate
from reports.render.html import PageLinks, report_page
from reports.render.pdf import render_pdf

# The page is for whoever opens a shared report; these are the addresses they open it at.
SHARED = PageLinks(pdf="/s/report.pdf", fhir="/s/report.fhir.json", close="/s/close")


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeReport:
    """The two pages, the same for a browser and as FHIR, and the JSON attached to the PDF."""

    pdf: bytes
    page: bytes
    fhir: bytes
    document: bytes


def draw(record: FhirRecord, edition: Edition) -> MadeReport:
    """Return the report of a diary in all its forms. Raises RenderError."""
    with _collector_at_rest():
        return _drawn(record, edition)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Look for no cycles while a long diary becomes a million values: it took half of the time."""
    was_working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_working:
            gc.enable()


def _drawn(record: FhirRecord, edition: Edition) -> MadeReport:
    diary = record.diary
    kept, recorded = handed_over(diary, edition.left_out), recorded_text(diary)
    with translation.override(edition.language):
        model = build_report(
            diary, edition=edition, gate=text_gate(), catalog=translation, recorded=recorded
        )
        page = report_page(model, catalog=translation, links=SHARED)
        told = replace(record, diary=without_unticked_notes(kept))
        fhir = fhir_bytes(told, model, edition=edition, catalog=translation)
    document = attachment(kept, model, recorded=recorded if kept is diary else None)
    pdf = render_pdf(model, document)
    return MadeReport(pdf=pdf, page=page.encode(), fhir=fhir, document=document)
