"""Builders and Hypothesis strategies for diaries around one fixed day."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from hypothesis import strategies as st

from diary.domain.days import daily_rows
from diary.domain.entries import (
    CheckIn,
    Course,
    Episode,
    Moment,
    Onset,
    Person,
    Problem,
    ReportedSymptom,
    Side,
    SitedSide,
    Twitched,
)
from diary.domain.view import WINDOW_DAYS, DiaryView

TODAY = date(2026, 6, 15)
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
SPACE = UUID("5d6b7f0a-4f7c-4a68-9d0e-0f6a3f5f7a11")


def ago(days):
    """Return the date so many days before TODAY."""
    return TODAY - timedelta(days=days)


def moment(day):
    instant = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return Moment(instant=instant, local=instant.replace(tzinfo=None), utc_offset_minutes=0)


def episode(days_ago=0, *, site="upper_lip", side=None, name="", **fields):
    day = ago(days_ago)
    fields.setdefault("sites", (SitedSide(site=site, side=side),))
    key = uuid5(SPACE, f"episode {days_ago} {site} {side} {name}")
    return Episode(id=key, start=moment(day), local_date=day, **fields)


def check_in(days_ago=0, twitched=Twitched.NO, **fields):
    key = uuid5(SPACE, f"check-in {days_ago}")
    return CheckIn(id=key, local_date=ago(days_ago), twitched=twitched, **fields)


def symptom(code, **fields):
    return ReportedSymptom(symptom=code, present=True, **fields)


def absent(code):
    return ReportedSymptom(symptom=code, present=False)


def problem(*, since=None, until=None, site="upper_lip", side=None, asked=0, **fields):
    """Return an intake asked `asked` days ago about something that began `since` days ago."""
    fields.setdefault("sites", (SitedSide(site=site, side=side),))
    fields.setdefault("still_present", True)
    fields.setdefault("movement", "twitch")
    latest = None if since is None else ago(since)
    earliest = ago(until) if until is not None else latest
    return Problem(
        id=uuid5(SPACE, "problem"),
        asked_on=ago(asked),
        first_day_earliest=earliest,
        first_day_latest=latest,
        **fields,
    )


def view(*entries, intake=None, person=None, today=TODAY, **fields):
    """Return the view of a diary with these episodes and check-ins in any order."""
    episodes = tuple(e for e in entries if isinstance(e, Episode))
    check_ins = tuple(c for c in entries if isinstance(c, CheckIn))
    start = today - timedelta(days=WINDOW_DAYS)
    return DiaryView(
        now=NOW,
        today=today,
        person=person or Person(),
        problem=intake,
        days=tuple(d for d in daily_rows(episodes, check_ins) if d.local_date > start),
        episodes=episodes,
        check_ins=check_ins,
        **fields,
    )


def quiet(first, last):
    """Return quiet check-ins from `first` days ago to `last` days ago, both included."""
    return tuple(check_in(days) for days in range(first, last - 1, -1))


SIGNS = st.sampled_from(
    ["face_droop", "slurred_speech", "limb_numbness", "dizziness", "numbness_at_site", "worry"]
)
SYMPTOMS = st.builds(
    ReportedSymptom,
    symptom=SIGNS,
    present=st.booleans(),
    onset=st.sampled_from([None, *Onset]),
    side=st.sampled_from([None, *Side]),
    ongoing=st.sampled_from([None, True, False]),
)
EPISODES = st.builds(
    lambda number, days, site, side, symptoms: episode(
        days, site=site, side=side, name=str(number), symptoms=tuple(symptoms)
    ),
    st.integers(0, 10**6),
    st.integers(0, 60),
    st.sampled_from(["upper_lip", "lower_eyelid", "cheek", "calf", "face"]),
    st.sampled_from([None, *Side]),
    st.lists(SYMPTOMS, max_size=2),
)
CHECK_INS = st.builds(
    lambda days, twitched, symptoms: check_in(days, twitched, symptoms=tuple(symptoms)),
    st.integers(0, 60),
    st.sampled_from(Twitched),
    st.lists(SYMPTOMS, max_size=1),
)
DIARIES = st.tuples(
    st.lists(EPISODES, max_size=8, unique_by=lambda e: e.id),
    st.lists(CHECK_INS, max_size=12, unique_by=lambda c: c.id),
)
INTAKES = st.none() | st.builds(
    lambda since, course, symptoms: problem(since=since, course=course, symptoms=tuple(symptoms)),
    st.none() | st.integers(0, 400),
    st.sampled_from([None, *Course]),
    st.lists(SYMPTOMS, max_size=2),
)
