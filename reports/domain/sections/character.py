"""What it is like: the questions an examiner asks, answered in counts."""

from collections import Counter
from collections.abc import Callable, Sequence

from diary.domain.entries import Episode, EyeClosure, Side
from diary.domain.vocabulary import CONTEXTS, MOVEMENTS
from reports.domain.bands import Pair
from reports.domain.sections.index import Index, first_sites, sides_of
from reports.domain.words import Words

MOST_NAMED = 3
MOST_STARTS = 2
MOST_VIDEO_DAYS = 4


def character(index: Index, words: Words) -> tuple[Pair, ...]:
    """Return the answers in a fixed order; nothing at all when no episode was logged."""
    episodes = index.diary.episodes
    if not episodes:
        return ()
    answers = (
        ("side", _sides(episodes, words)),
        ("named_first", _first_named(episodes, words)),
        ("order", _order(episodes, words)),
        ("movement", _movements(episodes, words)),
        ("visible", _share(episodes, lambda e: e.visible, words)),
        ("eye_shut", _share(episodes, _forces_eye, words)),
        ("held_back", _share(episodes, lambda e: e.suppressible, words)),
        ("urge", _share(episodes, lambda e: e.urge_before, words)),
        ("at_rest", _share(episodes, lambda e: e.at_rest, words)),
        ("asleep", _share(episodes, lambda e: e.asleep, words)),
        ("doing", _contexts(episodes, words)),
        ("video", _videos(episodes, words)),
    )
    labels = {**words.characters, "order": words.order_label}
    return tuple(Pair(label=labels[code], text=text) for code, text in answers)


def _sides(episodes: Sequence[Episode], words: Words) -> str:
    counts = _by_side(episodes)
    said = sum(counts.values())
    if said == len(episodes) and len(counts) == 1:
        return words.always_on(next(iter(counts)), said)
    return words.side_counts(counts["left"], counts["right"], counts["both"], len(episodes) - said)


def _by_side(episodes: Sequence[Episode]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for episode in episodes:
        sides = sides_of(episode)
        if sides >= {Side.LEFT, Side.RIGHT}:
            counts["both"] += 1
        else:
            counts.update(str(side) for side in (Side.LEFT, Side.RIGHT) if side in sides)
    return counts


def _order(episodes: Sequence[Episode], words: Words) -> str:
    """Return the most frequent first and second place, of the episodes that name two."""
    several = [tuple(dict.fromkeys(sited.site for sited in e.sites)) for e in episodes]
    ways = Counter(sites[:2] for sites in several if len(sites) > 1)
    if not ways:
        return words.one_place_only if any(several) else words.not_asked
    (first, then), count = min(ways.items(), key=lambda item: (-item[1], item[0]))
    return words.order((first, then), count, sum(ways.values()))


def _first_named(episodes: Sequence[Episode], words: Words) -> str:
    by_site: Counter[str] = Counter()
    for (site, _), count in first_sites(tuple(episodes)).items():
        by_site[site] += count
    return _ranked(by_site, words.site, words, most=MOST_STARTS)


def _movements(episodes: Sequence[Episode], words: Words) -> str:
    counts = Counter(e.movement for e in episodes if e.movement)
    return _ranked(counts, lambda code: words.term(MOVEMENTS, code), words)


def _contexts(episodes: Sequence[Episode], words: Words) -> str:
    counts = Counter(code for e in episodes for code in set(e.contexts))
    return _ranked(counts, lambda code: words.term(CONTEXTS, code), words)


def _ranked(
    counts: Counter[str], name: Callable[[str], str], words: Words, *, most: int = MOST_NAMED
) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]
    named = [f"{name(code)} {count}" for code, count in ranked]
    return words.joined(named) if named else words.not_asked


def _share(
    episodes: Sequence[Episode], answer: Callable[[Episode], bool | None], words: Words
) -> str:
    said = [value for episode in episodes if (value := answer(episode)) is not None]
    return words.k_of_n(sum(said), len(said))


def _forces_eye(episode: Episode) -> bool | None:
    return None if episode.eye_closure is None else episode.eye_closure is EyeClosure.FULL


def _videos(episodes: Sequence[Episode], words: Words) -> str:
    days = sorted({e.local_date for e in episodes if e.video_recorded})
    clips = sum(e.video_recorded is True for e in episodes)
    if clips:
        return words.videos(clips, days[-MOST_VIDEO_DAYS:])
    asked = any(e.video_recorded is not None for e in episodes)
    return words.no_video if asked else words.not_asked
