"""Each language says all the report says: nothing missing, nothing left over, nothing garbled."""

import re
from gettext import GNUTranslations

import pytest
from django.utils import translation

from diary.domain.vocabulary import ALL_LISTS
from reports.render.fonts import text_gate
from tests.reports.messages import catalog_files, read, said_in_code, strings_of

PLACE = re.compile(r"\{(\w+)\}")
CATALOGS = [pytest.param(path, id=path.parents[1].name) for path in catalog_files()]


def keys(catalog):
    return {(message.context, message.id) for message in catalog if message.id}


def places(message):
    """The places of a text; a count says the number in its plural, so that one decides."""
    return set(PLACE.findall(message if isinstance(message, str) else message[1]))


@pytest.mark.parametrize("path", CATALOGS)
def test_a_catalog_holds_what_the_code_says_and_nothing_else(path):
    assert keys(read(path)) == keys(said_in_code())  # otherwise: make messages, then translate


@pytest.mark.parametrize("path", CATALOGS)
def test_every_message_is_translated(path):
    untranslated = [
        message.id
        for message in read(path)
        if message.id and (message.fuzzy or not strings_of(message) or "" in strings_of(message))
    ]

    assert untranslated == []


@pytest.mark.parametrize("path", CATALOGS)
def test_a_translation_fills_the_same_places(path):
    garbled = [
        message.id
        for message in read(path)
        if message.id and any(places(text) != places(message.id) for text in strings_of(message))
    ]

    assert garbled == []


@pytest.mark.parametrize("path", CATALOGS)
def test_the_compiled_catalog_is_the_one_beside_it(path):
    with path.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)

    for message in read(path):
        if isinstance(message.id, tuple):
            assert compiled.ngettext(message.id[0], message.id[1], 2) == strings_of(message)[-1]
        elif message.id and message.context:
            assert compiled.pgettext(message.context, str(message.id)) == message.string
        elif message.id:
            assert compiled.gettext(str(message.id)) == message.string


@pytest.mark.parametrize("path", CATALOGS)
def test_the_fonts_can_draw_every_character(path):
    drawn = text_gate().printable
    texts = [text for message in read(path) for text in strings_of(message) if message.id]
    texts += [entry.label(path.parents[1].name) for codes in ALL_LISTS for entry in codes]

    missing = {character for text in texts for character in text if ord(character) not in drawn}

    assert missing <= {"\n", "\u2060"}  # a new line and a word joiner draw nothing


def test_django_finds_the_chinese_words():
    with translation.override("zh-Hant"):
        assert translation.gettext("Why this visit") == "就診原因"
    with translation.override("en"):
        assert translation.gettext("Why this visit") == "Why this visit"
