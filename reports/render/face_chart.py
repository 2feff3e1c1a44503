"""The shapes of the face map on the web page, as a viewer sees the person.

The patient's left is on the right of the drawing. Places are in units of the drawing, 720 wide;
the face itself is 400 wide and 440 high, its center line in the middle.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType

from reports.domain.bands import FaceMark, SpreadPath, Where

WIDTH = 720
HEIGHT = 460
CENTER = WIDTH / 2
LABEL_STEP = 74
FIRST_LABEL = 74
LAST_LABEL = 428
COLUMN = 172  # where the labels of a side begin, from the edge
BEND = 24
SMALLEST, LARGEST = 8.0, 24.0

# Distance from the center line and from the top.
PLACES = MappingProxyType(
    {
        "forehead": (55, 60),
        "eyebrow": (68, 103),
        "upper_eyelid": (68, 134),
        "eyelid": (86, 143),
        "around_eye": (113, 152),
        "lower_eyelid": (66, 176),
        "tear_trough": (44, 193),
        "nose": (21, 220),
        "cheek": (94, 230),
        "ear": (154, 185),
        "philtrum": (9, 257),
        "upper_lip": (31, 279),
        "mouth_corner": (67, 299),
        "mouth": (52, 284),
        "lips": (46, 304),
        "lower_lip": (30, 322),
        "chin": (26, 368),
        "jaw": (108, 315),
        "neck": (62, 416),
        "glabella": (11, 106),
        "head": (130, 84),
        "scalp": (46, 26),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One place: a dot, its line, and its label beside the face."""

    x: str
    y: str
    radius: str
    filled: bool
    line_x: str
    line_y: str
    label_x: str
    name_y: str
    count_y: str
    anchor: str
    name: str
    count: int
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceChart:
    """The marks of both halves; the outline of the face is fixed and stands in the template."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    paths: tuple[str, ...]


def face_chart(where: Where) -> FaceChart:
    """Return the marks with their labels, spread so that no two labels touch."""
    left = [mark for mark in where.marks if mark.side != "right"]
    right = [mark for mark in where.marks if mark.side == "right"]
    return FaceChart(
        width=WIDTH,
        height=HEIGHT,
        marks=(*_half(left, 1, where), *_half(right, -1, where)),
        paths=tuple(_path(path) for path in where.paths),
    )


def _half(marks: Sequence[FaceMark], direction: int, where: Where) -> list[Mark]:
    ordered = sorted(marks, key=lambda mark: PLACES[mark.site][1])
    heights = _spread([PLACES[mark.site][1] for mark in ordered])
    return [
        _mark(mark, height, direction, where) for mark, height in zip(ordered, heights, strict=True)
    ]


def _spread(wished: Sequence[float]) -> list[float]:
    """Return the wished heights moved apart to one label each, inside the drawing."""
    heights: list[float] = []
    for height in wished:
        heights.append(max(height, heights[-1] + LABEL_STEP if heights else FIRST_LABEL))
    limit = float(LAST_LABEL)
    for number in reversed(range(len(heights))):
        heights[number] = min(heights[number], limit)
        limit = heights[number] - LABEL_STEP
    return heights


def _mark(mark: FaceMark, height: float, direction: int, where: Where) -> Mark:
    x, y = _spot(mark.site, mark.side)
    share = (mark.first + mark.joined) / max(1, where.episodes)
    label = WIDTH - COLUMN + 12 if direction > 0 else COLUMN - 12
    return Mark(
        x=f"{x:.0f}",
        y=f"{y:.0f}",
        radius=f"{max(SMALLEST, LARGEST * sqrt(share)):.1f}",
        filled=mark.first > 0,
        line_x=f"{label - direction * 8:.0f}",
        line_y=f"{height:.0f}",
        label_x=f"{label:.0f}",
        name_y=f"{height - 4:.0f}",
        count_y=f"{height + 26:.0f}",
        anchor="start" if direction > 0 else "end",
        name=mark.label,
        count=mark.first or mark.joined,
        said=_said(mark, where),
    )


def _said(mark: FaceMark, where: Where) -> str:
    """Return what stands after the count: that it starts here, joins in, or how often both."""
    if mark.first and mark.joined:
        return f"+{mark.joined}"
    return where.starts if mark.first else where.joins_in


def _spot(site: str, side: str) -> tuple[float, float]:
    across, down = PLACES[site]
    direction = {"left": 1, "right": -1}.get(side, 0)
    return CENTER + direction * across, float(down)


def _path(path: SpreadPath) -> str:
    """Return the curve from the place that starts to the one that joins in, bent outward."""
    x1, y1 = _spot(path.from_site, path.from_side)
    x2, y2 = _spot(path.to_site, path.to_side)
    outward = BEND if x1 >= CENTER else -BEND
    return f"M{x1:.0f} {y1:.0f}Q{(x1 + x2) / 2 + outward:.0f} {(y1 + y2) / 2:.0f} {x2:.0f} {y2:.0f}"
