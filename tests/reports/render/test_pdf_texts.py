"""Any text of a person on paper: strict rendering never stops, and nothing is ever run."""

import unicodedata
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.domain.bands import Pair
from reports.domain.model import build_report
from reports.domain.printable import without_free_text
from reports.domain.text_gate import TextGate
from reports.render.fonts import text_gate
from reports.render.pdf import RenderError, render_pdf
from tests.reports.hostile import HOSTILE, diary_with
from tests.reports.render.test_pdf import drawn, opened, text_of
from tests.reports.samples import CATALOG, edition, full_diary

EDITIONS = tuple(
    {"language": language, "paper": paper, "attachment": attached}
    for language, paper, attached in product(("en", "zh-Hant"), ("a4", "us-letter"), (True, False))
)


def in_every_style(texts):
    """A report that holds the texts in regular, italic, semibold and bold."""
    model = build_report(full_diary(3), edition=edition(), gate=text_gate(), catalog=CATALOG)
    once = " ".join(texts)
    words = tuple(Pair(label=text, text=text) for text in texts)
    medicine = replace(model.background.medicines[0], name=once)
    return replace(
        model,
        why=replace(model.why, lead=once),
        background=replace(model.background, medicines=(medicine,)),
        page_two=replace(model.page_two, words=words),
    )


def test_every_code_point_there_is_can_be_printed():
    gate = text_gate()
    chunks = ["".join(map(chr, range(n, n + 64))) for n in range(0, 0x110000, 64)]
    texts = sorted({gate.clean(chunk, width=200).text for chunk in chunks})

    assert 300 < len(texts) < 2000
    assert render_pdf(in_every_style(texts), b"{}").startswith(b"%PDF-")


# Each paper, with and without attachment, in each language.
@pytest.mark.parametrize(
    "choices",
    [EDITIONS[number] for number in (0, 3, 5, 6)],
    ids=lambda choices: "-".join(map(str, choices.values())),
)
def test_hostile_texts_are_printed_and_never_run(choices):
    for start in range(2):
        texts = list(HOSTILE.values())[start::2]

        with opened(drawn(diary_with(*texts), **choices)) as pdf:
            assert len(pdf.pages) == 2
            printed = "".join(map(text_of, pdf.pages))
            assert not any(unicodedata.category(c) in {"Cc", "Co", "Cn"} for c in printed)
            assert not any(c in printed for c in "\u202e\u2067\u200f\u00ad")
            assert "root:" not in printed


@pytest.mark.parametrize("choices", EDITIONS[::7])
@pytest.mark.parametrize(
    "name", ["a file", "code", "HTML", "a formula", "a place in a sentence", "Chinese"]
)
def test_what_could_be_run_is_printed_as_it_was_written(name, choices):
    with opened(drawn(diary_with(HOSTILE[name]), **choices)) as pdf:
        assert HOSTILE[name] in text_of(pdf.pages[0]).replace("\u200b", "")


@settings(max_examples=5)
@given(
    st.lists(st.text(st.characters(), max_size=60), min_size=1, max_size=40),
    st.sampled_from(EDITIONS),
)
def test_any_texts_render_strict(texts, choices):
    with opened(drawn(diary_with(*texts, episodes=5), **choices)) as pdf:
        assert len(pdf.pages) == 2


def fonts_of(pdf):
    names = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    return {name.partition("+")[2].removesuffix("-Identity-H") for name in names}


def test_chinese_is_set_in_its_own_font_and_only_when_there_is_some():
    with opened(drawn(full_diary(3))) as english, opened(drawn(diary_with("林美華"))) as mixed:
        latin = {"SourceSansPro-Regular", "SourceSansPro-Semibold", "SourceSansPro-Bold"}

        assert fonts_of(english) == latin | {"SourceSansPro-It"}
        assert latin | {"NotoSansTC-Regular", "NotoSansTC-Bold"} <= fonts_of(mixed)
        assert text_of(mixed.pages[0]).count("林美華") >= 5


@pytest.mark.usefixtures("without_the_chinese_font")
def test_without_the_chinese_font_an_english_report_says_what_is_missing():
    with opened(drawn(full_diary(3, display_name="Lin 林美華"))) as pdf:
        assert "Lin □" in text_of(pdf.pages[0])
        assert "3 characters could not be printed" in text_of(pdf.pages[1]).replace("\xa0", " ")


def test_a_character_no_font_has_costs_the_words_and_not_the_report(monkeypatch):
    leaky = TextGate(printable=range(0x110000))
    monkeypatch.setattr("tests.reports.render.test_pdf.text_gate", lambda: leaky)
    diary = diary_with("\U0001f600 canary")

    with pytest.raises(RenderError, match="TypstError"):
        drawn(diary)
    with opened(drawn(without_free_text(diary))) as pdf:
        assert "own texts could not be printed" in text_of(pdf.pages[1])
        assert text_of(pdf.pages[1]).startswith("female")
        assert "canary" not in text_of(pdf.pages[0]) + text_of(pdf.pages[1])
        assert b"canary" not in pdf.attachments["diary.json"].get_file().read_bytes()
