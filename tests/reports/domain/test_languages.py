"""The report in a language other than English: whole sentences, its own dates, no English."""

import re
from datetime import date
from gettext import GNUTranslations, NullTranslations

import pytest

from diary.domain.entries import DatePrecision, PartialDate, Side, SitedSide
from diary.domain.vocabulary import SITES
from reports.domain.model import build_report
from reports.domain.printable import without_free_text
from reports.domain.text_gate import visual_width
from reports.domain.words import LeadFacts, Words
from tests.reports.messages import LOCALES
from tests.reports.samples import END, START, diary_of, edition, episode, full_diary, gate

WORD_JOINER = "\u2060"
# Codes, which stand in the model beside the words, and the letters of the log.
CODE = re.compile(r"[a-z0-9_-]+|[A-Z]{1,4}|zh-Hant")
# Ids of rules, short names of sources and clocks, which are the same in every language.
ANYWHERE = re.compile(r"[A-Z]\d+b?|UTC|NHS")


@pytest.fixture(scope="module")
def chinese():
    with (LOCALES / "zh_Hant" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return Words(GNUTranslations(file), "zh-Hant")


def plain(text):
    return text.replace(WORD_JOINER, "").replace("\u00a0", " ")


class Blanked(NullTranslations):
    """A catalog that answers with the letters blanked, so that what bypasses it is seen."""

    def gettext(self, message):
        parts = re.split(r"(\{\w+\})", message)
        return "".join(p if p.startswith("{") else re.sub("[A-Za-z]", "x", p) for p in parts)

    def ngettext(self, singular, plural, number):
        return self.gettext(singular if number == 1 else plural)

    def pgettext(self, context, message):
        return self.gettext(message)


def texts_of(value):
    """Yield every text of a model that is no code."""
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts_of(item)
    elif isinstance(value, str) and not CODE.fullmatch(value):
        yield value


def test_no_english_word_reaches_the_page_but_through_the_catalog():
    diary = without_free_text(full_diary())
    model = build_report(
        diary, edition=edition(language="zh-Hant"), gate=gate(), catalog=Blanked()
    ).as_json()

    same = re.compile(rf"{model['furniture']['data_hash']}|{diary.diary_id}|\{{\w+\}}|\d[T\d:-]+")
    words = {w for t in texts_of(model) for w in re.findall(r"[A-Za-z]\w+", same.sub("", t))}
    assert {w for w in words if set(w.lower()) != {"x"} and not ANYWHERE.fullmatch(w)} == set()


def test_a_date_has_the_year_first_and_breaks_nowhere(chinese):
    day = date(2026, 5, 4)

    assert plain(chinese.full_day(day)) == "2026年5月4日"
    assert chinese.full_day(day).count(WORD_JOINER) == 5
    assert chinese.log_day(day) == "5/4"
    month = PartialDate(day=day, precision=DatePrecision.MONTH)
    assert plain(chinese.partial_date(month)) == "2026年5月"
    assert chinese.region == "TW"


def test_a_period_names_the_year_once_unless_it_changes(chinese):
    assert plain(chinese.period(START, END)) == "2026年5月4日–8月1日 · 90 天"
    over_new_year = plain(chinese.period(date(2025, 12, 1), date(2026, 1, 11)))
    assert over_new_year == "2025年12月1日–2026年1月10日 · 41 天"


def test_the_lead_is_a_whole_chinese_sentence(chinese):
    facts = LeadFacts(
        site=SitedSide(site="upper_lip", side=Side.LEFT),
        running_days=30,
        episodes=9,
        twitch_days=9,
        rate_days=28,
        recorded_days=28,
        new_site=SitedSide(site="lower_eyelid", side=Side.LEFT),
        new_since=date(2026, 5, 20),
        new_episodes=4,
    )

    assert plain(chinese.lead(facts)) == (
        "左上唇，4 週，目前約每 10 天有 3 天。自5月20日起另有左下眼皮（9 次發作中 4 次）。"
    )


def test_the_emergency_number_stands_on_every_page(chinese):
    assert chinese.foot_left("119") == (
        "由病人自行記錄，無人即時閱讀。並非診斷。緊急時請撥打 119。"
    )


def test_only_a_language_without_review_says_that_it_awaits_one(chinese):
    assert "尚待" in chinese.translation_note
    assert Words(NullTranslations(), "en").translation_note == ""
    model = build_report(
        diary_of([episode(1, START)]), edition=edition(), gate=gate(), catalog=NullTranslations()
    )
    assert not any("translation" in line for line in model.page_two.quality)


@pytest.mark.parametrize("side", [*Side, None])
@pytest.mark.parametrize("site", SITES.codes)
def test_no_chinese_place_breaks_the_narrow_column_of_the_log(chinese, site, side):
    text = chinese.short_site(SitedSide(site=site, side=side), 12)

    assert visual_width(text) <= 15
    assert "…" not in text
