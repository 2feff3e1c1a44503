"""What a look may say of a bout that reaches the start of the 180 days it reads."""

import pytest

from diary.domain.assessment import assess
from diary.domain.bouts import bouts, may_be_older
from diary.domain.entries import HistoryAnswer, Person
from diary.domain.findings import Level
from diary.domain.rules.reassurance import quiet_days_needed, twitch_share
from diary.domain.rules.registry import remission_of
from diary.domain.thresholds import Thresholds
from diary.domain.words.advice import advice_for
from tests.diary.domain.rules.asking import holds, judged, twitching
from tests.diary.domain.strategies import ago, check_in, episode, problem, quiet, view

EDGE = 179  # days ago of the oldest day a look reads


@pytest.mark.parametrize(("first", "expected"), [(EDGE, True), (172, True), (171, False)])
def test_a_bout_in_the_first_days_of_the_window_may_be_older(first, expected):
    diary = view(episode(first), episode(first - 1))

    assert may_be_older(bouts(diary.days, None)[0], diary.today) == expected


@pytest.mark.parametrize(("since", "expected"), [(175, False), (EDGE + 30, False), (100, True)])
def test_a_start_that_the_intake_states_is_known(since, expected):
    logged = [episode(days) for days in range(175, 0, -5)]
    diary = view(*logged, intake=problem(since=since))

    assert may_be_older(bouts(diary.days, diary.problem)[0], diary.today) == expected


@pytest.mark.parametrize(("first", "expected"), [(171, True), (172, False), (EDGE, False)])
def test_r1_does_not_call_the_end_of_a_longer_bout_a_one_off(first, expected):
    lately, always = quiet(6, 0), quiet(first - 1, 0)

    assert holds("R1", view(episode(first), *lately)) == expected
    assert holds("R1", view(episode(first), *always)) == expected


@pytest.mark.parametrize(
    ("rule", "site", "person_says"),
    [("N1", "upper_lip", "180 days"), ("N2", "lower_eyelid", "180 days")],
)
def test_how_long_it_lasted_is_a_least_when_the_start_lies_before_the_window(
    rule, site, person_says
):
    finding = judged(rule, view(*twitching(EDGE, site=site, step=1)))

    text = advice_for(finding, Person()).text

    assert f"{finding.numbers['days']} days or more" in text
    assert "since" not in text


def test_history_and_watching_say_a_least_as_well():
    risk = problem(asked=170, history=(HistoryAnswer(item="multiple_sclerosis"),))
    often = view(*twitching(EDGE, step=1), intake=risk)
    seldom = view(*twitching(EDGE, step=7), *(check_in(d) for d in range(180) if (EDGE - d) % 7))

    assert "days or more" in advice_for(judged("N12", often), Person()).text
    assert "days or more" in advice_for(judged("W1", seldom), Person()).text
    assert not holds("N1", seldom)


def test_a_bout_within_the_window_keeps_its_first_day():
    finding = judged("N1", view(*twitching(100)))

    assert finding.numbers["at_least"] is False
    assert ago(100).isoformat() in advice_for(finding, Person()).text


@pytest.mark.parametrize(("window", "expected"), [(90, True), (91, True)])
def test_n15_counts_a_bout_that_began_before_its_days_and_reaches_into_them(window, expected):
    bouts_of_two = [episode(days) for days in (90, 89, 60, 59, 1, 0)]
    diary = view(
        *bouts_of_two,
        *quiet(88, 61),
        *quiet(58, 2),
        thresholds=Thresholds(recur_window_days=window),
    )

    assert holds("N15", diary) == expected


def test_n15_leaves_out_a_bout_that_ended_before_its_days():
    bouts_of_two = [episode(days) for days in (91, 90, 60, 59, 1, 0)]
    chosen = Thresholds(recur_window_days=90)

    assert not holds("N15", view(*bouts_of_two, *quiet(89, 61), *quiet(58, 2), thresholds=chosen))


def test_n15_takes_a_single_day_between_for_the_end_of_the_silence():
    first = [episode(70 + day) for day in range(12)]
    back = [episode(day, site="lower_eyelid") for day in (1, 0)]
    between = episode(35)
    gaps = (*quiet(69, 36), *quiet(34, 2))

    assert holds("N15", view(*first, *back, check_in(35), *gaps))
    assert holds("N15", view(*first, between, *back, *gaps))
    assert not holds("N15", view(*first, episode(20), *back, *quiet(69, 21), *quiet(19, 2)))


def test_n15_knows_the_place_of_a_single_day_between():
    first = [episode(90 + day) for day in range(12)]
    lid = episode(50, site="lower_eyelid")
    back = [episode(day, site="lower_eyelid") for day in (1, 0)]

    assert not holds("N15", view(*first, lid, *back, *quiet(89, 51), *quiet(49, 2)))


def test_n15_sees_no_remission_across_a_hole():
    first = [episode(70 + day) for day in range(12)]
    back = [episode(day, site="lower_eyelid") for day in (1, 0)]

    assert not holds("N15", view(*first, *back, *quiet(69, 45), *quiet(20, 2)))


def test_x1_does_not_take_the_rate_from_the_few_days_the_window_leaves():
    sparse = [episode(days) for days in (EDGE, EDGE - 7)]
    diary = view(*sparse, *(check_in(EDGE - day) for day in (1, 2, 3)), *quiet(29, 0))

    assert twitch_share(diary, ago(153)) == 0
    assert twitch_share(diary, ago(152)) > 0
    assert remission_of(diary) is None
    assert quiet_days_needed(0) == 90


def test_x1_keeps_the_rate_of_a_young_diary():
    diary = view(episode(28), *quiet(27, 0))

    assert twitch_share(diary, ago(28)) == 1
    assert remission_of(diary) is not None


@pytest.mark.parametrize(("quiet_days", "expected"), [(89, False), (90, True)])
def test_x1_holds_after_ninety_quiet_check_ins_when_the_twitching_lies_before_the_window(
    quiet_days, expected
):
    diary = view(episode(400), *quiet(quiet_days - 1, 0))

    over = remission_of(diary)

    assert (over is not None) == expected
    if over is not None:
        text = advice_for(over, Person()).text
        assert text.startswith("90 quiet check-ins in a row; 90 were needed.")
        assert assess(diary).level is Level.REASSURE


def test_x1_needs_the_ninety_check_ins_in_a_row():
    assert remission_of(view(*quiet(120, 61), *quiet(50, 0))) is None
    assert remission_of(view(*quiet(120, 20))) is None
