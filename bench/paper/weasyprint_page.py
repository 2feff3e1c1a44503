"""The log table and the charts of a report model by WeasyPrint: HTML with SVG inside.

Reads a job on standard input, writes the PDF to standard output; imports nothing of the service.
"""

import json
import sys
from html import escape
from pathlib import Path
from typing import Any

import weasyprint

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bench.paper.charts import (
    WIDTH,
    Circle,
    Label,
    Line,
    Rectangle,
    Shape,
    factors,
    timeline,
)

STYLE = """
@page { size: A4; margin: 10mm 12mm }
html { font: 8pt "Report", "Report TC"; color: #16202b }
.log { columns: 3; column-gap: 3.5mm; font-size: 7.2pt }
table { border-collapse: collapse; width: 100% }
th { text-align: left; font-weight: normal; color: #4d5a66 }
tr { break-inside: avoid }
td { padding: .15mm .5mm }
.strong { background: #dfe6ec; font-weight: bold }
svg { display: block }
"""
COLUMNS = ("date", "time", "length", "strength", "where", "codes", "tried")


def page(job: dict[str, Any]) -> str:
    """Return the HTML of a job: the charts, then the log."""
    model = job["model"]
    labels = model["furniture"]["labels"]
    heads = "".join(f"<th scope=col>{escape(labels['log_' + name])}</th>" for name in COLUMNS)
    rows = "".join(_row(row) for row in model["page_two"]["log"])
    charts = "".join(_drawing(*chart(model)) for chart in (timeline, factors))
    return (
        f"<!doctype html><html lang={model['furniture']['language']}><title>{labels['title']}"
        f"</title><style>{_faces(job['fonts'])}{STYLE}</style><body>{charts}"
        f"<div class=log><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _faces(fonts: list[str]) -> str:
    return "".join(_face(Path(font)) for font in fonts)


def _face(font: Path) -> str:
    family = "Report TC" if "TC" in font.name else "Report"
    weight = "bold" if "Bold" in font.name else "600" if "Semibold" in font.name else "normal"
    style = "italic" if font.stem.endswith("It") else "normal"
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style};'
        f' src: url("{font.as_uri()}") }}'
    )


def _row(row: dict[str, Any]) -> str:
    cells = "".join(f"<td>{escape(_text(row[name]))}</td>" for name in COLUMNS)
    is_strong = row["strength"] is not None and row["strength"] >= 7  # noqa: PLR2004 - as printed
    return f"<tr class=strong>{cells}</tr>" if is_strong else f"<tr>{cells}</tr>"


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)


def _drawing(height: float, shapes: tuple[Shape, ...]) -> str:
    drawn = "".join(_element(shape) for shape in shapes)
    return (
        f'<svg width="{WIDTH}mm" height="{height}mm" viewBox="0 0 {WIDTH} {height}">{drawn}</svg>'
    )


def _element(shape: Shape) -> str:
    if isinstance(shape, Rectangle):
        return (
            f'<rect x="{shape.x:.3f}" y="{shape.y:.3f}" width="{shape.width:.3f}"'
            f' height="{shape.height:.3f}" fill="{shape.fill}"'
            f' stroke="{shape.stroke or "none"}" stroke-width=".12"/>'
        )
    if isinstance(shape, Line):
        return (
            f'<line x1="{shape.x1:.3f}" y1="{shape.y1:.3f}" x2="{shape.x2:.3f}"'
            f' y2="{shape.y2:.3f}" stroke="{shape.color}" stroke-width="{shape.width}"/>'
        )
    if isinstance(shape, Circle):
        return (
            f'<circle cx="{shape.x:.3f}" cy="{shape.y:.3f}" r="{shape.radius}"'
            f' fill="{shape.fill}" stroke="{shape.stroke}" stroke-width=".12"/>'
        )
    return _words(shape)


def _words(label: Label) -> str:
    return (
        f'<text x="{label.x:.3f}" y="{label.y:.3f}" font-size="2.47" fill="#4d5a66"'
        f' text-anchor="{label.anchor}">{escape(label.text)}</text>'
    )


if __name__ == "__main__":
    variant = sys.argv[1] if len(sys.argv) > 1 else None
    document = weasyprint.HTML(string=page(json.load(sys.stdin)))
    sys.stdout.buffer.write(document.write_pdf(pdf_variant=variant))
