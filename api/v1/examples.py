"""One realistic exchange for each operation, by operation id: what is sent, what is answered.

Data only; those of the routes that take or give records are made of RECORDS in `api.v1.exchanges`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

EPISODE_ID = "0c7d1a52-7d5b-4a53-9a4e-1f0d6d3e7b21"
ALERT_ID = "87fb9a8c-90e9-402f-96a5-613710cd14f4"
DEVICE_ID = "5b1b1c1e-52f5-4f0e-8a3a-0c9d6a2f4e11"
TRIAL_ID = "10c1eb90-6def-4e13-96a7-855dd196e771"
NOT_A_DIAGNOSIS = "This diary is not a diagnosis and does not replace a doctor."


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The bodies that may be sent, by name, and the body of each successful answer, by status."""

    requests: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[int, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordExample:
    """What a phone sends of one record, and what the service derives from it."""

    id: str
    data: Json
    derived: Json = field(default_factory=dict)


# By the tag of the routes.
RECORDS: Mapping[str, RecordExample] = {
    "episodes": RecordExample(
        id=EPISODE_ID,
        data={
            "start": {"at": "2026-11-21T08:15:00+08:00", "time_zone": "Asia/Taipei"},
            "duration_seconds": 20,
            "sites": [{"site": "upper_lip", "side": "left"}],
            "movement": "twitch",
            "strength": 4,
            "symptoms": [{"symptom": "face_droop", "present": False}],
            "triggers": [{"factor": "caffeine", "amount": 180, "unit": "mg"}],
        },
        derived={"local_date": "2026-11-21", "time_flags": []},
    ),
    "check_ins": RecordExample(
        id="3d2c8a84-5b53-4a0a-9f6f-0e2ce9c9d3c1",
        data={
            "local_date": "2026-11-20",
            "twitched": "yes",
            "warning_signs_asked": True,
            "caffeine_mg": 180,
            "sleep_hours": 6.5,
            "stress": 7,
        },
    ),
    "problems": RecordExample(
        id="e2a4c1d0-93a7-4a0e-8f0c-1f4f0b7a9c55",
        data={
            "asked_on": "2026-11-21",
            "first_day_earliest": "2026-08-20",
            "first_day_latest": "2026-08-23",
            "still_present": True,
            "sites": [{"site": "upper_lip", "side": "left"}],
            "movement": "twitch",
            "seconds_per_bout": {"low": 10, "high": 30},
            "question": "Should I worry that it has not gone away?",
        },
    ),
    "medications": RecordExample(
        id="b7d1f3f2-6a0f-4b39-8d57-6d4a3f2e1c90",
        data={
            "name": "Prednisone",
            "medicine_class": "corticosteroid",
            "dose": "10 mg a day",
            "started": {"date": "2026-09-01", "precision": "month"},
        },
    ),
    "history": RecordExample(
        id="41f3b6c2-2b7e-4f5e-9a57-0d8f5a6b7c18",
        data={
            "kind": "condition",
            "item": "facial_palsy",
            "since": {"date": "2019-01-01", "precision": "year"},
            "note": "The left side; it went away within two months.",
        },
    ),
    "remedy_trials": RecordExample(
        id=TRIAL_ID,
        data={"remedy": "rest", "started_on": "2026-10-25", "rating": "helped"},
    ),
}

STROKE_SIGN = {
    "start": {"at": "2026-11-21T08:15:00+08:00", "time_zone": "Asia/Taipei"},
    "symptoms": [
        {"symptom": "one_sided_weakness", "present": True, "onset": "sudden", "side": "left"}
    ],
}

GET_HELP_NOW: Json = {
    "rule": "E1",
    "version": 1,
    "level": "emergency",
    "level_text": "Get help now",
    "addressee": "emergency_service",
    "addressee_text": "the emergency service",
    "title": "A warning sign that needs help now",
    "text": (
        "Call your emergency number now (119), even if it has passed. You logged a sudden change in"
        " face, arm, leg, speech, feeling, sight, balance or clear thinking (signs logged: 1)."
        " Nobody reads this diary live."
    ),
    "sources": [
        {
            "document": "S4",
            "title": "What Causes Lip Twitching",
            "locator": "Sudden weakness or paralysis on one side",
        }
    ],
    "source_line": 'Rule E1, version 1. Source: "What Causes Lip Twitching".',
    "not_a_diagnosis": NOT_A_DIAGNOSIS,
    "emergency_number": "119",
}
THREE_MONTHS: Json = {
    "rule": "N1",
    "version": 1,
    "level": "see_doctor",
    "level_text": "Make an ordinary appointment",
    "addressee": "neurologist",
    "addressee_text": "a neurologist",
    "title": "It has lasted 3 months: time to see a neurologist",
    "text": (
        "The twitching has gone on for 91 days, since 2026-08-21 (65 days logged). An appointment"
        " with a neurologist makes sense."
    ),
    "sources": [
        {
            "document": "S1",
            "title": "Lip Twitching: When to See a Neurologist",
            "locator": "several days or weeks without improvement",
        }
    ],
    "source_line": 'Rule N1, version 1. Source: "Lip Twitching: When to See a Neurologist".',
    "not_a_diagnosis": NOT_A_DIAGNOSIS,
    "emergency_number": None,
    "evidence_from": "both",
    "numbers": {
        "days": 91,
        "since": "2026-08-21",
        "threshold_days": 14,
        "logged_days": 65,
        "observed_days": 83,
        "twitch_dates": [
            *("2026-08-23", "2026-08-26/2026-08-28", "2026-08-30/2026-08-31"),
            *("2026-09-03/2026-09-08", "2026-09-11", "2026-09-13/2026-09-14"),
            *("2026-09-16/2026-09-29", "2026-10-01/2026-10-02", "2026-10-04/2026-10-06"),
            *("2026-10-08/2026-10-09", "2026-10-11/2026-10-13", "2026-10-16/2026-10-18"),
            *("2026-10-21/2026-10-22", "2026-10-27/2026-10-30", "2026-11-02/2026-11-04"),
            *("2026-11-06/2026-11-16", "2026-11-18/2026-11-20"),
        ],
        "quiet_dates": [
            *("2026-08-24/2026-08-25", "2026-08-29", "2026-09-01/2026-09-02"),
            *("2026-09-09/2026-09-10", "2026-09-15", "2026-09-30", "2026-10-07", "2026-10-10"),
            *("2026-10-14/2026-10-15", "2026-10-19/2026-10-20", "2026-10-31", "2026-11-05"),
            "2026-11-17",
        ],
        "long_lasting": True,
        "at_least": False,
        "site_groups": ["eyelid", "lower"],
        "symptoms": [],
        "signs": [],
    },
    "entries": [EPISODE_ID],
    "first_day": "2026-08-21",
    "last_day": "2026-11-20",
}
ALERT: Json = THREE_MONTHS | {
    "id": ALERT_ID,
    "alert_version": 1,
    "seq": 235,
    "state": "open",
    "closed_reason": "",
    "opened_at": "2026-11-21T09:37:54.386534Z",
    "changed_at": "2026-11-21T09:37:54.386534Z",
    "seen_at": None,
    "acknowledged_at": None,
    "snoozed_until": None,
    "seen_by_clinician_on": None,
}
PROFILE: Json = {
    "name": "A. Person",
    "birth_year": 1985,
    "sex": "female",
    "language": "en",
    "time_zone": "Asia/Taipei",
    "country": "TW",
    "referral": "direct",
    "day_boundary_minutes": 240,
    "diary_only": False,
    "reminder_minutes": 1200,
    "reminder_daily": True,
    "reminder_after_days": 3,
    "quiet_from_minutes": 1320,
    "quiet_until_minutes": 420,
}
DEVICE: Json = {
    "id": DEVICE_ID,
    "name": "My phone",
    "platform": "android",
    "app_version": "2.3.1",
    "created_at": "2026-11-21T09:38:49.928590Z",
    "last_seen_at": "2026-11-21T09:38:49.928590Z",
    "current": True,
}
VOCABULARY: Json = {
    "version": "2026-11-21",
    "language": "en",
    "warning_signs": ["face_droop", "one_sided_weakness"],
    "lists": {
        "sites": [
            {
                "code": "upper_lip",
                "label": "Upper lip",
                "meaning": "The upper lip.",
                "sources": ["S0", "S1", "S3", "S4"],
                "synonyms": ["lip_upper", "上嘴唇"],
                "group": "lower",
                "sided": True,
            }
        ]
    },
}

EXCHANGES: Mapping[str, Exchange] = {
    "alerts_list": Exchange(answers={200: {"items": [ALERT]}}),
    "alerts_read": Exchange(answers={200: ALERT}),
    "alerts_answer": Exchange(
        requests={"seen": {}, "snooze": {"until": "2026-12-01T08:00:00+08:00"}},
        answers={
            200: ALERT | {"state": "acknowledged", "acknowledged_at": "2026-11-21T09:40:02.118304Z"}
        },
    ),
    "assessment_read": Exchange(
        answers={
            200: {
                "level": "see_doctor",
                "addressee": "neurologist",
                "today": "2026-11-21",
                "findings": [THREE_MONTHS],
                "questions": [{"code": "one_sided_weakness", "field": "symptoms"}],
                "missing_consents": [],
            }
        }
    ),
    "devices_list": Exchange(answers={200: {"items": [DEVICE]}}),
    "live": Exchange(answers={200: "event: pull\ndata:\n\n"}),
    "profile_read": Exchange(answers={200: PROFILE}),
    "profile_replace": Exchange(requests={"profile": PROFILE}, answers={200: PROFILE}),
    "vocabulary_read": Exchange(answers={200: VOCABULARY}),
}
