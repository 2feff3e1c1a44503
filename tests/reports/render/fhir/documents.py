"""Documents of synthetic diaries, and the way to what stands in them."""

from datetime import UTC, date, datetime, timedelta

from diary.domain.bouts import bouts
from diary.domain.entries import (
    HistoryAnswer,
    HistoryItem,
    HistoryKind,
    Medication,
    NumberRange,
    Onset,
    Problem,
    ReportedSymptom,
    Side,
    SitedSide,
    StatedMedicine,
    TestDone,
)
from diary.domain.escalation import FrequencyLook, Verdict
from diary.domain.findings import Addressee, Finding, Level
from reports.domain.fhir_record import FhirRecord, ToldAlert, WeeklyLook
from reports.domain.model import build_report
from reports.domain.printable import without_unticked_notes
from reports.render.fhir import fhir_bundle, fhir_bytes
from tests.reports.samples import CATALOG, END, START, edition, full_diary, gate, uuid

TOLD = ("Lasting for weeks", "You logged twitching on 64 of 90 days.", "Rule N1", "No diagnosis.")
OPENED = datetime(2026, 6, 1, 5, 30, 1, 250_000, tzinfo=UTC)


def record_of(diary, **changes):
    """Return what a document is made from; notes that were not ticked are gone already."""
    bare = without_unticked_notes(diary)
    values = {
        "document_id": uuid(77),
        "diary": bare,
        "bouts": bouts(bare.days, bare.problem),
        **changes,
    }
    return FhirRecord(**values)


def written(record, **changes):
    """Return the document's bytes."""
    return fhir_bytes(record, model_of(record, **changes), **_made(**changes))


def bundle_of(record, **changes):
    return fhir_bundle(record, model_of(record, **changes), **_made(**changes))


def model_of(record, **changes):
    return build_report(record.diary, gate=gate(), **_made(**changes))


def _made(**changes):
    return {"edition": edition(**changes), "catalog": CATALOG}


def full_record(**changes):
    """Return a record in which every kind of resource is called for."""
    return record_of(
        full_diary(problem=intake(), **more_background()),
        alerts=(alert(), alert(2, "W4"), closed_alert()),
        looks=(look(),),
        **changes,
    )


def more_background():
    return {
        "medications": (
            Medication(id=uuid(8_000_001), name="Ethinylestradiol", medicine_class="estrogen"),
        ),
        "history": (
            item(1, HistoryKind.CONDITION, "head_trauma"),
            item(2, HistoryKind.SURGERY, "other_surgery"),
            item(3, HistoryKind.TEST, "brain_mri", result="normal"),
            item(4, HistoryKind.FAMILY, "family_tremor"),
        ),
    }


def item(number, kind, code="", **changes):
    return HistoryItem(id=uuid(8_100_000 + number), kind=kind, item=code, **changes)


def intake(**changes):
    values = {
        "id": uuid(9_000_001),
        "asked_on": START,
        "first_day_earliest": date(2026, 5, 1),
        "first_day_latest": date(2026, 5, 3),
        "onset": Onset.SUDDEN,
        "still_present": True,
        "sites": (SitedSide(site="upper_lip", side=Side.LEFT),),
        "movement": "twitch",
        "seconds_per_bout": NumberRange(low=2, high=30),
        "symptoms": (ReportedSymptom(symptom="face_numbness", present=False),),
        "medicines": (StatedMedicine(medicine_class="lithium"),),
        "tests": (TestDone(test="emg", result="unknown"),),
        "history": (HistoryAnswer(item="stroke", present=False), HistoryAnswer(item="smoking")),
        "question": "Is it the nerve?",
        **changes,
    }
    return Problem(**values)


def alert(number=1, rule="N1"):
    level = Level.WATCH if rule.startswith("W") else Level.SEE_DOCTOR
    return ToldAlert(
        id=uuid(7_000_000 + number),
        finding=Finding(rule=rule, version=3, level=level, addressee=Addressee.NEUROLOGIST),
        opened_at=OPENED,
        spoke_at=OPENED + timedelta(days=1),
        told=TOLD,
    )


def closed_alert():
    closed = alert(3, "W1")
    return ToldAlert(
        id=closed.id,
        finding=closed.finding,
        opened_at=OPENED,
        spoke_at=OPENED,
        told=("New twitching",),
        seen_at=OPENED + timedelta(hours=2),
        live=False,
    )


def look(**changes):
    last = END - timedelta(days=1)
    recent_first = last - timedelta(days=27)
    values = {
        "today": last,
        "recent_first": recent_first,
        "recent_last": last,
        "reference_first": recent_first - timedelta(days=60),
        "reference_last": recent_first - timedelta(days=1),
        "recent_episodes": 61,
        "recent_days": 26,
        "matched_days": 26.0,
        "reference_episodes": 70,
        "reference_days": 55,
        "reference_calendar_days": 60,
        "dispersion": 1.31,
        "p": 0.00081,
        "ratio": 1.83,
        "ratio_low": 1.25,
        "ratio_high": None,
        "recent_rate": 2.35,
        "reference_rate": 1.27,
        "verdict": Verdict.SIGNAL,
        **changes,
    }
    return WeeklyLook(id=uuid(6_000_001), at=OPENED, frequency=FrequencyLook(**values))


def resources(bundle, kind, **having):
    """Return the resources of one type, those with the given local or LOINC code when asked."""
    found = [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind]
    if "code" in having:
        found = [each for each in found if having["code"] in codes(each["code"])]
    return found


def one(bundle, kind, **having):
    (found,) = resources(bundle, kind, **having)
    return found


def codes(concept):
    return [coding["code"] for coding in concept.get("coding", ())]


def components(observation, code):
    return [c for c in observation.get("component", ()) if code in codes(c["code"])]


def section(bundle, title):
    (found,) = [s for s in bundle["entry"][0]["resource"]["section"] if s["title"] == title]
    return found
