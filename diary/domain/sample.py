"""A synthetic diary of 23 weeks, for trying the service out; nobody real is described.

It tells one story: the left upper lip twitches, in the last six weeks the eyelid joins in, and more
happens after short nights and much caffeine. It is long enough for every comparison the engine
makes; a report covers its last ninety days. Every draw comes from one seeded generator, so the
diary is the same on every machine and only its dates move.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import exp
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from diary.domain.entries import Side, Twitched
from diary.domain.wire.records import RecordType

NAME = "Sample Person (synthetic)"
DAYS = 161
REPORT_DAYS = 90  # the last ones, which a report covers
EYELID_JOINS = 120  # day of the diary, counted from 0
COLD = range(101, 107)
TRIP = range(132, 136)  # nothing was recorded
FORGOTTEN = (12, 54, 83, 148)  # no check-in either; episodes may stand there
UNSURE = (20, 41, 91, 112, 141)
MAGNESIUM = 115  # day on which a medicine starts
LESS_CAFFEINE = 139  # day on which the remedy trial starts
MUCH_CAFFEINE_MG = 250
SHORT_NIGHT_HOURS = 6.0
HOURS = tuple(range(7, 24))
HOUR_WEIGHTS = (3, 6, 14, 16, 14, 6, 4, 3, 2, 2, 3, 4, 8, 12, 14, 10, 4)  # mornings and evenings
NAMESPACE = UUID("b0b5f4b6-6d6f-5a0e-9d6c-6a2f7a1f8c11")

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRecord:
    """One record as a phone sends it. `written_on` is the local date on which it was written."""

    type: RecordType
    id: UUID
    written_on: date
    data: Data


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDiary:
    """A profile and the records of its person, in the order of their writing."""

    profile: Data
    records: tuple[SampleRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Calendar:
    """Turns day numbers of the diary into dates and wall times of the person's zone."""

    first: date
    zone: str

    def date(self, day: int) -> date:
        return self.first + timedelta(days=day)

    def at(self, day: int, hour: int, minute: int) -> str:
        wall = datetime.combine(self.date(day), time(hour, minute), tzinfo=ZoneInfo(self.zone))
        return wall.isoformat()

    def moment(self, day: int, hour: int, minute: int) -> dict[str, Any]:
        return {"at": self.at(day, hour, minute), "time_zone": self.zone}

    def record(self, type_: RecordType, name: str, day: int, data: Data) -> SampleRecord:
        return SampleRecord(
            type=type_,
            id=uuid5(NAMESPACE, f"{type_.value} {name}"),
            written_on=self.date(day),
            data=data,
        )


def sample_diary(*, today: date, time_zone: str) -> SampleDiary:
    """Return the synthetic diary of the 161 local dates before `today`, oldest record first.

    `time_zone` is an IANA name; every time of day is a wall time there. The data are in wire form.
    """
    calendar = _Calendar(first=today - timedelta(days=DAYS), zone=time_zone)
    draw = random.Random(21)  # noqa: S311 - a picture, not a secret
    records = list(_background(calendar))
    for day in range(DAYS):
        records += _day(draw, calendar, day)
    return SampleDiary(profile=_profile(calendar), records=tuple(records))


def _profile(calendar: _Calendar) -> Data:
    return {
        "name": NAME,
        "birth_year": calendar.first.year - 31,
        "sex": "female",
        "language": "en",
        "time_zone": calendar.zone,
        "country": "TW",
        "referral": "direct",
    }


def _background(calendar: _Calendar) -> Iterator[SampleRecord]:
    """Yield what is told on the first day: the intake, the medicines, the past, a trial."""
    yield calendar.record(RecordType.PROBLEM, "intake", 0, _intake(calendar))
    for name, data in _medicines(calendar).items():
        yield calendar.record(RecordType.MEDICATION, name, 0, data)
    for name, data in _past(calendar).items():
        yield calendar.record(RecordType.HISTORY_ITEM, name, 0, data)


def _intake(calendar: _Calendar) -> Data:
    return {
        "asked_on": str(calendar.date(0)),
        "first_day_earliest": str(calendar.date(-4)),
        "first_day_latest": str(calendar.date(-2)),
        "onset": "gradual",
        "still_present": True,
        "course": "stable",
        "sites": [{"site": "upper_lip", "side": Side.LEFT.value}],
        "movement": "twitch",
        "visible": True,
        "continuous": False,
        "seconds_per_bout": {"low": 10, "high": 60},
        "bouts_per_day": {"low": 1, "high": 2},
        "contexts": ["screen_use", "at_rest"],
        "symptoms": [_absent(name) for name in ("face_droop", "limb_numbness", "face_numbness")]
        + [_absent("one_sided_weakness")],
        "triggers": [{"factor": "caffeine"}, {"factor": "sleep_loss"}],
        "impact": 1,
        "interferes": ["social"],
        "remedies": [{"remedy": "massage", "helped": False}],
        "note": "It began while I was brushing my teeth: a flutter in the upper lip.",
        "note_for_doctor": True,
        "question": "Is this the facial nerve? Do I need a scan, or can I wait?",
    }


def _absent(symptom: str) -> dict[str, Any]:
    return {"symptom": symptom, "present": False}


def _medicines(calendar: _Calendar) -> Mapping[str, Data]:
    years_ago = date(calendar.first.year - 2, 3, 1)
    return {
        "pill": {
            "name": "Ethinylestradiol",
            "medicine_class": "estrogen",
            "dose": "30 µg a day",
            "started": {"date": str(years_ago), "precision": "month"},
        },
        "magnesium": {
            "name": "Magnesium citrate",
            "medicine_class": "magnesium_supplement",
            "dose": "200 mg a day",
            "started": {"date": str(calendar.date(MAGNESIUM))},
        },
    }


def _past(calendar: _Calendar) -> Mapping[str, Data]:
    last_year = calendar.first.year - 1
    return {
        "tooth": {
            "kind": "surgery",
            "status": "present",
            "item": "tooth_extraction",
            "since": {"date": f"{last_year}-05-01", "precision": "month"},
        },
        "blood": {
            "kind": "test",
            "status": "present",
            "item": "blood_test",
            "since": {"date": f"{last_year}-11-01", "precision": "month"},
            "result": "normal",
        },
        "palsy": {"kind": "condition", "status": "none_known", "item": "facial_palsy"},
        "stroke": {"kind": "condition", "status": "none_known", "item": "stroke"},
        "family": {"kind": "family", "status": "none_known", "item": "family_neurological"},
        "head": {"kind": "condition", "status": "not_asked", "item": "head_trauma"},
    }


def _day(draw: random.Random, calendar: _Calendar, day: int) -> list[SampleRecord]:
    """Return what was written on one day: its episodes in order, then the check-in."""
    exposures = _exposures(draw, day)
    count = 0 if day in TRIP or day in UNSURE else _poisson(draw, _rate(exposures, day))
    times = sorted(
        (draw.choices(HOURS, HOUR_WEIGHTS)[0], int(60 * draw.random())) for _ in range(count)
    )
    records = [
        calendar.record(RecordType.EPISODE, f"{day} {n}", day, _episode(draw, calendar, day, clock))
        for n, clock in enumerate(times)
    ]
    if day not in TRIP and day not in FORGOTTEN:
        data = _check_in(draw, calendar, day, twitched=bool(count)) | exposures
        records.append(calendar.record(RecordType.CHECK_IN, str(day), day, data))
    if day == LESS_CAFFEINE:
        trial = {"remedy": "less_caffeine", "started_on": str(calendar.date(day))}
        records.append(calendar.record(RecordType.REMEDY_TRIAL, "caffeine", day, trial))
    return records


def _exposures(draw: random.Random, day: int) -> dict[str, Any]:
    coffees = (80, 100) if day >= LESS_CAFFEINE else (80, 120, 180, 260, 320, 380)
    return {
        "caffeine_mg": draw.choices(coffees)[0],
        "sleep_hours": min(9.0, max(4.0, round(2 * draw.gauss(6.6, 1.1)) / 2)),
        "stress": min(10, max(0, round(draw.gauss(4.5, 2.0)))),
        "ill": day in COLD,
        "alcohol_units": 2.0 if _chance(draw, 0.08) else 0.0,
        "screen_hours": float(3 + int(7 * draw.random())),
    }


def _rate(exposures: Data, day: int) -> float:
    """Return the episodes to expect on a day: more with the weeks, caffeine and short nights."""
    rate = 0.7 + 0.85 * day / DAYS
    rate *= 1.7 if exposures["caffeine_mg"] >= MUCH_CAFFEINE_MG else 1.0
    return rate * (2.0 if exposures["sleep_hours"] < SHORT_NIGHT_HOURS else 1.0)


def _chance(draw: random.Random, share: float) -> bool:
    return draw.random() < share


def _poisson(draw: random.Random, rate: float) -> int:
    """Return one draw by Knuth's product of uniforms."""
    count, product, floor = 0, draw.random(), exp(-rate)
    while product > floor:
        count += 1
        product *= draw.random()
    return count


def _episode(
    draw: random.Random, calendar: _Calendar, day: int, clock: tuple[int, int]
) -> dict[str, Any]:
    joined = day >= EYELID_JOINS and _chance(draw, 0.45)
    data: dict[str, Any] = {
        "start": calendar.moment(day, *clock),
        "duration_seconds": 3 + int(draw.lognormvariate(3.4, 0.9)),
        "sites": [{"site": "upper_lip", "side": Side.LEFT.value}],
        "movement": "twitch",
        "visible": _chance(draw, 0.6),
        "strength": min(9, max(1, round(draw.gauss(3.6 + day / 110, 1.5)))),
        "contexts": draw.choices(("screen_use", "at_rest", "speaking", "lying_down", "eating")),
        "video_recorded": _chance(draw, 0.04),
    }
    if joined:
        data["sites"].append({"site": "lower_eyelid", "side": Side.LEFT.value})
        data["eye_closure"] = draw.choices(("none", "partial"), (4, 1))[0]
    if _chance(draw, 0.25):
        remedy = draw.choices(("massage", "rest", "warm_compress", "hydration"))[0]
        data["remedies"] = [{"remedy": remedy, "helped": _chance(draw, 0.4)}]
    if _chance(draw, 0.12):
        data["suppressible"], data["urge_before"] = False, False
    return data


def _check_in(
    draw: random.Random, calendar: _Calendar, day: int, *, twitched: bool
) -> dict[str, Any]:
    answer = Twitched.YES if twitched else Twitched.NO
    bothered = twitched and _chance(draw, 0.25)
    return {
        "local_date": str(calendar.date(day)),
        "twitched": (Twitched.UNSURE if day in UNSURE else answer).value,
        "warning_signs_asked": True,
        "symptoms": [_absent(name) for name in ("face_droop", "one_sided_weakness")]
        + ([{"symptom": "cold_symptoms", "present": True}] if day in COLD else []),
        "impact": int(bothered),
        "interferes": draw.choices(("work", "social", "screen")) if bothered else [],
        "recorded": calendar.moment(day, 23, 59),
        **_NOTES.get(day, {}),
    }


_NOTES: Mapping[int, Data] = {
    3: {"note": "Hardly noticed it today."},
    EYELID_JOINS + 2: {
        "note": "The lower eyelid joins in now, always on the same side.",
        "note_for_doctor": True,
    },
    143: {"note": "In a meeting a colleague asked if I was all right.", "note_for_doctor": True},
    151: {"note": "Bought decaffeinated coffee."},
}
