"""The growth benchmark in small: what counts as growing, and what the chart shows of it."""

from xml.etree import ElementTree

from bench.growth_chart import Cost, chart, faster_than_the_answer


def cost(name, *, persons=1_000, entries=100, milliseconds=1.0, statements=5, rows=1):
    return Cost(
        name=name,
        persons=persons,
        entries=entries,
        milliseconds=milliseconds,
        statements=statements,
        rows=rows,
    )


def test_what_costs_more_with_the_table_or_the_diary_is_named_and_what_answers_more_is_not():
    costs = [
        cost("flat"),
        cost("flat", persons=100_000),
        cost("flat", persons=100_000, entries=10_000),
        cost("scan"),
        cost("scan", persons=100_000, milliseconds=40.0),
        cost("scan", persons=100_000, entries=10_000, milliseconds=40.0),
        cost("chatty"),
        cost("chatty", persons=100_000),
        cost("chatty", persons=100_000, entries=10_000, statements=500),
        cost("list"),
        cost("list", persons=100_000),
        cost("list", persons=100_000, entries=10_000, milliseconds=9.0, rows=50),
    ]

    named = faster_than_the_answer([each for each in costs if each.entries == 100])
    assert named == ("scan with persons",)

    assert faster_than_the_answer(costs[3:])[-1:] == ("chatty with entries",)


def test_the_chart_is_svg_with_a_line_for_each_thing_in_both_panels():
    costs = [
        cost(name, persons=persons, entries=entries, milliseconds=persons / 500)
        for name in ("list", "look")
        for persons in (1_000, 10_000)
        for entries in (1, 100)
    ]

    drawn = ElementTree.fromstring(chart(costs))  # noqa: S314 - our own

    lines = [each for each in drawn.iter() if each.tag.endswith("polyline")]
    labels = {each.text for each in drawn.iter() if each.tag.endswith("text")}
    assert len(lines) == 4
    assert {"1,000", "10,000", "1", "100", "list", "look"} <= labels
