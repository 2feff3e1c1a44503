"""Every text of a person passes the gate: what is not known to be a code is treated as one."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from reports.domain.printable import printable, without_free_text, without_unticked_notes
from reports.domain.text_gate import TextGate
from tests.reports.hostile import diary_with

CANARY = "canary\u202e\U0001f600"
GATE = TextGate(printable=range(0x20, 0x7F))


def texts(value):
    """Every text in the value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif is_dataclass(value):
        for f in fields(value):
            yield from texts(getattr(value, f.name))


@pytest.fixture
def diary():
    return diary_with(CANARY, episodes=3)


def test_every_text_of_a_person_passes_the_gate(diary):
    gated = printable(diary, GATE)

    never_printed = sum(map(len, (diary.medications, diary.history, diary.remedy_trials)))  # notes
    assert gated.replaced == sum(CANARY in text for text in texts(diary)) - never_printed
    assert not any("\u202e" in text or "\U0001f600" in text for text in texts(gated.diary))
    assert any(text == "canary\u25a1" for text in texts(gated.diary))


def test_without_free_text_no_word_of_the_person_is_left(diary):
    bare = without_free_text(diary)

    assert not any("canary" in text for text in texts(bare))
    assert bare.texts_withheld
    assert [course.name for course in bare.medications] == ["estrogen", "", ""]
    assert len(bare.episodes) == len(diary.episodes)


def test_notes_that_were_not_ticked_leave_neither_on_paper_nor_in_the_file(diary):
    private = replace(
        diary,
        episodes=tuple(replace(e, note_for_doctor=False) for e in diary.episodes),
        check_ins=tuple(replace(c, note_for_doctor=False) for c in diary.check_ins),
        problem=replace(diary.problem, note_for_doctor=False),
    )

    for kept in (printable(private, GATE).diary, without_unticked_notes(private)):
        noted: tuple[Any, ...] = (*kept.episodes, *kept.check_ins, *kept.medications, kept.problem)
        assert {entry.note for entry in noted} == {""}
