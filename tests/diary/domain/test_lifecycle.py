from dataclasses import replace
from datetime import timedelta
from uuid import uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.domain.assessment import assess
from diary.domain.entries import Onset
from diary.domain.errors import TransitionRefused
from diary.domain.findings import Level
from diary.domain.lifecycle import (
    MUTE_DAYS,
    AlertState,
    AlertStatus,
    ChangeKind,
    CloseReason,
    PersonAction,
    person_transition,
    plan,
    ungrounded_alerts,
)
from diary.domain.rules.registry import all_findings, remission_of
from tests.diary.domain.strategies import (
    DIARIES,
    INTAKES,
    SPACE,
    TODAY,
    ago,
    episode,
    problem,
    quiet,
    symptom,
    view,
)

SUDDEN = (symptom("slurred_speech", onset=Onset.SUDDEN),)


def alert(finding, status=AlertStatus.OPEN, **fields):
    """Return the alert that a look stored for this finding."""
    return AlertState(
        id=uuid5(SPACE, f"{finding.rule} {finding.bout_start}"),
        rule=finding.rule,
        level=finding.level,
        status=status,
        bout_start=finding.bout_start,
        entries=finding.entries,
        first_day=finding.first_day,
        **{"found_on": TODAY} | fields,
    )


def carried_out(alerts, changes, today):
    """Return the alerts after a plan, as the operation stores them."""
    kept = {stored.id: stored for stored in alerts}
    for change in changes:
        status = {
            ChangeKind.CLOSE: AlertStatus.CLOSED,
            ChangeKind.RETRACT: AlertStatus.RETRACTED,
        }.get(change.kind, AlertStatus.OPEN)
        if change.finding:
            stored = alert(change.finding)
            kept[change.alert or stored.id] = replace(stored, id=change.alert or stored.id)
        else:
            kept[change.alert] = replace(
                kept[change.alert], status=status, reason=change.reason, closed_on=today
            )
    return list(kept.values())


def look(diary, alerts=()):
    gone = ungrounded_alerts(alerts, diary)
    return plan(
        alerts, all_findings(diary), remission_of(diary), ungrounded=gone, today=diary.today
    )


def kinds(changes):
    return [(change.kind, change.finding.rule if change.finding else "") for change in changes]


def test_a_finding_without_an_alert_opens_one():
    assert kinds(look(view(intake=problem(since=40)))) == [(ChangeKind.OPEN, "N1")]


def test_too_little_recorded_opens_nothing():
    assert look(view()) == ()


@given(DIARIES, INTAKES)
def test_a_second_look_at_the_same_data_changes_nothing(diary, intake):
    seen = view(*diary[0], *diary[1], intake=intake)
    alerts = carried_out([], look(seen), TODAY)

    assert look(seen, alerts) == ()


@given(DIARIES, INTAKES, st.integers(0, 60))
def test_time_passing_takes_no_ground_away(diary, intake, days):
    entries = (*diary[0], *diary[1])
    alerts = carried_out([], look(view(*entries, intake=intake)), TODAY)

    later = view(*entries, intake=intake, today=TODAY + timedelta(days=days))

    assert ungrounded_alerts(alerts, later) == frozenset()


def test_deleting_the_entry_retracts_the_emergency_with_its_reason():
    alerts = carried_out([], look(view(episode(symptoms=SUDDEN))), TODAY)

    (change,) = look(view(episode()), alerts)

    assert (change.kind, change.reason) == (ChangeKind.RETRACT, CloseReason.GROUND_GONE)


def test_a_retracted_alert_opens_again_when_its_ground_returns():
    diary = view(intake=problem(since=40))
    (found,) = all_findings(diary)
    over = alert(found, AlertStatus.RETRACTED, closed_on=TODAY)

    assert kinds(look(diary, [over])) == [(ChangeKind.REOPEN, "N1")]


def test_a_look_raises_a_level_and_never_lowers_it():
    (found,) = all_findings(view(intake=problem(since=40)))
    softer = replace(alert(found), level=Level.WATCH)
    harder = replace(alert(found), level=Level.URGENT)

    assert kinds(plan([softer], [found], None, today=TODAY)) == [(ChangeKind.RAISE, "N1")]
    assert plan([harder], [found], None, today=TODAY) == ()
    assert plan([harder], [], None, today=TODAY) == ()


def test_a_new_warning_sign_speaks_again_after_the_old_one_was_acknowledged():
    first = view(episode(1, symptoms=SUDDEN))
    (found, *_) = all_findings(first)
    heard = alert(found, AlertStatus.ACKNOWLEDGED)
    again = view(episode(1, symptoms=SUDDEN), episode(0, symptoms=SUDDEN))

    assert plan([heard], [found], None, today=TODAY) == ()
    assert kinds(look(again, [heard])) == [(ChangeKind.REOPEN, "E1")]
    assert kinds(look(again, [alert(found)])) == [(ChangeKind.EXTEND, "E1")]


def test_remission_closes_duration_alerts_and_leaves_signs_open():
    bout = [episode(28 + back) for back in range(20)]
    (lasted, *_) = all_findings(view(*bout, today=ago(28)))
    numb = view(intake=problem(since=5, symptoms=(symptom("numbness_at_site"),)))
    alerts = [alert(lasted), alert(all_findings(numb)[0])]
    silent = view(*bout, *quiet(27, 0))

    changes = plan(alerts, all_findings(silent), remission_of(silent), today=TODAY)

    assert [(c.kind, c.alert, c.reason) for c in changes] == [
        (ChangeKind.CLOSE, alerts[0].id, CloseReason.REMISSION)
    ]


@pytest.mark.parametrize(("days", "speaks"), [(MUTE_DAYS - 1, False), (MUTE_DAYS, True)])
def test_a_seen_alert_is_silent_for_ninety_days(days, speaks):
    (found,) = all_findings(view(intake=problem(since=40)))
    seen = alert(found, AlertStatus.CLOSED, reason=CloseReason.SEEN, closed_on=ago(days))

    assert bool(plan([seen], [found], None, today=TODAY)) == speaks


def test_a_seen_alert_mutes_its_rule_in_the_next_bout_too():
    (found,) = all_findings(view(intake=problem(since=40)))
    seen = alert(found, AlertStatus.CLOSED, reason=CloseReason.SEEN, closed_on=ago(60))
    next_bout = replace(found, bout_start=ago(20))

    assert plan([seen], [next_bout], None, today=TODAY) == ()
    assert plan([replace(seen, level=Level.WATCH)], [next_bout], None, today=TODAY) != ()


def test_emergencies_are_never_muted():
    (found, *_) = all_findings(view(episode(1, symptoms=SUDDEN)))
    seen = alert(found, AlertStatus.CLOSED, reason=CloseReason.SEEN, closed_on=ago(1))

    assert kinds(look(view(episode(0, symptoms=SUDDEN)), [seen])) == [(ChangeKind.OPEN, "E1")]


def test_a_closed_alert_of_the_same_bout_stays_closed():
    (found,) = all_findings(view(intake=problem(since=40)))
    over = alert(found, AlertStatus.CLOSED, reason=CloseReason.REMISSION, closed_on=TODAY)

    assert plan([over], [found], None, today=TODAY) == ()
    assert plan([over], [replace(found, bout_start=ago(45))], None, today=TODAY) == ()


def test_evidence_older_than_the_window_cannot_be_judged_and_stays():
    (found,) = all_findings(view(intake=problem(since=40)))
    ancient = replace(alert(found), first_day=ago(400), found_on=ago(300))

    assert ungrounded_alerts([ancient], view()) == frozenset()


@pytest.mark.parametrize("status", [AlertStatus.OPEN, AlertStatus.ACKNOWLEDGED])
def test_marking_as_seen_closes_a_live_alert(status):
    closed = person_transition(status, PersonAction.MARK_SEEN, Level.EMERGENCY)

    assert closed is AlertStatus.CLOSED


@pytest.mark.parametrize("status", [AlertStatus.CLOSED, AlertStatus.RETRACTED])
@pytest.mark.parametrize("action", list(PersonAction))
def test_nothing_can_be_done_with_an_alert_that_is_over(status, action):
    with pytest.raises(TransitionRefused):
        person_transition(status, action, Level.SEE_DOCTOR)


def test_acknowledging_twice_is_refused():
    once = person_transition(AlertStatus.OPEN, PersonAction.ACKNOWLEDGE, Level.URGENT)

    assert once is AlertStatus.ACKNOWLEDGED
    with pytest.raises(TransitionRefused):
        person_transition(once, PersonAction.ACKNOWLEDGE, Level.URGENT)


@pytest.mark.parametrize("level", list(Level))
def test_only_pressing_alerts_cannot_be_put_off(level):
    if level >= Level.URGENT:
        with pytest.raises(TransitionRefused):
            person_transition(AlertStatus.OPEN, PersonAction.SNOOZE, level)
    else:
        assert person_transition(AlertStatus.OPEN, PersonAction.SNOOZE, level) is AlertStatus.OPEN


def test_assessing_and_planning_read_the_same_findings():
    diary = view(intake=problem(since=40))

    opened = [change.finding for change in look(diary)]

    assert opened == list(assess(diary).findings)


def test_a_second_sign_of_the_same_day_reopens_what_was_seen():
    (found, *_) = all_findings(view(episode(symptoms=SUDDEN)))
    seen = alert(found, AlertStatus.CLOSED, reason=CloseReason.SEEN, closed_on=TODAY)
    again = view(episode(symptoms=SUDDEN), episode(name="again", symptoms=SUDDEN))

    assert plan([seen], [found], None, today=TODAY) == ()
    assert kinds(look(again, [seen])) == [(ChangeKind.REOPEN, "E1")]


def test_a_seen_alert_of_a_higher_level_does_not_mute_a_pressing_finding():
    (found,) = all_findings(view(intake=problem(since=40)))
    seen = alert(found, AlertStatus.CLOSED, reason=CloseReason.SEEN, closed_on=ago(10))
    next_bout = replace(found, bout_start=TODAY, level=Level.URGENT)

    assert kinds(plan([seen], [next_bout], None, today=TODAY)) == [(ChangeKind.OPEN, "N1")]


def test_a_new_bout_after_a_remission_opens_a_new_alert():
    (found,) = all_findings(view(intake=problem(since=40)))
    over = alert(found, AlertStatus.CLOSED, reason=CloseReason.REMISSION, closed_on=ago(60))
    next_bout = replace(found, bout_start=ago(20))

    assert kinds(plan([over], [next_bout], None, today=TODAY)) == [(ChangeKind.OPEN, "N1")]
