"""The exchanges of reports; see `api.v1.examples`."""

from collections.abc import Mapping

from api.v1.examples import EPISODE_ID, Exchange, Json
from reports.domain.shape import MODEL_VERSION

REPORT_ID = "09118e04-e5a7-45d5-b006-0256f4bb081c"
QUEUED: Json = {
    "id": REPORT_ID,
    "state": "queued",
    "attempts": 0,
    "next_attempt_at": "2026-11-21T09:41:41.892678Z",
    "period_start": "2026-08-24",
    "period_end": "2026-11-21",
    "paper": "a4",
    "language": "en",
    "left_out": [],
    "notes": None,
    "attachment": True,
    "requested_at": "2026-11-21T09:41:41.892678Z",
    "finished_at": None,
    "expires_at": None,
    "pdf": f"/v1/reports/{REPORT_ID}/pdf",
    "csv": f"/v1/reports/{REPORT_ID}/csv",
    "fhir": f"/v1/reports/{REPORT_ID}/fhir",
    "document": f"/v1/reports/{REPORT_ID}/json",
}
RUNNING: Json = QUEUED | {
    "state": "running",
    "attempts": 1,
    "next_attempt_at": "2026-11-21T09:43:42.007415Z",
}
READY: Json = QUEUED | {
    "state": "ready",
    "attempts": 1,
    "next_attempt_at": None,
    "finished_at": "2026-11-21T09:41:43.105211Z",
    "expires_at": "2026-12-21T09:41:43.105211Z",
}
# Abridged: a real document holds the composition, the patient and every record of the period.
FHIR_DOCUMENT: Json = {
    "resourceType": "Bundle",
    "language": "en",
    "type": "document",
    "timestamp": "2026-11-21T09:41:41.892678Z",
    "entry": [],
}
EPISODES_CSV = (
    "\ufeffid,local_date,start_local,start_utc,utc_offset_minutes,time_zone,start_precision,"
    "duration_seconds,sites,movement,visible,strength,contractions,directions,at_rest,asleep,"
    "eye_closure,suppressible,urge_before,contexts,symptoms_present,symptoms_absent,"
    "triggers_present,triggers_absent,impact,interferes,distress,remedies_helped,"
    "remedies_not_helped,remedies_unrated,reported_by,note_for_doctor,version\r\n"
    f"{EPISODE_ID},2026-11-21,2026-11-21 08:15,2026-11-21T00:15:00+00:00,480,Asia/Taipei,minute,"
    "20,upper_lip:left,twitch,,4,,,,,,,,,,face_droop,caffeine,,,,,,,,self,,1\r\n"
)
REPORT_EXCHANGES: Mapping[str, Exchange] = {
    "reports_list": Exchange(answers={200: {"items": [READY]}}),
    "reports_create": Exchange(
        requests={
            "last_90_days": {},
            "one_month": {
                "period_start": "2026-10-01",
                "period_end": "2026-10-31",
                "paper": "us-letter",
                "attachment": False,
            },
            "chosen": {
                "language": "zh-Hant",
                "left_out": ["medicines", "log"],
                "notes": [EPISODE_ID],
            },
        },
        answers={202: QUEUED},
    ),
    "reports_read": Exchange(answers={200: READY}),
    "reports_pdf": Exchange(answers={202: RUNNING}),
    "reports_csv": Exchange(answers={200: EPISODES_CSV}),
    "reports_fhir": Exchange(answers={200: FHIR_DOCUMENT, 202: RUNNING}),
    "reports_json": Exchange(
        answers={
            200: {"format": "quiver-report", "version": MODEL_VERSION, "diary": {}, "report": {}},
            202: RUNNING,
        }
    ),
}
