"""What stands out: text from the ground behind it, and marks that carry a finding from paper."""

import io

import numpy as np
import pikepdf
import pytest

from tests.reports.form.editions import SOME, printed
from tests.reports.form.paper import contrast, ground, letters, pages_of, shapes

EVERY_TEXT = 4.5
TEXT_ON_PAPER = 7
MARK = 3
PAPER = (255, 255, 255)
SCALE = 2  # pixels a point
# Fills and lines that carry no finding of their own, and what tells it instead.
CONTEXT = {
    "#b9c2ca": "rules between sections and rows",
    "#dde3e8": "the grid of the charts, whose numbers stand beside it",
    "#c3ccd3": "daily values short of the dotted line: their height tells it",
    "#dfe6ec": "the ground of a log row whose strength is printed in bold",
    "#bfbfbf": "what the reader of these tests calls a pattern; its ink is tested by itself",
}


@pytest.mark.parametrize(("diary", "paper", "language"), SOME)
def test_text_stands_out_from_its_ground(diary, paper, language):
    for page in pages_of(printed(diary, paper, language).content):
        assert faint_text(page) == []


@pytest.mark.parametrize(("diary", "paper", "language"), SOME)
def test_marks_stand_out_from_paper_or_have_an_outline(diary, paper, language):
    for page in pages_of(printed(diary, paper, language).content):
        assert faint_marks(page) <= CONTEXT.keys()


@pytest.mark.parametrize("diary", ["no_days", "usual"])
def test_the_hatching_of_days_without_record_stands_out(diary):
    inks = pattern_inks(printed(diary).content)

    assert len(inks) >= 1
    assert all(contrast(ink, PAPER) >= MARK for ink in inks)


def test_faint_text_is_noticed(drawn_with):
    dark, light = '#let secondary = rgb("#4d5a66")', '#let secondary = rgb("#666")'

    first, _ = pages_of(drawn_with(dark, light))

    assert faint_text(first) != []


def test_text_on_a_dark_ground_is_noticed(drawn_with):
    _, last = pages_of(drawn_with(added="#place(bottom, box(fill: gray, dim[on gray]))"))

    assert "".join(letter.text for letter in faint_text(last)) == "ongray"


def test_a_faint_mark_is_noticed(drawn_with):
    _, last = pages_of(drawn_with(added='#place(bottom, circle(fill: rgb("#9ab")))'))

    assert faint_marks(last) - CONTEXT.keys() == {"#99aabb"}


def faint_text(page):
    """Return the letters too close in lightness to what lies behind their middle."""
    height = page.get_size()[1]
    written = letters(page)
    rows = [int((height - (one.box.top + one.box.bottom) / 2) * SCALE) for one in written]
    columns = [int((one.box.left + one.box.right) / 2 * SCALE) for one in written]
    behind = ground(page, scale=SCALE)[rows, columns]
    least = np.where((behind == PAPER).all(axis=1), TEXT_ON_PAPER, EVERY_TEXT)
    found = contrast([one.color for one in written], behind)
    return [one for one, is_faint in zip(written, found < least, strict=True) if is_faint]


def faint_marks(page):
    """Return the colors of shapes of which neither fill nor outline stands out from paper."""
    return {
        f"#{bytes(shape.fill or shape.stroke).hex()}"
        for shape in shapes(page)
        if shape.fill != PAPER
        and all(contrast(ink, PAPER) < MARK for ink in (shape.fill, shape.stroke) if ink)
    }


def pattern_inks(content):
    """Return the colors in which the patterns of a PDF are drawn."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        patterns = [p for page in pdf.pages for p in page.Resources.get("/Pattern", {}).values()]
        operations = [o for pattern in patterns for o in pikepdf.parse_content_stream(pattern)]
    return {
        tuple(round(float(channel) * 255) for channel in operation.operands)
        for operation in operations
        if str(operation.operator) in {"SCN", "scn", "RG", "rg"}
    }
