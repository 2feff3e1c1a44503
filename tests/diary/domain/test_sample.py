"""The synthetic diary: valid as sent, alike on every day, and telling the story it is made for."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from diary.domain.assessment import assess
from diary.domain.days import daily_rows
from diary.domain.entries import Person
from diary.domain.reading import local_date_of, read_data
from diary.domain.sample import DAYS, EYELID_JOINS, sample_diary
from diary.domain.view import DiaryView
from diary.domain.wire.profile import ProfileData
from diary.domain.wire.records import RecordType

TODAY = date(2026, 11, 21)


def diary_on(today=TODAY):
    return sample_diary(today=today, time_zone="Asia/Taipei")


def entries_by_type(diary, today=TODAY):
    """Read every record as the service does, and return the values by type."""
    now = datetime.combine(today, time(1), tzinfo=UTC)
    found: dict[RecordType, list[Any]] = {type_: [] for type_ in RecordType}
    for record in diary.records:
        data: Any = read_data(record.type, dict(record.data), now=now)
        day = local_date_of(data, day_boundary_minutes=0)
        entry = data.to_entry(id=record.id, local_date=day, received_at=now, version=1)
        found[record.type].append(entry)
    return found


def view_on(today=TODAY):
    found = entries_by_type(diary_on(today), today)
    episodes, check_ins = found[RecordType.EPISODE], found[RecordType.CHECK_IN]
    return DiaryView(
        now=datetime.combine(today, time(1), tzinfo=UTC),
        today=today,
        person=Person(country="TW"),
        problem=found[RecordType.PROBLEM][0],
        days=daily_rows(episodes, check_ins),
        episodes=tuple(episodes),
        check_ins=tuple(check_ins),
        medications=tuple(found[RecordType.MEDICATION]),
        history=tuple(found[RecordType.HISTORY_ITEM]),
        remedy_trials=tuple(found[RecordType.REMEDY_TRIAL]),
    )


def test_the_profile_is_accepted_and_says_that_nobody_is_described():
    profile = ProfileData.model_validate(diary_on().profile)

    assert "synthetic" in profile.name
    assert profile.time_zone == "Asia/Taipei"


def test_it_holds_twenty_three_weeks_of_what_people_log():
    found = entries_by_type(diary_on())

    assert {type_.value: len(found[type_]) for type_ in RecordType} == {
        "episode": 255,
        "check_in": 153,
        "problem": 1,
        "medication": 2,
        "history_item": 6,
        "remedy_trial": 1,
    }


def test_check_ins_hold_quiet_days_and_days_not_remembered():
    found = entries_by_type(diary_on())

    answers = Counter(check_in.twitched.value for check_in in found[RecordType.CHECK_IN])

    assert answers["unsure"] == 5
    assert answers["no"] >= 10
    assert len({check_in.local_date for check_in in found[RecordType.CHECK_IN]}) == 153


@pytest.mark.parametrize("today", [TODAY, date(2028, 3, 1), date(2027, 1, 1)])
def test_all_of_it_lies_in_the_weeks_before_today(today):
    found = entries_by_type(diary_on(today), today)

    dates = {e.local_date for type_ in ("episode", "check_in") for e in found[RecordType(type_)]}

    assert min(dates) == today - timedelta(days=DAYS)
    assert max(dates) == today - timedelta(days=1)


def test_only_the_dates_move_with_today():
    earlier, later = diary_on(), diary_on(TODAY + timedelta(days=30))

    assert [record.id for record in earlier.records] == [record.id for record in later.records]
    assert {
        b.written_on - a.written_on for a, b in zip(earlier.records, later.records, strict=True)
    } == {timedelta(days=30)}


def test_the_eyelid_joins_in_late_and_on_the_same_side():
    episodes = entries_by_type(diary_on())[RecordType.EPISODE]

    joined = [e for e in episodes if any(s.site == "lower_eyelid" for s in e.sites)]

    start = TODAY - timedelta(days=DAYS)
    assert min(e.local_date for e in joined) >= start + timedelta(days=EYELID_JOINS)
    assert len(joined) >= 20
    assert {s.side.value for e in episodes for s in e.sites} == {"left"}


@pytest.mark.parametrize("shift", range(0, 366, 61))
def test_persistence_is_found_on_any_day_of_the_year_and_nothing_urgent(shift):
    assessment = assess(view_on(TODAY + timedelta(days=shift)))

    assert [finding.rule for finding in assessment.findings] == ["N1", "N3", "N4", "N10"]
