"""The log table and the charts of a report model by ReportLab: a flowing table and shapes.

Reads a job on standard input, writes the PDF to standard output; imports nothing of the service.
Set in Helvetica, or in the first TrueType font of the job: ReportLab reads no OpenType outlines.
"""

import io
import json
import sys
from pathlib import Path
from typing import Any

from reportlab.graphics import shapes as drawn
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Table,
)

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.paper.charts import (
    WIDTH,
    Circle,
    Line,
    Rectangle,
    Shape,
    factors,
    timeline,
)

COLUMNS = ("date", "time", "length", "strength", "where", "codes", "tried")
WIDTHS = tuple(width * mm for width in (9.6, 7.6, 9.2, 6.4, 16, 5.6, 6.2))
STRONG = 7


def page(job: dict[str, Any]) -> bytes:
    """Return the PDF of a job: one page with the charts, then the log in three columns."""
    font = _font([path for path in job["fonts"] if path.endswith(".ttf")])
    model = job["model"]
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4, title=model["furniture"]["labels"]["title"])
    document.addPageTemplates([_template("charts", 1), _template("log", 3)])
    charts = [_drawing(*chart(model), font) for chart in (timeline, factors)]
    document.build([*charts, NextPageTemplate("log"), PageBreak(), _log(model, font)])
    return out.getvalue()


def _font(true_type: list[str]) -> str:
    if not true_type:
        return "Helvetica"
    pdfmetrics.registerFont(TTFont("Report", true_type[0]))
    return "Report"


def _template(name: str, columns: int) -> PageTemplate:
    width = WIDTH * mm / columns
    frames = [
        Frame(12 * mm + n * width, 10 * mm, width, A4[1] - 20 * mm, 0, 0, 0, 0)
        for n in range(columns)
    ]
    return PageTemplate(id=name, frames=frames)


def _log(model: dict[str, Any], font: str) -> Flowable:
    labels = model["furniture"]["labels"]
    rows = model["page_two"]["log"]
    cells = [["" if row[name] is None else str(row[name]) for name in COLUMNS] for row in rows]
    strong = [
        ("BACKGROUND", (0, n + 1), (-1, n + 1), HexColor("#dfe6ec"))
        for n, row in enumerate(rows)
        if row["strength"] is not None and row["strength"] >= STRONG
    ]
    return Table(
        [[labels["log_" + name] for name in COLUMNS], *cells],
        colWidths=WIDTHS,
        repeatRows=1,
        style=[
            ("FONT", (0, 0), (-1, -1), font, 7.2, 8),
            ("PADDING", (0, 0), (-1, -1), 0.5),
            *strong,
        ],
    )


def _drawing(height: float, shapes: tuple[Shape, ...], font: str) -> Flowable:
    drawing = drawn.Drawing(WIDTH * mm, height * mm)
    for shape in shapes:
        drawing.add(_element(shape, height, font))
    return drawing


def _element(shape: Shape, height: float, font: str) -> drawn.Shape:
    if isinstance(shape, Rectangle):
        return drawn.Rect(
            shape.x * mm,
            (height - shape.y - shape.height) * mm,
            shape.width * mm,
            shape.height * mm,
            fillColor=HexColor(shape.fill),
            strokeColor=HexColor(shape.stroke) if shape.stroke else None,
            strokeWidth=0.35,
        )
    if isinstance(shape, Line):
        return drawn.Line(
            shape.x1 * mm,
            (height - shape.y1) * mm,
            shape.x2 * mm,
            (height - shape.y2) * mm,
            strokeColor=HexColor(shape.color),
            strokeWidth=shape.width * mm,
        )
    if isinstance(shape, Circle):
        return drawn.Circle(
            shape.x * mm,
            (height - shape.y) * mm,
            shape.radius * mm,
            fillColor=HexColor(shape.fill),
            strokeColor=HexColor(shape.stroke),
            strokeWidth=0.35,
        )
    return drawn.String(
        shape.x * mm,
        (height - shape.y) * mm,
        shape.text,
        fontName=font,
        fontSize=7,
        textAnchor=shape.anchor,
    )


if __name__ == "__main__":
    sys.stdout.buffer.write(page(json.load(sys.stdin)))
