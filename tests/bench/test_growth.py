"""The growth benchmark in small: what counts as growing, and what the chart shows of it."""

import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

from bench.growth_chart import Cost, chart, faster_than_the_answer

ROOT = Path(__file__).resolve().parents[2]
SMALL = ("--persons", "20", "200", "--entries", "1", "60", "--rounds", "1")
MEASURED = {
    "POST one episode",
    "assessment",
    "claim of due looks",
    "list of 50",
    "pull of 500",
    "weekly look",
}


def test_nothing_says_more_to_the_database_among_more_persons_or_with_more_entries():
    done = subprocess.run(
        [sys.executable, "bench/growth.py", *SMALL],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,  # it ends with 1 where something took longer, which a busy machine decides
    )

    statements = defaultdict(list)
    for line in done.stdout.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 1 and cells[1] in MEASURED:
            statements[cells[1]].append(int(cells[5]))
    assert statements.keys() == MEASURED
    assert {
        name: (len(each), len(set(each))) for name, each in statements.items()
    } == dict.fromkeys(MEASURED, (4, 1))


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
