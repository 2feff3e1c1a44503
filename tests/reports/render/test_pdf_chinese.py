"""The two pages in Traditional Chinese, drawn with the shipped font."""

import io

import pikepdf
from django.utils import translation

from reports.domain.model import attachment, build_report
from reports.render.fonts import text_gate
from reports.render.pdf import render_pdf
from tests.reports.render.test_pdf import text_of
from tests.reports.samples import edition, full_diary


def drawn(diary, **changes):
    chosen = edition(language="zh-Hant", **changes)
    with translation.override(chosen.language):
        model = build_report(diary, edition=chosen, gate=text_gate(), catalog=translation)
    return pikepdf.open(io.BytesIO(render_pdf(model, attachment(diary, model))))


def test_the_file_says_which_chinese_it_is():
    with drawn(full_diary(3)) as pdf:
        assert str(pdf.Root.Lang) == "zh-TW"
        assert str(pdf.open_metadata()["dc:title"]).startswith("臉部抽動日記")


def test_page_two_says_that_the_translation_awaits_review():
    with drawn(full_diary(3)) as pdf:
        assert "尚待以中文為母語的臨床醫師審閱" in text_of(pdf.pages[1])
        assert "緊急時請撥打119" in text_of(pdf.pages[0]).replace(" ", "")
