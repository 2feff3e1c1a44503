"""Texts a person, a phone or an attacker could put into a diary, and a diary full of them."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import cycle
from typing import Any

from diary.domain.entries import (
    DatePrecision,
    DoseChange,
    Factor,
    HistoryAnswer,
    PartialDate,
    RemedyUse,
    StatedMedicine,
)
from reports.domain.inputs import ReportDiary
from tests.reports.samples import full_diary

HOSTILE = {
    "a file": '#read("/etc/passwd")',
    "code": '#eval("1 + 1") #panic("x") #sys.inputs.diary',
    "markup": "= Heading *b* _i_ @ref <label> $x^2$ `raw` [d] {e} // comment /* */ \\ ~ --- #",
    "an import": '#import "@preview/example:0.1.0": * #include "x.typ" #image("/etc/passwd")',
    "HTML": "<script>alert(1)</script><b>e</b>&amp;",
    "a formula": '=HYPERLINK("http://example.org")',
    "a place in a sentence": "{name} {number} %s %(x)s {} {0.__class__}",
    "JSON": '"}], "model": {"who": 1} \\u0000 \\" \\\\',
    "an override": "\u202egpj.exe\u202c \u2067abc\u2069 \u200f \u061c",
    "lone surrogates": "\ud800 \udfff a\udc00b",
    "a split surrogate pair": "\ud83d\ude00",
    "controls": "".join(map(chr, range(32))) + "\x7f\x80\x85\x9f",
    "line breaks": "one\r\ntwo\u2028three\u2029four\vfive\fsix",
    "noncharacters": "\ufdd0\uffff\U0001fffe\U0010ffff",
    "private use": "\ue000\U000f0000\U00100000",
    "unassigned": "\u0378\U000e0080",
    "zero width": "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e" * 9,
    "variation": "\u2764\ufe0f \u845b\U000e0100 \u2603\ufe0e",
    "emoji": "\U0001f600\U0001f469\u200d\U0001f466 \U0001f1f9\U0001f1fc 1\ufe0f\u20e3 \u263a",
    "a storm of marks": "e" + "\u0301\u0323\u0489" * 60,
    "marks alone": "\u0301\u0327\u20dd",
    "Thai": "\u0e01\u0e34\u0e19\u0e22\u0e32\u0e41\u0e25\u0e49\u0e27",
    "Arabic": "\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645 12 abc",
    "Hebrew": "\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd",
    "Devanagari": "\u0928\u092e\u0938\u094d\u0924\u0947",
    "Hangul": "\ud55c\uad6d\uc5b4 \u1112\u1161\u11ab",
    "Chinese": "西替利嗪，每天一次。「眼皮跳」（左）",
    "rare Han": "\U00020000\U0002a6d6\U0003106c\u9f98\u2ff0\uf900\U0002f81a",
    "long Chinese": "\u8df3" * 400,
    "a long word": "w" * 400,
    "a long word of both": "\u8df3w" * 200,
    "5 KB": "A note that goes on, \u8df3\u52d5 and on \U0001f600. " * 128,
    "ligatures": "office \ufb03 \u0132 \u1e9e \u01c4 \u00bd \u2460 \u3392 \u33a1 \u2126",
    "only spaces": " \u00a0\u2003\u3000\t",
}
OWN_WORDS = {"display_name", "name", "dose", "question", "note", "own_label", "unit", "result"}


def diary_with(*texts: str, episodes: int = 12) -> ReportDiary:
    """Return a diary whose every text in a person's own words is one of these, in turn."""
    base = full_diary(episodes)
    remedies, factors = (RemedyUse(remedy="own"),), (Factor(factor="own"),)
    dose = DoseChange(
        changed=PartialDate(day=date(2026, 5, 4), precision=DatePrecision.DAY), direction="raised"
    )
    assert base.problem
    everywhere = replace(
        base,
        problem=replace(
            base.problem,
            triggers=factors,
            remedies=remedies,
            medicines=(StatedMedicine(medicine_class="estrogen"),),
            history=(HistoryAnswer(item="own"),),
        ),
        episodes=tuple(replace(e, remedies=remedies) for e in base.episodes),
        check_ins=tuple(replace(c, remedies=remedies, factors=factors) for c in base.check_ins),
        medications=tuple(replace(m, dose_changes=(dose,)) for m in base.medications),
        history=tuple(replace(h, item="own") for h in base.history),
    )
    worded: ReportDiary = _worded(everywhere, cycle(texts))
    return worded


def _worded(value: Any, texts: Iterator[str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_worded(item, texts) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {
        field.name: next(texts) if field.name in OWN_WORDS else _worded(before, texts)
        for field in fields(value)
        if isinstance(before := getattr(value, field.name), str | tuple) or is_dataclass(before)
    }
    if hasattr(value, "note_for_doctor"):
        changes["note_for_doctor"] = True
    return replace(value, **changes)
