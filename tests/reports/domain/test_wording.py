"""What no text of the report may say, in any language."""

import re

import pytest

from diary.domain.entries import HistoryKind
from diary.domain.vocabulary import HISTORY
from tests.reports.messages import catalog_files, read, said_in_code, strings_of

FORBIDDEN = re.compile(
    r"\bsignifican|\b(?:ab)?normal|\bsuggests?\b|\bconsistent with\b|\btrigger confirmed\b"
    r"|\bdiagnos|\byou (?:have|suffer)\b|\bdiscontinu|\bcome off\b|\btaper\b|\bbe stopped\b"
    r"|\b(?:stop|quit|skip|halve|lower) (?:taking|the|this|that|any|your|a) "
    r"|顯著|正常|異常|暗示|表示.{0,8}可能|顯示.{0,8}可能|符合|確診|診斷|罹患|停藥|停用|停止服|停止使用|減藥|減量|戒除",
    re.IGNORECASE,
)
# Texts that use such a word to say that the diary does not do it.
DENIALS = frozenset(
    {
        "Summary for the clinician \u00b7 recorded by the patient \u00b7 not a diagnosis",
        "Recorded by the patient; nobody reads it live. Not a diagnosis. In an emergency call "
        "{number}.",
        "The diary is recorded by you. It is not a diagnosis.",
        "The rules are wording for \u201cworth a visit\u201d, taken from public advice. They do "
        "not diagnose and carry no score.",
    }
)
# Entries of the history that are habits or states, and everyday words for a sign.
NO_DISEASE = frozenset({"alcohol_use", "stress", "own_condition", "pregnancy", "recent_childbirth"})
EVERYDAY = frozenset({"cold", "感冒", "tremor at rest", "眼皮跳"})


def _disease_names():
    names = {
        name.replace("_", " ").casefold()
        for entry in HISTORY
        if entry.kind is HistoryKind.CONDITION and entry.code not in NO_DISEASE
        for name in entry.names()
    }
    latin = "|".join(sorted(re.escape(name) for name in names - EVERYDAY if name.isascii()))
    other = "|".join(sorted(re.escape(name) for name in names - EVERYDAY if not name.isascii()))
    return re.compile(rf"\b(?:{latin})\b|{other}", re.IGNORECASE)


DISEASES = _disease_names()


def wrong(text):
    """Return the first word of a text that must not stand on paper, or nothing."""
    found = FORBIDDEN.search(text) or DISEASES.search(text)
    return found.group() if found else ""


def every_text():
    """Yield each text of each language beside its English key."""
    for message in said_in_code():
        for text in (message.id,) if isinstance(message.id, str) else message.id:
            yield text, text
    for path in catalog_files():
        for message in read(path):
            for text in strings_of(message):
                yield message.id, text


def test_no_text_in_any_language_judges_names_a_disease_or_stops_a_medicine():
    faults = [(key, wrong(text)) for key, text in every_text() if key and wrong(text)]

    assert {key for key, _ in faults} <= DENIALS, faults


def test_every_denial_is_still_said():
    assert {key for key, _ in every_text()} >= DENIALS


@pytest.mark.parametrize(
    "planted",
    [
        "A significant rise",
        "The rise was significantly larger",
        "Thyroid: normal",
        "An abnormal result",
        "This suggests a cause",
        "Consistent with a benign twitch",
        "Trigger confirmed: caffeine",
        "Diagnosis: twitching",
        "You have twitching",
        "Stop the medicine",
        "Stop taking it for a week",
        "Lower the dose",
        "It should be stopped",
        "Discontinue it",
        "Hemifacial spasm",
        "Signs of multiple sclerosis",
        "Myokymia",
        "次數顯著增加",
        "甲狀腺正常",
        "結果異常",
        "這表示您可能需要掃描",
        "符合常見情形",
        "已確診",
        "診斷為抽動",
        "請停藥",
        "停用此藥",
        "半面痙攣",
        "多發性硬化症",
    ],
)
def test_the_check_of_words_finds_what_is_planted(planted):
    assert wrong(planted)


@pytest.mark.parametrize("text", ["Tremor at rest", "Nonstop", "Stops with movement", "休息時震顫"])
def test_the_check_of_words_lets_others_pass(text):
    assert not wrong(text)
