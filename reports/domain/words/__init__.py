"""Every visible word of the report: labels, terms and sentence patterns, through one catalog.

The English text is the key of the catalog; each sentence is translated whole and never glued
together from translated fragments.
"""

from reports.domain.words.lead import LeadFacts
from reports.domain.words.sentences import Words

__all__ = ["LeadFacts", "Words"]
