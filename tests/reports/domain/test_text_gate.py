import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.domain.text_gate import MISSING, GatedText, TextGate, visual_width
from reports.render.fonts import text_gate

LATIN = TextGate(printable=frozenset(range(0x20, 0x250)))


@pytest.mark.parametrize(
    ("hostile", "printed", "replaced"),
    [
        ("plain", "plain", 0),
        ("a\x00b\x07c", "abc", 0),
        ("line\r\none\ttwo", "line one two", 0),
        ("x\u202egpj.exe", "xgpj.exe", 0),
        ("soft\u00adhyphen\ufeff", "softhyphen", 0),
        ("\ud800lone", MISSING + "lone", 1),
        ("e\u0301", "\u00e9", 0),
        ("\U0001f600\U0001f601 hi", MISSING + " hi", 2),
        ("\u0e01\u0e32 \u6797", f"{MISSING} {MISSING}", 3),
        ("\ue000 private", f"{MISSING} private", 1),
        ("\uffff non", f"{MISSING} non", 1),
        ("v\ufe0f1 \u6797\U000e0100", f"v1 {MISSING}", 1),
        ("\u2764\ufe0f\u200d\U0001f525!", f"{MISSING}!", 2),
        ("a\u200bb\u2060c\u2064d\U000e0041e", "abcde", 0),
        ("\u2067\u05d0\u2069 \u0627\u0644", f"{MISSING} {MISSING}", 3),
        ("x\u030c\u0301\u0489y", "xy", 0),
        ("\u0301", "", 0),
        ("\u0e01\u0e34\u0301!", f"{MISSING}!", 3),
        ("e\u200d\u0301", "\u00e9", 0),
        ("\u0600", MISSING, 1),
        ("\ufdd0\U0001ffff", MISSING, 2),
        ("\ud83d\ude00", MISSING, 1),
        ("\u3000a\u2029\u00a0b\x85", "a b", 0),
        ("  many   spaces ", "many spaces", 0),
    ],
)
def test_hostile_text_becomes_printable(hostile, printed, replaced):
    cleaned = LATIN.clean(hostile, width=60)

    assert cleaned.text == printed
    assert cleaned.replaced == replaced


def test_text_is_cut_to_its_width_with_an_ellipsis():
    cleaned = LATIN.clean("word " * 20, width=12)

    assert cleaned.text == "word word w\u2026"
    assert visual_width(cleaned.text) <= 12


def test_wide_characters_count_two_columns():
    wide = TextGate(printable=range(0x110000)).clean("\u6797" * 10, width=9)

    assert wide.text == "\u6797" * 4 + "\u2026"


def test_only_what_is_on_paper_is_counted_as_replaced():
    square_of_the_person = TextGate(printable=range(0x3000)).clean("\u25a1 \u6797\u6797", width=9)

    assert (square_of_the_person.text, square_of_the_person.replaced) == ("\u25a1 \u25a1", 2)
    assert LATIN.clean("\u6797\u6797 word \u6797", width=7) == GatedText(
        text=f"{MISSING} word\u2026", replaced=2
    )


def test_a_wide_character_that_does_not_fit_is_left_out():
    cleaned = TextGate(printable=range(0x110000)).clean("\u6797 x" * 3, width=5)

    assert cleaned.text == "\u6797 x\u2026"


def test_chinese_breaks_anywhere_without_help():
    run = "\u6797" * 40

    assert TextGate(printable=range(0x110000)).clean(run, width=100).text == run


@pytest.mark.parametrize(("length", "breaks"), [(27, 0), (28, 2), (36, 2), (37, 3)])
def test_only_long_runs_are_broken(length, breaks):
    cleaned = LATIN.clean("x" * length, width=60)

    assert cleaned.text.count("\u200b") == breaks


def test_long_runs_can_be_broken():
    cleaned = LATIN.clean("x" * 40, width=60)

    assert cleaned.text.split("\u200b") == ["x" * 12, "x" * 12, "x" * 12, "x" * 4]


@given(st.text(alphabet=st.characters(codec=None)), st.integers(min_value=2, max_value=80))
def test_what_leaves_the_gate_fits_and_has_glyphs(text, width):
    gate = text_gate()

    cleaned = gate.clean(text, width=width).text

    assert visual_width(cleaned) <= width
    allowed = {" ", MISSING, "\u200b", "\u2026"}
    assert all(c in allowed or ord(c) in gate.printable for c in cleaned)
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Co"} for c in cleaned)


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text):
    once = LATIN.clean(text, width=40).text

    assert LATIN.clean(once, width=40).text == once
