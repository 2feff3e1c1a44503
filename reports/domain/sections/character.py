"""What it is like: the questions an examiner asks, answered in counts."""

from collections import Counter
from collections.abc import Callable, Sequence

from diary.domain.entries import Episode, EyeClosure, Side
from diary.domain.vocabulary import CONTEXTS, MOVEMENTS
from reports.domain.bands import Pair
from reports.domain.sections.index import Index, first_sites
from reports.domain.words import Words

MOST_NAMED = 3
MOST_VIDEO_DAYS = 4


def character(index: Index, words: Words) -> tuple[Pair, ...]:
    """Return the answers in a fixed order; nothing at all when no episode was logged."""
    episodes = index.diary.episodes
    if not episodes:
        return ()
    answers = (
        ("side", _sides(episodes, words)),
        ("named_first", _first_named(episodes, words)),
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
    return tuple(Pair(label=words.characters[code], text=text) for code, text in answers)


def _sides(episodes: Sequence[Episode], words: Words) -> str:
    counts: Counter[str] = Counter()
    for episode in episodes:
        sides = {sited.side for sited in episode.sites}
        if Side.BOTH in sides or {Side.LEFT, Side.RIGHT} <= sides:
            counts["both"] += 1
        else:
            counts.update(str(side) for side in (Side.LEFT, Side.RIGHT) if side in sides)
    said = sum(counts.values())
    return words.side_counts(counts["left"], counts["right"], counts["both"], len(episodes) - said)


def _first_named(episodes: Sequence[Episode], words: Words) -> str:
    by_site: Counter[str] = Counter()
    for (site, _), count in first_sites(tuple(episodes)).items():
        by_site[site] += count
    return _ranked(by_site, words.site, words)


def _movements(episodes: Sequence[Episode], words: Words) -> str:
    counts = Counter(e.movement for e in episodes if e.movement)
    return _ranked(counts, lambda code: words.term(MOVEMENTS, code), words)


def _contexts(episodes: Sequence[Episode], words: Words) -> str:
    counts = Counter(code for e in episodes for code in set(e.contexts))
    return _ranked(counts, lambda code: words.term(CONTEXTS, code), words)


def _ranked(counts: Counter[str], name: Callable[[str], str], words: Words) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_NAMED]
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
