"""Where: how often each site of each side was named first, and how often it joined in."""

from collections import Counter
from collections.abc import Sequence

from diary.domain.entries import Episode, Side, SitedSide
from reports.domain.bands import FaceMark, SpreadPath, Where
from reports.domain.sections.index import Index, sides_of
from reports.domain.words import Words

# The places the drawing has a position for; everything else is listed in words.
DRAWN_SITES = frozenset(
    {
        "around_eye",
        "cheek",
        "chin",
        "ear",
        "eyebrow",
        "eyelid",
        "forehead",
        "glabella",
        "head",
        "jaw",
        "lips",
        "lower_eyelid",
        "lower_lip",
        "mouth",
        "mouth_corner",
        "neck",
        "nose",
        "philtrum",
        "scalp",
        "tear_trough",
        "upper_eyelid",
        "upper_lip",
    }
)
DRAWN_SIDES = (Side.LEFT, Side.RIGHT, Side.MIDLINE)
MOST_OTHERS = 3
MOST_PER_HALF = 4
MOST_PATHS = 4
Place = tuple[str, Side | None]


def where(index: Index, words: Words) -> Where:
    """Return the marks, most frequent first. "Both" counts on the left and on the right.

    An episode counts once per place: `first` when it is the first site it names, else `joined`.
    """
    episodes = index.diary.episodes
    first = Counter(place for e in episodes for place in _first_places(e))
    joined = Counter(place for e in episodes for place in _joined_places(e))
    places = sorted(first | joined, key=lambda p: (-(first[p] + joined[p]), p[0], str(p[1])))
    drawn = _drawn(places)
    marks = tuple(
        FaceMark(
            site=site,
            side=str(side),
            label=words.face_label(site),
            first=first[site, side],
            joined=joined[site, side],
        )
        for site, side in drawn
    )
    return Where(
        marks=marks,
        paths=_paths(episodes, frozenset(drawn)),
        starts=words.starts,
        joins_in=words.joins_in,
        key=words.face_key,
        left=sum(Side.LEFT in sides_of(e) for e in episodes),
        right=sum(Side.RIGHT in sides_of(e) for e in episodes),
        episodes=len(episodes),
        others=_others([p for p in places if p not in drawn], first + joined, words),
        empty="" if places else words.no_sites,
    )


def _drawn(places: list[Place]) -> list[Place]:
    """Return the places the drawing has room for, at most four beside each half of the face."""
    possible = [p for p in places if p[0] in DRAWN_SITES and p[1] in DRAWN_SIDES]
    right = [p for p in possible if p[1] is Side.RIGHT][:MOST_PER_HALF]
    left = [p for p in possible if p[1] is not Side.RIGHT][:MOST_PER_HALF]
    return [p for p in possible if p in left or p in right]


def _paths(episodes: Sequence[Episode], drawn: frozenset[Place]) -> tuple[SpreadPath, ...]:
    """Return the most frequent ways from a first place to one that joins in, both drawn."""
    ways = Counter(way for episode in episodes for way in _ways(episode) if drawn.issuperset(way))
    ranked = sorted(ways.items(), key=lambda item: (-item[1], str(item[0])))
    return tuple(
        SpreadPath(
            from_site=start[0],
            from_side=str(start[1]),
            to_site=end[0],
            to_side=str(end[1]),
            episodes=count,
        )
        for (start, end), count in ranked[:MOST_PATHS]
    )


def _ways(episode: Episode) -> set[tuple[Place, Place]]:
    """Return each joining place with the first place on its own side, or else any first place."""
    starts = sorted(_first_places(episode), key=str)
    return {
        (min(starts, key=lambda start: start[1] != end[1]), end) for end in _joined_places(episode)
    }


def _first_places(episode: Episode) -> set[Place]:
    return _spelled_out(episode.sites[0]) if episode.sites else set()


def _joined_places(episode: Episode) -> set[Place]:
    later = {place for sited in episode.sites[1:] for place in _spelled_out(sited)}
    return later - _first_places(episode)


def _spelled_out(sited: SitedSide) -> set[Place]:
    if sited.side is Side.BOTH:
        return {(sited.site, Side.LEFT), (sited.site, Side.RIGHT)}
    return {(sited.site, sited.side)}


def _others(places: list[Place], totals: Counter[Place], words: Words) -> str:
    parts = [
        words.other_place(SitedSide(site=site, side=side), totals[site, side])
        for site, side in places[:MOST_OTHERS]
    ]
    if len(places) > MOST_OTHERS:
        parts.append(words.more_items(len(places) - MOST_OTHERS))
    return words.other_sites(parts)
