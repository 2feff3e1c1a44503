"""What a screen reader and an archive find in the file: tags, names, standards, fonts."""

import io
import json
from itertools import pairwise

import pikepdf
import pytest

from reports.domain.text_gate import visual_width
from reports.render.pdf import RenderError, render_pdf
from tests.reports.form.editions import SOME, described, printed
from tests.reports.form.structure import marked_pieces, tagged, untagged_paint

LANGUAGE_TAGS = {"en": "en-GB", "zh-Hant": "zh-TW"}
TABLE_WITHOUT_HEAD = "#table(columns: 2, [a], [b], [c], [d])"


@pytest.fixture(scope="module", params=SOME, ids="-".join)
def report(request):
    return printed(*request.param)


@pytest.fixture(scope="module")
def structure(report):
    return tagged(report.content)


def test_there_is_one_title_and_no_level_of_heading_is_skipped(structure):
    levels = heading_levels(structure)

    assert wrong_levels(levels) == []


def test_every_figure_is_described_in_40_to_900_columns(report, structure):
    texts = [figure.alternative for figure in structure.elements("Figure")]

    assert badly_described(structure) == []
    assert len(set(texts)) == len(texts)
    assert bool(texts) == (report.diary != "left_out")


def test_every_table_has_a_head_whose_cells_name_their_columns(structure):
    assert structure.elements("Table") != []
    assert badly_headed(structure) == []


def test_all_paint_is_tagged_once_or_marked_as_decoration(report, structure):
    pieces = marked_pieces(report.content)
    in_tree = [pair for element in structure.root.inside() for pair in element.content]

    assert untagged_paint(report.content) == []
    assert set(pieces.values()) == {1}
    assert sorted(in_tree) == sorted(pieces)


def test_the_file_says_its_language_and_shows_its_title(report):
    with opened(report.content) as pdf:
        assert str(pdf.Root.Lang) == LANGUAGE_TAGS[report.language]
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)
        assert not bool(pdf.Root.MarkInfo.get("/Suspects", False))
        assert {str(page.Tabs) for page in pdf.pages} == {"/S"}
        title = str(pdf.open_metadata()["dc:title"])
    assert title.startswith(report.model.furniture.labels["title"])


@pytest.mark.parametrize("attached", [True, False])
@pytest.mark.parametrize("diary", ["no_days", "usual", "hostile"])
def test_it_declares_both_standards(diary, attached):
    content = render_pdf(*described(diary, attachment=attached))

    with opened(content) as pdf:
        metadata = pdf.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["pdfaid:part"] == ("3" if attached else "2")
        assert metadata["pdfaid:conformance"] == "A"
        [intent] = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert len(intent.DestOutputProfile.read_bytes()) > 0
        assert len(pdf.attachments) == int(attached)


def test_every_font_is_in_the_file(report):
    with opened(report.content) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        embedded = {str(font.BaseFont): is_embedded(font) for font in fonts}

    assert all(embedded.values())
    families = {name.partition("+")[2].partition("-")[0] for name in embedded}
    assert "SourceSansPro" in families
    assert families <= {"SourceSansPro", "NotoSansTC"}


@pytest.mark.parametrize("diary", ["no_days", "thousands", "hostile"])
def test_the_attachment_comes_out_as_it_went_in(diary):
    report = printed(diary)

    with opened(report.content) as pdf:
        extracted = pdf.attachments["diary.json"].get_file()
        specification = pdf.Root.AF[0]
        assert extracted.read_bytes() == report.attached
        assert extracted.mime_type == "application/json"
        assert specification.AFRelationship == "/Data"
        assert str(specification.Desc) == report.model.page_two.attached
    assert json.loads(report.attached)["report"] == report.model.as_json()


def test_a_second_title_is_noticed(drawn_with):
    assert wrong_levels(heading_levels(tagged(drawn_with(added="= Again")))) != []


def test_a_skipped_level_is_never_printed(drawn_with):
    with pytest.raises(RenderError):
        drawn_with("heading(level: 2, words.why)", "heading(level: 4, words.why)")


@pytest.mark.parametrize("alternative", ["", 'alt: "A chart.",'])
def test_a_figure_whose_description_says_little_is_noticed(drawn_with, alternative):
    structure = tagged(drawn_with("alt: alternative,", alternative))

    assert len(badly_described(structure)) == len(structure.elements("Figure"))


def test_a_table_without_a_head_is_noticed(drawn_with):
    assert len(badly_headed(tagged(drawn_with(added=TABLE_WITHOUT_HEAD)))) == 1


def test_loose_paint_is_noticed():
    with opened(printed("usual").content) as pdf:
        pdf.pages[0].contents_add(b"0 0 9 9 re f")
        changed = io.BytesIO()
        pdf.save(changed)

    assert untagged_paint(changed.getvalue()) == ["f"]


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def heading_levels(structure):
    return [int(element.tag[1]) for element in structure.elements("H1", "H2", "H3", "H4")]


def wrong_levels(levels):
    """Return the levels that skip one, or name a title after or instead of the first."""
    expected_first = [level for level in levels[:1] if level != 1]
    later_titles = [level for level in levels[1:] if level == 1]
    skipped = [after for before, after in pairwise(levels) if after > before + 1]
    return expected_first + later_titles + skipped


def badly_described(structure):
    texts = [figure.alternative for figure in structure.elements("Figure")]
    return [text for text in texts if not 40 <= visual_width(text) <= 900]


def badly_headed(structure):
    return [
        table
        for table in structure.elements("Table")
        if {head.scope for head in table.inside() if head.tag == "TH"} != {"Column"}
    ]


def is_embedded(font):
    [descendant] = font.DescendantFonts if "/DescendantFonts" in font else [font]
    descriptor = descendant.FontDescriptor
    return any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
