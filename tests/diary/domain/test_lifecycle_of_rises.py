"""What closes and mutes: X1 and its list, X2, the 90 days and what breaks them."""

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from uuid import uuid5

import pytest

from diary.domain.entries import SitedSide
from diary.domain.escalation import frequency_look
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.lifecycle import (
    AlertState,
    AlertStatus,
    ChangeKind,
    CloseReason,
    plan,
    steadied_alerts,
    ungrounded_alerts,
)
from diary.domain.rules.registry import RULES, all_findings, remission_of, weekly_findings
from diary.domain.view import view_as_of
from tests.diary.domain.rules.asking import judged
from tests.diary.domain.rules.test_trends import STEADY, rows, weekly
from tests.diary.domain.strategies import SPACE, TODAY, ago, episode, quiet, symptom, view


def alert(finding, **fields):
    """Return the alert that a look stored for this finding."""
    known = {
        "status": AlertStatus.OPEN,
        "found_on": TODAY,
        "first_day": finding.first_day,
        "numbers": finding.numbers,
    }
    return AlertState(
        id=uuid5(SPACE, finding.rule),
        rule=finding.rule,
        level=finding.level,
        bout_start=finding.bout_start,
        entries=finding.entries,
        **(known | fields),
    )


def found(rule="N11", level=Level.SEE_DOCTOR, bout_start=TODAY, **numbers):
    return Finding(
        rule=rule,
        version=1,
        level=level,
        addressee=Addressee.NEUROLOGIST,
        bout_start=bout_start,
        numbers=MappingProxyType(numbers),
    )


def seen(finding, days=10):
    return alert(finding, status=AlertStatus.CLOSED, reason=CloseReason.SEEN, closed_on=ago(days))


@pytest.mark.parametrize("rule", [rule.id for rule in RULES if rule.id[0] in "EUNW"])
def test_remission_closes_exactly_what_is_about_duration_number_and_strength(rule):
    closed = {"N1", "N2", "N7", "N8", "N10", "N11", "N16"}
    closed |= {"W1", "W2", "W3", "W4", "W5", "W6", "W7", "W10"}
    over = remission_of(view(episode(100), *quiet(99, 0)))

    changes = plan([alert(found(rule))], [], over, today=TODAY)

    assert [c.reason for c in changes] == [CloseReason.REMISSION] * (rule in closed)


@pytest.mark.parametrize(
    ("before", "now", "speaks"),
    [
        ({"site_groups": ["lower"]}, {"site_groups": ["lower"]}, False),
        ({"site_groups": ["lower"]}, {"site_groups": ["eyelid", "lower"]}, True),
        ({"site_groups": ["eyelid", "lower"]}, {"site_groups": ["lower"]}, False),
        ({"symptoms": ["face_tingling"]}, {"symptoms": ["limb_numbness"]}, True),
        ({"symptoms": []}, {"symptoms": ["limb_numbness"]}, False),
        ({}, {"site_groups": ["lower"]}, False),
    ],
)
@pytest.mark.parametrize("bout_start", [TODAY, ago(5)])
def test_a_mute_is_broken_by_a_new_region_or_symptom(before, now, speaks, bout_start):
    muted = seen(found(**before))

    changes = plan([muted], [found(bout_start=bout_start, **now)], None, today=TODAY)

    assert bool(changes) == speaks


def test_a_mute_is_broken_by_a_higher_level():
    muted = seen(found(level=Level.WATCH, site_groups=["lower"]))

    assert plan([muted], [found(site_groups=["lower"])], None, today=TODAY)


def test_a_live_alert_learns_of_a_new_region_once():
    known, grown = found(site_groups=["lower"]), found(site_groups=["eyelid", "lower"])

    (change,) = plan([alert(known)], [grown], None, today=TODAY)

    assert (change.kind, change.finding) == (ChangeKind.EXTEND, grown)
    assert plan([alert(grown)], [grown], None, today=TODAY) == ()
    assert plan([alert(grown)], [known], None, today=TODAY) == ()


def test_real_findings_name_what_breaks_a_mute():
    lip = [episode(days) for days in (2, 1)]
    both = (SitedSide(site="upper_lip"), SitedSide(site="lower_eyelid"))
    numb = [
        episode(days, sites=both, name="numb", symptoms=(symptom("numbness_at_site"),))
        for days in (2, 1)
    ]

    (watched, *_) = all_findings(view(*lip))
    feeling = judged("N6", view(*numb))

    assert watched.numbers["site_groups"] == ["lower"]
    assert feeling.numbers["symptoms"] == ["numbness_at_site"]


def rise():
    """Return the alert that a rise opened six weeks ago."""
    (opened,) = weekly_findings(weekly(rows(20, 10, **STEADY)))
    return alert(opened, found_on=ago(42))


def test_a_rise_is_closed_by_two_weekly_looks_near_the_old_rate():
    diary = weekly(rows(11, 11, **STEADY))
    steadied = steadied_alerts([rise()], diary)

    changes = plan([rise()], weekly_findings(diary), None, steadied=steadied, today=TODAY)

    assert [(c.kind, c.reason) for c in changes] == [(ChangeKind.CLOSE, CloseReason.STEADIED)]


def test_a_rise_that_lasts_never_becomes_its_own_reference():
    assert steadied_alerts([rise()], weekly(rows(20, 20, **STEADY))) == frozenset()


def test_a_state_look_closes_no_rise():
    diary = replace(weekly(rows(10, 10, **STEADY)), frequency=None, previous_frequency=None)

    assert steadied_alerts([rise()], diary) == frozenset()


def test_a_rise_that_still_holds_is_not_closed():
    diary = weekly(rows(20, 10, **STEADY))

    changes = plan([rise()], weekly_findings(diary), None, steadied={rise().id}, today=TODAY)

    assert changes == ()


def test_a_rise_that_comes_back_speaks_again_in_the_same_bout():
    diary = weekly(rows(20, 10, **STEADY))
    over = replace(
        rise(), status=AlertStatus.CLOSED, reason=CloseReason.STEADIED, closed_on=ago(14)
    )

    (change,) = plan([over], weekly_findings(diary), None, today=TODAY)

    assert (change.kind, change.alert) == (ChangeKind.REOPEN, over.id)


def test_a_rise_whose_days_were_deleted_is_retracted_in_the_next_weekly_look():
    opened = alert(*weekly_findings(weekly(rows(20, 10, **STEADY))))
    deleted = weekly(rows(10, 10, **STEADY))
    state = replace(deleted, frequency=None, previous_frequency=None, severity=())

    assert ungrounded_alerts([opened], deleted) == {opened.id}
    assert ungrounded_alerts([opened], weekly(rows(20, 10, **STEADY))) == frozenset()
    assert ungrounded_alerts([opened], state) == frozenset()


def test_an_alert_that_rests_on_a_rise_is_judged_in_weekly_looks_alone():
    sided = found("N4", rising=True, episodes=12, asleep=0)
    opened = alert(sided, first_day=ago(20))

    assert ungrounded_alerts([opened], view()) == frozenset()
    assert ungrounded_alerts([opened], weekly(rows(10, 10))) == {opened.id}


def test_an_earlier_day_gets_its_own_weekly_tests():
    diary = weekly(rows(20, 10))
    week_ago = TODAY - timedelta(days=7)

    earlier = view_as_of(diary, week_ago)

    assert earlier.frequency == frequency_look(diary.days, today=week_ago)
    assert {look.today for look in earlier.severity} == {week_ago}
    assert view_as_of(diary, TODAY) == diary
