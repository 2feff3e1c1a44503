"""The shapes of the web page's figures, taken back into the numbers they were drawn from."""

import re
from dataclasses import fields, replace
from itertools import pairwise

import pytest

from diary.domain.entries import Side
from reports.domain.bands import Timeline
from reports.domain.model import build_report
from reports.domain.sections.where import DRAWN_SITES
from reports.render.face_chart import CENTER, PLACES, face_chart
from reports.render.forest_chart import Interval, interval, ticks
from reports.render.timeline_chart import COUNTS, shade_bounds, timeline_chart
from tests.reports.samples import CATALOG, diary_of, edition, full_diary, gate

TITLES = ("Episodes per day", "Strongest", "Time of day")


def model_of(diary):
    return build_report(diary, edition=edition(), gate=gate(), catalog=CATALOG)


@pytest.fixture(scope="module")
def model():
    return model_of(full_diary())


def boxes(path):
    """Return (x, y, width, height) of each rectangle of a path."""
    number = r"(-?[\d.]+)"
    return [
        tuple(float(value) for value in found)
        for found in re.findall(rf"M{number} {number}h{number}v{number}h-{number}z", path)
    ]


def test_the_bars_are_as_high_as_the_counts(model):
    chart = timeline_chart(model.when, TITLES)
    highest = max(4, *model.when.counts)

    drawn = {int(x): round(height * highest / COUNTS) for x, _, _, height, _ in boxes(chart.bars)}
    assert drawn == {day: count for day, count in enumerate(model.when.counts) if count}


def test_the_hatched_runs_cover_exactly_the_days_without_record(model):
    chart = timeline_chart(model.when, TITLES)

    days = sum(float(run.width.rstrip("%")) for run in chart.missing) * model.when.days / 100
    assert days == pytest.approx(model.when.recorded.count(False), abs=0.05)


def test_every_cell_of_the_heat_strip_is_drawn_once_in_its_shade(model):
    chart = timeline_chart(model.when, TITLES)

    drawn = [
        (n, int(x), int(y // 12)) for n, path in enumerate(chart.shades) for x, y, *_ in boxes(path)
    ]
    assert sorted(drawn) == sorted((c.shade, c.day, c.bin) for c in model.when.heat)


def test_the_legend_of_the_shades_covers_every_cell(model):
    bounds = {shade: (fewest, most) for shade, fewest, most in shade_bounds(model.when.heat)}

    assert all(bounds[c.shade][0] <= c.episodes <= bounds[c.shade][1] for c in model.when.heat)


def test_numbered_events_of_the_same_day_stand_above_each_other(model):
    event = model.when.events[0]
    chart = timeline_chart(replace(model.when, events=(event, event, event)), TITLES)

    assert [mark.number for mark in chart.events] == [1, 2, 3]
    assert len({mark.x for mark in chart.events}) == 1
    assert len({mark.y for mark in chart.events}) == 3


def test_strong_bars_lie_beyond_the_dotted_line(model):
    chart = timeline_chart(model.when, TITLES)
    stress = next(strip for strip in model.when.strips if strip.code == "stress")
    drawn = next(strip for strip in chart.strips if strip.band.title == stress.label)

    beyond = [day for day, value in enumerate(stress.values) if value and value >= 7]
    assert [int(x) for x, *_ in boxes(drawn.strong)] == beyond


def test_an_empty_timeline_is_hatched_from_end_to_end():
    chart = timeline_chart(model_of(diary_of()).when, TITLES)

    assert [(run.x, run.width) for run in chart.missing] == [("0%", "100%")]
    assert chart.bars == chart.stems == ""


def test_a_timeline_without_a_day_is_drawn_as_nothing(model):
    nothing = {field.name: type(getattr(model.when, field.name))() for field in fields(model.when)}

    chart = timeline_chart(Timeline(**nothing), TITLES)

    assert (chart.bars, chart.dots, chart.missing, chart.margin) == ("", (), (), ())


@pytest.mark.parametrize(("side", "viewers_right"), [(Side.LEFT, True), (Side.RIGHT, False)])
def test_the_patients_left_is_on_the_viewers_right(side, viewers_right):
    chart = face_chart(model_of(full_diary(side=side)).where)

    assert all((float(mark.x) > CENTER) is viewers_right for mark in chart.marks)
    assert {mark.anchor for mark in chart.marks} == {"start" if viewers_right else "end"}


def test_the_labels_of_the_face_never_touch(model):
    marks = [replace(model.where.marks[0], site=site) for site in list(PLACES)[:5]]
    heights = [float(m.line_y) for m in face_chart(replace(model.where, marks=tuple(marks))).marks]

    assert all(below - above >= 74 for above, below in pairwise(heights))


def test_every_drawn_site_has_a_place_on_the_page():
    assert set(PLACES) == DRAWN_SITES


def test_the_axis_of_the_factors_is_logarithmic():
    half, even, double, _ = (float(tick.x.rstrip("%")) for tick in ticks())

    assert double - even == pytest.approx(even - half, abs=0.2)


@pytest.mark.parametrize(("ratio", "drawn"), [(3.0, True), (4.5, False)])
def test_an_interval_beyond_the_axis_ends_in_arrows(model, ratio, drawn):
    row = replace(model.goes_with.rows[0], ratio=ratio, low=0.2, high=9.0)

    found = interval(row)
    assert found is not None
    assert found == Interval(
        x=found.x, low="0.0%", high="100.0%", is_below=True, is_above=True, is_drawn=drawn
    )


def test_nothing_is_drawn_where_nothing_is_compared(model):
    assert interval(replace(model.goes_with.rows[0], ratio=None)) is None
