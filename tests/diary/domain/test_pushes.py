from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.findings import Level
from diary.domain.lifecycle import AlertStatus
from diary.domain.pushes import NON_URGENT_EVERY, PushableAlert, next_push_at, pushes_due
from tests.diary.domain.strategies import SPACE

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


def before(**span):
    return NOW - timedelta(**span)


def alert(name, level=Level.SEE_DOCTOR, **fields):
    fields = {"status": AlertStatus.OPEN, "spoke_at": before(hours=1)} | fields
    return PushableAlert(id=uuid5(SPACE, name), level=level, **fields)


def told(alerts, last=None):
    return [(push.alerts, push.urgent) for push in pushes_due(alerts, last, NOW)]


def test_visits_are_merged_into_one_push():
    first, second = alert("a", spoke_at=before(hours=2)), alert("b")

    assert told([second, first]) == [((first.id, second.id), False)]


@pytest.mark.parametrize(
    ("ago", "number"), [(NON_URGENT_EVERY, 1), (NON_URGENT_EVERY - timedelta(seconds=1), 0)]
)
def test_visits_wait_until_the_last_push_is_a_week_old(ago, number):
    assert len(told([alert("a")], NOW - ago)) == number


@pytest.mark.parametrize("level", [Level.EMERGENCY, Level.URGENT])
def test_urgent_alerts_are_never_held_back_nor_merged(level):
    first, second = alert("a", level, spoke_at=before(hours=2)), alert("b", level)

    assert told([first, second], before(hours=1)) == [((first.id,), True), ((second.id,), True)]


def test_an_urgent_alert_is_not_held_back_by_a_snooze():
    assert told([alert("a", Level.URGENT, snoozed_until=NOW + timedelta(days=1))])


@pytest.mark.parametrize("level", [Level.WATCH, Level.REASSURE])
def test_watching_never_pushes(level):
    assert told([alert("a", level)]) == []


@pytest.mark.parametrize("status", [AlertStatus.CLOSED, AlertStatus.RETRACTED])
@pytest.mark.parametrize("level", [Level.SEE_DOCTOR, Level.URGENT])
def test_what_is_over_stays_silent(status, level):
    assert told([alert("a", level, status=status)]) == []


def test_a_visit_that_was_acknowledged_stays_silent():
    assert told([alert("a", status=AlertStatus.ACKNOWLEDGED)]) == []


def test_an_urgent_alert_is_pushed_to_followers_even_if_acknowledged_before():
    assert told([alert("a", Level.URGENT, status=AlertStatus.ACKNOWLEDGED)])


@pytest.mark.parametrize("level", [Level.SEE_DOCTOR, Level.EMERGENCY])
@pytest.mark.parametrize("status", [AlertStatus.OPEN, AlertStatus.ACKNOWLEDGED])
def test_what_an_alert_said_is_pushed_once(level, status):
    assert told([alert("a", level, status=status, told=True)]) == []


@pytest.mark.parametrize(("until", "number"), [(timedelta(0), 1), (timedelta(seconds=1), 0)])
def test_a_snoozed_alert_waits_for_the_end_of_its_snooze(until, number):
    assert len(told([alert("a", snoozed_until=NOW + until)])) == number


ALERTS = st.builds(
    lambda number, level, status, told: alert(str(number), level, status=status, told=told),
    st.integers(0, 99),
    st.sampled_from(Level),
    st.sampled_from(AlertStatus),
    st.booleans(),
)


@given(st.lists(ALERTS, unique_by=lambda a: a.id, max_size=12), st.integers(0, 20))
def test_at_most_one_push_is_not_urgent_and_nothing_is_told_twice(alerts, days):
    pushes = pushes_due(alerts, before(days=days), NOW)

    named = [each for push in pushes for each in push.alerts]
    assert sum(not push.urgent for push in pushes) <= (days >= NON_URGENT_EVERY.days)
    assert len(named) == len(set(named))


@given(st.lists(ALERTS, unique_by=lambda a: a.id, max_size=8), st.randoms())
def test_the_order_of_the_alerts_changes_nothing(alerts, random):
    shuffled = random.sample(alerts, len(alerts))

    assert pushes_due(shuffled, None, NOW) == pushes_due(alerts, None, NOW)


SNOOZED_ALERTS = st.builds(
    lambda one, hours: replace(one, snoozed_until=NOW + timedelta(hours=hours) if hours else None),
    ALERTS,
    st.integers(-48, 480),
)


@given(
    st.lists(SNOOZED_ALERTS, unique_by=lambda a: a.id, max_size=8),
    st.integers(0, 20),
    st.floats(0, 1, exclude_max=True),
)
def test_nothing_is_pushed_before_the_time_to_ask_again_and_something_then(alerts, days, part):
    last = before(days=days)
    due = pushes_due(alerts, last, NOW)
    pushed = {each for push in due for each in push.alerts}
    left = [replace(one, told=one.told or one.id in pushed) for one in alerts]
    last = NOW if any(not push.urgent for push in due) else last

    again = next_push_at(alerts, before(days=days), NOW)

    if again is None:
        assert pushes_due(left, last, NOW + timedelta(days=365)) == ()
    else:
        assert again > NOW
        # A share just below 1 of so many days rounds up to the time itself.
        earlier = min(NOW + (again - NOW) * part, again - timedelta(microseconds=1))
        assert pushes_due(left, last, earlier) == ()
        assert pushes_due(left, last, again) != ()
