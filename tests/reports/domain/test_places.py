"""The face, the order of spread and the side, from the sites episodes name."""

from dataclasses import replace
from datetime import timedelta

import pytest

from diary.domain.entries import (
    HistoryAnswer,
    HistoryItem,
    HistoryKind,
    HistoryStatus,
    MomentPrecision,
    Side,
    SitedSide,
)
from diary.domain.vocabulary import SITES
from diary.domain.vocabulary.sites import SiteGroup
from reports.domain.model import build_report
from reports.domain.sections.where import DRAWN_SITES
from tests.reports.samples import (
    CATALOG,
    START,
    check_in,
    diary_of,
    edition,
    episode,
    full_diary,
    gate,
    long_diary,
    uuid,
)

LIP, LID = "upper_lip", "lower_eyelid"
UNDRAWABLE = {"face"}  # the part unsaid, or all of it


def report(diary):
    return build_report(diary, edition=edition(), gate=gate(), catalog=CATALOG)


def sited(*places):
    return tuple(SitedSide(site=site, side=side) for site, side in places)


def answers(diary):
    return {pair.label: pair.text.replace("\u00a0", " ") for pair in report(diary).character}


def test_every_site_on_the_outside_of_a_face_has_a_place_in_the_drawing():
    outside = {
        site.code for site in SITES if site.sided and site.group is not SiteGroup.BODY
    } - UNDRAWABLE

    assert outside == DRAWN_SITES


@pytest.mark.parametrize("side", [Side.LEFT, Side.RIGHT])
def test_marks_and_paths_stay_on_the_side_they_were_logged_on(side):
    where = report(long_diary(side=side)).where

    assert {mark.side for mark in where.marks} == {str(side)}
    assert {(path.from_side, path.to_side) for path in where.paths} == {(str(side), str(side))}
    assert (where.left > 0, where.right > 0) == (side is Side.LEFT, side is Side.RIGHT)


def test_the_path_goes_from_the_first_place_to_those_that_join_on_its_own_side():
    both = sited((LIP, Side.BOTH), (LID, Side.RIGHT))
    crossed = sited((LIP, Side.LEFT), ("cheek", Side.RIGHT))

    where = report(
        diary_of([episode(1, START, sites=both), episode(2, START, sites=crossed)])
    ).where

    ways = {(p.from_side, p.to_site, p.to_side, p.episodes) for p in where.paths}
    assert ways == {("right", LID, "right", 1), ("left", "cheek", "right", 1)}


def test_the_order_of_spread_is_the_most_frequent_one_of_those_with_two_places():
    logged = [
        episode(1, START, sites=sited((LIP, Side.LEFT), (LID, Side.LEFT))),
        episode(2, START, sites=sited((LIP, Side.LEFT), (LID, Side.LEFT))),
        episode(3, START, sites=sited((LID, Side.LEFT), (LIP, Side.LEFT))),
        episode(4, START, sites=sited((LIP, Side.LEFT))),
    ]

    said = answers(diary_of(logged))

    assert said["Order"] == "upper lip, then lower eyelid (2 of 3)"
    assert said["Side"] == "always left (4 of 4)"
    assert said["Starts in"] == "upper lip 3, lower eyelid 1"


def test_one_place_is_an_order_of_its_own_and_an_unnamed_place_is_none():
    one = answers(diary_of([episode(1, START)]))
    none = answers(diary_of([episode(1, START, sites=())]))

    assert one["Order"] == "one place each time"
    assert none["Order"] == "not asked"
    assert none["Side"] == "left 0, right 0, both 0, not said 1"


def test_an_episode_without_a_time_of_day_is_in_the_days_and_in_no_bin():
    diary = full_diary(20)
    first, *others = diary.episodes
    vague = replace(first, start=replace(first.start, precision=MomentPrecision.DAY))

    when = report(replace(diary, episodes=(vague, *others))).when

    assert sum(when.counts) == 20 == sum(when.by_bin) + 1
    assert "1\u00a0episode without a time of day" in when.key


def test_the_four_states_of_history_are_never_merged():
    def item(number, kind, status, name=""):
        return HistoryItem(id=uuid(number), kind=kind, status=status, item=name)

    base = full_diary(3)
    problem = replace(
        base.problem, history=(HistoryAnswer(item="head_trauma", present=False),), tests=()
    )
    history = (
        item(1, HistoryKind.CONDITION, HistoryStatus.PRESENT, "facial_palsy"),
        item(2, HistoryKind.CONDITION, HistoryStatus.NONE_KNOWN, "stroke"),
        item(3, HistoryKind.FAMILY, HistoryStatus.NONE_KNOWN),
        item(4, HistoryKind.SURGERY, HistoryStatus.NOT_ASKED, "tooth_extraction"),
    )

    lines = report(replace(base, history=history, problem=problem)).background.history

    assert [pair.text for pair in lines] == [
        "facial palsy in the past; none: head injury; none known: stroke",
        "not asked: tooth pulled",
        "not asked",
        "none known",
    ]


def test_a_question_added_later_is_named_with_its_day():
    first = [check_in(n, START + timedelta(days=n), stress=2) for n in range(20)]
    later = [
        check_in(n, START + timedelta(days=n), stress=2, exercise_minutes=0) for n in range(20, 30)
    ]

    quality = report(diary_of((), [*first, *later])).page_two.quality

    assert "Asked only from 24\u00a0May on: exercise." in quality


def test_promptness_stands_on_page_one_and_an_unknown_arrival_is_no_delay():
    late = episode(1, START)
    late = replace(late, received_at=late.start.instant + timedelta(hours=5))
    unknown = replace(episode(3, START), received_at=None)

    period = report(diary_of([late, episode(2, START), unknown])).period

    assert period.promptness == "1 of 2 episodes entered within 1 hour"
    assert (period.prompt_episodes, period.timed_episodes) == (1, 2)
