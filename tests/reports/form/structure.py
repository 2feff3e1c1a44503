"""The tags of a PDF: its tree of elements, what they hold, and where that stands on paper."""

import io
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import pikepdf
import pypdfium2 as pdfium
from pypdfium2 import raw

from tests.reports.form.paper import Box

FILL_OR_STROKE = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"})
PAINT = FILL_OR_STROKE | {"Tj", "TJ", "'", '"', "Do", "INLINE IMAGE"}
BLOCKS = frozenset({"H1", "H2", "H3", "P", "TR", "LI", "Figure"})
SEAM = 1.5  # points by which neighbors may differ and still count as level


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element of the structure tree; `content` holds (page, marked-content id) pairs."""

    tag: str
    alternative: str
    scope: str
    children: tuple["Element", ...]
    content: tuple[tuple[int, int], ...]

    def inside(self):
        """Yield this element and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.inside()

    def blocks(self):
        """Yield the paragraphs, rows, entries and figures below, in reading order."""
        if self.tag in BLOCKS:
            yield self
            return
        for child in self.children:
            yield from child.blocks()

    def everything_in_it(self):
        return tuple(pair for element in self.inside() for pair in element.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """A PDF's structure tree, and the page with the box of each piece of marked content."""

    root: Element
    boxes: dict[tuple[int, int], Box]

    def elements(self, *tags):
        return [element for element in self.root.inside() if element.tag in tags]

    def place(self, element):
        """Return the page an element stands on and the box around it; None without ink."""
        found = [pair for pair in element.everything_in_it() if pair in self.boxes]
        if not found:
            return None
        box = self.boxes[found[0]]
        for pair in found[1:]:
            box = box.around(self.boxes[pair])
        return found[0][0], box


def tagged(content):
    """Return the structure of a PDF."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
        root = _element(pdf.Root.StructTreeRoot, numbers, on_page=0)
    return Tagged(root=root, boxes=_boxes(content))


def untagged_paint(content):
    """Return the operators that paint outside any tag and outside any artifact."""
    found = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            found += _unmarked(page)
    return found


def out_of_order(structure):
    """Return pairs of neighbors in reading order that an eye would not read in that order.

    An eye goes down, or to the right and up into the next column, never back up or left.
    """
    placed = [(block, structure.place(block)) for block in structure.root.blocks()]
    placed = [(block, place) for block, place in placed if place is not None]
    wrong = []
    for (before, (page, box)), (after, (next_page, next_box)) in pairwise(placed):
        goes_down = next_box.top <= box.top + SEAM
        goes_right = next_box.left >= box.right - SEAM
        if next_page < page or (next_page == page and not (goes_down or goes_right)):
            wrong.append((before.tag, box, after.tag, next_box))
    return wrong


def _element(node, numbers, on_page):
    on_page = numbers[node.Pg.objgen] if "/Pg" in node else on_page
    kids = node.get("/K", [])
    children, content = [], []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            content.append((on_page, kid))
        elif kid.get("/Type") == "/MCR":
            page = numbers[kid.Pg.objgen] if "/Pg" in kid else on_page
            content.append((page, int(kid.MCID)))
        elif "/S" in kid:
            children.append(_element(kid, numbers, on_page))
    return Element(
        tag=str(node.get("/S", "/Root"))[1:],
        alternative=str(node.get("/Alt", "")),
        scope=_scope(node),
        children=tuple(children),
        content=tuple(content),
    )


def _scope(node):
    attributes = node.get("/A", [])
    for attribute in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        if "/Scope" in attribute:
            return str(attribute.Scope)[1:]
    return ""


def _boxes(content):
    boxes: dict[tuple[int, int], Box] = {}
    for number, page in enumerate(pdfium.PdfDocument(content)):
        for item in page.get_objects(max_depth=8):
            pair = (number, raw.FPDFPageObj_GetMarkedContentID(item))
            if pair[1] >= 0:
                left, bottom, right, top = item.get_bounds()
                box = Box(left=left, bottom=bottom, right=right, top=top)
                boxes[pair] = boxes[pair].around(box) if pair in boxes else box
    return boxes


def _unmarked(page):
    depth, found = 0, []
    for operation in pikepdf.parse_content_stream(page):
        operator = str(operation.operator)
        if operator in {"BDC", "BMC"}:
            depth += 1
        elif operator == "EMC":
            depth -= 1
        elif operator in PAINT and depth == 0:
            found.append(operator)
    return found


def marked_pieces(content):
    """Return how often each (page, marked-content id) is opened in the pages' content."""
    times: Counter[tuple[int, int]] = Counter()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, page in enumerate(pdf.pages):
            opening = (o for o in pikepdf.parse_content_stream(page) if str(o.operator) == "BDC")
            properties = (operation.operands[1] for operation in opening)
            times.update((number, int(held.MCID)) for held in properties if "/MCID" in held)
    return times
