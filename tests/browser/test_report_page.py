"""The report's web page in a real Chromium: accessible, narrow or wide, light or dark, on paper."""

import io

import pikepdf
import pytest
from django.utils import translation

from reports.domain.model import build_report
from reports.render.html import PageLinks, report_page
from tests.reports.samples import CATALOG, diary_of, edition, full_diary, gate

LINKS = PageLinks(pdf="/report.pdf", fhir="/report.fhir.json", close="/close")
DIARIES = {
    "empty": diary_of,
    "some": lambda: full_diary(episodes=25),
    "full": full_diary,
    "hostile": lambda: full_diary(
        episodes=12,
        display_name="<script>console.log('name')</script><img src=x onerror=alert(1)>" * 3,
        problem=None,
    ),
}


def page_of(diary, language="en", catalog=CATALOG):
    model = build_report(diary, edition=edition(language=language), gate=gate(), catalog=catalog)
    return report_page(model, catalog=catalog, links=LINKS)


def chinese_page():
    with translation.override("zh-hant"):
        return page_of(full_diary(episodes=25), "zh-Hant", translation)


@pytest.fixture(scope="module")
def addresses(site):
    pages = {name: page_of(diary()) for name, diary in DIARIES.items()}
    return {name: site(name, page) for name, page in (pages | {"chinese": chinese_page()}).items()}


def opened(browser, address, **how):
    browser.visit(address, **how)
    browser.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_axe_finds_nothing_and_nothing_is_loaded_from_elsewhere(browser, addresses, width, scheme):
    opened(browser, addresses["some"], width=width, scheme=scheme)

    origin = addresses["some"].rsplit("/", 1)[0]
    news = browser.ask("news")
    assert browser.axe() == []
    assert news["messages"] == []
    assert all(url.startswith((f"{origin}/", "data:")) for url in news["requests"])


@pytest.mark.parametrize("name", ["empty", "chinese"])
def test_axe_finds_nothing_in_an_empty_or_a_chinese_report(browser, addresses, name):
    opened(browser, addresses[name], width=360)

    assert browser.axe() == []


def test_a_chinese_page_says_so_and_speaks_chinese(browser, addresses):
    browser.visit(addresses["chinese"])

    assert browser.evaluate("document.documentElement.lang") == "zh-Hant-TW"
    assert "\u8a3a\u65b7" in browser.evaluate("document.body.innerText")


def test_axe_and_the_policy_do_find_what_is_wrong(browser, site):
    page = page_of(diary_of())
    planted = page.replace(
        "<main", '<p style="color:#999">pale<img src="http://127.0.0.2/x.png"><main'
    )

    browser.visit(site("planted", planted))

    assert {wrong["id"] for wrong in browser.axe()} >= {"image-alt", "region"}
    assert any("Content Security Policy" in said for said in browser.ask("news")["messages"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_color_stands_out_from_the_page(browser, addresses, scheme):
    browser.visit(addresses["empty"], scheme=scheme)

    ratios = {name: contrast(*browser.evaluate(COLORS % name)) for name in LEAST_CONTRAST}
    assert {name: r for name, r in ratios.items() if r < LEAST_CONTRAST[name]} == {}


# Text keeps 7:1, marks that carry a finding 3:1; the palest cell has an outline in shade-1.
LEAST_CONTRAST = {
    **dict.fromkeys(["ink", "quiet", "alert", "deep"], 7),
    **dict.fromkeys(["shade-1", "shade-2", "shade-3", "contour"], 3),
}
COLORS = """['%s', 'paper'].map((name) => {
  const color = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`);
  const probe = document.body.appendChild(document.createElement('p'));
  probe.style.color = color;
  return getComputedStyle(probe).color.match(/\\d+/g).map(Number);
})"""


def contrast(color, paper):
    darker, lighter = sorted(luminance(shade) for shade in (color, paper))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color):
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in color)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
@pytest.mark.parametrize("name", [*DIARIES, "chinese"])
def test_nothing_hangs_over_the_edge_of_the_screen(browser, addresses, name, width):
    opened(browser, addresses[name], width=width)

    assert browser.evaluate("document.documentElement.scrollWidth") <= width


def test_no_text_is_smaller_than_a_reader_can_stand(browser, addresses):
    browser.visit(addresses["full"], width=360)

    assert browser.evaluate(SMALLEST_TEXT) >= 11


SMALLEST_TEXT = """(() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let smallest = Infinity;
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !element.getClientRects().length) continue;
    const scale = element.closest('.face')?.getScreenCTM().a ?? 1;
    smallest = Math.min(smallest, parseFloat(getComputedStyle(element).fontSize) * scale);
  }
  return smallest;
})()"""
FOCUSED = """(() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    what: element.getAttribute('href') || element.getAttribute('aria-label') || element.tagName,
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.width > 0,
  };
})()"""


def test_the_skip_link_is_first_and_leads_past_the_head(browser, addresses):
    browser.visit(addresses["full"], width=360)

    browser.press("Tab")
    first = browser.evaluate(FOCUSED)
    browser.press("Enter", "Tab")
    after = browser.evaluate(FOCUSED)

    assert first == {"what": "#report", "outlined": True, "seen": True}
    assert after["what"] == "SUMMARY"


def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(browser, addresses):
    browser.visit(addresses["full"], width=768)
    reached = []
    for _ in range(24):
        browser.press("Tab")
        reached.append(browser.evaluate(FOCUSED))

    order = [stop["what"] for stop in reached]
    assert order[:5] == ["#report", "/report.pdf", "/report.fhir.json", "BUTTON", "#why"]
    assert "Episode log, can be scrolled" in order
    assert all(stop["outlined"] and stop["seen"] for stop in reached[: order.index("BODY")])


def test_the_table_of_the_figure_opens_and_scrolls_by_keyboard(browser, addresses):
    browser.visit(addresses["full"], width=360)
    browser.evaluate("document.querySelector('[aria-labelledby=when] summary').focus()")

    browser.press("Enter", "Tab", "End")
    browser.evaluate("new Promise((done) => setTimeout(done, 400))")

    assert browser.evaluate("document.querySelector('[aria-labelledby=when] details').open")
    assert browser.evaluate("document.activeElement.scrollTop") > 500


def test_the_page_reads_the_same_without_scripts(browser, addresses):
    browser.visit(addresses["full"], script=False)

    assert browser.evaluate("document.querySelectorAll('script').length") == 0
    assert "Episode log" in browser.evaluate("document.body.innerText")


def test_hostile_texts_stay_texts(browser, addresses):
    browser.visit(addresses["hostile"])

    assert browser.evaluate("document.querySelectorAll('script, img').length") == 0
    assert browser.evaluate("document.querySelector('.name').innerText").startswith("<script>")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_printed_page_holds_everything_on_few_sheets(browser, addresses, paper):
    browser.visit(addresses["full"], scheme="dark")

    with pikepdf.open(io.BytesIO(browser.pdf(paper))) as file:
        sheets = len(file.pages)

    assert 3 <= sheets <= 4
    assert browser.evaluate("matchMedia('print').matches") is False
