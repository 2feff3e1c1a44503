"""The report as a web page: the same model as on paper, readable without a script.

Templates only place what is decided here and in the model; every text passes Django's escaping.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.template.loader import render_to_string

from reports.domain.bands import Timeline
from reports.domain.comparisons import GoesWith
from reports.domain.shape import ReportModel
from reports.domain.words.catalog import Catalog
from reports.domain.words.page import PageWords
from reports.render.face_chart import face_chart
from reports.render.forest_chart import interval, ticks
from reports.render.timeline_chart import STRONG_FROM, shade_bounds, timeline_chart

# The parts of the page that its list of contents names: anchor and label.
CONTENTS = (
    ("why", "why"),
    ("signs", "warning_signs"),
    ("changed", "changed"),
    ("where", "where"),
    ("when", "when"),
    ("goes-with", "goes_with"),
    ("character", "character"),
    ("medicines", "medicines"),
    ("log", "log"),
    ("method", "method"),
    ("quality", "quality"),
)
# What the model gives in this order for the plot of factors; nothing when it is left out.
HEADS = ("days", "rates", "fewer", "more", "ratio", "rows")
MARKS = ("clear", "possible", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """Where the page leads: its files, and where its form ends the visit; empty leaves it out."""

    pdf: str = ""
    fhir: str = ""
    close: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """One date of the timeline as a row of its table."""

    date: str
    recorded: bool
    episodes: int
    mean: str
    strongest: str
    hours: str
    answers: tuple[str, ...]


def report_page(model: ReportModel, *, catalog: Catalog, links: PageLinks) -> str:
    """Return the whole HTML document of one report; `catalog` speaks the report's language."""
    words = PageWords(catalog, model.furniture.language)
    labels = model.furniture.labels
    context = {
        "language": f"{model.furniture.language}-{model.furniture.region}",
        "model": model,
        "links": links,
        "labels": labels,
        "page": words.page_labels(),
        # Without the name: titles stay in the history of a shared computer.
        "title": words.title(labels["title"], model.who.diary_id),
        "contents": [(anchor, labels[label]) for anchor, label in CONTENTS],
        "question": labels["quoted"].replace("{text}", model.why.question),
        "face": face_chart(model.where),
        "places": [{"mark": mark, "side": words.side(mark.side)} for mark in model.where.marks],
        "strong_from": STRONG_FROM,
        **_when(model, words),
        **_goes_with(model.goes_with),
    }
    return render_to_string("reports/report.html", context)


def _when(model: ReportModel, words: PageWords) -> dict[str, object]:
    when = model.when
    bounds = shade_bounds(when.heat)
    return {
        "timeline": timeline_chart(when, words.strip_titles()),
        "legend": words.legend(),
        "shades": [(shade, words.episodes_in_cell(low, high)) for shade, low, high in bounds],
        "untimed": words.untimed(sum(when.counts) - sum(when.by_bin)),
        "events": _events(model, words),
        "days": _day_rows(model, words),
        "blank_columns": 2 + len(when.strips),
        "by_bin": [(words.hours(number), count) for number, count in enumerate(when.by_bin)],
    }


def _goes_with(band: GoesWith) -> dict[str, object]:
    return {
        "heads": dict(zip(HEADS, band.heads, strict=False)),
        "factors": [(row, interval(row)) for row in band.rows],
        "factor_key": list(zip(MARKS, band.key, strict=False)),
        "axis": ticks(),
    }


def _events(model: ReportModel, words: PageWords) -> list[tuple[str, str]]:
    """Return the dates and the text of each dated event, in the order of their numbers."""
    start = model.period.first_day
    return [
        (
            words.event_dates(
                start + timedelta(days=event.day),
                None if event.end_day is None else start + timedelta(days=event.end_day),
            ),
            event.text,
        )
        for event in model.when.events
    ]


def _day_rows(model: ReportModel, words: PageWords) -> list[DayRow]:
    when = model.when
    hours = _hours_by_day(when, words)
    return [
        DayRow(
            date=words.day(model.period.first_day + timedelta(days=day)),
            recorded=when.recorded[day],
            episodes=when.counts[day],
            mean=_text(when.seven_day_mean[day]),
            strongest=_text(when.strongest[day]),
            hours=words.joined(hours.get(day, ())),
            answers=tuple(_text(strip.values[day]) for strip in when.strips),
        )
        for day in range(when.days)
    ]


def _hours_by_day(when: Timeline, words: PageWords) -> dict[int, Sequence[str]]:
    found: dict[int, list[str]] = {}
    for cell in when.heat:
        found.setdefault(cell.day, []).append(words.hours_with(cell.bin, cell.episodes))
    return dict(found)


def _text(value: float | None) -> str:
    """Return a number of the table, empty when nobody answered."""
    return "" if value is None else f"{value:.1f}".removesuffix(".0")
