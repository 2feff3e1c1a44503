from datetime import date

import pytest

from diary.domain.entries import DatePrecision, PartialDate, Side, SitedSide
from diary.domain.vocabulary import SITES
from reports.domain.words import LeadFacts, Words
from tests.reports.samples import CATALOG

WORDS = Words(CATALOG, "en")
DAY = date(2026, 5, 4)


def lead(**facts):
    values = {
        "site": SitedSide(site="upper_lip", side=Side.LEFT),
        "running_days": 30,
        "episodes": 9,
        "twitch_days": 9,
        "rate_days": 28,
        "recorded_days": 28,
        **facts,
    }
    return WORDS.lead(LeadFacts(**values)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "Left upper lip, 4 weeks, now on about 3 days in 10."),
        ({"running_days": 1}, "Left upper lip, 1 day, now on about 3 days in 10."),
        ({"running_days": 400}, "Left upper lip, about 13 months, now on about 3 days in 10."),
        ({"running_days": None, "site": None}, "Twitching, now on about 3 days in 10."),
        ({"twitch_days": 28}, "Left upper lip, 4 weeks, now every day."),
        ({"twitch_days": 27}, "Left upper lip, 4 weeks, now on 27 of 28 days."),
        ({"twitch_days": 1}, "Left upper lip, 4 weeks, now on 1 of 28 days."),
        ({"twitch_days": 3}, "Left upper lip, 4 weeks, now on about 1 day in 10."),
        (
            {"rate_days": 3},
            "Left upper lip, 4 weeks, 9 episodes logged, too few check-ins to say how often.",
        ),
    ],
)
def test_the_lead_says_place_time_and_how_often(facts, sentence):
    assert lead(**facts) == sentence


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(3, "3 s"), (119, "119 s"), (120, "2 min"), (150, "2.5 min"), (7200, "2 h"), (9000, "2.5 h")],
)
def test_lengths_take_their_most_readable_unit(seconds, text):
    assert WORDS.duration(seconds).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("precision", "text"),
    [
        (DatePrecision.YEAR, "2026"),
        (DatePrecision.MONTH, "May 2026"),
        (DatePrecision.DAY, "4 May 2026"),
    ],
)
def test_a_date_is_printed_as_exactly_as_it_is_known(precision, text):
    known = PartialDate(day=DAY, precision=precision)

    assert WORDS.partial_date(known).replace("\u00a0", " ") == text


def test_a_period_over_new_year_names_both_years():
    text = WORDS.period(date(2025, 12, 1), date(2026, 1, 11)).replace("\u00a0", " ")

    assert text == "1 Dec 2025 \u2013 10 Jan 2026 \u00b7 41 days"


@pytest.mark.parametrize("side", [*Side, None])
@pytest.mark.parametrize("site", SITES.codes)
def test_no_place_breaks_the_narrow_column_of_the_log(site, side):
    text = WORDS.short_site(SitedSide(site=site, side=side), 12)

    assert len(text) <= 15
    assert " " not in text


def test_clocks_are_named_by_their_offset():
    assert WORDS.quality_zones([0]) == "Times are the patient\u2019s local time, by one clock: UTC."
    assert WORDS.quality_zones([-210, 480]).endswith("2 clocks: UTC-3.5, UTC+8.")


def test_nothing_asked_is_not_nothing_found():
    assert WORDS.k_of_n(0, 0) == "not asked"
    assert WORDS.k_of_n(0, 9) == "0\u00a0of\u00a09"
