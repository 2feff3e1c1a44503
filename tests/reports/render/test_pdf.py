import io
import json
import re
import subprocess
import sys
import time
from dataclasses import replace

import pikepdf
import pytest

from diary.domain.days import daily_rows
from diary.domain.entries import HistoryItem, HistoryKind, Person, RemedyTrial, Side, SitedSide
from diary.domain.findings import Addressee, Finding, Level
from diary.domain.rules.registry import RULES
from diary.domain.vocabulary import SITES
from reports.domain.model import attachment, build_report
from reports.render import pdf as renderer
from reports.render import pdf_child
from reports.render.fonts import text_gate
from reports.render.pdf import RenderError, render_pdf
from tests.reports.samples import (
    CATALOG,
    START,
    catalog_of,
    diary_of,
    edition,
    episode,
    full_diary,
    uuid,
)


def drawn(diary, **changes):
    made = edition(**changes)
    catalog = catalog_of(made.language)
    model = build_report(diary, edition=made, gate=text_gate(), catalog=catalog)
    return render_pdf(model, attachment(diary, model))


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def elements(node):
    """Yield every element of the structure tree as (tag, dictionary)."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield str(kid.S), kid
            yield from elements(kid)


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


def crowded_diary(episodes):
    """Everything page 1 can hold at once, each text as long as it may be."""
    long = "Wide words in a long name that goes on and on " * 5
    day = START
    places = [SitedSide(site=s, side=side) for s in SITES.codes for side in (Side.LEFT, Side.RIGHT)]
    findings = [
        Finding(
            rule=rule.id,
            version=1,
            level=Level.SEE_DOCTOR,
            addressee=Addressee.NEUROLOGIST,
            first_day=day,
            last_day=day,
            numbers={"days": 90, "logged_days": 80, "reports": 9},
        )
        for rule in RULES[:9]
    ]
    base = full_diary(episodes)
    extra = tuple(episode(9_000 + n, day, sites=tuple(places[n:] + places[:n])) for n in range(60))
    logged = (*extra, *base.episodes)
    return replace(
        base,
        display_name=long,
        person=Person(birth_year=1950, sex="female", country="US"),
        problem=replace(base.problem, question=long),
        episodes=logged,
        days=daily_rows(logged, base.check_ins),
        assessment=replace(base.assessment, findings=tuple(findings)),
        medications=tuple(replace(m, name=long, dose=long) for m in base.medications * 3),
        history=tuple(
            HistoryItem(id=uuid(n), kind=kind, item="own", own_label=long)
            for n, kind in enumerate(list(HistoryKind) * 4)
        ),
        remedy_trials=tuple(
            RemedyTrial(id=uuid(n), remedy="own", own_label=long, started_on=day) for n in range(9)
        ),
    )


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("episodes", [0, 3, 143, 5000])
def test_the_report_is_two_pages_whatever_was_logged(episodes, paper):
    with opened(drawn(full_diary(episodes), paper=paper)) as pdf:
        assert len(pdf.pages) == 2
        assert "Episode log" in text_of(pdf.pages[1])
        assert "Medicines now" in text_of(pdf.pages[0])


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("episodes", [0, 300])
def test_page_one_never_spills_when_everything_is_full(episodes, paper):
    with opened(drawn(crowded_diary(episodes), paper=paper)) as pdf:
        assert len(pdf.pages) == 2
        assert "Daily life affected" in text_of(pdf.pages[0])


def test_an_empty_diary_is_two_pages():
    with opened(drawn(diary_of())) as pdf:
        assert len(pdf.pages) == 2
        assert "cannot say" in text_of(pdf.pages[0])


@pytest.mark.parametrize(("attached", "part", "level"), [(True, "3", "A"), (False, "2", "A")])
def test_the_file_declares_its_standards(attached, part, level):
    with opened(drawn(full_diary(), attachment=attached)) as pdf:
        metadata = pdf.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == (part, level)
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(metadata["dc:title"]).startswith("Facial twitching diary")


def test_the_structure_has_one_title_named_figures_and_headed_tables():
    with opened(drawn(full_diary())) as pdf:
        found = list(elements(pdf.Root.StructTreeRoot))

        tags = [tag for tag, _ in found]
        assert tags.count("/H1") == 1
        assert tags.index("/H1") < tags.index("/H2")
        alternatives = [str(e.Alt) for tag, e in found if tag == "/Figure"]
        assert len(alternatives) == 3
        assert all(40 <= len(text) <= 900 for text in alternatives)
        tables = [element for tag, element in found if tag == "/Table"]
        assert len(tables) == 9
        assert all("/TH" in [tag for tag, _ in elements(table)] for table in tables)


def test_the_attachment_comes_out_byte_for_byte():
    diary = full_diary()
    model = build_report(diary, edition=edition(), gate=text_gate(), catalog=CATALOG)
    content = attachment(diary, model)

    with opened(render_pdf(model, content)) as pdf:
        extracted = pdf.attachments["diary.json"].get_file()
        assert extracted.read_bytes() == content
        assert extracted.mime_type == "application/json"
        assert str(pdf.Root.AF[0].AFRelationship) == "/Data"
    assert len(json.loads(content)["diary"]["episodes"]) == 143


def test_without_attachment_nothing_is_attached():
    with opened(drawn(full_diary(), attachment=False)) as pdf:
        assert len(pdf.attachments) == 0


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
