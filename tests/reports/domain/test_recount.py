import io
import json
import re

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diary.domain.entries import Side
from reports.domain.model import attachment, build_report
from reports.render.fonts import text_gate
from reports.render.pdf import render_pdf
from tests.reports.recount import agrees, differences, recounted
from tests.reports.recount_parts import figures
from tests.reports.samples import CATALOG, edition, full_diary, gate, long_diary


def document_of(diary):
    model = build_report(diary, edition=edition(), gate=gate(), catalog=CATALOG)
    return json.loads(attachment(diary, model))


@pytest.mark.parametrize(
    "diary",
    [long_diary(), full_diary(143), full_diary(3), full_diary(0), long_diary(side=Side.RIGHT)],
    ids=["23 weeks", "143", "3", "0", "right side"],
)
def test_page_one_is_what_the_file_inside_the_pdf_says(diary):
    model = build_report(diary, edition=edition(), gate=text_gate(), catalog=CATALOG)
    with pikepdf.open(io.BytesIO(render_pdf(model, attachment(diary, model)))) as pdf:
        document = json.loads(pdf.attachments["diary.json"].get_file().read_bytes())

    assert differences(document) == []


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000), episodes=st.integers(0, 400), weeks=st.integers(0, 32))
def test_page_one_is_what_any_attached_diary_says(seed, episodes, weeks):
    document = document_of(long_diary(episodes, seed, weeks_before=weeks))

    assert differences(document) == []


BANDS = ("period", "warning_signs", "changed", "where", "when", "goes_with", "background")
NOT_COUNTED = {"top", "ticks", "events"}  # where and how it is drawn


def leaves(value, place=()):
    """Yield the path and value of every number and text below a value."""
    if isinstance(value, dict | list):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        for step, part in parts:
            if step not in NOT_COUNTED:
                yield from leaves(part, (*place, step))
    else:
        yield place, value


def test_a_recount_finds_any_number_of_page_one_that_is_changed():
    document = document_of(long_diary())
    wanted = recounted(document)
    numbers = [
        (place, value)
        for band in BANDS
        for place, value in leaves(document["report"][band], (band,))
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]

    unseen = [
        place for place, value in numbers if place not in wanted or agrees(value + 1, wanted[place])
    ]

    assert len(numbers) > 600
    assert unseen == []


TEXTS = re.compile(
    r"period (completeness|promptness)|changed rows \d+ (cells|verdict)|character \d+ text"
    r"|goes_with rows \d+ (days|rates|verdict|label)|goes_with more|background impact_note"
)


def test_a_recount_finds_any_figure_in_a_text_of_page_one_that_is_changed():
    document = document_of(long_diary())
    wanted = recounted(document)
    texts = [
        (place, value)
        for band in (*BANDS, "character")
        for place, value in leaves(document["report"][band], (band,))
        if isinstance(value, str) and TEXTS.match(" ".join(map(str, place))) and figures(value)
    ]

    unseen = [
        place
        for place, value in texts
        if place not in wanted or agrees(re.sub(r"\d+", "9999", value, count=1), wanted[place])
    ]

    assert len(texts) > 80
    assert unseen == []


def test_a_changed_page_is_told_apart_from_its_diary():
    document = document_of(long_diary())
    document["report"]["warning_signs"]["rows"][0]["yes"] += 1

    [(place, _, _)] = differences(document)

    assert place == ("warning_signs", "rows", 0, "yes")
