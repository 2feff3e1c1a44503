"""One report as the service makes it, and what it took: run as `python -m bench.paper.quiver`.

Writes one line of JSON: seconds and peak memory of each step. The drawing has a process of its own.
"""

import argparse
import json
import resource
import sys
import time
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from reports.domain.model import attachment, build_report, recorded_text
from reports.render import pdf as renderer
from reports.render.fonts import font_files, text_gate
from tests.reports.samples import catalog_of, edition, full_diary


def log_and_charts() -> str:
    """Return the template without the bands that the other programs do not draw."""
    template = (files("reports") / "templates" / "report.typ").read_text(encoding="utf-8")
    definitions, _, second_page = template.partition("// Page 1 takes the roomiest")
    _, break_, second_page = second_page.partition("#pagebreak()")
    charts = "#heading(level: 1, words.title)\n#context { timeline-band(1); goes-with-band(1) }\n"
    log, rows, _ = second_page.partition("// The rows of the log take")
    if not rows:
        sys.exit("The template has changed its marks; see log_and_charts.")
    return definitions + charts + break_ + log + "#log-band(3.3mm)\n"


def main() -> None:
    """Make the diary, then the report of it; only the report is timed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, required=True)
    parser.add_argument("--language", required=True)
    parser.add_argument("--job", type=Path, help="write model and fonts here, for other programs")
    parser.add_argument("--log-and-charts", action="store_true", help="draw what the others draw")
    options = parser.parse_args()
    started = time.perf_counter()
    diary = full_diary(options.episodes)
    began = time.perf_counter()
    gate = text_gate()
    fonts_read = time.perf_counter()
    made = edition(language=options.language)
    recorded = recorded_text(diary)
    catalog = catalog_of(options.language)
    model = build_report(diary, edition=made, gate=gate, catalog=catalog, recorded=recorded)
    attached = attachment(diary, model, recorded=recorded)
    if options.log_and_charts:
        furniture = replace(model.furniture, attachment=False)
        model, renderer._template = replace(model, furniture=furniture), log_and_charts
    built = time.perf_counter()
    pdf = renderer.render_pdf(model, attached)
    drawn = time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if options.job:
        job = {"model": model.as_json(), "fonts": [str(path) for path in font_files()]}
        options.job.write_text(json.dumps(job))
    print(  # noqa: T201 - the answer to the process that asked
        json.dumps(
            {
                "diary": began - started,
                "model": built - fonts_read,
                "pdf": drawn - built,
                "own_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
                "drawing_kib": used.ru_maxrss,
                "drawing_cpu": used.ru_utime + used.ru_stime,
                "bytes": len(pdf),
                "attached_bytes": len(attached),
            }
        )
    )


if __name__ == "__main__":
    main()
