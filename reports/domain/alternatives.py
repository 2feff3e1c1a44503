"""Alternative texts: what each figure shows, its range, and what a sighted reader takes."""

from reports.domain.bands import AlternativeTexts, Timeline, Where
from reports.domain.comparisons import GoesWith
from reports.domain.sections.index import Index
from reports.domain.words import Words

MOST_PLACES = 5
MOST_FACTORS = 6


def alternative_texts(
    index: Index, where: Where, timeline: Timeline, factors: GoesWith, words: Words
) -> AlternativeTexts:
    """Return one text per figure, 40 to 900 characters long."""
    places = [
        words.alternative_place(mark.side, mark.label, mark.first, mark.joined)
        for mark in where.marks[:MOST_PLACES]
    ]
    busiest = max(range(timeline.days), key=lambda day: timeline.counts[day], default=0)
    days = tuple(index.dates())
    return AlternativeTexts(
        face=f"{words.alternative_face(where.episodes, places)} {_ways(where, words)}".strip(),
        timeline=words.alternative_timeline(
            first=days[0],
            last=days[-1],
            episodes=sum(timeline.counts),
            busiest=(days[busiest], timeline.counts[busiest]),
            missing=timeline.recorded.count(False),
        ),
        factors=words.alternative_factors(
            [(row.label, row.verdict) for row in factors.rows[:MOST_FACTORS]],
            factors.answered_days,
        ),
    )


def _ways(where: Where, words: Words) -> str:
    names = {mark.site: mark.label for mark in where.marks}
    return words.alternative_paths(
        [(names[path.from_site], names[path.to_site], path.episodes) for path in where.paths]
    )
