"""Where the report's words come from: one catalog of translations, passed in."""

from typing import Protocol


class Catalog(Protocol):
    """What is asked of a catalog. `django.utils.translation` is one, and so are those of gettext.

    The English text is the key; a text without a translation stays English.
    """

    def gettext(self, message: str) -> str:
        """Return the text in the catalog's language."""

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the form of the text that belongs to `number` in the catalog's language."""

    def pgettext(self, context: str, message: str) -> str:
        """Return the text as it is meant in `context`, where one English word means several."""


def to_say(message: str) -> str:
    """Return the text as it is; marks a text that is said later for the catalog."""
    return message


def to_say_in(context: str, message: str) -> tuple[str, str]:
    """Return both as they are; marks a text that is said later in a context for the catalog."""
    return context, message


class Speaker:
    """Whole sentences of one language, filled with values by name; nothing is glued together."""

    def __init__(self, catalog: Catalog, language: str) -> None:
        self._catalog = catalog
        self.language = language

    def say(self, message: str, /, **values: object) -> str:
        """Return one sentence or label; `{name}` stands for the value of that name."""
        return self._catalog.gettext(message).format(**values)

    def unfilled(self, message: str) -> str:
        """Return one text with its places still open, for whoever fills them later."""
        return self._catalog.gettext(message)

    def count(self, singular: str, plural: str, /, *, number: int, **values: object) -> str:
        """Return a sentence about a number of things; `{number}` stands for the number."""
        message = self._catalog.ngettext(singular, plural, number)
        return message.format(number=number, **values)

    def say_in(self, context: str, message: str, /, **values: object) -> str:
        """Return one label whose English word means several things, such as a column's "of"."""
        return self._catalog.pgettext(context, message).format(**values)
