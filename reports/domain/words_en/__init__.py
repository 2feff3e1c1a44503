"""Every visible word of the report in English: labels, terms and sentence patterns.

A second language is a subclass of `English` that overrides all of it; sentences are built whole
in each language, never glued together from translated fragments.
"""

from reports.domain.words_en.sentences import English, LeadFacts

__all__ = ["English", "LeadFacts"]
