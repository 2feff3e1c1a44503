"""What a printed page holds, read back from the PDF: letters, words, shapes, pixels, structure."""

import ctypes
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

POINTS_PER_MM = 72 / 25.4
_SHARES = np.arange(256) / 255
LIGHT = np.where(_SHARES <= 0.04045, _SHARES / 12.92, ((_SHARES + 0.055) / 1.055) ** 2.4)
_read: WeakKeyDictionary[pdfium.PdfPage, list["Letter | None"]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in points; `top` lies above `bottom` and is the greater number."""

    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other, *, slack):
        """Return whether both share more than a seam of `slack` points."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > slack
            and min(self.top, other.top) - max(self.bottom, other.bottom) > slack
        )

    def around(self, other):
        return Box(
            left=min(self.left, other.left),
            bottom=min(self.bottom, other.bottom),
            right=max(self.right, other.right),
            top=max(self.top, other.top),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One glyph with ink: its size in points, its color, and the box of its ink."""

    text: str
    size: float
    color: tuple[int, int, int]
    box: Box
    baseline: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Letters that stand together, and the box around their ink."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A drawn path: colors where it is filled or stroked, and its box."""

    fill: tuple[int, int, int] | None
    stroke: tuple[int, int, int] | None
    box: Box


def letters(page):
    """Return every glyph of a page that leaves ink, in the order it was drawn."""
    return [letter for letter in _glyphs(page) if letter is not None]


def text_of(page):
    """Return the letters of a page in the order they were drawn, without any spaces."""
    return "".join(letter.text for letter in letters(page))


def words(page):
    """Return the words of a page: letters of one line with less than a space between them."""
    out: list[Word] = []
    together: list[Letter] = []
    for letter in _glyphs(page):
        if letter is None or (together and not _joined(together[-1], letter)):
            out += _word(together)
            together = []
        if letter is not None:
            together.append(letter)
    return out + _word(together)


def overlaps(page, slack=0.3):
    """Return the pairs of words whose ink boxes meet."""
    by_left = sorted(words(page), key=lambda word: word.box.left)
    met = []
    for n, word in enumerate(by_left):
        for other in by_left[n + 1 :]:
            if other.box.left >= word.box.right:
                break
            if word.box.meets(other.box, slack=slack):
                met.append((word.text, other.text))
    return met


def shapes(page):
    """Return every path of a page that is filled or stroked."""
    found = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=8)
    return [shape for item in found if (shape := _shape(item)) is not None]


def pixels(page, *, scale=2):
    """Return the page as drawn: rows by columns by red, green and blue, 0 to 255."""
    bitmap = page.render(scale=scale, rev_byteorder=True)
    return bitmap.to_numpy()[:, :, :3].copy()


def ground(page, *, scale=2):
    """Return the pixels of the page as they would be without any text, which is taken out."""
    for item in list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])):
        page.remove_obj(item)
    return pixels(page, scale=scale)


def pages_of(content):
    return list(pdfium.PdfDocument(content))


def contrast(one, other):
    """Return the contrast ratio of colors (WCAG 2.2), 1 to 21; the last axis is the color."""
    lights = np.stack(np.broadcast_arrays(luminance(one), luminance(other)))
    return (lights.max(axis=0) + 0.05) / (lights.min(axis=0) + 0.05)


def luminance(color):
    """Return the relative luminance of sRGB values 0 to 255; the last axis is the color."""
    return linear(color) @ np.array([0.2126, 0.7152, 0.0722])


def linear(color):
    """Return sRGB values, whole numbers 0 to 255, as shares of light."""
    return LIGHT[np.asarray(color)]


def _glyphs(page):
    """Return a letter for each glyph in the order drawn, None for one that leaves no ink.

    Each page is read once, for it is asked several times.
    """
    if page not in _read:
        text_page = page.get_textpage()
        _read[page] = [_letter(text_page, index) for index in range(text_page.count_chars())]
    return _read[page]


def _letter(text_page, index):
    code = raw.FPDFText_GetUnicode(text_page, index)
    box = _box(text_page.get_charbox(index))
    if code <= ord(" ") or chr(code).isspace() or box.right <= box.left or box.top <= box.bottom:
        return None
    matrix, across, down = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetMatrix(text_page, index, matrix)
    raw.FPDFText_GetCharOrigin(text_page, index, across, down)
    return Letter(
        text=chr(code),
        size=raw.FPDFText_GetFontSize(text_page, index) * float(np.hypot(matrix.c, matrix.d)),
        color=_color(text_page, lambda page, *to: raw.FPDFText_GetFillColor(page, index, *to)),
        box=box,
        baseline=down.value,
    )


def _joined(before, letter):
    return (
        abs(before.baseline - letter.baseline) < 0.1
        and -before.size < letter.box.left - before.box.right < 0.2 * letter.size
    )


def _word(together):
    if not together:
        return []
    box = together[0].box
    for letter in together[1:]:
        box = box.around(letter.box)
    return [Word(text="".join(letter.text for letter in together), box=box)]


def _shape(item):
    fill_mode, is_stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill_mode, is_stroked)
    if not fill_mode.value and not is_stroked.value:
        return None
    return Shape(
        fill=_color(item, raw.FPDFPageObj_GetFillColor) if fill_mode.value else None,
        stroke=_color(item, raw.FPDFPageObj_GetStrokeColor) if is_stroked.value else None,
        box=_box(item.get_bounds()),
    )


def _box(edges):
    left, bottom, right, top = edges
    return Box(left=left, bottom=bottom, right=right, top=top)


def _color(item, read):
    channels = [ctypes.c_uint() for _ in range(4)]
    read(item, *channels)
    return tuple(channel.value for channel in channels[:3])
