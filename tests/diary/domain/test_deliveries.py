"""Where news goes, when, and what becomes of it at the moment of sending."""

from datetime import UTC, datetime, timedelta
from uuid import uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.deliveries import (
    LONGEST_PAUSE,
    RANK_OF_KIND,
    UNSEEN_AFTER,
    AlertNow,
    EndpointKind,
    Send,
    Way,
    news_id,
    pause_after,
    planned,
    verdict_on_alerts,
)
from diary.domain.findings import Level
from diary.domain.lifecycle import AlertStatus
from tests.diary.domain.strategies import SPACE

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
ALICE, BOB = uuid5(SPACE, "alice"), uuid5(SPACE, "bob")
NEWS = uuid5(SPACE, "news")
LATER = NOW + timedelta(hours=1)


def way(name, kind=EndpointKind.WEB_PUSH, recipient=ALICE, **fields):
    return Way(recipient=recipient, endpoint=uuid5(SPACE, name), kind=kind, **fields)


def waits(ways, *, urgent):
    return sorted(
        (RANK_OF_KIND[one.way.kind], one.due_at - NOW)
        for one in planned(NEWS, ways, urgent=urgent, now=NOW)
    )


def alert(name="a", level=Level.SEE_DOCTOR, *, status=AlertStatus.OPEN, seen=False, **fields):
    return AlertNow(id=uuid5(SPACE, name), level=level, status=status, seen=seen, **fields)


def verdict(*alerts, unless_seen=True, quiet_until=None):
    return verdict_on_alerts(alerts, unless_seen=unless_seen, quiet_until=quiet_until, now=NOW)


def test_channels_of_one_rank_go_out_at_once_and_the_next_rank_waits():
    ways = [way("mail", EndpointKind.EMAIL), way("a"), way("b", EndpointKind.FCM)]

    assert waits(ways, urgent=True) == [
        (0, timedelta(0)),
        (0, timedelta(0)),
        (1, UNSEEN_AFTER),
    ]


def test_what_is_not_urgent_stays_with_the_first_rank():
    ways = [way("mail", EndpointKind.EMAIL), way("a", repeats=3)]

    assert waits(ways, urgent=False) == [(0, timedelta(0))]


def test_who_has_only_a_mailbox_is_written_to_at_once():
    assert waits([way("mail", EndpointKind.EMAIL)], urgent=False) == [(1, timedelta(0))]


def test_repeats_go_to_the_first_rank_one_after_the_other():
    ways = [way("a", recipient=BOB, repeats=2), way("m", EndpointKind.EMAIL, BOB, repeats=2)]

    found = waits(ways, urgent=True)

    assert [(rank, wait / UNSEEN_AFTER) for rank, wait in found] == [(0, 0), (0, 1), (0, 2), (1, 1)]


WAYS = st.lists(
    st.builds(
        lambda number, kind, recipient, repeats: way(str(number), kind, recipient, repeats=repeats),
        st.integers(0, 99),
        st.sampled_from(EndpointKind),
        st.sampled_from([ALICE, BOB]),
        st.integers(0, 3),
    ),
    unique_by=lambda one: one.endpoint,
    max_size=8,
)


@given(WAYS, st.booleans(), st.randoms())
def test_the_same_news_is_planned_under_the_same_ids_in_any_order(ways, urgent, random):
    shuffled = random.sample(ways, len(ways))

    first = {one.id: one for one in planned(NEWS, ways, urgent=urgent, now=NOW)}
    again = {one.id: one for one in planned(NEWS, shuffled, urgent=urgent, now=LATER)}

    assert first.keys() == again.keys()
    assert len(first) == len(planned(NEWS, ways, urgent=urgent, now=NOW))


@given(WAYS, st.booleans())
def test_nothing_is_due_before_now_and_everybody_is_told_something_at_once(ways, urgent):
    found = planned(NEWS, ways, urgent=urgent, now=NOW)

    assert all(one.due_at >= NOW for one in found)
    assert {one.way.recipient for one in found if one.due_at == NOW} == {
        one.recipient for one in ways
    }


def test_news_has_the_same_id_only_when_it_says_the_same_since_the_same_time():
    told = [(ALICE, NOW), (BOB, LATER)]

    assert news_id(ALICE, told) == news_id(ALICE, told[::-1])
    assert news_id(ALICE, told) != news_id(BOB, told)
    assert news_id(ALICE, told) != news_id(ALICE, told[:1])
    assert news_id(ALICE, told[:1]) != news_id(ALICE, [(ALICE, LATER)])


@given(st.integers(1, 500), st.floats(0, 1))
def test_pauses_grow_to_an_hour_and_never_beyond(attempts, jitter):
    pause = pause_after(attempts, jitter=jitter)

    assert timedelta(seconds=0.1) <= pause <= LONGEST_PAUSE
    assert pause_after(attempts + 1, jitter=jitter) >= pause


@pytest.mark.parametrize(
    ("asked", "least"),
    [
        (timedelta(minutes=2), timedelta(minutes=2)),
        (timedelta(0), timedelta(seconds=0.1)),
        (timedelta(days=3), LONGEST_PAUSE),
    ],
)
def test_a_server_that_asks_to_be_left_alone_is_for_an_hour_at_most(asked, least):
    assert pause_after(1, jitter=0, asked=asked) == least


@pytest.mark.parametrize(
    ("fields", "unless_seen", "what"),
    [
        ({}, True, Send.SEND),
        ({"seen": True}, True, Send.DROP),
        ({"seen": True}, False, Send.SEND),
        ({"status": AlertStatus.ACKNOWLEDGED}, True, Send.DROP),
        ({"status": AlertStatus.ACKNOWLEDGED}, False, Send.SEND),
        ({"status": AlertStatus.CLOSED}, False, Send.DROP),
        ({"status": AlertStatus.RETRACTED}, False, Send.DROP),
        ({"snoozed_until": LATER}, True, Send.WAIT),
        ({"snoozed_until": NOW}, True, Send.SEND),
        ({"snoozed_until": LATER, "level": Level.URGENT}, True, Send.SEND),
        ({"snoozed_until": LATER, "level": Level.EMERGENCY}, True, Send.SEND),
    ],
)
def test_an_alert_is_judged_as_it_stands_at_the_moment_of_sending(fields, unless_seen, what):
    assert verdict(alert(**fields), unless_seen=unless_seen).what is what


def test_nothing_left_to_say_is_dropped():
    assert verdict().what is Send.DROP


def test_a_message_waits_for_the_first_snooze_to_end():
    first, second = alert("a", snoozed_until=LATER), alert("b", snoozed_until=LATER + UNSEEN_AFTER)

    assert verdict(second, first).until == LATER


def test_a_message_names_the_most_pressing_alert_that_still_speaks():
    visit, urgent = alert("visit"), alert("urgent", Level.URGENT)
    over = alert("over", Level.EMERGENCY, status=AlertStatus.CLOSED)

    assert verdict(visit, over, urgent).alert == urgent.id


@pytest.mark.parametrize(
    ("snoozed", "quiet", "until"),
    [
        (None, LATER, LATER),
        (NOW, LATER, LATER),
        (LATER, LATER + UNSEEN_AFTER, LATER + UNSEEN_AFTER),
        (LATER + UNSEEN_AFTER, LATER, LATER + UNSEEN_AFTER),
    ],
)
def test_a_visit_waits_for_the_end_of_the_quiet_hours_and_of_its_snooze(snoozed, quiet, until):
    found = verdict(alert(snoozed_until=snoozed), quiet_until=quiet)

    assert (found.what, found.until) == (Send.WAIT, until)


def test_a_pressing_alert_is_named_in_quiet_hours_though_a_visit_waits():
    urgent = alert("b", Level.URGENT)

    assert verdict(alert("a"), urgent, quiet_until=LATER).alert == urgent.id


ALERTS = st.lists(
    st.builds(
        lambda number, level, status, seen, hours: alert(
            str(number), level, status=status, seen=seen, snoozed_until=NOW + timedelta(hours=hours)
        ),
        st.integers(0, 99),
        st.sampled_from(Level),
        st.sampled_from(AlertStatus),
        st.booleans(),
        st.integers(-2, 2),
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)


@given(ALERTS, st.booleans(), st.sampled_from([None, LATER]))
def test_what_is_pressing_open_and_unseen_is_always_sent(alerts, unless_seen, quiet_until):
    found = verdict(*alerts, unless_seen=unless_seen, quiet_until=quiet_until)

    pressing = [a for a in alerts if a.level >= Level.URGENT and not a.seen]
    if any(one.status is AlertStatus.OPEN for one in pressing):
        assert found.what is Send.SEND
    assert (found.alert is not None) == (found.what is Send.SEND)
    assert (found.until is not None and found.until > NOW) == (found.what is Send.WAIT)
