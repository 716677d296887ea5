"""The shapes of a slide in the order a reader takes them in: title, placeholders, then the rest.

May import the core.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from ingest.formats.package import Package
from ingest.formats.slides.names import MC, TEXT, A, P, whole

# The part of a page that repeats on every slide.
_MARGINS = ("dt", "ftr", "sldNum", "hdr", "sldImg")
_TITLE = "title"
# Shapes whose tops differ by less stand side by side (a quarter of an inch in the file's units).
_ROW_HEIGHT = 228_600

Corner = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape that may hold text: its XML, its top left corner (top, left), its kind of placeholder.

    `placeholder` is "" for a shape that is none; `parts` are the shapes of a group, in order.
    """

    element: etree._Element
    corner: Corner
    placeholder: str = ""
    parts: tuple["Shape", ...] = ()

    @property
    def is_title(self) -> bool:
        """Whether it holds the title of its slide."""
        return self.placeholder == _TITLE

    @property
    def body(self) -> etree._Element | None:
        """The text in the shape."""
        return self.element.find(f"{P}txBody")


class ShapeReader:
    """Reads the shapes of a file's slides; layouts, which many slides share, are read once."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._corners: dict[str, Mapping[str, Corner]] = {}

    def read(self, part: str, root: etree._Element) -> list[Shape]:
        """The shapes of a slide in reading order; numbers and footers of pages left out."""
        return list(_flatten(self._tree(root, self._inherited(part))))

    def _inherited(self, part: str) -> Mapping[str, Corner]:
        """Where a slide's placeholders stand unless it says otherwise: by its layout and its master."""
        layout = self._package.related(part, "slideLayout")
        if layout is None:
            return {}
        if layout not in self._corners:
            master = self._package.related(layout, "slideMaster")
            above = {} if master is None else _corners(self._package.xml(master), {})
            self._corners[layout] = _corners(self._package.xml(layout), above)
        return self._corners[layout]

    def _tree(self, root: etree._Element, inherited: Mapping[str, Corner]) -> list[Shape]:
        tree = root.find(f"{P}cSld/{P}spTree")
        return [] if tree is None else _order(list(_read_shapes(tree, inherited)))


def _flatten(shapes: Sequence[Shape]) -> Iterator[Shape]:
    for shape in shapes:
        if shape.parts:
            yield from _flatten(shape.parts)
        else:
            yield shape


def _read_shapes(tree: etree._Element, inherited: Mapping[str, Corner]) -> Iterator[Shape]:
    for element in tree:
        if element.tag == f"{P}grpSp":
            parts = tuple(_order(list(_read_shapes(element, inherited))))
            if parts:
                yield Shape(element, _own_corner(element) or parts[0].corner, parts=parts)
        elif element.tag == f"{MC}AlternateContent":
            chosen = _choose(element)
            yield from () if chosen is None else _read_shapes(chosen, inherited)
        elif element.tag in (f"{P}sp", f"{P}graphicFrame", f"{P}cxnSp", f"{P}pic"):
            key, kind = _placeholder(element)
            if kind not in _MARGINS:
                corner = _own_corner(element) or inherited.get(key) or inherited.get(kind) or (0, 0)
                yield Shape(element, corner, kind)


def _choose(alternatives: etree._Element) -> etree._Element | None:
    """The rendering that holds text, the newest first."""
    renderings = [*alternatives.findall(f"{MC}Choice"), *alternatives.findall(f"{MC}Fallback")]
    texts = (each for each in renderings if next(each.iter(TEXT), None) is not None)
    return next(texts, renderings[0] if renderings else None)


def _order(shapes: Sequence[Shape]) -> list[Shape]:
    """Titles first, then placeholders, then all others; each from the top, side by side from the left."""
    ranked: list[list[Shape]] = [[], [], []]
    for shape in shapes:
        ranked[0 if shape.is_title else 1 if shape.placeholder else 2].append(shape)
    return [shape for group in ranked for shape in _by_rows(group)]


def _by_rows(shapes: Sequence[Shape]) -> Iterator[Shape]:
    row: list[Shape] = []
    for shape in sorted(shapes, key=lambda each: each.corner):
        if row and shape.corner[0] - row[0].corner[0] >= _ROW_HEIGHT:
            yield from sorted(row, key=lambda each: each.corner[1])
            row = []
        row.append(shape)
    yield from sorted(row, key=lambda each: each.corner[1])


def _corners(root: etree._Element | None, above: Mapping[str, Corner]) -> Mapping[str, Corner]:
    """Where a layout's or master's placeholders stand, by their index and by their kind."""
    corners = dict(above)
    for element in () if root is None else root.iter(f"{P}sp", f"{P}graphicFrame"):
        key, kind = _placeholder(element)
        corner = _own_corner(element) or above.get(kind)
        if kind and corner is not None:
            corners[key] = corner
            corners.setdefault(kind, corner)
    return corners


def _placeholder(element: etree._Element) -> tuple[str, str]:
    """By which index a placeholder finds its like in the layout, and its kind; empty for other shapes."""
    found = next((child for child in element[:1]), None)
    ph = None if found is None else found.find(f"{P}nvPr/{P}ph")
    if ph is None:
        return "", ""
    kind = ph.get("type", "obj")
    return f"#{ph.get('idx', '0')}", _TITLE if kind == "ctrTitle" else kind


def _own_corner(element: etree._Element) -> Corner | None:
    for path in (f"{P}spPr/{A}xfrm", f"{P}xfrm", f"{P}grpSpPr/{A}xfrm"):
        offset = element.find(f"{path}/{A}off")
        if offset is not None:
            return whole(offset, "y"), whole(offset, "x")
    return None
