"""What can still be told apart on a gray office printer, and by eyes that see no red and green."""

from dataclasses import replace

import numpy as np
import pytest

from reports.render.pdf import render_pdf
from tests.reports.form.editions import described, printed
from tests.reports.form.paper import contrast, letters, linear, luminance, pages_of, pixels, shapes

PIXELS_PER_MM = 5
SCALE = PIXELS_PER_MM * 25.4 / 72
APART = 12  # steps of lightness, 0 to 100, that two states differ by at least
# What a deuteranope sees, in linear light: Machado, Oliveira and Fernandes 2009, severity 1.
DEUTERANOPE = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)


def in_gray(picture):
    """Return the lightness of each pixel as a gray printer lays it down, 0 to 100."""
    return lightness(luminance(picture))


def without_red_and_green(picture):
    """Return the lightness of each pixel as a deuteranope sees it, 0 to 100."""
    seen = np.clip(linear(picture) @ DEUTERANOPE.T, 0, 1)
    return lightness(seen @ np.array([0.2126, 0.7152, 0.0722]))


def lightness(light):
    return np.where(light > 0.008856, 116 * np.cbrt(light) - 16, 903.3 * light)


def test_a_day_without_record_differs_from_a_recorded_one():
    assert area_apart(recorded_days(all_of_them=True), recorded_days(all_of_them=False)) > 300


@pytest.mark.parametrize("shade", [0, 1, 2])
def test_each_step_of_the_time_of_day_differs_from_the_next(shade):
    assert area_apart(shaded(shade), shaded(shade + 1)) > 100


def test_values_beyond_the_dotted_line_differ_from_those_short_of_it():
    assert area_apart(dark_strips("above"), dark_strips("below")) > 100


@pytest.mark.parametrize(("mark", "other"), [("clear", "possible"), ("possible", "none")])
def test_the_marks_of_what_goes_with_it_differ(mark, other):
    assert area_apart(marked(mark), marked(other)) > 10


def test_each_rule_that_holds_has_a_dark_flag_with_its_letter():
    report = printed("crowded")

    flags = dark_flags(pages_of(report.content)[0])

    assert flags == [rule.letter for rule in report.model.why.rules]


def test_a_yes_is_bold_and_flagged_and_a_no_is_not():
    report = printed("usual")
    yes = [row for row in report.model.warning_signs.rows if row.yes > 0]

    written = letters(pages_of(report.content)[0])

    assert sum(letter.text == "▲" for letter in written) == len(yes) > 0


def test_days_without_record_that_are_not_hatched_are_noticed(broken_template):
    broken_template(".35pt + contour", ".35pt + white")

    assert area_apart(recorded_days(all_of_them=True), recorded_days(all_of_them=False)) == 0


def test_marks_that_are_all_alike_are_noticed(broken_template):
    broken_template("square(x, y, 2mm, shades.at(3))", "square(x, y, 1.9mm, shades.at(0))")

    assert area_apart(marked("clear"), marked("possible")) == 0


def test_steps_told_by_hue_alone_are_noticed(broken_template):
    broken_template('rgb("#6294c2")', 'rgb("#e8c0c0")')

    assert area_apart(shaded(0), shaded(1)) < 1


def recorded_days(*, all_of_them):
    model, _ = described("usual", attachment=False)
    return replace(model, when=replace(model.when, recorded=(all_of_them,) * model.when.days))


def shaded(shade):
    model, _ = described("usual", attachment=False)
    heat = tuple(replace(cell, shade=shade) for cell in model.when.heat)
    return replace(model, when=replace(model.when, heat=heat))


def marked(mark):
    """The factors with this mark and without words, so that only the plot can differ."""
    model, _ = described("usual", attachment=False)
    rows = tuple(
        replace(row, mark=mark, label="", note="", verdict="", ratio=1.6, low=1.5, high=1.7)
        for row in model.goes_with.rows
    )
    return replace(model, goes_with=replace(model.goes_with, rows=rows))


def dark_strips(side):
    model, _ = described("usual", attachment=False)
    strips = tuple(replace(strip, dark=side) for strip in model.when.strips)
    return replace(model, when=replace(model.when, strips=strips))


def area_apart(one, other):
    """Return how many square millimeters of page 1 differ between two models, to the worst eyes."""
    first, second = (
        pixels(pages_of(render_pdf(model, b""))[0], scale=SCALE) for model in (one, other)
    )
    differs = (first != second).any(axis=2)
    steps = [
        abs(eyes(first[differs]) - eyes(second[differs]))
        for eyes in (in_gray, without_red_and_green)
    ]
    return min(float((step >= APART).sum()) for step in steps) / PIXELS_PER_MM**2


def dark_flags(page):
    """Return the letters that stand in dark boxes about as large as themselves, top to bottom."""
    dark = [s.box for s in shapes(page) if s.fill and contrast(s.fill, (255, 255, 255)) > 4.5]
    return [
        letter.text
        for letter in letters(page)
        if letter.color == (255, 255, 255)
        and any(box.meets(letter.box, slack=0) and box.right - box.left < 12 for box in dark)
    ]
