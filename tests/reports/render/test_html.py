"""The web page as text: what stands in it, in which order, and what never does."""

import re
from html.parser import HTMLParser

import pytest

from reports.domain.choices import Choices, Section
from reports.domain.leaving_out import chosen
from reports.domain.model import build_report
from reports.render.html import PageLinks, report_page
from tests.reports.samples import CATALOG, diary_of, edition, full_diary, gate

LINKS = PageLinks(pdf="/s/report.pdf", fhir="/s/report.fhir.json", close="/s/close")


class Outline(HTMLParser):
    """Collects tags with their attributes, ids and headings."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.ids, self.headings = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.append((tag, values))
        if "id" in values:
            self.ids.append(values["id"])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))


def model_of(diary, **changes):
    return build_report(diary, edition=edition(**changes), gate=gate(), catalog=CATALOG)


def page_of(diary, links=LINKS):
    return report_page(model_of(diary), catalog=CATALOG, links=links)


@pytest.fixture(scope="module")
def page():
    return page_of(full_diary())


def test_headings_never_skip_and_every_reference_has_its_target(page):
    outline = Outline(page)

    steps = zip(outline.headings, outline.headings[1:], strict=False)
    referred = {
        name
        for _, values in outline.tags
        for key in ("aria-labelledby", "aria-describedby")
        for name in values.get(key, "").split()
    } | {v["href"][1:] for _, v in outline.tags if v.get("href", "").startswith("#")}
    assert outline.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in steps)
    assert len(outline.ids) == len(set(outline.ids))
    assert referred <= set(outline.ids)


def test_the_policy_without_scripts_and_inline_styles_is_enough(page):
    outline = Outline(page)

    assert not any(tag in {"script", "style", "img", "iframe"} for tag, _ in outline.tags)
    assert not any(key == "style" or key.startswith("on") for _, v in outline.tags for key in v)
    assert not re.search(r"https?://", page)


def test_the_bands_stand_in_the_order_of_the_paper(page):
    order = [i for i in Outline(page).ids if i in ORDER]

    assert order == ORDER


ORDER = [
    *("why", "signs", "changed", "where", "when", "goes-with", "character"),
    *("medicines", "history", "tried", "impact"),
    *("log", "method", "words", "quality", "attached", "notes"),
]


def texts_of(value):
    """Return every text of a model, wherever it stands in it."""
    if isinstance(value, str):
        return {value}
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {text for item in items for text in texts_of(item)}


class Words(HTMLParser):
    """Collects the visible text of a page."""

    def __init__(self, page):
        super().__init__()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.text += "\n" if tag == "br" else ""

    def handle_data(self, data):
        self.text += data


SPOKEN = ("who", "why", "warning_signs", "changed", "goes_with", "character", "background")


@pytest.mark.parametrize("band", [*SPOKEN, "page_two"])
def test_every_sentence_of_the_model_is_on_the_page(page, band):
    text = Words(page).text
    model = model_of(full_diary()).as_json()

    sentences = {said for said in texts_of(model[band]) if " " in said}
    assert sentences - UNSPOKEN
    assert {said for said in sentences - UNSPOKEN if said not in text} == set()


# The short form for a full sheet, and the sources of the rules, stand in the files only.
UNSPOKEN = {
    text
    for why in [model_of(full_diary()).why]
    for text in (why.not_met_short, *(rule.source for rule in why.rules))
}


def test_the_table_of_the_figure_holds_every_day_and_every_number(page):
    when = model_of(full_diary()).when
    body = page.split('id="when"')[1].split("<tbody>")[1].split("</tbody>")[0]

    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in body.split("<tr>")[1:]]
    counted = [int(row[0]) for row in rows if row[0].isdigit()]
    assert len(rows) == when.days
    assert sum(counted) == sum(when.counts)
    assert [row[0] for row in rows].count("no record") == when.recorded.count(False)


def test_hostile_texts_are_escaped_everywhere():
    hostile = '<script>alert(1)</script> "&{{ labels }}'
    page = page_of(full_diary(display_name=hostile))

    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp;{{ labels" in page


def test_an_empty_diary_keeps_every_band_and_says_that_it_cannot_say():
    page = page_of(diary_of())

    assert [i for i in Outline(page).ids if i in ORDER] == [i for i in ORDER if i != "words"]
    assert "the diary cannot say whether it twitched" in page


def test_the_title_of_the_tab_does_not_name_the_person(page):
    title = page.split("<title>")[1].split("</title>")[0]

    assert title == "Facial twitching diary \u2013 7F3A-22C1"


@pytest.mark.parametrize("sections", [(section,) for section in Section] + [tuple(Section)])
def test_what_was_left_out_keeps_its_place_and_says_so(sections):
    choices = Choices(left_out=sections)
    model = model_of(chosen(full_diary(), choices), left_out=sections)
    page = report_page(model, catalog=CATALOG, links=LINKS)
    [sentence] = set(model.left_out.values())

    assert [i for i in Outline(page).ids if i in ORDER] == ORDER
    assert page.count(sentence) == len(sections)


def test_links_that_nobody_gave_are_not_there():
    page = page_of(full_diary(), PageLinks())

    assert not re.search(r"<form|<button|Files of this report", page)


@pytest.mark.parametrize(("episodes", "most"), [(143, 150_000), (5_000, 300_000)])
def test_the_page_is_light(episodes, most):
    page = page_of(full_diary(episodes=episodes))

    assert len(page.encode()) < most
