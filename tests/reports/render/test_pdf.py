import io
import re
import subprocess
import sys
import time

import pikepdf
import pytest

from reports.domain.model import attachment, build_report
from reports.render import pdf as renderer
from reports.render import pdf_child
from reports.render.fonts import text_gate
from reports.render.pdf import RenderError, render_pdf
from tests.reports.samples import (
    catalog_of,
    diary_of,
    edition,
    full_diary,
)


def drawn(diary, **changes):
    made = edition(**changes)
    catalog = catalog_of(made.language)
    model = build_report(diary, edition=made, gate=text_gate(), catalog=catalog)
    return render_pdf(model, attachment(diary, model))


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def text_of(page):
    """The characters of a page by the fonts' own ToUnicode maps."""
    maps = {name: to_unicode(font) for name, font in page.Resources.Font.items()}
    out, font = [], {}
    for operation in pikepdf.parse_content_stream(page):
        operands, operator = operation.operands, operation.operator
        if str(operator) == "Tf":
            font = maps[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            parts = operands[0] if str(operator) == "TJ" else [operands[0]]
            shown = b"".join(bytes(p) for p in parts if isinstance(p, pikepdf.String))
            out += [font.get(shown[n : n + 2], "") for n in range(0, len(shown), 2)]
    return "".join(out)


def to_unicode(font):
    content = font.ToUnicode.read_bytes().decode()
    return {
        bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be")
        for code, text in re.findall(r"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", content)
    }


def test_a_diary_without_a_day_says_that_it_cannot_say():
    with opened(drawn(diary_of())) as pdf:
        assert "cannot say" in text_of(pdf.pages[0])


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_the_same_model_gives_the_same_bytes_wherever_the_server_stands(monkeypatch, language):
    here = drawn(full_diary(3), language=language)
    for name, value in (("TZ", "Pacific/Auckland"), ("LC_ALL", "de_DE.UTF-8"), ("LANG", "de_DE")):
        monkeypatch.setenv(name, value)
    time.tzset()

    there = drawn(full_diary(3), language=language)

    monkeypatch.undo()
    time.tzset()
    assert there == here


def test_the_template_evaluates_nothing_and_opens_nothing(template):
    code = re.sub(r"^\s*//.*$", "", template, flags=re.MULTILINE)

    assert not re.search(
        r"\b(eval|read|image|plugin|import|include|link|csv|yaml|toml|xml)\b", code
    )
    assert "@preview" not in code
    assert code.count("json(") == 1


def test_a_broken_template_fails_cleanly(monkeypatch):
    monkeypatch.setattr(renderer, "_template", lambda: "#panic(sys.inputs.model)")

    with pytest.raises(RenderError) as raised:
        drawn(full_diary(3))

    assert str(raised.value) == "TypstError"


def test_the_child_sees_no_application_and_no_django():
    probe = (
        f"import runpy, sys; runpy.run_path({pdf_child.__file__!r}, run_name='probe');"
        "print('django' in sys.modules, 'reports' in sys.modules)"
    )

    seen = subprocess.run(
        [sys.executable, "-I", "-c", probe], capture_output=True, check=True, text=True
    )

    assert seen.stdout.split() == ["False", "False"]
