"""Where things stand on paper: two pages, margins, reading order, nothing small or overprinted."""

import pytest

from tests.reports.form.editions import EVERY, printed
from tests.reports.form.paper import POINTS_PER_MM, letters, overlaps, pages_of, text_of
from tests.reports.form.structure import out_of_order, tagged

SMALLEST_TYPE = 7
MARKS = "▲"  # a mark set as a letter; its row repeats it in bold
SIDE_MARGIN = {"a4": 12, "us-letter": 15}
EDGE = 4  # millimeters above and below that every office printer leaves white


@pytest.fixture(scope="module", params=EVERY, ids="-".join)
def report(request):
    return printed(*request.param)


@pytest.fixture(scope="module")
def pages(report):
    return pages_of(report.content)


def test_there_are_two_pages_and_each_says_whose_it_is(report, pages):
    model, labels = report.model, report.model.furniture.labels

    texts = [text_of(page) for page in pages]

    assert without_breaks(labels["impact"]) in texts[0]
    assert without_breaks(labels["log"]) in texts[1]
    assert len(texts) == 2
    for number, said in enumerate(texts, start=1):
        assert without_breaks(model.who.name) in said
        assert without_breaks(model.who.description) in said
        assert without_breaks(model.period.text) in said
        page_of = labels["page_of"].replace("{page}", str(number)).replace("{pages}", "2")
        assert without_breaks(page_of) in said


def test_all_text_is_large_enough_inside_the_margins_and_clear_of_other_text(report, pages):
    for page in pages:
        assert small_type(page) == []
        assert outside_margins(page, SIDE_MARGIN[report.paper]) == []
        assert overlaps(page) == []


def test_it_is_read_aloud_in_the_order_it_is_seen(report):
    assert out_of_order(tagged(report.content)) == []


def test_small_type_is_noticed(drawn_with):
    first, _ = pages_of(drawn_with("#let small-size = 7pt", "#let small-size = 6.9pt"))

    assert small_type(first) != []


def test_text_beyond_the_margin_is_noticed(drawn_with):
    pages = pages_of(drawn_with(added="#place(bottom + right, dx: 9mm)[beyond]"))

    assert [letter.text for letter in outside_margins(pages[-1], 12)] == list("beyond")[-6:]


def test_words_over_words_are_noticed(drawn_with):
    pages = pages_of(drawn_with(added="#place(bottom)[first]#place(bottom, dx: 1mm)[second]"))

    assert overlaps(pages[-1]) == [("first", "second")]


def test_lines_that_stand_too_close_are_noticed(drawn_with):
    close = "#set par(leading: .46em, spacing: .6em)"

    pages = pages_of(drawn_with(close, close.replace(".46em", ".1em")))

    assert any(overlaps(page) for page in pages)


def test_text_that_is_read_later_than_it_is_seen_is_noticed(drawn_with):
    assert out_of_order(tagged(drawn_with(added="#place(top, heading(level: 2)[Last])"))) != []


def small_type(page):
    return [
        letter
        for letter in letters(page)
        if letter.size < SMALLEST_TYPE - 0.01 and letter.text not in MARKS
    ]


def outside_margins(page, side):
    width, height = page.get_size()
    margin, edge = side * POINTS_PER_MM - 0.5, EDGE * POINTS_PER_MM
    return [
        letter
        for letter in letters(page)
        if letter.box.left < margin
        or letter.box.right > width - margin
        or letter.box.bottom < edge
        or letter.box.top > height - edge
    ]


def without_breaks(text):
    return "".join(text.replace("\u200b", "").split())
