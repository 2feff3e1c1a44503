"""Synthetic diaries for the tests of the report; every draw comes from a seeded generator."""

import random
from datetime import UTC, date, datetime, timedelta, timezone
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from uuid import UUID

from diary.domain.days import daily_rows
from diary.domain.entries import (
    CheckIn,
    DatePrecision,
    Episode,
    EyeClosure,
    HistoryItem,
    HistoryKind,
    HistoryStatus,
    Medication,
    Moment,
    PartialDate,
    Person,
    Problem,
    RemedyTrial,
    RemedyUse,
    ReportedSymptom,
    Side,
    SitedSide,
    Twitched,
)
from diary.domain.findings import Addressee, Assessment, Finding, Level
from reports.domain.inputs import Edition, ReportDiary
from reports.domain.text_gate import TextGate

START = date(2026, 5, 4)
END = date(2026, 8, 2)
NOW = datetime(2026, 8, 2, 6, 30, tzinfo=UTC)
LOCALES = Path(__file__).resolve().parents[2] / "reports" / "locale"
CATALOG = NullTranslations()  # the keys are the English words
TAIPEI = timezone(timedelta(hours=8))
EVERYTHING = range(0x110000)
REASSURED = Assessment(level=Level.REASSURE, addressee=Addressee.NONE, findings=(), questions=())


def edition(**changes):
    values = {"now": NOW, "report_version": "0.1", "rules_version": "2026-11", **changes}
    return Edition(**values)


def catalog_of(language):
    """The catalog of a language as the service would take it."""
    if language == "en":
        return CATALOG
    folder = LOCALES / language.replace("-", "_") / "LC_MESSAGES"
    with (folder / "django.mo").open("rb") as compiled:
        return GNUTranslations(compiled)


def gate():
    return TextGate(printable=EVERYTHING)


def uuid(number):
    return UUID(int=number)


def moment(day, hour, minute):
    local = datetime.combine(day, datetime.min.time()) + timedelta(hours=hour, minutes=minute)
    instant = local.replace(tzinfo=TAIPEI).astimezone(UTC)
    return Moment(instant=instant, local=local, utc_offset_minutes=480, time_zone="Asia/Taipei")


def episode(number, day, hour=10, minute=0, **changes):
    start = moment(day, hour, minute)
    values = {
        "id": uuid(number),
        "start": start,
        "local_date": day,
        "sites": (SitedSide(site="upper_lip", side=Side.LEFT),),
        "received_at": start.instant + timedelta(minutes=2),
        **changes,
    }
    return Episode(**values)


def check_in(number, day, twitched=Twitched.NO, **changes):
    return CheckIn(id=uuid(1_000_000 + number), local_date=day, twitched=twitched, **changes)


def diary_of(episodes=(), check_ins=(), **changes):
    values = {
        "diary_id": "7F3A-22C1",
        "display_name": "Lin Mei-Hua",
        "person": Person(birth_year=1999, sex="female", country="TW"),
        "start": START,
        "end": END,
        "assessment": REASSURED,
        "days": daily_rows(episodes, check_ins),
        "episodes": tuple(episodes),
        "check_ins": tuple(check_ins),
        **changes,
    }
    return ReportDiary(**values)


def full_diary(episodes=143, seed=7, *, side=Side.LEFT, **changes):
    """Ninety days with check-ins on most of them, shaped like a real diary."""
    return _diary(episodes, seed, START, side, changes)


def long_diary(episodes=260, seed=7, *, weeks_before=20, side=Side.LEFT, **changes):
    """The same with weeks before the period, which its comparisons read."""
    first = START - timedelta(weeks=weeks_before)
    return _diary(episodes, seed, first, side, changes)


def _diary(episodes, seed, first, side, changes):
    draw = random.Random(seed)
    days = [first + timedelta(days=n) for n in range((END - first).days)]
    logged = sorted(
        (
            _random_episode(draw, n, draw.choices(days, range(60, 60 + len(days)))[0], side)
            for n in range(episodes)
        ),
        key=lambda e: e.start.instant,
    )
    twitched = {e.local_date for e in logged}
    answered = [d for d in days if draw.random() < 0.93]
    check_ins = [_random_check_in(draw, n, d, d in twitched) for n, d in enumerate(answered)]
    rows = daily_rows(logged, check_ins)
    values = {"problem": _problem(side), **_background(), "assessment": _assessment(), **changes}
    return diary_of(
        [e for e in logged if e.local_date >= START],
        [c for c in check_ins if c.local_date >= START],
        earlier_days=tuple(row for row in rows if row.local_date < START),
        **values,
    )


def _random_episode(draw, number, day, side):
    sites = [SitedSide(site="upper_lip", side=side)]
    if day > date(2026, 6, 19) and draw.random() < 0.4:
        sites.append(SitedSide(site="lower_eyelid", side=side))
    if draw.random() < 0.1:
        sites.append(SitedSide(site="lower_lip", side=side))
    numb = day > date(2026, 7, 2) and draw.random() < 0.15
    hour = draw.choices(
        range(24), [1] * 7 + [3, 6, 14, 16, 14, 6, 4, 3, 2, 1, 1, 4, 8, 12, 16, 14, 6]
    )[0]
    return episode(
        number,
        day,
        hour,
        draw.randrange(60),
        duration_seconds=int(draw.lognormvariate(3.5, 0.9)) + 2,
        sites=tuple(sites),
        movement="twitch",
        visible=draw.random() < 0.6,
        strength=min(10, max(1, round(draw.gauss(4, 1.6)))),
        contexts=(draw.choice(["screen_use", "at_rest", "speaking", "lying_down", "eating"]),),
        eye_closure=EyeClosure.NONE if len(sites) > 1 else None,
        symptoms=(ReportedSymptom(symptom="numbness_at_site", present=True),) if numb else (),
        remedies=(
            RemedyUse(
                remedy=draw.choice(["massage", "rest", "warm_compress", "hydration"]),
                helped=draw.random() < 0.5,
            ),
        )
        if draw.random() < 0.25
        else (),
        suppressible=False if number % 16 == 0 else None,
        urge_before=number % 32 == 0 if number % 16 == 0 else None,
        version=2 if number in {3, 40} else 1,
        video_recorded=number % 50 == 0,
    )


def _random_check_in(draw, number, day, twitched):
    affected = twitched and draw.random() < 0.2
    return check_in(
        number,
        day,
        Twitched.YES if twitched else Twitched.NO,
        warning_signs_asked=True,
        caffeine_mg=draw.choice([60, 80, 120, 180, 240, 320, 380]),
        sleep_hours=round(draw.gauss(6.8, 1.0) * 2) / 2,
        stress=min(10, max(0, round(draw.gauss(4.5, 2)))),
        ill=date(2026, 6, 20) <= day <= date(2026, 6, 25),
        alcohol_units=0.0 if draw.random() < 0.95 else 2.0,
        screen_hours=float(draw.randrange(3, 10)),
        exercise_minutes=draw.choice([0, 0, 0, 30]),
        low_fluid=draw.random() < 0.1,
        impact=1 if affected else 0,
        interferes=tuple(draw.sample(["work", "speak", "social", "screen", "eat"], 2))
        if affected
        else (),
        note="In a meeting a colleague asked if I was all right." if number == 60 else "",
        note_for_doctor=number == 60,
    )


def _problem(side):
    return Problem(
        id=uuid(9_000_001),
        asked_on=START,
        first_day_earliest=date(2026, 5, 1),
        first_day_latest=date(2026, 5, 3),
        sites=(SitedSide(site="upper_lip", side=side),),
        question="Is this the facial nerve? Do I need a scan, or can I wait?",
        note="Started while brushing my teeth, a flutter on the upper lip.",
        note_for_doctor=True,
    )


def _background():
    def known(year, month=1, day=1, precision=DatePrecision.DAY):
        return PartialDate(day=date(year, month, day), precision=precision)

    return {
        "medications": (
            Medication(
                id=uuid(8_000_001),
                name="Ethinylestradiol",
                dose="30 \u00b5g",
                medicine_class="estrogen",
                started=known(2024, 3, precision=DatePrecision.MONTH),
            ),
            Medication(
                id=uuid(8_000_002),
                name="Cetirizine",
                dose="10 mg",
                as_needed=True,
                started=known(2022, precision=DatePrecision.YEAR),
            ),
            Medication(
                id=uuid(8_000_003),
                name="Magnesium citrate",
                dose="200 mg",
                started=known(2026, 7, 18),
            ),
        ),
        "history": (
            HistoryItem(
                id=uuid(8_100_001), kind=HistoryKind.CONDITION, status=HistoryStatus.NONE_KNOWN
            ),
            HistoryItem(
                id=uuid(8_100_002), kind=HistoryKind.FAMILY, status=HistoryStatus.NONE_KNOWN
            ),
            HistoryItem(
                id=uuid(8_100_003),
                kind=HistoryKind.TEST,
                item="thyroid",
                result="normal",
                since=known(2026, 6, precision=DatePrecision.MONTH),
            ),
        ),
        "remedy_trials": (
            RemedyTrial(id=uuid(8_200_001), remedy="less_caffeine", started_on=date(2026, 7, 13)),
        ),
    }


def _assessment():
    def finding(rule, level, first, last, **numbers):
        return Finding(
            rule=rule,
            version=1,
            level=level,
            addressee=Addressee.NEUROLOGIST,
            first_day=first,
            last_day=last,
            numbers=numbers,
        )

    return Assessment(
        level=Level.SEE_DOCTOR,
        addressee=Addressee.NEUROLOGIST,
        findings=(
            finding(
                "N1", Level.SEE_DOCTOR, START, END - timedelta(days=1), days=90, twitch_days=64
            ),
            finding("W1", Level.WATCH, START, END - timedelta(days=1), days=90),
        ),
        questions=(),
    )
