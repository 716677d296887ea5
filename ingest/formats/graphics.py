"""Charts and diagrams drawn in office files: their words and figures, as rows and items.

May import the core.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.formats.package import Package, read_whole
from ingest.formats.projection import Projection, Spot, Value

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
# The kinds of relations that lead to them.
_KINDS = ("chart", "diagramData")
# A chart that shows more points than this shows a shape, not figures.
_MOST_POINTS = 2000


@dataclass(frozen=True, slots=True)
class Graphic:
    """What can be read off a picture: its title, the words in it, and its figures row by row."""

    title: str = ""
    words: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()

    def write(self, projection: Projection, spot: Spot) -> None:
        """Add it to a text, all of it standing at one place."""
        projection.paragraph(self.title, spot, role="note")
        for word in self.words:
            projection.paragraph(word, spot, role="item")
        for row in self.rows:
            projection.row([Value(value.text, value.header, spot) for value in row])


class Graphics:
    """Finds the charts and diagrams of a file, each once."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._taken: set[str] = set()

    def take(self, part: str, relation: str) -> Graphic:
        """What a part shows by one of its relations; empty if that is no chart, or was taken before."""
        target = self._package.relations(part).get(relation)
        if target is None or target.kind not in _KINDS or target.target in self._taken:
            return Graphic()
        self._taken.add(target.target)
        root = self._package.xml(target.target)
        if root is None:
            return Graphic()
        return _read_chart(root) if target.kind == "chart" else Graphic(words=tuple(_read_diagram(root)))


def paragraph_text(paragraph: etree._Element) -> str:
    """The text of an `a:p`, its breaks as line breaks."""
    parts = []
    for element in paragraph.iter(f"{_A}t", f"{_A}br", f"{_A}tab"):
        tag = element.tag
        parts.append(element.text or "" if tag == f"{_A}t" else "\n" if tag == f"{_A}br" else "\t")
    return "".join(parts)


def _read_chart(root: etree._Element) -> Graphic:
    titles = (paragraph_text(each) for title in root.iter(f"{_C}title") for each in title.iter(f"{_A}p"))
    series = [_read_series(each) for each in root.iter(f"{_C}ser")]
    categories: dict[int, str] = {}
    for _, names, _ in series:
        categories = names | categories
    points = sorted({index for _, _, values in series for index in values} | categories.keys())
    rows = []
    for index in points[:_MOST_POINTS]:
        figures = [Value(values.get(index, ""), name) for name, _, values in series]
        rows.append((Value(categories.get(index, "")), *figures))
    return Graphic(title="\n".join(titles), rows=tuple(rows))


def _read_series(element: etree._Element) -> tuple[str, dict[int, str], dict[int, str]]:
    """Name, categories and values of a series, by the position of the point."""
    name = "".join(dict(_points(element.find(f"{_C}tx"))).values())
    names = element.find(f"{_C}cat")
    names = element.find(f"{_C}xVal") if names is None else names
    values = element.find(f"{_C}val")
    values = element.find(f"{_C}yVal") if values is None else values
    return name, dict(_points(names)), dict(_points(values))


def _points(element: etree._Element | None) -> Iterator[tuple[int, str]]:
    for point in () if element is None else element.iter(f"{_C}pt"):
        index = read_whole(point.get("idx"))
        if index is not None:
            yield index, point.findtext(f"{_C}v", "")


def _read_diagram(root: etree._Element) -> Iterator[str]:
    """The words of a diagram (SmartArt), in the order they were written."""
    for point in root.iter(f"{_DGM}pt"):
        if point.get("type", "node") in ("node", "asst"):
            yield "\n".join(paragraph_text(each) for each in point.iter(f"{_A}p"))
